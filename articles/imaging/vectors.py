"""A logo drawn as SVG, rebuilt of nothing but shapes, colours and text. Knows no Django.

An SVG is a program: it can hold scripts, load what it likes and watch who looks at it. So nothing is
taken out of it; instead a new drawing is made of what is known to be harmless.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError, tostring

MAX_BYTES = 512 * 1024
MAX_ELEMENTS = 20_000
MAX_DEPTH = 50
MAX_SIDE = 4000

SVG = "{http://www.w3.org/2000/svg}"
XLINK_HREF = "{http://www.w3.org/1999/xlink}href"

SHAPES = "path rect circle ellipse line polyline polygon text tspan textPath"
GROUPS = "svg g defs symbol use clipPath mask marker pattern title style"
PAINT = """
    linearGradient radialGradient stop filter feBlend feColorMatrix feComponentTransfer feComposite
    feDropShadow feFlood feFuncA feFuncB feFuncG feFuncR feGaussianBlur feMerge feMergeNode feOffset
"""
ELEMENTS = {*SHAPES.split(), *GROUPS.split(), *PAINT.split()}
# Their content stays, what they do goes.
UNWRAPPED = {"a": "g", "switch": "g"}

# As attributes, or as properties in a style.
_LOOKS = """
    alignment-baseline baseline-shift clip-path clip-rule color color-interpolation
    color-interpolation-filters direction display dominant-baseline fill fill-opacity fill-rule filter
    flood-color flood-opacity font font-family font-size font-stretch font-style font-variant font-weight
    isolation letter-spacing line-height marker marker-end marker-mid marker-start mask mask-type
    mix-blend-mode opacity overflow paint-order shape-rendering stop-color stop-opacity stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-miterlimit stroke-opacity
    stroke-width text-anchor text-decoration text-rendering transform transform-origin vector-effect
    visibility word-spacing writing-mode
"""
LOOKS = set(_LOOKS.split())
_PLACES = """
    amplitude clipPathUnits cx cy d dx dy exponent filterUnits fr fx fy gradientTransform gradientUnits height
    in in2 intercept k1 k2 k3 k4 lengthAdjust markerHeight markerUnits markerWidth maskContentUnits maskUnits
    mode offset operator orient pathLength patternContentUnits patternTransform patternUnits points
    preserveAspectRatio primitiveUnits r radius refX refY result rotate rx ry slope spreadMethod startOffset
    stdDeviation tableValues textLength type values viewBox width x x1 x2 y y1 y2
"""
ATTRIBUTES = LOOKS | set(_PLACES.split())
_FUNCTIONS = "calc hsl hsla matrix rgb rgba rotate scale skew skewX skewY translate translateX translateY"
FUNCTIONS = set(_FUNCTIONS.split())
UNITS = {"": 1.0, "px": 1.0, "pt": 4 / 3, "pc": 16.0, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96.0}

_NAME = re.compile(r"[A-Za-z_][\w.-]*", re.ASCII)
_LENGTH = re.compile(r"\s*(\d{1,7}(?:\.\d{0,9})?|\.\d{1,9})\s*(px|pt|pc|mm|cm|in|)\s*")
_OWN_PAINT = re.compile(r"url\(\s*(?P<quote>['\"]?)#[A-Za-z_][\w.-]*(?P=quote)\s*\)", re.ASCII)
# Escapes hide words, and colons begin addresses: what draws needs none of them.
_SUSPECT = re.compile(r"[\\@:;<>{}&]|/\*")
_FUNCTION = re.compile(r"([\w-]*)\s*\(")
_RULE = re.compile(r"([^{}@]*)\{([^{}]*)\}")
_SELECTOR = re.compile(r"[\w\s.#,>*-]+", re.ASCII)


class UnusableDrawing(ValueError):  # noqa: N818
    """The bytes are no drawing that can be shown; the message says why, for an editor to read."""


def is_drawing(data: bytes) -> bool:
    """Whether the file says that it is an SVG. What it really is, `clean` finds out."""
    start = data[:65536].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")  # UTF-16 too
    return start.startswith((b"<?xml", b"<svg", b"<!--", b"<!DOCTYPE svg")) and b"<svg" in start


def clean(data: bytes) -> tuple[bytes, int, int]:
    """The same drawing without anything that could act, and its width and height in pixels."""
    if len(data) > MAX_BYTES:
        raise UnusableDrawing(f"An SVG may have {MAX_BYTES // 1024} KB at most.")
    source = _parsed(data)
    _refuse_excess(source)
    drawing = _rebuilt(source)
    _refuse_echoes(drawing)
    width, height = _size(source)
    box = source.get("viewBox", "")
    frame = {
        "xmlns": SVG[1:-1],
        "width": str(width),
        "height": str(height),
        "viewBox": box if _numbers(box) else f"0 0 {width} {height}",
    }
    drawing.attrib = frame | {name: value for name, value in drawing.items() if name not in frame}
    return tostring(drawing, encoding="utf-8"), width, height


def _parsed(data: bytes) -> Element:
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        # A document type alone is harmless, and what drawing programs write; it does not come out again.
        root: Element = fromstring(data.lstrip(b" \t\r\n"), forbid_entities=True, forbid_external=True)
    except DefusedXmlException:
        raise UnusableDrawing("The SVG defines entities. Save it as a plain SVG.") from None
    except (ParseError, ValueError, LookupError):
        raise UnusableDrawing("The SVG is damaged or incomplete.") from None
    if root.tag != f"{SVG}svg":
        raise UnusableDrawing("This is not an SVG drawing.")
    return root


def _refuse_excess(root: Element) -> None:
    level, depth, count = [root], 0, 0
    while level:
        depth, count = depth + 1, count + len(level)
        if depth > MAX_DEPTH or count > MAX_ELEMENTS:
            raise UnusableDrawing("The SVG is too complicated for a logo.")
        if any(element.tag in (f"{SVG}image", f"{SVG}feImage") for element in level):
            raise UnusableDrawing("The SVG holds a photograph. Save the logo as PNG instead.")
        level = [child for element in level for child in element]


def _rebuilt(source: Element) -> Element:
    name = _local_name(source)
    element = Element(name, dict(_attributes(source)))
    if name == "style":
        element.text = _style_sheet(source.text or "")
        return element
    element.text = source.text
    for child in source:
        if _local_name(child):
            rebuilt = _rebuilt(child)
            rebuilt.tail = child.tail
            element.append(rebuilt)
    return element


def _local_name(element: Element) -> str:
    """The element's name, if it is one that may stay."""
    if not isinstance(element.tag, str) or not element.tag.startswith(SVG):
        return ""
    name = element.tag.removeprefix(SVG)
    return name if name in ELEMENTS else UNWRAPPED.get(name, "")


def _attributes(source: Element) -> Iterator[tuple[str, str]]:
    for name, value in source.attrib.items():
        if name == "style":
            yield name, _declarations(value)
        elif name in ("id", "class"):
            if all(_NAME.fullmatch(part) for part in value.split()):
                yield name, value
        elif name in ("href", XLINK_HREF):
            if source.tag != f"{SVG}a" and value.startswith("#") and _NAME.fullmatch(value[1:]):
                yield "href", value
        elif name in ATTRIBUTES and _is_harmless(value):
            yield name, value


def _is_harmless(value: str) -> bool:
    """No address but the drawing's own parts, no function but those that mix colours or move shapes."""
    rest = _OWN_PAINT.sub("", value)
    return not _SUSPECT.search(rest) and FUNCTIONS.issuperset(_FUNCTION.findall(rest))


def _declarations(style: str) -> str:
    kept = []
    for declaration in re.sub(r"/\*.*?\*/", "", style, flags=re.DOTALL).split(";"):
        name, _, value = declaration.partition(":")
        if name.strip() in LOOKS and value.strip() and _is_harmless(value):
            kept.append(f"{name.strip()}:{value.strip()}")
    return ";".join(kept)


def _style_sheet(text: str) -> str:
    """Its plain rules. What begins with @ (imports, fonts, conditions) goes, with all that is inside."""
    plain = re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)
    plain = re.sub(r"@[^{};]*(;|\{(?:[^{}]|\{[^{}]*\})*\})", "", plain)
    rules = [
        f"{selector.strip()}{{{_declarations(body)}}}"
        for selector, body in _RULE.findall(plain)
        if _SELECTOR.fullmatch(selector)
    ]
    return "".join(rules)


def _refuse_echoes(drawing: Element) -> None:
    """A few lines that use each other can ask a browser to draw a milliard shapes."""
    named = {element.get("id"): element for element in drawing.iter() if element.get("id")}
    counts: dict[Element, int] = {}

    def drawn(element: Element, above: frozenset[Element]) -> int:
        if element in above:
            raise UnusableDrawing("The SVG is drawn with itself.")
        if element not in counts:
            used = named.get(element.get("href", "#")[1:]) if element.tag == "use" else None
            parts = [*element, *([used] if used is not None else [])]
            counts[element] = min(MAX_ELEMENTS + 1, 1 + sum(drawn(part, above | {element}) for part in parts))
        return counts[element]

    try:
        excess = drawn(drawing, frozenset()) > MAX_ELEMENTS
    except RecursionError:
        excess = True
    if excess:
        raise UnusableDrawing("The SVG is too complicated for a logo.")


def _size(root: Element) -> tuple[int, int]:
    box = _numbers(root.get("viewBox", ""))
    width, height = _pixels(root.get("width")), _pixels(root.get("height"))
    if box and width and not height:
        height = width * box[3] / box[2]
    elif box and height and not width:
        width = height * box[2] / box[3]
    elif box and not (width and height):
        width, height = box[2:]
    if not width or not height:
        raise UnusableDrawing("The SVG does not say how large it is: neither a viewBox nor width and height.")
    scale = min(1.0, MAX_SIDE / max(width, height))
    return max(1, round(width * scale)), max(1, round(height * scale))


def _numbers(box: str) -> list[float]:
    """The four numbers of a viewBox, or none."""
    parts = re.split(r"[\s,]+", box.strip())
    if len(parts) != 4 or not all(re.fullmatch(r"-?\d{0,7}\.?\d{1,9}", part) for part in parts):
        return []
    numbers = [float(part) for part in parts]
    return numbers if min(numbers[2:]) > 0 else []


def _pixels(length: str | None) -> float:
    """A length in pixels; nothing where it depends on the page around it."""
    found = _LENGTH.fullmatch(length or "")
    return float(found[1]) * UNITS[found[2]] if found else 0.0

"""Pictures as HTML that lets each browser choose: how wide, in which format, and when. Never queries."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

from markupsafe import Markup, escape

from articles import storage
from articles.imaging import renditions
from articles.imaging.renditions import Format, Shape
from articles.models import Image

# The parts of a <picture>, and when browsers are to fetch it. Of what they are filled with only the words of
# people have anything to escape, and where the files are: a front page has fifty pictures.
PICTURE = "<picture>%s%s%s</picture>"
MOTION = '<source media="(prefers-reduced-motion: no-preference)" type="image/webp" srcset="%s" sizes="%s">'
SOURCE = '<source type="%s" srcset="%s" sizes="%s">'
IMG = '<img%s src="%s"%s width="%s" height="%s" alt="%s" decoding="async" %s>'
CLASS, RESPONSIVE = ' class="%s"', ' srcset="%s" sizes="%s"'
ZOOM = 'href="%s" data-zoom="%s"'
AT_ONCE, WHEN_NEAR = 'fetchpriority="high"', 'loading="lazy" fetchpriority="low"'

# Between one tint of the style sheet and the next, of 255.
TINT_STEP = 51
# A fixed width in `sizes`, and how many dots the densest screens have for each of its pixels.
LENGTH = re.compile(r"([\d.]+)(rem|px)\s*$")
IN_PIXELS = {"rem": 16, "px": 1}
DENSEST = 3


def picture(
    image: Image,
    shape: Shape,
    sizes: str,
    *,
    alt: str | None = None,
    css_class: str = "",
    priority: bool = False,
    highest: int = 0,
) -> Markup:
    """A <picture> of what was made of the image in that shape; until then its preview, in the same place.

    `alt` instead of the picture's own, `priority` for the picture that readers see first, and `highest` for
    how many rem a picture may take upwards, where its style sets `.picture--high` such a limit.
    """
    if highest and _is_high(image):
        sizes = f"(min-width: 40rem) {highest * image.width / image.height:.1f}rem, {sizes}"
    files, classes = _files(image, shape, sizes), " ".join(_classes(image, shape, css_class))
    img = IMG % (
        CLASS % classes if classes else "",
        files["src"],
        RESPONSIVE % (files["srcset"], sizes) if "srcset" in files else "",
        files["width"],
        files["height"],
        escape(image.alt_text if alt is None else alt),
        AT_ONCE if priority else WHEN_NEAR,
    )
    if "sources" not in files:
        return Markup(img)  # noqa: S704 (escaped)
    motion = MOTION % (files["motion"], sizes) if files["motion"] else ""
    sources = "".join(SOURCE % (kind, srcset, sizes) for kind, srcset in files["sources"])
    return Markup(PICTURE % (motion, sources, img))  # noqa: S704 (escaped)


def zoom(image: Image) -> Markup:
    """The attributes of a link that opens the picture at its largest, and what the lightbox shows of it.

    No words: it stands in bodies, which are printed once and for every language of the site. lightbox.js says
    what the link does.
    """
    at, name, srcset = _address_of_files(), image.preview_name, ""
    if _has_renditions(image):
        name = image.rendition_name("full", image.rendition_widths("full")[-1], image.fallback)
        srcset = _srcset(image, "full", "avif", at, image.rendition_widths("full"))
    return Markup(ZOOM % (at + name, srcset))  # noqa: S704 (escaped)


def _files(image: Image, shape: Shape, sizes: str) -> dict[str, Any]:
    """What an <img> and the sources beside it name."""
    at = _address_of_files()
    if image.is_vector:
        return {"src": at + image.preview_name, "width": image.width, "height": image.height}
    widths = image.rendition_widths(shape)
    box = {"width": widths[-1], "height": image.rendition_height(shape, widths[-1])}
    if not _has_renditions(image):
        return {"src": at + image.preview_name, **box}
    lightest, *others = renditions.formats(image.fallback)
    widths = _wanted(widths, sizes)
    srcset = _srcset(image, shape, lightest, at, widths)
    # They differ by their endings only, and there are too many on a page to spell each anew.
    srcsets = {lightest: srcset} | {kind: srcset.replace(f".{lightest} ", f".{kind} ") for kind in others}
    return {
        "motion": _moving(image, at) if shape == "full" and image.has_motion else "",
        "srcset": srcsets.pop(image.fallback),
        "sources": [(renditions.MIME_TYPES[kind], each) for kind, each in srcsets.items()],
        "src": at + image.rendition_name(shape, widths[len(widths) // 2], image.fallback),
        **box,
    }


def _srcset(image: Image, shape: Shape, kind: Format, at: str, widths: list[int]) -> str:
    stem = at + image.rendition_stem(shape)
    return ", ".join(f"{stem}-{width}.{kind} {width}w" for width in widths)


def _moving(image: Image, at: str) -> str:
    return _srcset(image, "motion", "webp", at, image.rendition_widths("motion"))


@lru_cache(maxsize=100)
def _most_dots(sizes: str) -> float:
    """How wide it is at most on the densest screens, unless that depends on the window."""
    lengths = [LENGTH.search(each) for each in sizes.split(",")]
    if not all(lengths):
        return math.inf
    return DENSEST * max(float(each[1]) * IN_PIXELS[each[2]] for each in lengths if each)


def _wanted(widths: list[int], sizes: str) -> list[int]:
    """No more of them than any screen could choose: a page names many pictures."""
    most = _most_dots(sizes)
    enough = next((width for width in widths if width >= most), widths[-1])
    return [width for width in widths if width <= enough]


def _address_of_files() -> str:
    """What stands before each storage name, escaped."""
    return _escaped(storage.address(""))


@lru_cache(maxsize=1)
def _escaped(address: str) -> str:
    return str(escape(address))


def _has_renditions(image: Image) -> bool:
    return image.rendered_at is not None and not image.is_vector


def _is_high(image: Image) -> bool:
    """Higher than a page wants it at full width."""
    return image.width < image.height * 1.4


def _classes(image: Image, shape: Shape, own: str) -> Iterator[str]:
    """How it is framed and, until it has come, tinted: classes, for the policy takes no style from a page."""
    if own:
        yield own
    if image.is_vector:
        return
    if shape != "full":
        yield f"picture picture--{shape}"
        if not _has_renditions(image):
            yield f"picture--at-{_crop_position(image, shape)}"
    elif _is_high(image):
        yield "picture--high"
    # Through anything transparent it would show for good.
    if image.colour and image.fallback == "jpg":
        red, green, blue = (round(channel / TINT_STEP) for channel in bytes.fromhex(image.colour[1:]))
        yield f"tint tint--r{red} tint--g{green} tint--b{blue}"


def _crop_position(image: Image, shape: Shape) -> int:
    """Where the crop lies in what it leaves over, in tenths: the preview is shown through the same window."""
    ratio = renditions.RATIOS[shape] or 1
    length, focus = (
        (image.height * ratio / image.width, image.focal_x)
        if image.width > image.height * ratio
        else (image.width / ratio / image.height, image.focal_y)
    )
    return 5 if length >= 1 else round(min(max((focus - length / 2) / (1 - length), 0), 1) * 10)

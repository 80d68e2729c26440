"""What a picture file says of itself: caption, byline, agency, rights, date. Everything else is forgotten.

XMP is asked first, since it is Unicode by definition, then the IPTC record that agencies still send, then
what the camera wrote.
"""

from __future__ import annotations

import re
import struct
import unicodedata
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree.ElementTree import Element, ParseError

from PIL import ExifTags

# No caption needs more, and a parser of XML needs about ten times the memory.
MAX_XMP = 512 * 1024
LONGEST = {"caption": 500, "credit": 200, "agency": 100, "rights": 300, "title": 200, "alt_text": 300}

DC = "{http://purl.org/dc/elements/1.1/}"
PHOTOSHOP = "{http://ns.adobe.com/photoshop/1.0/}"
RDF = "{http://www.w3.org/1999/02/22-rdf-syntax-ns#}"
LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"

# Of several sources of one fact the first that says something is believed.
XMP = {
    "caption": [f"{DC}description"],
    "credit": [f"{DC}creator"],
    "agency": [f"{PHOTOSHOP}Credit", f"{PHOTOSHOP}Source"],
    "rights": [f"{DC}rights"],
    "title": [f"{PHOTOSHOP}Headline", f"{DC}title"],
    "alt_text": ["{http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/}AltTextAccessibility"],
    "taken_on": [f"{PHOTOSHOP}DateCreated", "{http://ns.adobe.com/exif/1.0/}DateTimeOriginal"],
}
IPTC = {
    "caption": [120],
    "credit": [80],
    "agency": [110, 115],
    "rights": [116],
    "title": [105, 5],
    "taken_on": [55],
}
EXIF = {
    "caption": [ExifTags.Base.ImageDescription],
    "credit": [ExifTags.Base.Artist],
    "rights": [ExifTags.Base.Copyright],
    "taken_on": [ExifTags.Base.DateTimeOriginal],
}
IPTC_RESOURCE, IPTC_TAG = 0x0404, 33723
ENCODING_MARK, UTF8 = (1, 90), b"\x1b%G"

# What cameras, phones and programs write of their own accord.
_NOISE = re.compile(
    r"(?:(?:\w+ ){0,2}digital (?:still )?camera|sony dsc|dcim|dsc[fn]?|img|hdr|mde"
    r"|samsung|samsung camera pictures|exif_jpeg_picture|jpeg|picture|image|photo|photographer|author"
    r"|unknown|untitled|default|none|null|n/a|screenshot|cropped|edited|copyright|my beautiful picture"
    r"|charset.*|created with .*|creator: gd-jpeg.*|file (?:written|source) .*"
    r"|\S+\.(?:jpe?g|png|gif|webp|avif|hei[cf]|tiff?))?[\W\d_]*",
    re.IGNORECASE,
)


def read(picture: Any) -> dict[str, str]:
    """The facts that a picture file states, trimmed to their fields; `taken_on` as YYYY-MM-DD."""
    sources = [_xmp(picture.info), _iptc(picture), _exif(picture)]
    facts: dict[str, str] = {}
    for name in (*LONGEST, "taken_on"):
        for source in sources:
            stated = _date(source.get(name, "")) if name == "taken_on" else _text(source.get(name, ""), name)
            if stated:
                facts[name] = stated
                break
    return facts


def _text(value: str, name: str) -> str:
    # Line ends and tabs are spaces here; other control and formatting characters say nothing to a reader.
    spaced = re.sub(r"\s+", " ", value)
    kept = "".join(each for each in spaced if unicodedata.category(each) not in ("Cc", "Cs", "Co", "Cn"))
    text = unicodedata.normalize("NFC", kept).strip()
    return "" if _NOISE.fullmatch(text) else text[: LONGEST[name]].strip()


def _date(value: str) -> str:
    """Cameras write 2024:03:15 10:20:30, agencies 20240315, XMP 2024-03-15T10:20:30."""
    parts = re.match(r"\s*(\d{4})[:\-]?(\d\d)[:\-]?(\d\d)(?!\d)", value)
    try:
        taken_on = date(*(int(part) for part in parts.groups())) if parts else None
    except ValueError:
        return ""
    return taken_on.isoformat() if taken_on and taken_on.year > 1825 else ""


def _xmp(info: dict[str, Any]) -> dict[str, str]:
    packet = info.get("xmp") or info.get("XML:com.adobe.xmp") or b""
    packet = packet.encode() if isinstance(packet, str) else packet
    if not packet or len(packet) > MAX_XMP:
        return {}
    from defusedxml import DefusedXmlException
    from defusedxml.ElementTree import fromstring

    try:
        root = fromstring(packet.strip(b"\0 \r\n\t"), forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError):
        return {}
    said: dict[str, str] = {}
    for element in root.iter():
        for tag, text in [(element.tag, _xmp_text(element)), *element.attrib.items()]:
            if text.strip():
                said.setdefault(tag, text)
    return _first_said(XMP, said)


def _xmp_text(element: Element) -> str:
    items = element.findall(f"./*/{RDF}li")
    if not items:
        return element.text or ""
    if element.tag == f"{DC}creator":
        return ", ".join(filter(None, (item.text for item in items)))
    usual = [item for item in items if item.get(LANGUAGE) == "x-default"]
    return (usual or items)[0].text or ""


def _iptc(picture: Any) -> dict[str, str]:
    records = list(_iptc_records(_iptc_block(picture)))
    encodings = ["utf-8"] if (*ENCODING_MARK, UTF8) in records else ["utf-8", "latin-1"]
    said: dict[int, str] = {}
    for record, number, value in records:
        if record == 2:
            text = _decoded(value, encodings)
            # Two photographers are two records; every other of our facts is one.
            said[number] = f"{said[number]}, {text}" if number == 80 and number in said else text
    return _first_said(IPTC, said)


def _iptc_block(picture: Any) -> bytes:
    """As Photoshop puts it into a JPEG, or as a tag of a TIFF."""
    resources = picture.info.get("photoshop")
    block = resources.get(IPTC_RESOURCE) if isinstance(resources, dict) else None
    if block is None and hasattr(picture, "tag_v2"):
        block = picture.tag_v2.get(IPTC_TAG)
    if isinstance(block, tuple):  # some programs declare the bytes to be numbers of four
        order = "<" if picture.tag_v2.prefix == b"II" else ">"
        block = struct.pack(f"{order}{len(block)}I", *block)
    return block if isinstance(block, bytes) else b""


def _iptc_records(block: bytes) -> Iterator[tuple[int, int, bytes]]:
    start = 0
    while len(block) >= start + 5 and block[start] == 0x1C:
        length = int.from_bytes(block[start + 3 : start + 5])
        yield block[start + 1], block[start + 2], block[start + 5 : start + 5 + length]
        start += 5 + length


def _exif(picture: Any) -> dict[str, str]:
    try:
        exif = picture.getexif()
        values = dict(exif) | dict(exif.get_ifd(ExifTags.IFD.Exif))
    except (ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError):
        return {}
    # Pillow reads the letters as Latin-1; nearly everybody writes UTF-8. Photographer and editor of the
    # copyright are parted by a zero.
    texts = {
        tag: _decoded(value.encode("latin-1", "replace"), ["utf-8", "latin-1"])
        .strip("\0 ")
        .replace("\0", ", ")
        for tag, value in values.items()
        if isinstance(value, str)
    }
    return _first_said(EXIF, texts)


def _decoded(value: bytes, encodings: list[str]) -> str:
    for encoding in encodings:
        try:
            return value.decode(encoding)
        except UnicodeDecodeError:
            continue
    return value.decode(encodings[0], "replace")


def _first_said(names: dict[str, list[Any]], said: dict[Any, str]) -> dict[str, str]:
    """Of several tags that may state a fact, the first that does."""
    found = {name: next(filter(None, map(said.get, tags)), None) for name, tags in names.items()}
    return {name: text for name, text in found.items() if text}

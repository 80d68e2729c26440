"""From the bytes that somebody uploads to a picture that can be kept. Knows no Django."""

from __future__ import annotations

import io
import math
import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import closing
from typing import Any, NamedTuple

# Named, so that Pillow does not look through all its forty formats for these.
from PIL import GifImagePlugin, Image, TiffImagePlugin

from articles.imaging import appearance, colours, facts, phones, vectors
from articles.imaging.renditions import Film, Format, encode, encode_film, on_white, preview_width

ACCEPTED = "JPEG, PNG, WebP, GIF, AVIF, HEIC or TIFF"
MAX_SIDE = 4000
# What is transparent is kept without loss, which takes many times the room of a JPEG.
MAX_TRANSPARENT_SIDE = 2560
# Millions of pixels. What a format needs a pixel while it is decoded was measured (WebP: 16 bytes): 300 MB
# is all there is, and the process that asks needs 60 of it. A JPEG can be decoded at a fraction of its size,
# unless it is progressive.
MAX_PIXELS = {"JPEG": 120, "PNG": 30, "WEBP": 12, "GIF": 40, "AVIF": 12, "HEIF": 50, "TIFF": 24}
PROGRESSIVE_SAMPLES = 75
MAX_SCANS = 100
# Bytes: of the decoded picture, and together with what a progressive JPEG keeps meanwhile.
DECODED, DECODING = 130_000_000, 190_000_000

# Of an animation: in the file, and of what is kept.
MAX_FRAMES = 500
MAX_FILM_PIXELS = 300_000_000
MAX_FRAME_PIXELS = 6_000_000  # decoders keep up to four frames
FILM_SIDE = 960
KEPT_FILM_PIXELS = 30_000_000
ANIMATED = ("GIF", "WEBP", "AVIF", "PNG")

TURNS = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# What Pillow raises, one time or another, at bytes that are not what they say.
DAMAGE = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    EOFError,
    LookupError,
    OSError,
    RuntimeError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    zlib.error,
)


class UnusablePicture(ValueError):  # noqa: N818
    """The bytes are not a picture that can be printed; the message says why, for an editor to read."""


class Original(NamedTuple):
    data: bytes
    extension: str
    width: int
    height: int
    preview: bytes
    colour: str
    fingerprint: int | None
    focal_point: tuple[float, float]
    is_animated: bool
    facts: dict[str, str]


def normalise(data: bytes, kind: str = "photograph") -> Original:
    """The picture upright, in sRGB, without metadata, at most MAX_SIDE pixels a side.

    What it is, is found by decoding, not by its name. Raises UnusablePicture.
    """
    if vectors.is_drawing(data):
        return _vector(data, kind)
    if not data:
        raise UnusablePicture("The file is empty.")
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # what Pillow warns of is refused here, or does not matter
            return _picture(data, kind)
    except UnusablePicture:
        raise
    except Image.DecompressionBombError:
        raise UnusablePicture("The picture has too many pixels.") from None
    except MemoryError:
        raise UnusablePicture("The picture needs too much memory. Save it smaller, as JPEG.") from None
    except DAMAGE as fault:
        raise UnusablePicture("The file is damaged or incomplete.") from fault


def _vector(data: bytes, kind: str) -> Original:
    if kind != "logo":
        raise UnusablePicture("Only a logo may be an SVG. Save the picture as PNG.")
    try:
        drawing, width, height = vectors.clean(data)
    except vectors.UnusableDrawing as fault:
        raise UnusablePicture(str(fault)) from None
    return Original(drawing, "svg", width, height, b"", "", None, (0.5, 0.5), False, {})


def _picture(data: bytes, kind: str) -> Original:
    picture = _opened(data)
    _refuse_excess(picture, data)
    said = facts.read(picture)
    if picture.format in ANIMATED and getattr(picture, "is_animated", False):
        film = Film(*_film(picture))
        if len(film.frames) > 1:
            return _described(film.frames[0], encode_film(film), "webp", said, is_animated=True)
    picture = _still(picture)
    if picture.mode == "RGBA" and kind == "photograph":
        picture = on_white(picture)
    if picture.mode == "RGBA":
        return _described(picture, encode(picture, "png", compress_level=4), "png", said)
    return _described(picture, encode(picture, "jpg", quality=90, progressive=False), "jpg", said)


def _described(
    picture: Image.Image, data: bytes, extension: str, said: dict[str, str], is_animated: bool = False
) -> Original:
    width = preview_width(*picture.size)
    small = picture.resize((width, max(1, round(width * picture.height / picture.width))), reducing_gap=2.0)
    fallback: Format = "png" if extension == "png" else "jpg"
    return Original(
        data,
        extension,
        *picture.size,
        encode(small, fallback),
        appearance.average_colour(small),
        appearance.fingerprint(small),
        appearance.focal_point(small),
        is_animated,
        said,
    )


# Opening: what it is, and whether it is too much, before anything is decoded.


def _opened(data: bytes) -> Any:
    kind = _kind(data)
    if kind == "HEIF":
        return phones.opened(data)
    try:
        picture = Image.open(io.BytesIO(data), formats=[kind])
        if kind == "AVIF" and "icc_profile" not in picture.info:
            picture.info["icc_profile"] = colours.profile_of(*_video_colours(data))
        return picture
    except Image.DecompressionBombError:
        raise _excess(kind) from None
    except Image.UnidentifiedImageError:
        if kind == "TIFF":
            raise UnusablePicture("This TIFF keeps its colours in a rare way. Save it as JPEG.") from None
        raise UnusablePicture("The file is damaged or incomplete.") from None


def _video_colours(data: bytes) -> tuple[int, int]:
    """The numbers of primaries and transfer in the AVIF's `colr` box, which Pillow keeps to itself."""
    _, found, box = data[:65536].partition(b"colrnclx")
    return (int.from_bytes(box[:2]), int.from_bytes(box[2:4])) if found else (1, 13)


def _kind(data: bytes) -> str:
    """Pillow's name of the format that the first bytes speak of; the decoder has the last word."""
    if data.startswith(b"RIFF") and data[8:12] == b"WEBP":
        return "WEBP"
    if data[4:8] == b"ftyp":
        brands = data[8 : min(int.from_bytes(data[:4]), 256)]
        return "AVIF" if b"avif" in brands or b"avis" in brands else "HEIF"
    for start, kind in SIGNATURES.items():
        if data.startswith(start):
            return kind
    raise UnusablePicture(f"This is not a {ACCEPTED} picture.")


SIGNATURES = {
    b"\xff\xd8\xff": "JPEG",
    b"\x89PNG\r\n\x1a\n": "PNG",
    b"GIF87a": GifImagePlugin.GifImageFile.format,
    b"GIF89a": GifImagePlugin.GifImageFile.format,
    **dict.fromkeys(TiffImagePlugin.PREFIXES, TiffImagePlugin.TiffImageFile.format),
}


def _refuse_excess(picture: Any, data: bytes) -> None:
    kind = "JPEG" if picture.format == "MPO" else picture.format
    limit = MAX_PIXELS[kind]
    if kind == "JPEG" and picture.info.get("progressive"):
        # Kept as a whole until the last scan has come, two bytes a sample.
        limit = min(limit, int(PROGRESSIVE_SAMPLES / _samples(picture)))
        if data.count(b"\xff\xda") > MAX_SCANS:
            raise UnusablePicture("The JPEG is built of more scans than a picture needs. Save it anew.")
    if picture.width * picture.height // 1_000_000 > limit:
        raise _excess(kind, limit)


def _excess(kind: str, limit: int = 0) -> UnusablePicture:
    limit = limit or MAX_PIXELS[kind]
    return UnusablePicture(f"The picture has more than {limit} million pixels. Save it smaller.")


def _samples(picture: Any) -> float:
    """How many numbers a pixel of a JPEG takes: three, or half of that with coarser colour."""
    areas = [across * down for _, across, down, _ in picture.layer]
    return sum(areas) / max(areas)


# From an opened file to pixels.


def _still(picture: Any) -> Image.Image:
    """Upright, in sRGB, of the size that is kept. Closes the file, whose pixels take most of the memory."""
    profile = picture.info.get("icc_profile")
    turn = _turn(picture)
    _draft(picture)
    with closing(picture):
        if picture.format in ("AVIF", "WEBP"):
            picture.load()
            picture._decoder = None  # it keeps all the pixels once or twice more
        small = _shrunk(picture, MAX_SIDE)
    if small.mode == "RGBA":
        small = _without_ballast(small)
    small = colours.to_srgb(small, profile)
    return small.transpose(turn) if turn is not None else small


def _without_ballast(picture: Image.Image) -> Image.Image:
    """Without a transparency that hides nothing; smaller where there is one."""
    if picture.getchannel("A").getextrema() == (255, 255):
        return picture.convert("RGB")
    picture.thumbnail((MAX_TRANSPARENT_SIDE, MAX_TRANSPARENT_SIDE), Image.Resampling.LANCZOS)
    return picture


def _turn(picture: Any) -> Image.Transpose | None:
    if picture.format == "TIFF":  # Pillow turns these itself while it decodes
        return None
    try:
        return TURNS.get(picture.getexif().get(0x0112, 1))
    except DAMAGE:  # a broken note does not make a broken picture
        return None


def _draft(picture: Any) -> None:
    """Have a large JPEG decoded at a half, a quarter or an eighth, where memory asks for it."""
    if picture.format not in ("JPEG", "MPO"):
        return
    pixels = picture.width * picture.height
    kept = 2 * _samples(picture) * pixels if picture.info.get("progressive") else 0
    fraction = 1
    while 4 * pixels / fraction**2 > min(DECODED, DECODING - kept) and fraction < 8:
        fraction *= 2
    picture.draft(None, (picture.width // fraction, picture.height // fraction))


def _shrunk(picture: Any, side: int) -> Image.Image:
    """With all its colours, at most that many pixels a side, done in bands to save the memory."""
    scale = max(1.0, max(picture.size) / side)
    if scale == 1.0:
        return colours.in_full(picture.crop((0, 0, *picture.size)))
    width, height = (max(1, round(length / scale)) for length in picture.size)
    bands = _bands(picture, width, height)
    _, first = next(bands)
    small = Image.new(first.mode, (width, height))
    small.paste(first)
    for top, band in bands:
        small.paste(band, (0, top))
    return small


def _bands(picture: Any, width: int, height: int, rows: int = 256) -> Iterator[tuple[int, Image.Image]]:
    ratio = picture.height / height
    reach = math.ceil(3 * ratio) + 1  # how far the filter looks beyond the band
    for top in range(0, height, rows):
        bottom = min(top + rows, height)
        first = max(0, math.floor(top * ratio) - reach)
        last = min(picture.height, math.ceil(bottom * ratio) + reach)
        band = colours.in_full(picture.crop((0, first, picture.width, last)))
        box = (0, top * ratio - first, picture.width, min(bottom * ratio - first, last - first))
        yield top, band.resize((width, bottom - top), Image.Resampling.LANCZOS, box=box)


# Animations.


def _film(picture: Any) -> tuple[list[Image.Image], list[int], int]:
    """All frames, the smaller the more there are; how long each is seen; how often they play."""
    count = _count_frames(picture)
    profile, turn = picture.info.get("icc_profile"), _turn(picture)
    # A GIF that does not say so plays once, the others for ever.
    loop = int(picture.info.get("loop", 1 if picture.format == "GIF" else 0))
    pixels = picture.width * picture.height * count
    side = min(FILM_SIDE, int(max(picture.size) * math.sqrt(KEPT_FILM_PIXELS / pixels)))
    frames, durations = [], []
    for number in range(count):
        picture.seek(number)
        frame = colours.to_srgb(_shrunk(picture, side), profile)
        frames.append(frame.transpose(turn) if turn is not None else frame)
        duration = picture.info.get("duration") or 0
        # As browsers do: what wants to be faster than the eye is shown at ten a second.
        durations.append(int(min(duration, 60_000)) if duration > 10 else 100)
    return frames, durations, loop


def _count_frames(picture: Any) -> int:
    limit = min(MAX_FRAMES, MAX_FILM_PIXELS // (picture.width * picture.height))
    count = _frames_up_to(limit + 1, picture) if picture.format == "GIF" else picture.n_frames
    if count > 1 and picture.width * picture.height > MAX_FRAME_PIXELS:
        raise UnusablePicture(
            f"The animation has more than {MAX_FRAME_PIXELS // 1_000_000} million pixels. Save it smaller."
        )
    if count > limit:
        raise UnusablePicture(
            f"The animation is too long: {limit} frames of this size at most. Embed a film instead."
        )
    return count


def _frames_up_to(limit: int, picture: Any) -> int:
    """A GIF does not say how many frames it has: they are counted, but not all of a million."""
    count = 1
    try:
        while count < limit:
            picture._seek(count, False)
            count += 1
    except EOFError:
        pass
    picture.seek(0)
    return count

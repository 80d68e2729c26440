"""Picture bytes in, picture bytes out. Knows no Django, no storage and no database."""

from __future__ import annotations

import io
import math
import os
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import groupby
from operator import itemgetter
from typing import Any, Literal, NamedTuple

# Named, so that Pillow does not look through all its forty formats for these.
from PIL import AvifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

Shape = Literal["full", "16x9", "3x2", "4x3", "1x1", "motion"]
Format = Literal["avif", "webp", "jpg", "png"]
Rendition = tuple[Shape, int, Format]
Plan = list[Rendition]

# "full" is the picture as it is; "motion" too, with its movement; the others are cropped.
RATIOS: dict[Shape, float | None] = {
    "full": None,
    "16x9": 16 / 9,
    "3x2": 3 / 2,
    "4x3": 4 / 3,
    "1x1": 1.0,
    "motion": None,
}
# The widest phones are 412 pixels wide; their screens have 1.75 to 3 dots for each of them.
WIDTHS: dict[Shape, tuple[int, ...]] = {
    "full": (320, 400, 640, 736, 800, 960, 1280, 1920),
    "16x9": (320, 640, 960, 1280, 1920),
    "3x2": (240, 360, 480, 732, 960, 1280),
    "4x3": (320, 640, 960, 1280),
    "1x1": (96, 192, 384, 768),
    "motion": (480, 960),
}
NAMES: dict[Format, str] = {
    "avif": AvifImagePlugin.AvifImageFile.format,
    "webp": WebPImagePlugin.WebPImageFile.format,
    "jpg": JpegImagePlugin.JpegImageFile.format,
    "png": PngImagePlugin.PngImageFile.format,
}
MIME_TYPES: dict[Format, str] = {
    "avif": "image/avif",
    "webp": "image/webp",
    "jpg": "image/jpeg",
    "png": "image/png",
}
# Measured on photographs: the lightest at which nobody sees a difference (for AVIF see below).
SAVED: dict[Format, dict[str, Any]] = {
    "avif": {"max_threads": 1},
    # Few browsers want it: "method" 2 takes half the time of 4 for 4 % more bytes.
    "webp": {"quality": 76, "method": 2},
    "jpg": {"quality": 80, "optimize": True, "progressive": True},
    "png": {"compress_level": 6},
}
# Up to these widths; less above. The larger the picture, the denser the screen, and the less of it is seen.
AVIF_QUALITIES = {400: 72, 640: 60}
AVIF_QUALITY_IN_LARGE = 48
# What a phone on a slow network takes for the first picture of a page, at these widths: of carpets and leaves
# it gets as many bytes as of anything else, for its dense screen hides much of what they lose.
PHONE, PHONE_BYTES, PHONE_QUALITIES = range(641, 801), 22_000, (34, 26)
# On a plain screen every pixel is seen, and a small file costs little more.
JPEG_QUALITY_IN_SMALL = 90
# Encoders work outside Python's lock: two at a time, on any machine, so that memory is the same everywhere.
HANDS = min(2, os.cpu_count() or 1)
# Measured: encoders take up to 40 bytes a pixel. Pictures with more numbers than this are encoded one at a
# time; with more pixels than that they are not made, however narrow.
ALONE, MAX_RENDITION = 7_500_000, 5_000_000
CROPS: tuple[Shape, ...] = ("16x9", "3x2", "4x3", "1x1")
PREVIEW = 960


def widths(width: int, height: int, shape: Shape) -> list[int]:
    """The widths to make of a picture that size: never larger than what there is of it."""
    room = _crop_width(width, height, shape)
    if shape == "full":
        room = min(room, int(math.sqrt(MAX_RENDITION * width / height)))
    return [each for each in WIDTHS[shape] if each <= room] or [room]


def rendition_height(width: int, height: int, shape: Shape, wanted: int) -> int:
    """The height that a rendition of the wanted width has."""
    left, top, right, bottom = _crop_box(width, height, shape, (0.5, 0.5))
    return max(1, round(wanted * (bottom - top) / (right - left)))


def preview_width(width: int, height: int) -> int:
    """The width of the rendition that is made at once, and stands in for the others until they are."""
    ready = widths(width, height, "full")
    return max((each for each in ready if each <= PREVIEW), default=ready[0])


def formats(fallback: Format) -> tuple[Format, ...]:
    """From the lightest to the one that everybody takes."""
    return "avif", "webp", fallback


def plan(width: int, height: int, fallback: Format, moves: bool = False) -> Plan:
    """Every rendition that is made of a picture that size."""
    stills: Plan = [
        (shape, each, kind)
        for shape in ("full", *CROPS)
        for each in widths(width, height, shape)
        for kind in formats(fallback)
    ]
    moving = widths(width, height, "motion") if moves else []
    return stills + [("motion", each, "webp") for each in moving]


class Film(NamedTuple):
    """The frames of an animation, how long each is seen (ms), and how often they play (0: for ever)."""

    frames: list[Image.Image]
    durations: list[int]
    loop: int


def render(data: bytes, wanted: Plan, focal_point: tuple[float, float]) -> Iterator[tuple[Rendition, bytes]]:
    """Each rendition of the plan, cropped around the focal point (fractions of width and height).

    The data are those of an original, as `originals.normalise` makes them.
    """
    stills = [rendition for rendition in wanted if rendition[0] != "motion"]
    if stills:
        yield from _encoded(_cut(*_reduced(_opened(data), stills), stills, focal_point))
    for rendition in wanted:
        if rendition[0] == "motion":
            yield rendition, encode_film(_film(_opened(data), rendition[1]))


def _opened(data: bytes) -> Image.Image:
    return Image.open(io.BytesIO(data), formats=("JPEG", "PNG", "WEBP"))


def encode(picture: Image.Image, kind: Format, **options: Any) -> bytes:
    """The picture and nothing else: no profile, no notes, no thumbnail."""
    out = io.BytesIO()
    flat = on_white(picture) if kind == "jpg" and picture.mode != "RGB" else picture
    flat.load()
    # Another picture of the same pixels, because Pillow keeps the options in it while it saves: two threads
    # would mix them up.
    clean = flat._new(flat.im)
    clean.info = {}
    clean.save(out, NAMES[kind], **_options(kind, picture.width) | options)
    for quality in PHONE_QUALITIES if kind == "avif" and picture.width in PHONE else ():
        if out.tell() > PHONE_BYTES:
            out = io.BytesIO()
            clean.save(out, NAMES[kind], **_options(kind, picture.width) | {"quality": quality} | options)
    return out.getvalue()


def encode_film(film: Film) -> bytes:
    out = io.BytesIO()
    first, *others = film.frames
    first.save(
        out,
        "WEBP",
        save_all=True,
        append_images=others,
        duration=film.durations,
        loop=film.loop,
        quality=75,
        method=3,
    )
    return out.getvalue()


def on_white(picture: Image.Image) -> Image.Image:
    """As it stands on the page where transparency cannot be kept: in RGB, always a copy."""
    if picture.mode != "RGBA":
        return picture.convert("RGB") if picture.mode != "RGB" else picture.copy()
    paper = Image.new("RGB", picture.size, "white")
    paper.paste(picture, mask=picture.getchannel("A"))
    return paper


def _options(kind: Format, width: int) -> dict[str, Any]:
    """How to save. AVIF's "speed" 9 takes a quarter of the time of 8, and up to a quarter more bytes: not for
    phones."""
    if kind == "jpg" and width <= min(AVIF_QUALITIES):
        return SAVED[kind] | {"quality": JPEG_QUALITY_IN_SMALL}
    if kind != "avif":
        return SAVED[kind]
    known = (value for limit, value in AVIF_QUALITIES.items() if width <= limit)
    quality = next(known, AVIF_QUALITY_IN_LARGE)
    return SAVED[kind] | {"quality": quality, "speed": 8 if width <= max(PHONE) else 9}


def _reduced(source: Image.Image, wanted: Plan) -> tuple[Image.Image, tuple[int, int]]:
    """No larger than the largest rendition asks for, because it takes much memory; and the size it had."""
    size = source.size
    scale = max(width / _crop_width(*size, shape) for shape, width, _ in wanted)
    with source:
        smaller = max(1, round(size[0] * scale)), max(1, round(size[1] * scale))
        return _resized(source, smaller, (0, 0, *size)), size


def _cut(
    source: Image.Image, size: tuple[int, int], wanted: Plan, focal_point: tuple[float, float]
) -> Iterator[tuple[Rendition, Image.Image]]:
    """Each rendition still to be encoded, of a source that once had that size."""
    across, down = source.width / size[0], source.height / size[1]
    for shape, group in groupby(sorted(wanted, key=_largest_first), key=itemgetter(0)):
        box = _crop_box(*size, shape, focal_point)
        largest: Image.Image | None = None
        for width, same in groupby(group, key=itemgetter(1)):
            height = max(1, round(width * (box[3] - box[1]) / (box[2] - box[0])))
            if (width, height) == source.size:
                picture = largest = source
            elif largest:
                picture = _resized(largest, (width, height), (0, 0, *largest.size))
            else:
                scaled = box[0] * across, box[1] * down, box[2] * across, box[3] * down
                picture = largest = _resized(source, (width, height), scaled)
            yield from ((rendition, picture) for rendition in same)


def _largest_first(rendition: Rendition) -> tuple[str, int]:
    return rendition[0], -rendition[1]


def _resized(
    picture: Image.Image, size: tuple[int, int], box: tuple[float, float, float, float]
) -> Image.Image:
    return picture.resize(size, Image.Resampling.LANCZOS, box=box, reducing_gap=3.0)


def _encoded(pictures: Iterable[tuple[Rendition, Image.Image]]) -> Iterator[tuple[Rendition, bytes]]:
    """In the order in which they come, with no more in memory than there are hands."""
    waiting: deque[tuple[Rendition, Future[bytes]]] = deque()
    with ThreadPoolExecutor(HANDS) as hands:
        for rendition, picture in pictures:
            is_large = picture.width * picture.height * len(picture.getbands()) > ALONE
            while waiting and (is_large or len(waiting) > HANDS):
                done, result = waiting.popleft()
                yield done, result.result()
            if is_large:
                yield rendition, encode(picture, rendition[2])
            else:
                waiting.append((rendition, hands.submit(encode, picture, rendition[2])))
        for done, result in waiting:
            yield done, result.result()


def _film(source: Any, width: int) -> Film:
    size = width, rendition_height(source.width, source.height, "motion", width)
    frames, durations = [], []
    for number in range(source.n_frames):
        source.seek(number)
        source.load()
        frames.append(source.resize(size, Image.Resampling.LANCZOS))
        durations.append(int(source.info.get("duration", 100)))
    return Film(frames, durations, int(source.info.get("loop", 0)))


def _crop_width(width: int, height: int, shape: Shape) -> int:
    left, _, right, _ = _crop_box(width, height, shape, (0.5, 0.5))
    return right - left


def _crop_box(width: int, height: int, shape: Shape, focal: tuple[float, float]) -> tuple[int, int, int, int]:
    ratio = RATIOS[shape]
    if ratio is None:
        return 0, 0, width, height
    crop_width = max(1, min(width, round(height * ratio)))
    crop_height = max(1, min(height, round(width / ratio)))
    left = round(min(max(focal[0] * width - crop_width / 2, 0), width - crop_width))
    top = round(min(max(focal[1] * height - crop_height / 2, 0), height - crop_height))
    return left, top, left + crop_width, top + crop_height

"""Picture bytes in, picture bytes out. Knows no Django, no storage and no database."""

from __future__ import annotations

import io
import struct
import warnings
import zlib
from typing import Any, Literal, NamedTuple

from PIL import Image, ImageCms, ImageOps, UnidentifiedImageError

Shape = Literal["full", "wide", "square"]

RATIOS: dict[Shape, float | None] = {"full": None, "wide": 3 / 2, "square": 1.0}
WIDTHS: dict[Shape, tuple[int, ...]] = {
    "full": (360, 640, 960, 1280, 1920),
    "wide": (240, 360, 640, 960, 1280),
    "square": (96, 192),
}
SHAPES: tuple[Shape, ...] = ("full", "wide", "square")

ACCEPTED = ("JPEG", "PNG", "WEBP", "GIF", "AVIF")
MAX_PIXELS = 60_000_000
MAX_SIDE = 4000


# What Pillow raises, one time or another, at bytes that are not what they say.
DAMAGE = (OSError, SyntaxError, ValueError, TypeError, LookupError, AttributeError, struct.error, zlib.error)


class UnusablePicture(ValueError):  # noqa: N818
    """The bytes are not a picture that can be printed; the message says why, for an editor to read."""


class Original(NamedTuple):
    data: bytes
    extension: str
    width: int
    height: int


def normalise(data: bytes) -> Original:
    """The picture upright, in sRGB, without metadata, at most MAX_SIDE pixels a side.

    What it is, is found by decoding, not by its name. Raises UnusablePicture.
    """
    picture = _decode(data)
    picture.thumbnail((MAX_SIDE, MAX_SIDE), Image.Resampling.LANCZOS)
    transparent = picture.mode == "RGBA"
    encoded = _encode(picture, "PNG" if transparent else "JPEG")
    return Original(encoded, "png" if transparent else "jpg", *picture.size)


def widths(width: int, height: int, shape: Shape) -> list[int]:
    """The widths to make of a picture that size: never larger than what there is of it."""
    available = _crop_box(width, height, shape, (0.5, 0.5))
    room = available[2] - available[0]
    return [each for each in WIDTHS[shape] if each <= room] or [room]


def rendition_height(width: int, height: int, shape: Shape, wanted: int) -> int:
    """The height that a rendition of the wanted width has."""
    left, top, right, bottom = _crop_box(width, height, shape, (0.5, 0.5))
    return max(1, round(wanted * (bottom - top) / (right - left)))


def render(data: bytes, shape: Shape, width: int, focal_point: tuple[float, float] = (0.5, 0.5)) -> bytes:
    """A WebP of that width, cropped to the shape around the focal point (fractions of width and height)."""
    picture: Image.Image = Image.open(io.BytesIO(data))
    picture = picture.crop(_crop_box(*picture.size, shape, focal_point))
    height = max(1, round(width * picture.height / picture.width))
    return _encode(picture.resize((width, height), Image.Resampling.LANCZOS), "WEBP")


def _decode(data: bytes) -> Image.Image:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # counted below
            picture = Image.open(io.BytesIO(data), formats=ACCEPTED)
        if picture.width * picture.height > MAX_PIXELS:
            raise Image.DecompressionBombError
        return _to_srgb(ImageOps.exif_transpose(picture))
    except UnidentifiedImageError:
        raise UnusablePicture("This is not a JPEG, PNG, WebP, GIF or AVIF picture.") from None
    except Image.DecompressionBombError:
        raise UnusablePicture(
            f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels."
        ) from None
    except DAMAGE as fault:
        raise UnusablePicture("The file is damaged or incomplete.") from fault


def _to_srgb(picture: Image.Image) -> Image.Image:
    if picture.mode.startswith(("I", "F")):  # 16 bits a channel: printed pictures have 8
        picture = picture.point(lambda value: value * (1 / 256)).convert("L")
    profile = picture.info.get("icc_profile")
    transparent = picture.mode in ("RGBA", "LA", "PA") or "transparency" in picture.info
    if profile and not transparent:
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            converted = ImageCms.profileToProfile(
                picture, source, ImageCms.createProfile("sRGB"), outputMode="RGB"
            )
            return converted or picture.convert("RGB")
        except (ImageCms.PyCMSError, OSError):
            pass  # a broken profile says nothing about the colours: take them as they are
    return _without_idle_alpha(picture.convert("RGBA")) if transparent else picture.convert("RGB")


def _without_idle_alpha(picture: Image.Image) -> Image.Image:
    """Photographs saved with a transparency that they do not use need not be ten times as large."""
    opaque = picture.getchannel("A").getextrema() == (255, 255)
    return picture.convert("RGB") if opaque else picture


def _encode(picture: Image.Image, kind: str) -> bytes:
    out = io.BytesIO()
    by_kind: dict[str, dict[str, Any]] = {
        "JPEG": {"quality": 88, "optimize": True, "progressive": True},
        "PNG": {"optimize": True},
        "WEBP": {"quality": 78, "method": 4},
    }
    clean = picture.copy()
    clean.info = {}
    clean.save(out, kind, **by_kind[kind])
    return out.getvalue()


def _crop_box(width: int, height: int, shape: Shape, focal: tuple[float, float]) -> tuple[int, int, int, int]:
    ratio = RATIOS[shape]
    if ratio is None:
        return 0, 0, width, height
    crop_width = max(1, min(width, round(height * ratio)))
    crop_height = max(1, min(height, round(width / ratio)))
    left = round(min(max(focal[0] * width - crop_width / 2, 0), width - crop_width))
    top = round(min(max(focal[1] * height - crop_height / 2, 0), height - crop_height))
    return left, top, left + crop_width, top + crop_height

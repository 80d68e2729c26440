"""Pixels of any kind become sRGB, which is what every screen shows when nobody says otherwise."""

from __future__ import annotations

import io
import math
import struct
from functools import cache

from PIL import Image, ImageCms

# Profiles say "GRAY"; Pillow says "L".
MODES = {"RGB ": "RGB", "GRAY": "L", "CMYK": "CMYK", "Lab ": "LAB"}
# Where the red, green and blue of a video standard (ITU-T H.273) lie, as seen in the light of print (D50).
PRIMARIES = {
    1: (
        (0.43607, 0.22249, 0.01392),
        (0.38515, 0.71687, 0.09708),
        (0.14307, 0.06061, 0.71410),
    ),  # BT.709, sRGB
    9: ((0.67348, 0.27904, -0.00193), (0.16569, 0.67533, 0.02998), (0.12503, 0.04563, 0.79685)),  # BT.2020
    12: (
        (0.51512, 0.24120, -0.00105),
        (0.29198, 0.69225, 0.04189),
        (0.15710, 0.06657, 0.78407),
    ),  # Display P3
}
PQ, HLG = 16, 18
PAPER_WHITE = 203.0  # cd/m²: what is brighter in a picture for HDR screens is white on the others
TRANSPARENT = ("RGBA", "LA", "PA", "RGBa", "La")


def in_full(picture: Image.Image) -> Image.Image:
    """With eight bits a channel and no palette: RGB, RGBA, L, CMYK or LAB."""
    if picture.mode.startswith("I;16"):
        return picture.point(lambda value: value * (1 / 256)).convert("L")
    if picture.mode in TRANSPARENT or "transparency" in picture.info:
        return picture.convert("RGBA")
    if picture.mode in ("RGB", "L", "CMYK", "LAB"):
        return picture
    if picture.mode in ("I", "F"):
        raise ValueError("32 bits a channel")
    return picture.convert("L" if picture.mode == "1" else "RGB")


def to_srgb(picture: Image.Image, profile: bytes | None) -> Image.Image:
    """The picture, which is `in_full`, as RGB or RGBA, its colours as its profile means them."""
    wanted = "RGBA" if picture.mode == "RGBA" else "RGB"
    source = _opened(profile)
    if picture.mode == "LAB" and source is None:
        source = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB"))
    mode = MODES.get(source.profile.xcolor_space) if source else None
    if source and mode and (mode in (picture.mode, "L") or (mode, wanted) == ("RGB", "RGBA")):
        return _converted(picture, source, mode)
    # Without a profile, or with one for other pixels than these, the numbers are taken as they are.
    return picture.convert(wanted)


def _opened(profile: bytes | None) -> ImageCms.ImageCmsProfile | None:
    try:
        return ImageCms.ImageCmsProfile(io.BytesIO(profile)) if profile else None
    except (ImageCms.PyCMSError, OSError):
        return None


def _converted(picture: Image.Image, source: ImageCms.ImageCmsProfile, mode: str) -> Image.Image:
    alpha = picture.getchannel("A") if picture.mode == "RGBA" else None
    try:
        converted = ImageCms.buildTransform(
            source,
            ImageCms.createProfile("sRGB"),
            mode,
            "RGB",
            ImageCms.Intent.RELATIVE_COLORIMETRIC,
            ImageCms.Flags.BLACKPOINTCOMPENSATION,
        ).point(picture.convert(mode))
    except ImageCms.PyCMSError:
        return picture.convert("RGBA" if alpha else "RGB")
    if alpha:
        converted.putalpha(alpha)
    return converted


def profile_of(primaries: int, transfer: int) -> bytes | None:
    """An ICC profile for the colours that a video standard numbers so; none where they are sRGB's already."""
    known = PRIMARIES.get(primaries)
    if known is None or (primaries == 1 and transfer not in (PQ, HLG)):
        return None
    return _profile(primaries, transfer)


@cache
def _profile(primaries: int, transfer: int) -> bytes:
    points = [
        struct.pack(">4s4x3i", b"XYZ ", *(round(part * 65536) for part in colour))
        for colour in PRIMARIES[primaries]
    ]
    steps = [round(_light(step / 1023, transfer) * 65535) for step in range(1024)]
    curve = struct.pack(">4s4xI1024H", b"curv", len(steps), *steps)
    names = (b"rXYZ", b"gXYZ", b"bXYZ", b"rTRC", b"gTRC", b"bTRC")
    first = 128 + 4 + 12 * len(names)
    places = [(first + 20 * index, 20) for index in range(3)] + [(first + 60, len(curve))] * 3
    table = b"".join(struct.pack(">4s2I", name, *place) for name, place in zip(names, places, strict=True))
    body = struct.pack(">I", len(names)) + table + b"".join(points) + curve
    light = (0x0000F6D6, 0x00010000, 0x0000D32D)
    head = struct.pack(">I4xI4s4s4s12x4s", 128 + len(body), 0x02400000, b"mntr", b"RGB ", b"XYZ ", b"acsp")
    return head + struct.pack(">28x3I48x", *light) + body


def _light(signal: float, transfer: int) -> float:
    """How bright a signal is shown, of the brightest that this screen can."""
    if transfer == PQ:
        root = signal ** (1 / 78.84375)
        nits = 10_000 * (max(root - 0.8359375, 0) / (18.8515625 - 18.6875 * root)) ** (1 / 0.1593017578125)
        return min(nits / PAPER_WHITE, 1.0)
    if transfer == HLG:
        scene = (
            signal**2 / 3
            if signal <= 0.5
            else (math.exp((signal - 0.55991073) / 0.17883277) + 0.28466892) / 12
        )
        return min(1000 * scene**1.2 / PAPER_WHITE, 1.0)
    return signal / 12.92 if signal <= 0.04045 else ((signal + 0.055) / 1.055) ** 2.4

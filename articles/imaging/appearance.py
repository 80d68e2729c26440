"""What can be told of a picture by looking at it: its colour, its fingerprint, where one looks first."""

from __future__ import annotations

import struct
from itertools import pairwise

from PIL import Image, ImageChops, ImageFilter

from articles.imaging.renditions import on_white

# Small enough to be looked at pixel by pixel, large enough to tell a face from a wall.
GLANCE = 64
# Of a picture's lightest and darkest spot, to be more than one shade; of two neighbours, to be told apart.
FAINT, SAME = 6, 1.5
# Skin of every complexion lies in one narrow field of colour: what varies is how bright it is.
SKIN = {"Cb": (80, 126), "Cr": (136, 172)}


def average_colour(picture: Image.Image) -> str:
    return "#" + on_white(picture).resize((1, 1), Image.Resampling.BOX).tobytes().hex()


def fingerprint(picture: Image.Image) -> int | None:
    """64 bits that survive scaling and compression: whether it darkens from each spot to the next.

    Signed, as databases count. A picture of one shade has none, or all of them would be alike.
    """
    grey = on_white(picture).convert("L").convert("F")  # to fractions of a shade
    spots = struct.unpack("=72f", grey.resize((9, 8), Image.Resampling.BOX).tobytes())
    if max(spots) - min(spots) < FAINT:
        return None
    rows = (spots[start : start + 9] for start in range(0, 72, 9))
    bits = "".join(str(int(left - right > SAME)) for row in rows for left, right in pairwise(row))
    return int.from_bytes(int(bits, 2).to_bytes(8), signed=True)


def focal_point(picture: Image.Image) -> tuple[float, float]:
    """Where crops should centre, as fractions of width and height, until somebody says better.

    Where outlines, strong colours and skin come together; an even picture is centred.
    """
    small = on_white(picture)
    small.thumbnail((GLANCE, GLANCE), Image.Resampling.BOX)
    width, height = small.size
    interest = _interest(small).filter(ImageFilter.GaussianBlur(GLANCE / 16)).tobytes()
    # People stand in the upper part of upright pictures, and their faces at the top of them.
    middle = 0.5 if width >= height else 0.4
    total = across = down = 0.0
    quiet = sorted(interest)[len(interest) * 3 // 4]  # the background is what most of the picture is like
    for index, value in enumerate(interest):
        x, y = (index % width + 0.5) / width, (index // width + 0.5) / height
        pull = max(1 - 1.5 * ((x - 0.5) ** 2 + (y - middle) ** 2), 0.1)
        weight = (max(value - quiet, 0) * pull) ** 2
        total, across, down = total + weight, across + weight * x, down + weight * y
    if total < len(interest):
        return 0.5, 0.5
    return round(across / total, 2), round(down / total, 2)


def _interest(small: Image.Image) -> Image.Image:
    """Bright where there is something to see, black where there is nothing."""
    outlines = _outlines(small.convert("L"))
    colours = small.convert("HSV").getchannel("S").point(lambda value: value // 3)
    _, blue, red = small.convert("YCbCr").split()
    skin = ImageChops.multiply(_within(blue, SKIN["Cb"]), _within(red, SKIN["Cr"]))
    # Outlines count most: an even wall may have the colour of skin, and a clear sky is very blue.
    detailed = outlines.filter(ImageFilter.BoxBlur(2)).point(lambda value: min(value * 3, 255))
    return ImageChops.add(outlines, ImageChops.multiply(ImageChops.add(colours, skin), detailed))


def _outlines(grey: Image.Image) -> Image.Image:
    found = grey.filter(ImageFilter.FIND_EDGES)
    # The filter leaves the pixels of the rim as they were.
    rim = Image.new("L", grey.size)
    if min(grey.size) > 2:
        rim.paste(found.crop((1, 1, grey.width - 1, grey.height - 1)), (1, 1))
    return rim


def _within(channel: Image.Image, bounds: tuple[int, int]) -> Image.Image:
    return channel.point(lambda value: 255 if bounds[0] <= value <= bounds[1] else 0)

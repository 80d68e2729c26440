"""Illustrations for the demo newsroom, drawn on the spot so that none has to be licensed or shipped.

    draw("caspian-dawn")                  a PIL image, RGB, 1600 by 1067
    draw("portrait-c", (640, 640))        any size; the middle of the picture is kept
    draw("logo-a")                        400 by 160 at its own size, RGBA on a clear ground

The same name and size always give the same picture.
"""

import math

from PIL import Image, ImageOps

from . import (  # noqa: F401  (each of these offers its scenes)
    city,
    civic,
    diagrams,
    fields,
    industry,
    landscapes,
    people,
    pursuits,
    rooms,
    still_life,
    table,
    textiles,
    transport,
)
from .brush import HEIGHT, WIDTH, Sheet
from .marks import LOGO_HEIGHT, LOGO_WIDTH, MARKS, mark
from .scenery import PAINTERS

__all__ = ["LOGOS", "SCENES", "draw"]

LOGOS = tuple(MARKS)
SCENES = (*PAINTERS, *LOGOS)


def draw(scene: str, size: tuple[int, int] | None = None) -> Image.Image:
    """The named picture at exactly `size`, cropped evenly where the proportions differ."""
    if scene not in SCENES:
        raise ValueError(f"There is no scene called {scene!r}. Known scenes: {', '.join(SCENES)}.")
    if scene in LOGOS:
        width, height = size or (LOGO_WIDTH, LOGO_HEIGHT)
        return ImageOps.pad(mark(scene, width), (width, height), color=(0, 0, 0, 0))
    width, height = size or (1600, 1067)
    sheet = Sheet(scene, max(width, math.ceil(height * WIDTH / HEIGHT)))
    PAINTERS[scene](sheet)
    return _centre(sheet.finish(), width, height)


def _centre(image: Image.Image, width: int, height: int) -> Image.Image:
    left, top = (image.width - width) // 2, (image.height - height) // 2
    return image.crop((left, top, left + width, top + height))

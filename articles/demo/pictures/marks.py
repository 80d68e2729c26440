"""Wordless marks for the demo's partner institutions, in inks that hold on white and on black."""

import math

from PIL import Image, ImageDraw

from .brush import OVERSIZE, Points, oval, rect, smooth
from .palette import DUSK, OCHRE, POMEGRANATE, TEAL

LOGO_WIDTH, LOGO_HEIGHT = 400, 160


class _Plate:
    """A small clear sheet in units of 400 by 160."""

    def __init__(self, width: int):
        self.unit = width * OVERSIZE * 2 / LOGO_WIDTH
        size = (round(LOGO_WIDTH * self.unit), round(LOGO_HEIGHT * self.unit))
        self.image = Image.new("RGBA", size, (*DUSK, 0))
        self.pen = ImageDraw.Draw(self.image)

    def shape(self, points: Points, fill) -> None:
        self.pen.polygon([(x * self.unit, y * self.unit) for x, y in points], (*fill, 255))

    def cut(self, points: Points) -> None:
        self.pen.polygon([(x * self.unit, y * self.unit) for x, y in points], (*DUSK, 0))


def _institute(plate: _Plate) -> None:
    """Columns of rising height beneath a pediment: an institute of economics."""
    for i in range(5):
        x = 118 + i * 36
        plate.shape(rect(x, 124 - (28, 40, 52, 64, 76)[i], x + 22, 124), TEAL if i < 4 else POMEGRANATE)
    plate.shape(rect(100, 132, 300, 142), DUSK)
    plate.shape([(92, 70), (200, 14), (308, 38), (308, 48), (200, 26), (92, 82)], DUSK)


def _academy(plate: _Plate) -> None:
    """An eight-pointed star with another cut out of it."""
    plate.shape(_star(200, 80, 70), POMEGRANATE)
    plate.cut(_star(200, 80, 48))
    plate.shape(_star(200, 80, 34), DUSK)
    plate.cut(oval(200, 80, 11, 11))
    for x in (74, 326):
        plate.shape(rect(x - 44, 76, x + 44, 84), DUSK)


def _energy(plate: _Plate) -> None:
    """A flame between two waves."""
    flame = [(204, 8), (222, 46), (236, 74), (228, 100), (200, 112), (172, 100), (164, 74), (184, 50)]
    plate.shape(smooth(flame), OCHRE)
    plate.cut(smooth([(202, 58), (214, 80), (210, 97), (200, 102), (188, 95), (190, 78)]))
    for y, fill in ((122, TEAL), (140, DUSK)):
        crest = [(92 + i * 3, y + 6 * math.sin(i / 72 * math.pi * 6)) for i in range(73)]
        plate.shape([*crest, *[(px, py + 9) for px, py in reversed(crest)]], fill)


def _observatory(plate: _Plate) -> None:
    """Rings about a point: a centre for regional studies."""
    for r, fill in ((70, DUSK), (48, TEAL), (26, POMEGRANATE)):
        plate.shape(oval(200, 80, r, r), fill)
        plate.cut(oval(200, 80, r - 9, r - 9))
    plate.shape(oval(200, 80, 9, 9), DUSK)
    for side in (-1, 1):
        plate.shape([(200 + side * 84, 80), (200 + side * 150, 72), (200 + side * 150, 88)], DUSK)


def _star(x: float, y: float, r: float) -> Points:
    spokes = ((r * (0.74 if i % 2 else 1), math.radians(i * 22.5)) for i in range(16))
    return [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for reach, angle in spokes]


MARKS = {"logo-a": _institute, "logo-b": _academy, "logo-c": _energy, "logo-d": _observatory}


def mark(name: str, width: int) -> Image.Image:
    plate = _Plate(width)
    MARKS[name](plate)
    return plate.image.reduce(OVERSIZE * 2)

"""A sheet of paper 1500 by 1000 units, and the marks that can be made on it.

Scenes think in those units whatever size is asked for. The sheet is worked on at twice the final
size and reduced at the end, which is what gives flat shapes their clean edges.
"""

import math
from collections.abc import Iterable
from functools import lru_cache
from random import Random

from PIL import Image, ImageChops, ImageDraw, ImageFilter

from .palette import Colour

Point = tuple[float, float]
Points = list[Point]

WIDTH, HEIGHT = 1500, 1000
OVERSIZE = 2


def rect(left: float, top: float, right: float, bottom: float) -> Points:
    return [(left, top), (right, top), (right, bottom), (left, bottom)]


def oval(x: float, y: float, rx: float, ry: float, start: float = 0, end: float = 360) -> Points:
    """An ellipse, or the part of it between two angles (degrees, clockwise from three o'clock)."""
    steps = max(12, int(abs(end - start) / 4))
    angles = (math.radians(start + (end - start) * i / steps) for i in range(steps + 1))
    return [(x + rx * math.cos(a), y + ry * math.sin(a)) for a in angles]


def smooth(points: Points, closed: bool = True, steps: int = 10) -> Points:
    """A Catmull-Rom curve through the points: the hand-drawn outline."""
    count = len(points)
    spans = count if closed else count - 1
    curve = []
    for i in range(spans):
        quad = [
            points[(i + j) % count] if closed else points[min(max(i + j, 0), count - 1)] for j in range(-1, 3)
        ]
        curve.extend(_spline(quad, step / steps) for step in range(steps))
    return curve if closed else [*curve, points[-1]]


def _spline(quad: Points, t: float) -> Point:
    a, b, c, d = (
        -0.5 * t + t * t - 0.5 * t**3,
        1 - 2.5 * t * t + 1.5 * t**3,
        0.5 * t + 2 * t * t - 1.5 * t**3,
        -0.5 * t * t + 0.5 * t**3,
    )
    return tuple(a * p + b * q + c * r + d * s for p, q, r, s in zip(*quad, strict=True))


def turned(points: Points, x: float, y: float, degrees: float) -> Points:
    """The points turned clockwise about (x, y)."""
    cos, sin = math.cos(math.radians(degrees)), math.sin(math.radians(degrees))
    return [(x + (px - x) * cos - (py - y) * sin, y + (px - x) * sin + (py - y) * cos) for px, py in points]


def between(one: Point, other: Point, share: float) -> Point:
    return one[0] + (other[0] - one[0]) * share, one[1] + (other[1] - one[1]) * share


@lru_cache(maxsize=2)
def _speckle(width: int, height: int) -> Image.Image:
    """Even noise. Pillow's own effect_noise cannot be seeded, and a demo must come out the same twice."""
    return Image.frombytes("L", (width, height), Random("speckle").randbytes(width * height))  # noqa: S311


@lru_cache(maxsize=2)
def _coarse_speckle(width: int, height: int) -> Image.Image:
    small = _speckle(width // OVERSIZE + 1, height // OVERSIZE + 1)
    return small.resize((width, height), Image.Resampling.BILINEAR)


def _slope(side: str, size: tuple[int, int], reach: float, amount: float) -> Image.Image:
    """A ramp that is clear on one side and rises to `amount` on the named one."""
    turns = {"down": 0, "right": 90, "up": 180, "left": 270}
    ramp = Image.linear_gradient("L").rotate(turns[side])
    ramp = ramp.point([round(max(0, (v / 255 - 1 + reach) / reach) * 255 * amount) for v in range(256)])
    return ramp.resize(size, Image.Resampling.BILINEAR)


class Sheet:
    """Paper, pens and a source of chance that is the same every time for the same seed."""

    def __init__(self, seed: str, width: int):
        self.chance = Random(seed)  # noqa: S311 - chance as a draughtsman's tool
        self.unit = width * OVERSIZE / WIDTH
        self.grain = 0.05
        size = (width * OVERSIZE, math.ceil(HEIGHT * self.unit))
        self.image = Image.new("RGB", size)
        self.pen = ImageDraw.Draw(self.image, "RGBA")

    def wash(self, *stops: Colour, top: float = 0, bottom: float = HEIGHT) -> None:
        """A vertical blend through the given colours, edge to edge."""
        strip = Image.new("RGB", (1, len(stops)))
        strip.putdata(stops)
        box = self._box(rect(0, top, WIDTH, bottom))
        tall = strip.resize((1, 512), Image.Resampling.BILINEAR)
        self.image.paste(tall.resize((box[2] - box[0], box[3] - box[1]), Image.Resampling.BILINEAR), box)

    def shape(
        self,
        points: Points,
        fill,
        shade: Colour | None = None,
        side: str = "down",
        amount: float = 0.75,
        reach: float = 0.9,
    ) -> None:
        """A flat shape; `shade` is stippled over it, growing denser towards `side`."""
        self.pen.polygon(self._scaled(points), fill)
        if shade:
            self.stipple(points, shade, side, amount, reach)

    def stipple(
        self, points: Points, colour: Colour, side: str = "down", amount: float = 0.75, reach: float = 0.9
    ) -> None:
        """Grainy shadow inside an outline, the way a risograph lays a second ink over the first."""
        box = self._box(points)
        size = (box[2] - box[0], box[3] - box[1])
        if min(size) < 2:
            return
        dots = ImageChops.subtract(
            _slope(side, size, reach, amount), _coarse_speckle(*self.image.size).crop(box), scale=0.55
        )
        self.image.paste(colour, box, ImageChops.multiply(dots, self._mask(points, box)))

    def blend(self, points: Points, start: Colour, end: Colour, side: str = "down") -> None:
        """A shape filled with a smooth passage from one colour to another."""
        box = self._box(points)
        size = (box[2] - box[0], box[3] - box[1])
        if min(size) < 2:
            return
        fill = Image.composite(
            Image.new("RGB", size, end), Image.new("RGB", size, start), _slope(side, size, 1, 1)
        )
        self.image.paste(fill, box, self._mask(points, box))

    def line(self, points: Iterable[Point], fill, width: float = 2) -> None:
        self.pen.line(self._scaled(points), fill, max(1, round(width * self.unit)), joint="curve")

    def disc(self, x: float, y: float, rx: float, fill, ry: float | None = None) -> None:
        left, top, right, bottom = (v * self.unit for v in (x - rx, y - (ry or rx), x + rx, y + (ry or rx)))
        self.pen.ellipse((left, top, right, bottom), fill)

    def box(self, left: float, top: float, right: float, bottom: float, fill) -> None:
        self.pen.rectangle(
            [v * self.unit for v in (min(left, right), min(top, bottom), max(left, right), max(top, bottom))],
            fill,
        )

    def glow(
        self, x: float, y: float, radius: float, colour: Colour, strength: float = 0.7, flat: float = 1
    ) -> None:
        """Soft light; `flat` below one squashes it, as light lies on water."""
        fall = Image.radial_gradient("L").point(
            [round(max(0, 1 - v / 182) ** 2 * 255 * strength) for v in range(256)]
        )
        left, top = round((x - radius) * self.unit), round((y - radius * flat) * self.unit)
        size = (round(2 * radius * self.unit), round(2 * radius * flat * self.unit))
        self.image.paste(colour, (left, top), fall.resize(size, Image.Resampling.BILINEAR))

    def haze(
        self, top: float, bottom: float, colour: Colour, strength: float = 0.6, side: str = "down"
    ) -> None:
        """Air: a veil across the sheet that thickens towards `side`."""
        box = self._box(rect(0, top, WIDTH, bottom))
        self.image.paste(colour, box, _slope(side, (box[2] - box[0], box[3] - box[1]), 1, strength))

    def close_up(self, x: float, y: float, times: float) -> None:
        """Enlarge what has been drawn, so that (x, y) comes to the middle of the sheet."""
        half, tall = WIDTH / 2 / times, HEIGHT / 2 / times
        frame = tuple(v * self.unit for v in (x - half, y - tall, x + half, y + tall))
        self.image = self.image.resize(self.image.size, Image.Resampling.BICUBIC, frame)

    def finish(self) -> Image.Image:
        """Reduced to final size, with the tooth of the paper on it."""
        image = self.image.reduce(OVERSIZE)
        size = image.size
        tooth = (
            _speckle(*size)
            .filter(ImageFilter.BoxBlur(0.6))
            .point([round(128 + (v - 128) * self.grain * 2.4) for v in range(256)])
        )
        cloud = (
            _speckle(96, 64)
            .resize(size, Image.Resampling.BICUBIC)
            .point([round(128 + (v - 128) * self.grain * 0.4) for v in range(256)])
        )
        for layer in (tooth, cloud):
            image = ImageChops.add(image, Image.merge("RGB", (layer,) * 3), offset=-128)
        return image

    def _scaled(self, points: Iterable[Point]) -> Points:
        return [(x * self.unit, y * self.unit) for x, y in points]

    def _box(self, points: Points) -> tuple[int, int, int, int]:
        xs, ys = zip(*self._scaled(points), strict=True)
        width, height = self.image.size
        left, top = max(0, math.floor(min(xs))), max(0, math.floor(min(ys)))
        return left, top, max(left, min(width, math.ceil(max(xs)))), max(top, min(height, math.ceil(max(ys))))

    def _mask(self, points: Points, box: tuple[int, int, int, int]) -> Image.Image:
        mask = Image.new("L", (box[2] - box[0], box[3] - box[1]))
        outline = [(x - box[0], y - box[1]) for x, y in self._scaled(points)]
        ImageDraw.Draw(mask).polygon(outline, 255)
        return mask

"""Things many scenes share: land, water, weather, trees, buildings, people, machines."""

# Points are easier to follow in rows than one to a line.
# fmt: off

import itertools
import math
from collections.abc import Callable
from random import Random

from .brush import HEIGHT, WIDTH, Points, Sheet, between, oval, rect, smooth
from .palette import (
    BARK,
    BLUSH,
    CREAM,
    INK,
    PAPER,
    PINE,
    Colour,
    mix,
    sheer,
)

PAINTERS: dict[str, Callable[[Sheet], None]] = {}


def scene(paint: Callable[[Sheet], None]) -> Callable[[Sheet], None]:
    """Offer a painting function under its own name: `tea_glass` is the scene "tea-glass"."""
    PAINTERS[paint.__name__.replace("_", "-")] = paint
    return paint


def ridge(chance: Random, y: float, height: float, rough: float = 0.5, start=-50, end=WIDTH + 50) -> Points:
    """A skyline by halving: the smaller `rough`, the softer the hills."""
    heights = [chance.uniform(0.1, 0.7), chance.uniform(0.4, 1), chance.uniform(0.1, 0.7),
               chance.uniform(0.3, 0.9)]
    swing = 0.35
    while len(heights) < 180:
        pairs = itertools.pairwise(heights)
        middles = [(a + b) / 2 + chance.uniform(-swing, swing) for a, b in pairs]
        heights = [v for pair in zip(heights, middles, strict=False) for v in pair] + heights[-1:]
        swing *= rough
    step = (end - start) / (len(heights) - 1)
    return [(start + i * step, y - height * h) for i, h in enumerate(heights)]


def hills(sheet: Sheet, y: float, height: float, fill: Colour, rough: float = 0.35,
          shade: Colour | None = None,
          side: str = "down", amount: float = 0.7) -> Points:
    line = ridge(sheet.chance, y, height, rough)
    sheet.shape([*line, (WIDTH + 50, HEIGHT + 20), (-50, HEIGHT + 20)], fill, shade, side, amount)
    return line


def peak(sheet: Sheet, x: float, top: float, base: float, half: float, lit: Colour, dark: Colour,
         snow: Colour | None = None) -> None:
    """A mountain with a lit left face, a dark right one and, perhaps, snow on its shoulders."""
    chance = sheet.chance

    def edge(foot: float) -> Points:
        jitter = half * 0.05
        line = [between((x, top), (foot, base), i / 14) for i in range(1, 14)]
        return [(x, top), *((px + chance.uniform(-jitter, jitter), py + chance.uniform(-jitter, jitter) / 2)
                            for px, py in line), (foot, base)]

    left, right, spine = edge(x - half), edge(x + half * 1.05), edge(x + half * 0.18)
    sheet.shape([*left, *reversed(right)], lit, mix(lit, dark, 0.6), "down", 0.7)
    sheet.shape([*spine, *reversed(right)], dark)
    for start, depth in ((3, 0.5), (5, 0.6), (7, 0.5)):
        px, py = left[start + 1]
        sheet.shape([spine[start], (px + half * 0.12, py + half * 0.18), spine[start + 2]],
                    sheer(dark, depth))
    if snow:
        _snow(sheet, left, spine, right, snow, mix(snow, dark, 0.35))


def _snow(sheet: Sheet, left: Points, spine: Points, right: Points, lit: Colour, dark: Colour) -> None:
    for side, colour, depth in ((left, lit, 6), (right, dark, 5)):
        hem = []
        for i in range(1, 8):
            a, b = side[depth - i % 2 * 2], spine[depth - i % 2 * 3]
            hem.append(between(a, b, i / 8))
        sheet.shape([*side[: depth + 1], *hem, *reversed(spine[:depth])], colour)


def sea(sheet: Sheet, top: float, far: Colour, near: Colour, glint: Colour, bottom: float = HEIGHT,
        count: int = 130,
        centre: float = 750, spread: float = 750) -> None:
    """Water from the horizon down: strokes lengthen and part as they come closer."""
    sheet.wash(far, mix(far, near, 0.6), near, top=top, bottom=bottom)
    for _ in range(count):
        near_by = sheet.chance.random() ** 1.7
        y = top + 4 + (bottom - top) * near_by
        length = 18 + 150 * near_by * sheet.chance.uniform(0.4, 1)
        x = sheet.chance.gauss(centre, spread * (0.25 + near_by * 0.6))
        thick = 1.5 + 6 * near_by
        sheet.shape([(x - length, y), (x, y - thick), (x + length, y), (x, y + thick)],
                    sheer(glint, sheet.chance.uniform(0.25, 0.8)))


def sun(sheet: Sheet, x: float, y: float, radius: float, colour: Colour, halo: Colour | None = None) -> None:
    sheet.glow(x, y, radius * 6, halo or colour, 0.75)
    sheet.disc(x, y, radius, colour)


def cloud(sheet: Sheet, x: float, y: float, length: float, colour: Colour, opacity: float = 0.6) -> None:
    """A long flat-bottomed cloud: a few domes on a streak, thinning downwards."""
    half, thick = length / 2, length * 0.035
    domes = oval(x, y, half, thick * 0.5, 180, 360)
    for start, end, rise in ((-0.9, -0.2, 0.9), (-0.5, 0.1, 1.7), (-0.14, 0.46, 1.25), (0.3, 0.9, 0.7)):
        dome = oval(x + half * (start + end) / 2, y, half * (end - start) / 2, thick * rise, 180, 360)
        domes = [max(a, b, key=lambda p: -p[1]) for a, b in zip(_sampled(domes, x, half),
                                                                _sampled(dome, x, half), strict=True)]
    sheet.shape([*domes, (x + half * 0.5, y + thick * 0.5), (x - half * 0.4, y + thick * 0.6)],
                sheer(colour, opacity))
    streak = [(x - half * 0.9, y + thick * 1.3), (x, y + thick * 1.05), (x + half * 1.15, y + thick * 1.3),
              (x, y + thick * 1.6)]
    sheet.shape(streak, sheer(colour, opacity * 0.8))


def _sampled(arch: Points, x: float, half: float) -> Points:
    """An arch as its heights at even steps from side to side, its feet carried on level."""
    heights, at = [], 0
    for step in range(61):
        px = x - half + half * step / 30
        while at < len(arch) - 2 and arch[at + 1][0] < px:
            at += 1
        heights.append((px, arch[at + 1][1] if arch[0][0] <= px <= arch[-1][0] else arch[0][1]))
    return heights


def birds(sheet: Sheet, x: float, y: float, count: int, colour: Colour = INK, size: float = 11) -> None:
    for _ in range(count):
        bx, by = x + sheet.chance.gauss(0, 90), y + sheet.chance.gauss(0, 35)
        span = size * sheet.chance.uniform(0.6, 1.2)
        wings = [(bx - span, by - span * 0.4), (bx - span * 0.3, by - span * 0.5), (bx, by),
                 (bx + span * 0.3, by - span * 0.5), (bx + span, by - span * 0.3)]
        sheet.line(smooth(wings, closed=False, steps=4), colour, 2.2)


def cypress(sheet: Sheet, x: float, base: float, height: float, fill: Colour = PINE) -> None:
    wide = height * 0.13
    outline = smooth([(x, base - height), (x + wide * 0.7, base - height * 0.6),
                      (x + wide, base - height * 0.22),
                      (x + wide * 0.3, base), (x - wide * 0.3, base), (x - wide, base - height * 0.22),
                      (x - wide * 0.7, base - height * 0.6)])
    sheet.shape(outline, fill, mix(fill, INK, 0.6), "right", 0.8)


def fir(sheet: Sheet, x: float, base: float, height: float, fill: Colour,
        shade: Colour | None = None) -> None:
    wide = height * 0.24
    sheet.box(x - height * 0.018, base - height * 0.15, x + height * 0.018, base, mix(fill, BARK, 0.5))
    right: Points = []
    for i in range(6):
        y, reach = base - height * (0.1 + 0.15 * i), wide * (1 - i / 6.3)
        right += [(x + reach, y), (x + reach * 0.45, y - height * 0.12)]
    left = [(2 * x - px, py) for px, py in right]
    sheet.shape([*right, (x, base - height), *reversed(left)], fill)
    if shade:
        sheet.shape([(x, base - height * 0.1), *right, (x, base - height)], shade)


def tree(sheet: Sheet, x: float, base: float, height: float, fill: Colour, trunk: Colour = BARK) -> None:
    """A round broadleaf: trunk, crown in lobes, shadow under each."""
    sheet.shape([(x - height * 0.035, base), (x - height * 0.015, base - height * 0.6),
                 (x + height * 0.015, base - height * 0.6),
                 (x + height * 0.035, base)], trunk)
    for dx, dy, r in ((-0.2, 0.5, 0.19), (0.2, 0.52, 0.19), (0, 0.46, 0.18), (-0.1, 0.7, 0.21),
                      (0.12, 0.72, 0.2)):
        crown = oval(x + dx * height, base - dy * height, r * height, r * height * 0.92)
        sheet.shape(crown, fill, mix(fill, INK, 0.55), "down", 0.75)


def block(sheet: Sheet, x: float, base: float, width: float, height: float, fill: Colour,
          shade: Colour | None = None,
          window: Colour | None = None, pitch: float = 26, lit: float = 0.5) -> None:
    """A plain building with rows of windows, some of them lit."""
    sheet.shape(rect(x, base - height, x + width, base), fill, shade, "right", 0.6)
    if not window:
        return
    columns, rows = int(width / pitch), int(height / pitch - 0.6)
    left = x + (width - columns * pitch) / 2
    for column in range(columns):
        for row in range(rows):
            if sheet.chance.random() < lit:
                wx, wy = left + (column + 0.28) * pitch, base - height + (row + 0.6) * pitch
                sheet.box(wx, wy, wx + pitch * 0.44, wy + pitch * 0.52, window)


def person(sheet: Sheet, x: float, base: float, height: float, coat: Colour, skin: Colour = BLUSH,
           hair: Colour = BARK, legs: Colour = INK) -> None:
    """A standing figure seen at a distance: enough to be somebody, too little to be anyone."""
    h = height
    for foot in (-0.07, 0.05):
        sheet.shape([(x + foot * h, base - h * 0.45), (x + (foot + 0.055) * h, base - h * 0.45),
                     (x + (foot + 0.045) * h, base), (x + (foot - 0.005) * h, base)], legs)
    body = smooth([(x - 0.06 * h, base - 0.83 * h), (x + 0.06 * h, base - 0.83 * h),
                   (x + 0.11 * h, base - 0.76 * h),
                   (x + 0.098 * h, base - 0.42 * h), (x + 0.085 * h, base - 0.36 * h),
                   (x - 0.085 * h, base - 0.36 * h),
                   (x - 0.098 * h, base - 0.42 * h), (x - 0.11 * h, base - 0.76 * h)], steps=5)
    sheet.shape(body, coat, mix(coat, INK, 0.55), "right", 0.8)
    sleeve = mix(coat, INK, 0.28)
    for side in (-1, 1):
        arm = [(x + side * 0.095 * h, base - 0.77 * h), (x + side * 0.125 * h, base - 0.62 * h),
               (x + side * 0.115 * h, base - 0.46 * h)]
        sheet.line(smooth(arm, closed=False, steps=4), sleeve, 0.042 * h)
        sheet.disc(x + side * 0.113 * h, base - 0.445 * h, 0.022 * h, skin)
    sheet.box(x - 0.022 * h, base - 0.88 * h, x + 0.022 * h, base - 0.82 * h, mix(skin, BARK, 0.3))
    if sheet.chance.random() < 0.45:
        sheet.shape(oval(x, base - 0.9 * h, 0.064 * h, 0.1 * h), mix(hair, INK, 0.3))
        sheet.box(x - 0.022 * h, base - 0.88 * h, x + 0.022 * h, base - 0.82 * h, mix(skin, BARK, 0.3))
    sheet.disc(x, base - 0.925 * h, 0.052 * h, skin, 0.066 * h)
    sheet.shape(oval(x, base - 0.94 * h, 0.06 * h, 0.065 * h, 180, 360), hair)


def listener(sheet: Sheet, x: float, base: float, size: float, coat: Colour, hair: Colour) -> None:
    """Somebody in the row in front, seen from behind."""
    shoulders = smooth([(x - size, base + size), (x - size * 0.92, base - size * 0.1),
                        (x - size * 0.35, base - size * 0.42),
                        (x + size * 0.35, base - size * 0.42), (x + size * 0.92, base - size * 0.1),
                        (x + size, base + size)])
    sheet.shape(shoulders, coat, mix(coat, INK, 0.7), "down", 0.7)
    skin = mix(mix(BLUSH, hair, 0.45), coat, 0.15)
    sheet.shape(rect(x - size * 0.17, base - size * 0.6, x + size * 0.17, base - size * 0.3),
                mix(skin, INK, 0.25))
    sheet.shape(oval(x, base - size * 0.82, size * 0.36, size * 0.42), skin)
    for side in (-1, 1):
        sheet.disc(x + side * size * 0.37, base - size * 0.8, size * 0.07, skin, size * 0.11)
    crown = smooth([(x - size * 0.39, base - size * 0.85), (x - size * 0.3, base - size * 1.26),
                    (x, base - size * 1.36),
                    (x + size * 0.3, base - size * 1.26), (x + size * 0.39, base - size * 0.85),
                    (x + size * 0.24, base - size * 0.52),
                    (x - size * 0.24, base - size * 0.52)])
    sheet.shape(crown, hair, INK, "right", 0.6)


def turbine(sheet: Sheet, x: float, base: float, height: float, turn: float, fill: Colour = PAPER,
            shade: Colour = CREAM) -> None:
    hub = base - height
    slim = height * 0.012
    sheet.shape([(x - slim * 1.5, base), (x - slim * 0.7, hub), (x + slim * 0.7, hub),
                 (x + slim * 1.5, base)], fill)
    sheet.shape([(x, base), (x, hub), (x + slim * 0.7, hub), (x + slim * 1.5, base)], shade)
    for blade in range(3):
        angle = math.radians(turn + 120 * blade)
        cos, sin, long = math.cos(angle), math.sin(angle), height * 0.55
        outline = [(0, -slim), (long * 0.22, -slim * 2.6), (long, 0), (long * 0.1, slim * 1.1)]
        sheet.shape([(x + px * cos - py * sin, hub + px * sin + py * cos) for px, py in outline],
                    fill if blade else shade)
    sheet.disc(x, hub, slim * 1.9, fill)


def lattice(sheet: Sheet, x: float, base: float, height: float, foot: float, head: float, fill,
            width: float = 4,
            bays: int = 6) -> None:
    """An open steel tower: legs, rungs and crossed braces."""
    def level(i: float) -> tuple[float, float]:
        share = 1 - (1 - i / bays) ** 1.25
        return (foot + (head - foot) * share) / 2, base - height * share

    for side in (-1, 1):
        sheet.line([(x + side * level(i)[0], level(i)[1]) for i in range(bays + 1)], fill, width)
    for i in range(bays):
        (near, low), (far, high) = level(i), level(i + 1)
        sheet.line([(x - far, high), (x + far, high)], fill, width * 0.7)
        sheet.line([(x - near, low), (x + far, high)], fill, width * 0.55)
        sheet.line([(x + near, low), (x - far, high)], fill, width * 0.55)

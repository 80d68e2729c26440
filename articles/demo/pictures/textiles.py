"""Figures a loom makes: stars, stepped lozenges, and the carpets built from them."""

# Points are easier to follow in rows than one to a line.
# fmt: off

import math

from .brush import HEIGHT, WIDTH, Points, Sheet, between, rect
from .palette import (
    CASPIAN,
    CREAM,
    EARTH,
    FOAM,
    INK,
    NIGHT,
    OCHRE,
    POMEGRANATE,
    ROSE,
    SAND,
    TEAL,
    WINE,
    mix,
    sheer,
)
from .scenery import scene


def star(x: float, y: float, r: float, inner: float = 0.62, points: int = 8, turn: float = 22.5) -> Points:
    spokes = ((r * (1 if i % 2 else inner), math.radians(turn + i * 180 / points)) for i in range(points * 2))
    return [(x + reach * math.cos(angle), y + reach * math.sin(angle)) for reach, angle in spokes]


def stepped(x: float, y: float, wide: float, tall: float, steps: int = 6) -> Points:
    """A lozenge with stairs for edges, as a loom makes it."""
    quarter: Points = []
    for i in range(steps):
        quarter += [(wide * (steps - i) / steps, tall * i / steps),
                    (wide * (steps - i) / steps, tall * (i + 1) / steps)]
    right = [*[(px, -py) for px, py in reversed(quarter)], *quarter]
    return [(x + px, y + py) for px, py in [*right, *[(-px, -py) for px, py in right]]]


def _border(sheet: Sheet, inset: float, wide: float, ground, motif, count: int) -> None:
    """A band round the sheet with a row of hooked lozenges in it."""
    left, top, right, bottom = inset, inset, WIDTH - inset, HEIGHT - inset
    for band in (rect(left, top, right, top + wide), rect(left, bottom - wide, right, bottom),
                 rect(left, top, left + wide, bottom),
                 rect(right - wide, top, right, bottom)):
        sheet.shape(band, ground)
    pitch = (right - left - wide) / count
    rows = round((bottom - top - wide) / pitch)
    middle, drop = wide / 2, (bottom - top - wide) / rows
    spots = [(left + middle + i * pitch,
              y) for i in range(count + 1) for y in (top + middle, bottom - middle)]
    spots += [(x, top + middle + i * drop) for i in range(1, rows) for x in (left + middle, right - middle)]
    for i, (x, y) in enumerate(spots):
        sheet.shape(stepped(x, y, pitch * 0.42, wide * 0.4, 4), motif[i % len(motif)])
        sheet.shape(stepped(x, y, pitch * 0.2, wide * 0.2, 3), ground)


def _medallion(sheet: Sheet, x: float, y: float, r: float, inks) -> None:
    for share, colour in zip((1, 0.9, 0.7, 0.6, 0.34), inks, strict=True):
        sheet.shape(stepped(x, y, r * 1.05 * share, r * share, 9), colour)
    for i in range(8):
        angle = math.radians(i * 45)
        sheet.shape(star(x + r * 0.46 * math.cos(angle), y + r * 0.46 * math.sin(angle), r * 0.075), inks[0])
    sheet.shape(star(x, y, r * 0.28), inks[1])
    sheet.shape(star(x, y, r * 0.15), inks[4])


def _weave(sheet: Sheet, pitch: float) -> None:
    for i in range(int(HEIGHT / pitch)):
        sheet.line([(0, i * pitch), (WIDTH, i * pitch)], sheer(INK, 0.07), 1.6)
    sheet.grain = 0.012  # so busy a picture needs no tooth of its own
    for _ in range(60):
        y = sheet.chance.uniform(0, HEIGHT)
        sheet.box(0, y, WIDTH, y + sheet.chance.uniform(3, 9), sheer(sheet.chance.choice((INK, CREAM)), 0.05))


@scene
def carpet(sheet: Sheet) -> None:
    sheet.wash(POMEGRANATE, WINE)
    sheet.shape(rect(0, 0, WIDTH, HEIGHT), NIGHT)
    _border(sheet, 24, 44, CREAM, (CASPIAN, POMEGRANATE), 26)
    _border(sheet, 76, 96, NIGHT, (OCHRE, ROSE, TEAL), 14)
    _border(sheet, 180, 36, CREAM, (POMEGRANATE, CASPIAN, OCHRE), 26)
    sheet.shape(rect(224, 224, 1276, 776), POMEGRANATE)
    for x, y, _turn in ((224, 224, 0), (1276, 224, 0), (224, 776, 0), (1276, 776, 0)):
        for share, colour in ((1, CREAM), (0.93, CASPIAN), (0.6, OCHRE), (0.5, NIGHT)):
            corner = [(min(max(px, 224), 1276), min(max(py, 224), 776)) for px,
                      py in stepped(x, y, 250 * share, 190 * share, 8)]
            sheet.shape(corner, colour)
    _medallion(sheet, 750, 500, 262, (CREAM, NIGHT, OCHRE, CASPIAN, POMEGRANATE))
    for x in (415, 1085):
        _medallion(sheet, x, 500, 118, (CREAM, CASPIAN, ROSE, WINE, OCHRE))
    for i in range(7):
        for y in (262, 738):
            sheet.shape(star(510 + i * 80, y, 20), (OCHRE, CREAM, TEAL)[i % 3])
    for x, y in ((560, 330), (940, 330), (560, 670), (940, 670)):
        sheet.shape(stepped(x, y, 40, 40, 4), OCHRE)
        sheet.shape(stepped(x, y, 22, 22, 3), NIGHT)
    _weave(sheet, 10)
    sheet.stipple(rect(0, 0, WIDTH, HEIGHT), INK, "down", 0.12)


@scene
def carpet_detail(sheet: Sheet) -> None:
    sheet.wash(CASPIAN, NIGHT)
    for row in range(-1, 5):
        for column in range(-1, 5):
            x, y = 110 + column * 430 + (row % 2) * 215, 90 + row * 255
            inks = ((POMEGRANATE, CREAM, OCHRE), (CREAM, WINE, ROSE),
                    (OCHRE, NIGHT, FOAM))[(row + column * 2) % 3]
            sheet.shape(stepped(x, y, 212, 250, 10), mix(inks[0], INK, 0.1))
            sheet.shape(stepped(x, y, 186, 218, 10), inks[1])
            sheet.shape(stepped(x, y, 150, 176, 8), inks[0])
            for side in (-1, 1):
                hook = [(x + side * 34, y - 96), (x + side * 100, y - 96), (x + side * 100, y - 40),
                        (x + side * 66, y - 40), (x + side * 66, y - 66),
                        (x + side * 34, y - 66)]
                sheet.shape(hook, inks[2])
                sheet.shape([(px, 2 * y - py) for px, py in hook], inks[2])
            sheet.shape(stepped(x, y, 80, 92, 5), NIGHT)
            sheet.shape(star(x, y, 54), inks[2])
            sheet.shape(star(x, y, 26), inks[1])
    _weave(sheet, 12)
    for i in range(1200):
        x, y = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, HEIGHT)
        sheet.line([(x, y), (x, y + 9)], sheer(INK if i % 2 else CREAM, 0.12), 3)
    sheet.shape([(1540, 560), (1540, 1040), (620, 1040)], sheer(INK, 0.35))
    fold = [(1540, 600), (1540, 1040), (700, 1040)]
    sheet.shape(fold, SAND, EARTH, "right", 0.9)
    for i in range(60):
        x, y = between((1540, 600), (700, 1040), i / 60)
        sheet.line([(x, y), (x - 26, y - 40)], CREAM, 4)

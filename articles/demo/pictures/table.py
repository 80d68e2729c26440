"""Food and drink, close enough to touch."""

# Points are easier to follow in rows than one to a line.
# fmt: off

import math

from .brush import HEIGHT, WIDTH, Sheet, oval, rect, smooth, turned
from .palette import (
    AMBER,
    BARK,
    BLUSH,
    CASPIAN,
    CREAM,
    DUSK,
    EARTH,
    FOAM,
    HAZE,
    INK,
    MIST,
    MOSS,
    OCHRE,
    PAPER,
    PINE,
    POMEGRANATE,
    ROSE,
    RUST,
    SAND,
    STONE,
    TEAL,
    WINE,
    mix,
    sheer,
)
from .scenery import scene, sun
from .textiles import star


def table(sheet: Sheet, y: float, fill, shade) -> None:
    sheet.shape(rect(-10, y, WIDTH + 10, HEIGHT + 10), fill, shade, "down", 0.8)
    for _ in range(26):
        x, top = sheet.chance.uniform(-100, 1400), y + sheet.chance.uniform(14, 1000 - y)
        long = sheet.chance.uniform(120, 500)
        sheet.line(smooth([(x, top), (x + long / 2, top + sheet.chance.uniform(-7, 7)), (x + long, top)],
                          closed=False), sheer(shade, 0.3), 2.5)


@scene
def tea_glass(sheet: Sheet) -> None:
    sheet.wash(mix(CASPIAN, TEAL, 0.3), CASPIAN, mix(CASPIAN, INK, 0.3))
    window = rect(120, -10, 640, 620)
    sheet.blend(window, CREAM, BLUSH)
    sun(sheet, 420, 330, 70, PAPER, AMBER)
    for a, b in (((380, 0), (380, 620)), ((120, 300), (640, 300))):
        sheet.line([a, b], mix(CASPIAN, INK, 0.3), 16)
    sheet.line([*window, window[0]], mix(CASPIAN, INK, 0.3), 24)
    sheet.shape(rect(90, 610, 670, 642), mix(CASPIAN, INK, 0.4))
    table(sheet, 720, RUST, BARK)
    sheet.shape(smooth([(700, 720), (1130, 760), (1400, 890), (960, 960), (520, 860)]), sheer(AMBER, 0.28))
    sheet.shape(oval(870, 900, 330, 54), sheer(INK, 0.45))
    sheet.shape(oval(840, 876, 300, 58), PAPER, HAZE, "right", 0.8)
    sheet.line(oval(840, 872, 262, 46), POMEGRANATE, 5)
    for i in range(28):
        angle = math.radians(i * 360 / 28)
        sheet.disc(840 + 282 * math.cos(angle), 874 + 52 * math.sin(angle), 6, CASPIAN)
    glass = [(690, 250), (704, 370), (742, 450), (760, 520), (734, 600), (700, 680), (706, 770), (750, 850),
             (840, 872)]
    outline = smooth([*glass, *[(1680 - x, y) for x, y in reversed(glass[:-1])]], closed=False)
    sheet.shape(outline, sheer(PAPER, 0.26))
    tea = [(696, 312), *glass[1:]]
    liquid = smooth([*tea, *[(1680 - x, y) for x, y in reversed(tea[:-1])]], closed=False)
    sheet.blend(liquid, mix(RUST, AMBER, 0.35), mix(POMEGRANATE, BARK, 0.35))
    sheet.stipple(liquid, WINE, "right", 0.95, 0.7)
    sheet.shape(oval(840, 312, 144, 26), mix(AMBER, RUST, 0.3))
    sheet.shape(smooth([(722, 370), (764, 452), (780, 520), (756, 600), (726, 690), (736, 770), (752, 700),
                        (786, 600), (806, 520), (786, 440), (752, 360)]),
                sheer(BLUSH, 0.55))
    sheet.line(oval(840, 250, 150, 24), PAPER, 7)
    sheet.line(oval(840, 306, 147, 25, 0, 180), AMBER, 6)
    slice_at = oval(960, 262, 86, 86)
    sheet.shape(slice_at, AMBER)
    sheet.shape(oval(960, 262, 74, 74), mix(AMBER, PAPER, 0.6))
    for i in range(8):
        angle = math.radians(i * 45)
        wedge = [(960 + 8 * math.cos(angle + 0.39), 262 + 8 * math.sin(angle + 0.39)),
                 (960 + 66 * math.cos(angle + 0.08), 262 + 66 * math.sin(angle + 0.08)),
                 (960 + 66 * math.cos(angle + 0.7), 262 + 66 * math.sin(angle + 0.7))]
        sheet.shape(wedge, mix(AMBER, PAPER, 0.2))
    sheet.shape([(1110, 862), (1420, 790), (1424, 800), (1116, 876)], MIST, DUSK, "down", 0.5)
    sheet.shape(turned(oval(1090, 876, 58, 24), 1090, 876, -12), MIST, DUSK, "right", 0.7)
    for x, y, turn in ((330, 860, 12), (440, 890, -16), (370, 806, 30)):
        sheet.shape(turned(rect(x - 44, y - 32, x + 44, y + 32), x, y, turn), PAPER, HAZE, "right", 0.9)
    for dx in (-60, 0, 58):
        _steam(sheet, 820 + dx, 226, 190 - abs(dx), 0.3)


def _steam(sheet: Sheet, x: float, base: float, tall: float, opacity: float) -> None:
    left, right = [], []
    for i in range(31):
        share = i / 30
        sway, half = 22 * math.sin(share * 7 + x), 13 * math.sin(math.pi * share) + 1
        left.append((x + sway - half, base - tall * share))
        right.append((x + sway + half, base - tall * share))
    sheet.shape([*left, *reversed(right)], sheer(PAPER, opacity))


@scene
def pomegranates(sheet: Sheet) -> None:
    sheet.wash(mix(TEAL, FOAM, 0.3), TEAL, CASPIAN)
    sheet.glow(360, 240, 620, FOAM, 0.7)
    table(sheet, 640, CREAM, STONE)
    sheet.shape([(-20, 700), (1540, 640), (1540, 760), (-20, 860)], sheer(PAPER, 0.5))
    for x, y, r in ((420, 540, 210), (1140, 590, 190)):
        sheet.shape(oval(x + 80, y + r * 0.93, r * 1.3, r * 0.18), sheer(DUSK, 0.5))
        _fruit(sheet, x, y, r)
    sheet.shape(oval(850, 890, 340, 52), sheer(DUSK, 0.55))
    _cut_fruit(sheet, 790, 700, 236)
    for _ in range(26):
        x, y = sheet.chance.choice((300, 1180)) + sheet.chance.gauss(0,
                                                                     120), 880 + sheet.chance.uniform(-30, 90)
        _seed(sheet, x, y, sheet.chance.uniform(17, 24))
    for x, y, turn in ((240, 720, 24), (640, 430, -50), (1330, 760, -24)):
        leaf = turned(smooth([(x - 130, y), (x - 40, y - 42), (x + 130, y), (x - 40, y + 42)]), x, y, turn)
        sheet.shape(leaf, MOSS, PINE, "down", 0.9)
        sheet.line(turned([(x - 120, y), (x + 120, y)], x, y, turn), sheer(CREAM, 0.6), 3)


def _fruit(sheet: Sheet, x: float, y: float, r: float) -> None:
    crown = [(x - r * 0.2, y - r * 0.86), (x - r * 0.34, y - r * 1.36), (x - r * 0.12, y - r * 1.14),
             (x, y - r * 1.42), (x + r * 0.13, y - r * 1.14),
             (x + r * 0.36, y - r * 1.34), (x + r * 0.2, y - r * 0.86)]
    sheet.shape(crown, mix(POMEGRANATE, RUST, 0.4), WINE, "right", 0.9)
    outline = smooth([(x, y - r * 0.96), (x + r * 0.72, y - r * 0.74), (x + r, y),
                      (x + r * 0.76, y + r * 0.72), (x, y + r * 0.98), (x - r * 0.76, y + r * 0.72),
                      (x - r, y), (x - r * 0.72, y - r * 0.74)])
    sheet.shape(outline, POMEGRANATE, WINE, "right", 1, 0.95)
    sheet.stipple(outline, INK, "down", 0.7, 0.5)
    sheet.shape(smooth([(x - r * 0.74, y - r * 0.3), (x - r * 0.46, y - r * 0.62),
                        (x - r * 0.36, y - r * 0.44), (x - r * 0.6, y - r * 0.04)]), sheer(ROSE, 0.75))


def _seed(sheet: Sheet, x: float, y: float, r: float) -> None:
    turn = sheet.chance.uniform(0, 180)
    drop = turned([(x - r, y), (x - r * 0.2, y - r * 0.7), (x + r * 0.9, y - r * 0.4),
                   (x + r * 0.9, y + r * 0.4), (x - r * 0.2, y + r * 0.7)], x, y, turn)
    sheet.shape(smooth(drop, steps=5), mix(POMEGRANATE, sheet.chance.choice((WINE, RUST)), 0.3))
    sheet.disc(x - r * 0.22, y - r * 0.28, r * 0.24, BLUSH)


def _cut_fruit(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.shape(oval(x, y, r, r * 0.94), WINE, INK, "down", 0.8)
    sheet.shape(oval(x, y - 8, r * 0.95, r * 0.88), mix(CREAM, AMBER, 0.25))
    for sector in range(6):
        start, middle = sector * 60, math.radians(sector * 60 + 30)
        cx, cy = x + r * 0.1 * math.cos(middle), y - 8 + r * 0.1 * math.sin(middle)
        sheet.shape([(cx, cy), *oval(x, y - 8, r * 0.86, r * 0.79, start + 5, start + 55)], WINE)
        for _ in range(34):
            angle, reach = math.radians(start + sheet.chance.uniform(9,
                                                                     51)), r * sheet.chance.uniform(0.26, 0.8)
            _seed(sheet, x + reach * math.cos(angle), y - 8 + reach * 0.92 * math.sin(angle), r * 0.075)
    sheet.disc(x, y - 8, r * 0.1, mix(CREAM, AMBER, 0.25))


@scene
def kitchen(sheet: Sheet) -> None:
    sheet.wash(mix(FOAM, CREAM, 0.3), mix(FOAM, TEAL, 0.25))
    for row in range(6):
        for column in range(13):
            tile = rect(column * 120 + 4, row * 120 + 4, column * 120 + 116, row * 120 + 116)
            sheet.shape(tile, mix(FOAM, CREAM, 0.45 + sheet.chance.uniform(-0.1, 0.1)))
            if (row + column) % 2:
                sheet.shape(star(column * 120 + 60, row * 120 + 60, 34), sheer(TEAL, 0.4))
    sheet.shape(rect(-10, 150, 1510, 176), BARK)
    for x, tall, fill in ((130, 110, CREAM), (240, 84, POMEGRANATE), (1180, 96, OCHRE), (1290, 120, CASPIAN),
                          (1400, 86, CREAM)):
        sheet.shape(smooth([(x - 36, 150), (x - 44, 150 - tall * 0.6), (x - 24, 150 - tall),
                            (x + 24, 150 - tall), (x + 44, 150 - tall * 0.6), (x + 36, 150)]),
                    fill, mix(fill, INK, 0.6), "right", 0.9)
    for x, long, shape in ((420, 130, 40), (560, 160, 30), (700, 120, 48), (880, 150, 34)):
        sheet.line([(x, 176), (x, 176 + long)], BARK, 9)
        sheet.shape(oval(x, 176 + long + shape, shape, shape * 1.1), mix(RUST, OCHRE, 0.3), BARK, "right",
                    0.9)
    table(sheet, 730, SAND, EARTH)
    sheet.shape(oval(800, 884, 420, 44), sheer(INK, 0.4))
    pot = smooth([(440, 560), (450, 700), (510, 836), (650, 880), (930, 880), (1070, 836), (1130, 700),
                  (1140, 560)], closed=False)
    sheet.shape(pot, mix(RUST, OCHRE, 0.25), BARK, "right", 1)
    sheet.shape(smooth([(486, 600), (504, 720), (556, 820), (530, 700), (520, 600)]), sheer(AMBER, 0.6))
    sheet.shape(oval(790, 560, 352, 62), OCHRE, BARK, "right", 0.7)
    sheet.shape(oval(790, 562, 326, 50), BARK)
    _plov(sheet)
    for side in (-1, 1):
        sheet.line(oval(790 + side * 372, 640, 50, 40, -100 if side > 0 else 80, 100 if side > 0 else 280),
                   BARK, 22)
    for dx in (-150, 0, 140):
        _steam(sheet, 790 + dx, 470, 270 - abs(dx) * 0.5, 0.55)
    for x, y, r in ((180, 880, 74), (310, 930, 62)):
        _fruit(sheet, x, y - 20, r)
    for i in range(9):
        x = 1230 + i * 30
        sheet.line(smooth([(1360, 960), (x, 880), (x + 6, 790)], closed=False), MOSS, 6)
        for y in (800, 830, 860):
            sheet.shape(oval(x + 4 + sheet.chance.uniform(-14, 14), y, 20, 14),
                        mix(MOSS, PINE, sheet.chance.random() * 0.7))


def _plov(sheet: Sheet) -> None:
    sheet.shape([*oval(790, 556, 306, 42, 0, 180), *oval(790, 556, 306, 120, 180, 360)],
                mix(AMBER, CREAM, 0.45), OCHRE, "right", 0.9)
    for i in range(420):
        angle, reach = math.radians(sheet.chance.uniform(180, 360)), math.sqrt(sheet.chance.random())
        x, y = 790 + 296 * reach * math.cos(angle), 562 + 112 * reach * math.sin(angle)
        tilt = sheet.chance.uniform(-12, 12)
        sheet.line([(x, y), (x + 14, y + tilt)], (PAPER, AMBER, CREAM, OCHRE)[i % 4], 5)
    for i in range(34):
        angle, reach = math.radians(sheet.chance.uniform(200, 340)), math.sqrt(sheet.chance.random()) * 0.85
        x, y = 790 + 280 * reach * math.cos(angle), 556 + 96 * reach * math.sin(angle)
        sheet.disc(x, y, 13, (WINE, RUST, POMEGRANATE)[i % 3], 10)

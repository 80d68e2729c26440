"""Public buildings and the life in and around them."""

# Points are easier to follow in rows than one to a line.
# fmt: off

from .brush import WIDTH, Points, Sheet, oval, rect, smooth
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
    NIGHT,
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
from .scenery import birds, block, cloud, cypress, hills, person, scene, sea, sun, tree


@scene
def theatre(sheet: Sheet) -> None:
    sheet.wash(INK, WINE, INK)
    sheet.shape(rect(240, 150, 1260, 760), mix(NIGHT, DUSK, 0.4), INK, "up", 0.7)
    sheet.disc(900, 360, 120, CREAM)
    for x, top in ((420, 420), (620, 500), (1080, 450)):
        cypress(sheet, x, 720, 720 - top, mix(NIGHT, INK, 0.5))
    for x in (520, 980):
        sheet.shape([(x - 20, -10), (x + 20, -10), (880 + (x - 750) * 0.4, 790),
                     (600 + (x - 750) * 0.4, 790)], sheer(CREAM, 0.13))
    sheet.shape([(200, 720), (1300, 720), (1400, 830), (100, 830)], STONE, BARK, "up", 0.6)
    sheet.shape(oval(740, 770, 210, 34), sheer(CREAM, 0.7))
    person(sheet, 680, 775, 250, PAPER)
    person(sheet, 820, 780, 264, TEAL)
    sheet.line([(710, 600), (770, 560)], BLUSH, 12)
    for side in (-1, 1):
        for i in range(6):
            x = 750 + side * (760 - i * 62)
            fold = [(x - 40, 60), (x + 40, 60), (x + 34 - side * 30, 420), (x + 46 + side * 40, 800),
                    (x - 46 + side * 40, 800), (x - 34 - side * 30, 420)]
            sheet.shape(smooth(fold), mix(POMEGRANATE, WINE, i % 2 * 0.5), INK, "right", 0.75)
    for i in range(9):
        x = 60 + i * 172
        sheet.shape(oval(x, 80, 100, 120, 0, 180), mix(POMEGRANATE, WINE, i % 2 * 0.4), INK, "up", 0.6)
        sheet.line(oval(x, 80, 100, 120, 10, 170), AMBER, 6)
    sheet.shape(rect(-10, -10, 1510, 88), OCHRE, BARK, "down", 0.8)
    for i in range(38):
        sheet.disc(20 + i * 40, 60, 9, AMBER)
    sheet.shape(rect(-10, 826, 1510, 860), OCHRE, BARK, "down", 0.8)
    for row, base in ((0, 935), (1, 1010)):
        for i in range(11):
            x = -10 + i * 150 + row * 75
            sheet.shape(oval(x, base, 42, 52), mix(WINE, INK, 0.45 + row * 0.3))
            sheet.shape(smooth([(x - 90, base + 120), (x - 78, base + 58), (x, base + 36),
                                (x + 78, base + 58), (x + 90, base + 120)]),
                        mix((WINE, CASPIAN, DUSK)[(i + row) % 3], INK, 0.4 + row * 0.25))


@scene
def market(sheet: Sheet) -> None:
    sheet.wash(mix(TEAL, FOAM, 0.4), CREAM, bottom=500)
    block(sheet, -10, 560, 420, 420, STONE, EARTH, BARK, 70, 0.9)
    block(sheet, 1060, 560, 460, 470, mix(STONE, BLUSH, 0.4), EARTH, BARK, 76, 0.9)
    block(sheet, 410, 560, 660, 300, mix(SAND, FOAM, 0.3), STONE, mix(EARTH, FOAM, 0.3), 64, 0.9)
    sheet.shape(rect(-10, 545, 1510, 1010), SAND, EARTH, "down", 0.5)
    for x, base, tall, coat in ((640, 680, 190, DUSK), (720, 700, 200, POMEGRANATE), (850, 690, 180, OCHRE),
                                (790, 640, 150, PINE)):
        person(sheet, x, base, tall, coat)
    _stall(sheet, -40, 600, 560, (POMEGRANATE, PAPER), (POMEGRANATE, AMBER, MOSS, RUST))
    _stall(sheet, 980, 620, 580, (CASPIAN, PAPER), (OCHRE, WINE, MOSS, AMBER))
    person(sheet, 640, 985, 330, CASPIAN, hair=MIST)
    sheet.shape(smooth([(676, 800), (760, 800), (744, 880), (692, 880)]), OCHRE, BARK, "down", 0.7)
    person(sheet, 900, 1000, 340, WINE)


def _stall(sheet: Sheet, left: float, base: float, wide: float, cloth, fruit) -> None:
    for x in (left + 30, left + wide - 30):
        sheet.box(x - 7, base - 290, x + 7, base + 320, BARK)
    sheet.shape(rect(left + 20, base - 160, left + wide - 20, base + 60), mix(BARK, INK, 0.3))
    person(sheet, left + wide * 0.5, base + 170, 320, PAPER, hair=INK)
    for i in range(4):
        _heap(sheet, left + 20 + i * wide / 4.2, base + 110, wide / 4.4, fruit[i])
    sheet.shape(rect(left, base + 108, left + wide, base + 150), EARTH, INK, "down", 0.6)
    sheet.shape(rect(left + 14, base + 150, left + wide - 14, base + 340), mix(EARTH, BARK, 0.5), INK, "down",
                0.7)
    for i in range(7):
        x = left + 20 + i * (wide - 40) / 6
        sheet.line([(x, base + 150), (x, base + 340)], sheer(INK, 0.5), 4)
    strips = 10
    for i in range(strips):
        a, b = left - 20 + i * (wide + 40) / strips, left - 20 + (i + 1) * (wide + 40) / strips
        ta, tb = left + 40 + i * (wide - 80) / strips, left + 40 + (i + 1) * (wide - 80) / strips
        colour = cloth[i % 2]
        sheet.shape([(ta, base - 330), (tb, base - 330), (b, base - 200),
                     *oval((a + b) / 2, base - 200, (b - a) / 2, 26, 0, 180), (a, base - 200)],
                    colour, mix(colour, INK, 0.6), "down", 0.5)


def _heap(sheet: Sheet, left: float, base: float, wide: float, colour) -> None:
    r = wide / 9
    for row in range(4):
        for i in range(5 - row):
            x, y = left + wide * 0.12 + (i + row / 2) * r * 1.75, base - row * r * 1.45
            sheet.shape(oval(x, y, r, r), colour, mix(colour, INK, 0.6), "right", 0.8)
            sheet.disc(x - r * 0.3, y - r * 0.35, r * 0.2, sheer(PAPER, 0.6))


@scene
def court(sheet: Sheet) -> None:
    sheet.wash(mix(HAZE, MIST, 0.4), PAPER, bottom=800)
    sheet.glow(350, 200, 600, PAPER, 0.9)
    for i in range(6):
        sheet.shape(rect(0 + i * 20, 760 + i * 42, WIDTH - i * 20 + 10, 1010), mix(CREAM, STONE, i * 0.12),
                    EARTH, "down", 0.28)
    sheet.shape(rect(180, 330, 1320, 770), mix(DUSK, STONE, 0.3), INK, "up", 0.8)
    sheet.shape(rect(690, 450, 810, 770), BARK, INK, "right", 0.7)
    sheet.line([(750, 450), (750, 770)], AMBER, 4)
    for i in range(6):
        x = 235 + i * 206
        sheet.shape([(x - 40, 740), (x - 33, 350), (x + 33, 350), (x + 40, 740)], CREAM, EARTH, "right", 0.95)
        for groove in range(-2, 3):
            sheet.line([(x + groove * 13, 352), (x + groove * 15, 738)], sheer(EARTH, 0.45), 2.5)
        sheet.box(x - 50, 328, x + 50, 352, PAPER)
        sheet.box(x - 54, 736, x + 54, 766, PAPER)
    sheet.shape(rect(160, 270, 1340, 332), CREAM, EARTH, "down", 0.5)
    sheet.shape([(130, 274), (750, 70), (1370, 274)], PAPER, STONE, "right", 0.8)
    sheet.shape([(260, 254), (750, 96), (1240, 254)], mix(STONE, CREAM, 0.4), EARTH, "right", 0.6)
    _scales(sheet, 750, 246)
    for x, base, tall, coat in ((470, 880, 150, INK), (1010, 960, 190, POMEGRANATE), (1070, 966, 200, NIGHT)):
        sheet.shape([(x + 10, base), (x + tall * 0.8, base + 26), (x + tall * 0.8, base + 34),
                     (x - 12, base + 4)], sheer(INK, 0.3))
        person(sheet, x, base, tall, coat)


def _scales(sheet: Sheet, x: float, base: float) -> None:
    sheet.line([(x, base), (x, base - 116)], BARK, 8)
    sheet.line([(x - 86, base - 92), (x + 86, base - 92)], BARK, 7)
    for side in (-1, 1):
        px = x + side * 82
        sheet.line([(px - 30, base - 34), (px, base - 90), (px + 30, base - 34)], BARK, 3)
        sheet.shape(oval(px, base - 34, 36, 20, 0, 180), BARK)
    sheet.box(x - 34, base - 8, x + 34, base + 4, BARK)


@scene
def monument(sheet: Sheet) -> None:
    sheet.wash(DUSK, HAZE, BLUSH, CREAM)
    sun(sheet, 750, 560, 190, mix(AMBER, PAPER, 0.45), AMBER)
    for x, y, long in ((300, 250, 420), (1230, 330, 460)):
        cloud(sheet, x, y, long, PAPER, 0.6)
    hills(sheet, 760, 90, mix(HAZE, ROSE, 0.3), 0.35)
    for i in range(7):
        sheet.shape(rect(430 - i * 46, 800 + i * 26, 1070 + i * 46, 830 + i * 26),
                    mix(CREAM, DUSK, 0.1 + i * 0.07), INK, "right", 0.35)
    for side in (-1, 1):
        blade = [(750 + side * 20, 800), (750 + side * 34, 130), (750 + side * 110, 250),
                 (750 + side * 170, 800)]
        sheet.shape(smooth(blade, closed=False, steps=6), CREAM if side < 0 else STONE,
                    EARTH if side < 0 else BARK, "down", 0.6)
        sheet.line([(750 + side * 52, 230), (750 + side * 92, 800)], sheer(EARTH, 0.5), 3)
    sheet.glow(750, 730, 190, AMBER, 0.9)
    flame = [(750, 600), (782, 680), (800, 740), (750, 790), (700, 740), (724, 690)]
    sheet.shape(smooth(flame), POMEGRANATE)
    sheet.shape(smooth([(752, 670), (772, 730), (750, 784), (726, 740)]), AMBER)
    sheet.shape([(680, 778), (820, 778), (790, 806), (710, 806)], BARK)
    for x in (90, 190, 290, 1210, 1310, 1410):
        cypress(sheet, x, 985, 420 - abs(750 - x) * 0.2)
    for x, coat in ((600, NIGHT), (652, POMEGRANATE), (880, INK)):
        person(sheet, x, 985, 150, coat)
    sheet.shape(rect(-10, 980, 1510, 1010), mix(DUSK, INK, 0.4))
    birds(sheet, 480, 420, 9)


@scene
def bridge(sheet: Sheet) -> None:
    sheet.wash(mix(OCHRE, ROSE, 0.3), BLUSH, CREAM, bottom=600)
    sun(sheet, 1130, 250, 76, PAPER)
    hills(sheet, 520, 200, mix(HAZE, BLUSH, 0.45), 0.42)
    hills(sheet, 600, 150, mix(DUSK, ROSE, 0.45), 0.42)
    sheet.haze(380, 620, BLUSH, 0.6)
    hills(sheet, 680, 110, mix(MOSS, ROSE, 0.25), 0.4, PINE)
    sea(sheet, 650, mix(TEAL, BLUSH, 0.5), CASPIAN, CREAM, count=80)
    deck = [(x, 500 - 90 * (1 - ((x - 750) / 800) ** 2)) for x in range(-50, 1551, 40)]
    arches = ((190, 700, 150), (510, 730, 140), (840, 740, 150), (1180, 710, 150))
    sheet.shape([*deck, (1550, 830), (-50, 830)], SAND, RUST, "down", 0.75)
    _ashlar_band(sheet, deck)
    for x, _base, half in arches:
        for grow, colour in ((20, mix(CREAM, EARTH, 0.1)), (0, mix(CASPIAN, BLUSH, 0.35))):
            arch = [(x - half - grow, 840), *oval(x, 620, half + grow, half + 20 + grow, 180, 360),
                    (x + half + grow, 840)]
            sheet.shape(arch, colour, CASPIAN if not grow else EARTH, "down", 0.85)
        sheet.shape(oval(x, 838, half * 0.9, 16), sheer(CREAM, 0.3))
    sheet.line(deck, CREAM, 16)
    sheet.line([(x, y - 30) for x, y in deck], BARK, 4)
    for x, y in deck:
        sheet.line([(x, y - 30), (x, y)], BARK, 4)
    for _i, x in enumerate((350, 675, 1010)):
        sheet.shape([(x - 40, 850), (x - 26, 640), (x, 600), (x + 26, 640), (x + 40, 850)],
                    mix(CREAM, STONE, 0.4), BARK, "right", 0.9)
    sea(sheet, 835, CASPIAN, mix(CASPIAN, INK, 0.4), BLUSH, count=50)
    for x, y, tall, coat in ((560, 412, 74, POMEGRANATE), (600, 410, 80, INK), (980, 418, 76, CASPIAN)):
        person(sheet, x, y, tall, coat)
    for x in (60, 1440):
        tree(sheet, x, 1010, 330, PINE)


def _ashlar_band(sheet: Sheet, deck: Points) -> None:
    for drop in range(26, 330, 30):
        sheet.line([(x, y + drop) for x, y in deck], sheer(EARTH, 0.35), 2)
        for x, y in deck[(drop // 26) % 2:: 2]:
            sheet.line([(x, y + drop), (x, y + drop + 28)], sheer(EARTH, 0.35), 2)

"""Rail, sea and air."""

# Points are easier to follow in rows than one to a line.
# fmt: off


from .brush import Sheet, between, rect, smooth, turned
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
    POMEGRANATE,
    ROSE,
    RUST,
    STONE,
    TEAL,
    WINE,
    mix,
    sheer,
)
from .scenery import birds, cloud, hills, person, scene, sea, sun, tree


@scene
def railway(sheet: Sheet) -> None:
    sheet.wash(DUSK, ROSE, BLUSH, bottom=560)
    sun(sheet, 1150, 390, 70, PAPER, AMBER)
    hills(sheet, 520, 210, mix(HAZE, ROSE, 0.5), 0.45)
    hills(sheet, 560, 120, mix(DUSK, WINE, 0.35), 0.4)
    sheet.wash(mix(OCHRE, ROSE, 0.3), OCHRE, EARTH, top=545)
    for y, thick in ((600, 5), (640, 8), (700, 13), (900, 18), (960, 22)):
        sheet.line(ridge_line(sheet, y), sheer(EARTH, 0.4), thick)
    bed = smooth([(1560, 570), (1150, 590), (820, 650), (560, 760), (260, 1020)], closed=False)
    sheet.shape([*[(x - (y - 560) * 0.5, y) for x, y in bed],
                 *[(x + (y - 560) * 0.62, y) for x, y in reversed(bed)]], mix(EARTH, STONE, 0.4), BARK)
    for i in range(len(bed)):
        x, y = bed[i]
        reach = (y - 560) * 0.45
        sheet.line([(x - reach, y - reach * 0.05), (x + reach * 1.2, y + reach * 0.05)], BARK,
                   2 + (y - 560) * 0.03)
    for side in (-0.3, 0.36):
        sheet.line([(x + (y - 560) * side, y - 3) for x, y in bed], MIST, 6)
    _train(sheet)
    for x, top, base in ((1330, 420, 590), (1010, 380, 640), (640, 250, 790)):
        thick = (base - top) * 0.022
        sheet.line([(x, base), (x, top)], INK, thick)
        sheet.line([(x - (base - top) * 0.3, top + 12), (x + thick, top + 4)], INK, thick * 0.7)
    sheet.line(smooth([(1500, 415), (1240, 432), (906, 395), (480, 264), (-40, 60)], closed=False), INK, 3)
    tree(sheet, 1360, 900, 250, MOSS)
    tree(sheet, 1250, 800, 140, MOSS)


def ridge_line(sheet: Sheet, y: float):
    return smooth([(i * 250 - 100, y + sheet.chance.uniform(-9, 9)) for i in range(8)], closed=False)


def _train(sheet: Sheet) -> None:
    """Coaches coming round the bend, largest first, painted from the back."""
    roof = smooth([(1480, 506), (1150, 500), (860, 486), (640, 470)], closed=False, steps=12)
    sill = smooth([(1480, 566), (1150, 586), (860, 660), (640, 790)], closed=False, steps=12)
    sheet.shape([*roof, *reversed(sill)], PAPER, HAZE, "right", 0.5)
    low = [between(a, b, 0.66) for a, b in zip(roof, sill, strict=True)]
    sheet.shape([*low, *reversed(sill)], POMEGRANATE, WINE, "right", 0.6)
    for i in range(1, len(roof) - 3):
        if i % 6 == 0:
            sheet.line([roof[i], sill[i]], sheer(INK, 0.6), 4)
            continue
        pane = [between(roof[j], sill[j], share) for j, share in ((i, 0.26), (i + 1, 0.26), (i + 1, 0.54),
                                                                  (i, 0.54))]
        sheet.shape(pane, NIGHT if i % 4 else AMBER)
    nose = [(640, 470), (560, 480), (470, 560), (420, 690), (430, 790), (520, 812), (640, 790)]
    sheet.shape([*smooth(nose, closed=False), (640, 470)], PAPER, STONE, "left", 0.7)
    sheet.shape(smooth([(560, 506), (506, 540), (464, 610), (540, 620), (604, 600), (606, 510)]), NIGHT, DUSK,
                "up", 0.8)
    sheet.shape(smooth([(424, 700), (540, 716), (640, 690), (640, 790), (520, 812), (430, 790)]), POMEGRANATE,
                WINE, "down", 0.8)
    for x, y in ((446, 738), (566, 744)):
        sheet.glow(x, y, 70, AMBER, 0.9)
        sheet.disc(x, y, 16, PAPER)


@scene
def container_port(sheet: Sheet) -> None:
    sheet.wash(HAZE, MIST, CREAM, bottom=560)
    hills(sheet, 540, 70, mix(HAZE, MIST, 0.3), 0.35)
    sea(sheet, 535, FOAM, CASPIAN, PAPER, count=60)
    inks = (POMEGRANATE, CASPIAN, OCHRE, DUSK, RUST, TEAL, CREAM, WINE)
    sheet.shape([(40, 640), (900, 640), (860, 790), (120, 790)], NIGHT, INK)
    sheet.box(60, 736, 880, 790, POMEGRANATE)
    sheet.shape(rect(90, 440, 190, 640), PAPER, HAZE, "right", 0.7)
    for y in (470, 520, 570):
        sheet.box(100, y, 180, y + 18, CASPIAN)
    for column in range(7):
        for row in range(sheet.chance.randint(2, 4)):
            _container(sheet, 210 + column * 92, 604 - row * 42, 88, 40, sheet.chance.choice(inks))
    sheet.shape(rect(-10, 800, 1510, 1010), mix(STONE, HAZE, 0.3), EARTH, "down", 0.6)
    sheet.line([(-10, 815), (1510, 815)], PAPER, 5)
    _gantry(sheet, 430, 820, 1.0, POMEGRANATE)
    _gantry(sheet, 1050, 830, 1.12, POMEGRANATE)
    for column in range(5):
        for row in range((3, 4, 2, 3, 1)[column]):
            _container(sheet, 740 + column * 158, 930 - row * 68, 152, 66, sheet.chance.choice(inks))
    for x in (210, 300):
        person(sheet, x, 960, 130, AMBER, hair=OCHRE)
    birds(sheet, 300, 200, 8)


def _container(sheet: Sheet, x: float, y: float, wide: float, tall: float, fill) -> None:
    sheet.shape(rect(x, y, x + wide, y + tall), fill, mix(fill, INK, 0.65), "down", 0.55)
    for i in range(1, 10):
        sheet.line([(x + wide * i / 10, y + tall * 0.1), (x + wide * i / 10, y + tall * 0.9)],
                   sheer(INK, 0.28), 2)
    sheet.line([(x, y), (x + wide, y), (x + wide, y + tall), (x, y + tall), (x, y)], sheer(INK, 0.5), 2)


def _gantry(sheet: Sheet, x: float, base: float, s: float, fill) -> None:
    for dx in (0, 200):
        sheet.box(x + (dx - 10) * s, base - 480 * s, x + (dx + 10) * s, base, fill)
        sheet.box(x + (dx - 30) * s, base - 14 * s, x + (dx + 30) * s, base + 10 * s, INK)
    sheet.box(x - 330 * s, base - 500 * s, x + 300 * s, base - 476 * s, fill)
    for i in range(21):
        px = x + (-330 + i * 30) * s
        sheet.line([(px, base - 500 * s), (px + 15 * s, base - 526 * s), (px + 30 * s, base - 500 * s)], fill,
                   4 * s)
    sheet.line([(x - 320 * s, base - 526 * s), (x + 300 * s, base - 526 * s)], fill, 5 * s)
    sheet.line([(x, base - 490 * s), (x + 60 * s, base - 680 * s), (x + 200 * s, base - 490 * s)], fill,
               11 * s)
    sheet.line([(x - 300 * s, base - 510 * s), (x + 60 * s, base - 676 * s), (x + 280 * s, base - 510 * s)],
               fill, 4 * s)
    sheet.line([(x, base - 200 * s), (x + 200 * s, base - 200 * s)], fill, 13 * s)
    sheet.line([(x, base - 20 * s), (x + 200 * s, base - 200 * s)], fill, 7 * s)
    sheet.box(x - 150 * s, base - 476 * s, x - 110 * s, base - 446 * s, PAPER)
    for dx in (-160, -100):
        sheet.line([(x - 130 * s, base - 446 * s), (x + dx * s, base - 330 * s)], INK, 2)
    _container(sheet, x - 180 * s, base - 330 * s, 100 * s, 42 * s, AMBER)


@scene
def ship(sheet: Sheet) -> None:
    sheet.wash(NIGHT, CASPIAN, TEAL, FOAM, bottom=700)
    sheet.disc(1130, 250, 96, CREAM)
    sheet.glow(1130, 250, 420, CREAM, 0.45)
    sea(sheet, 640, FOAM, mix(CASPIAN, INK, 0.5), CREAM, count=130, centre=1100, spread=420)
    bow = [(250, 420), (1260, 560), (1220, 800), (480, 830), (380, 810)]
    sheet.shape(bow, INK, NIGHT, "right", 0.8)
    sheet.shape([(330, 632), (1242, 690), (1220, 800), (480, 830), (380, 810)], POMEGRANATE, WINE, "right",
                0.9)
    sheet.line([(326, 622), (1244, 682)], PAPER, 7)
    sheet.shape([(640, 474), (640, 300), (1160, 350), (1200, 552)], PAPER, HAZE, "right", 0.8)
    sheet.shape([(690, 306), (690, 206), (1010, 240), (1040, 340)], CREAM, HAZE, "right", 0.8)
    for i in range(9):
        x = 664 + i * 56
        for row in range(2):
            sheet.disc(x, 366 + row * 62 + i * 5.2, 13, NIGHT if (i + row) % 3 else AMBER)
    for i in range(6):
        sheet.shape([(708 + i * 50, 240 + i * 5), (744 + i * 50, 244 + i * 5), (744 + i * 50, 280 + i * 5),
                     (708 + i * 50, 276 + i * 5)], AMBER)
    sheet.shape([(860, 226), (880, 90), (980, 100), (990, 240)], POMEGRANATE, WINE, "right", 0.8)
    sheet.shape([(876, 116), (983, 126), (981, 96), (880, 84)], INK)
    sheet.line([(500, 450), (500, 250), (640, 300)], PAPER, 5)
    sheet.line([(500, 256), (270, 420)], sheer(PAPER, 0.7), 2)
    for _ in range(34):
        share = sheet.chance.random()
        x, y = between((370, 815), (1290, 806), share)
        sheet.disc(x, y + sheet.chance.uniform(0, 30), sheet.chance.uniform(14, 56), sheer(PAPER, 0.5), 9)
    for side in ([(380, 800), (250, 850), (40, 900), (200, 880), (420, 840)],
                 [(400, 820), (330, 900), (250, 980), (420, 900), (520, 838)]):
        sheet.shape(smooth(side), sheer(PAPER, 0.75))
    for dx, dy, r in ((960, 60, 40), (1040, 20, 56), (1140, -10, 70)):
        sheet.disc(dx, dy, r, sheer(MIST, 0.35), r * 0.7)
    birds(sheet, 330, 220, 8, PAPER, 15)


@scene
def airport(sheet: Sheet) -> None:
    sheet.wash(DUSK, HAZE, BLUSH, AMBER, bottom=720)
    cloud(sheet, 260, 190, 460, PAPER, 0.5)
    sun(sheet, 300, 610, 90, PAPER, AMBER)
    hills(sheet, 690, 60, mix(DUSK, BLUSH, 0.4), 0.35)
    roof = smooth([(560, 640), (800, 560), (1100, 540), (1540, 600)], closed=False)
    sheet.shape([*roof, (1540, 720), (560, 720)], CASPIAN, NIGHT, "right", 0.7)
    sheet.line(roof, PAPER, 14)
    for i in range(15):
        sheet.line([(600 + i * 66, 616), (600 + i * 66, 720)], sheer(FOAM, 0.5), 3)
    sheet.shape([(1290, 720), (1304, 380), (1346, 380), (1360, 720)], CREAM, EARTH, "right", 0.9)
    sheet.shape([(1262, 310), (1388, 310), (1360, 386), (1290, 386)], NIGHT, TEAL, "up", 0.8)
    sheet.box(1256, 298, 1394, 314, PAPER)
    sheet.line([(1325, 298), (1325, 220)], INK, 4)
    sheet.shape(rect(-10, 715, 1510, 1010), mix(DUSK, HAZE, 0.3), INK, "down", 0.7)
    sheet.shape([(640, 730), (700, 730), (420, 1010), (20, 1010)], sheer(PAPER, 0.12))
    for i in range(5):
        y = 750 + i * i * 13
        sheet.shape([(660 - i * 72, y), (672 - i * 72, y), (650 - i * 84, y + 20 + i * 8),
                     (632 - i * 84, y + 20 + i * 8)], PAPER)
    _airliner(sheet, 660, 330)


def _airliner(sheet: Sheet, x: float, y: float) -> None:
    def at(*points):
        return turned([(x + px, y + py) for px, py in points], x, y, -12)

    sheet.shape(at((40, -10), (190, -120), (236, -120), (150, -6)), mix(HAZE, PAPER, 0.4))
    sheet.shape(at((-380, -34), (-460, -190), (-400, -190), (-280, -44)), POMEGRANATE, WINE, "down", 0.6)
    hull = [(-440, -16), (-390, -44), (-200, -54), (200, -54), (330, -40), (392, 0), (350, 34), (200, 50),
            (-180, 50), (-360, 18)]
    sheet.shape(smooth(at(*hull)), PAPER, mix(HAZE, DUSK, 0.3), "down", 0.9)
    sheet.shape(at((-436, -8), (380, -8), (392, 4), (-420, 6)), POMEGRANATE)
    for i in range(21):
        sheet.shape(at((-250 + i * 24, -30), (-240 + i * 24, -30), (-240 + i * 24, -18),
                       (-250 + i * 24, -18)), NIGHT)
    sheet.shape(at((322, -32), (352, -26), (362, -12), (326, -14)), NIGHT)
    sheet.shape(at((60, 14), (-60, 16), (-300, 190), (-250, 196), (130, 36)), mix(HAZE, MIST, 0.4), DUSK,
                "left", 0.6)
    sheet.shape(smooth(at((30, 70), (-80, 64), (-90, 92), (-40, 116), (30, 104), (46, 88)), steps=5), CREAM,
                INK, "down", 0.8)
    sheet.shape(at((-360, -6), (-480, 40), (-450, 46), (-300, 10)), mix(HAZE, MIST, 0.4))

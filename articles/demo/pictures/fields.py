"""Worked land: wheat, cotton, a dammed river; and the rock carvings, the oldest work of all."""

# Points are easier to follow in rows than one to a line.
# fmt: off

from .brush import HEIGHT, WIDTH, Sheet, between, oval, rect, smooth
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
    OLIVE,
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
from .scenery import cloud, fir, hills, peak, person, scene, tree


@scene
def wheat_field(sheet: Sheet) -> None:
    sheet.wash(TEAL, FOAM, CREAM, bottom=440)
    for x, y, long in ((330, 130, 460), (1080, 210, 560), (620, 320, 300)):
        cloud(sheet, x, y, long, PAPER, 0.75)
    hills(sheet, 450, 110, mix(DUSK, FOAM, 0.5), 0.35)
    hills(sheet, 470, 50, mix(MOSS, FOAM, 0.3), 0.35)
    sheet.wash(AMBER, OCHRE, RUST, top=440)
    for i in range(-16, 17):
        near = 750 + i * 190
        sheet.shape([(750 + i * 24, 440), (750 + i * 24 + 6, 440), (near + 62, 1010), (near, 1010)],
                    sheer(EARTH, 0.32))
    _harvester(sheet, 1010, 500)
    sheet.shape([(60, 462), (70, 400), (84, 462)], PINE)
    for x in (150, 190, 240, 1380):
        tree(sheet, x, 456, 74, MOSS)
    for _ in range(170):
        x, base = sheet.chance.uniform(-20, 1520), sheet.chance.uniform(960, 1040)
        _ear(sheet, x, base, sheet.chance.uniform(150, 330), sheet.chance.uniform(-50, 60))


def _harvester(sheet: Sheet, x: float, y: float) -> None:
    sheet.glow(x - 90, y + 20, 150, CREAM, 0.8, 0.5)
    sheet.shape([(x - 60, y), (x - 60, y - 60), (x + 80, y - 70), (x + 120, y - 40), (x + 110, y)],
                POMEGRANATE, WINE, "right", 0.8)
    sheet.shape([(x - 50, y - 58), (x - 42, y - 104), (x + 8, y - 104), (x + 14, y - 62)], CASPIAN)
    sheet.shape([(x - 150, y - 2), (x - 130, y - 34), (x - 62, y - 24), (x - 60, y + 4)], OCHRE)
    sheet.line([(x + 70, y - 66), (x + 150, y - 110)], WINE, 9)
    for dx, r in ((-24, 27), (84, 19)):
        sheet.disc(x + dx, y + 6, r, INK)
        sheet.disc(x + dx, y + 6, r * 0.45, OCHRE)


def _ear(sheet: Sheet, x: float, base: float, tall: float, lean: float) -> None:
    tone = sheet.chance.choice((AMBER, OCHRE, SAND, CREAM))
    tip = (x + lean, base - tall)
    sheet.line(smooth([(x, base), (x + lean * 0.25, base - tall * 0.5), tip], closed=False, steps=5),
               mix(tone, EARTH, 0.4), 3)
    for i in range(6):
        px, py = between((x + lean * 0.72, base - tall * 0.78), (tip[0] + lean * 0.1, tip[1] - 26), i / 5)
        for side in (-1, 1):
            sheet.shape(oval(px + side * 7, py, 6, 13), mix(tone, RUST, 0.12 if side < 0 else 0.4))
    sheet.line([tip, (tip[0] + lean * 0.2, tip[1] - 66)], sheer(tone, 0.8), 2)


@scene
def cotton(sheet: Sheet) -> None:
    sheet.wash(mix(OCHRE, ROSE, 0.4), BLUSH, CREAM, bottom=360)
    hills(sheet, 360, 80, mix(DUSK, BLUSH, 0.5), 0.35)
    sheet.wash(mix(MOSS, OLIVE, 0.4), MOSS, PINE, top=340)
    for row in range(11):
        depth = (row / 10) ** 1.7
        y, puff = 356 + 330 * depth, 4 + 26 * depth
        for i in range(int(150 - 105 * depth)):
            x, dy = sheet.chance.uniform(-20, 1520), sheet.chance.uniform(-puff, puff)
            sheet.shape(oval(x, y + dy + puff * 0.5, puff * 1.1, puff * 0.6),
                        mix(PINE, MOSS, sheet.chance.random() * 0.7))
            if i % 3:
                sheet.disc(x, y + dy - puff * 0.2, puff * 0.42, mix(PAPER, BLUSH, 0.3))
    for x, coat in ((390, POMEGRANATE), (520, CASPIAN), (1120, OCHRE)):
        person(sheet, x, 500, 150, coat)
        sheet.shape(oval(x, 363, 24, 9), SAND)
    for i, (x, y) in enumerate(((120, 890), (430, 800), (760, 880), (1080, 790), (1370, 880), (600, 980),
                                (1220, 990), (270, 1000))):
        _boll(sheet, x, y, 118 - i * 3)


def _boll(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.line(smooth([(x, y), (x + r * 0.3, y + r), (x + r * 0.1, y + r * 3)], closed=False), BARK, 10)
    for dx, dy in ((-1.3, 0.9), (1.25, 0.7)):
        leaf = [(x, y + r), (x + r * dx * 0.5, y + r * dy * 0.55), (x + r * dx, y + r * dy),
                (x + r * dx * 0.5, y + r * (dy + 0.5))]
        sheet.shape(smooth(leaf), MOSS, INK, "down", 0.7)
    for angle_x, angle_y in ((-0.8, 0.55), (0.8, 0.55), (0, 0.95)):
        sheet.shape([(x - r * 0.2, y + r * 0.2), (x + r * angle_x * 1.15, y + r * angle_y),
                     (x + r * 0.25, y + r * 0.2)], BARK)
    for dx, dy, share in ((-0.42, 0.08, 0.56), (0.44, 0.06, 0.56), (0, 0.3, 0.54), (0, -0.34, 0.6)):
        sheet.shape(oval(x + dx * r, y + dy * r, r * share, r * share * 0.94), PAPER, mix(HAZE, DUSK, 0.4),
                    "down", 0.95)


@scene
def river_dam(sheet: Sheet) -> None:
    sheet.wash(HAZE, MIST, PAPER, bottom=420)
    for x, top, half in ((760, 190, 420), (230, 110, 480), (1260, 80, 480)):
        peak(sheet, x, top, 600, half, mix(HAZE, FOAM, 0.4), mix(DUSK, HAZE, 0.35), PAPER)
    sheet.haze(240, 420, PAPER, 0.6)
    sheet.wash(TEAL, CASPIAN, top=392, bottom=470)
    sheet.blend([(230, 430), (1270, 430), (1120, 860), (380, 860)], CREAM, STONE)
    for i in range(1, 12):
        top, foot = 230 + 1040 * i / 12, 380 + 740 * i / 12
        sheet.line([(top, 440), (foot, 860)], sheer(EARTH, 0.35), 3)
    for i in range(3):
        top, foot = 610 + i * 100, 640 + i * 82
        sheet.blend([(top, 446), (top + 72, 446), (foot + 62, 880), (foot - 6, 880)], FOAM, PAPER)
        for share in (0.25, 0.5, 0.75):
            sheet.line([(top + 72 * share, 450), (foot + 58 * share, 880)], sheer(TEAL, 0.45), 3)
        sheet.box(top - 14, 390, top, 452, EARTH)
        sheet.box(top + 72, 390, top + 86, 452, EARTH)
    sheet.box(215, 420, 1285, 446, PAPER)
    sheet.line([(215, 412), (1285, 412)], INK, 3)
    for side in (((-20, 330), (230, 418), (330, 640), (430, 900), (430, 1020), (-20, 1020)),
                 ((1520, 300), (1270, 418), (1170, 640), (1060, 900), (1060, 1020), (1520, 1020))):
        sheet.shape(list(side), EARTH, INK, "down", 0.7)
        for _ in range(12):
            x, y = between(side[1], side[3], sheet.chance.random())
            drift = sheet.chance.uniform(40, 260) * (-1 if side[0][0] < 0 else 1)
            fir(sheet, x + drift, y + 60, sheet.chance.uniform(80, 130), mix(PINE, MOSS, 0.3), PINE)
    river = [(380, 870), (1120, 870), (1130, 1020), (370, 1020)]
    sheet.shape(river, TEAL, CASPIAN, "down", 0.9)
    for _ in range(60):
        sheet.disc(sheet.chance.gauss(745, 130), sheet.chance.gauss(885, 14), sheet.chance.uniform(8, 34),
                   sheer(PAPER, 0.6), 8)


@scene
def petroglyphs(sheet: Sheet) -> None:
    sheet.wash(RUST, STONE, OCHRE, EARTH)
    for _ in range(46):
        x, y, r = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0,
                                                                       HEIGHT), sheet.chance.uniform(60, 260)
        facet = [(x + sheet.chance.uniform(-r, r), y + sheet.chance.uniform(-r, r) * 0.6) for _ in range(4)]
        sheet.shape(facet, sheer(sheet.chance.choice((STONE, EARTH, RUST)), 0.12))
    for start, drop in ((-20, 210), (500, 90), (980, 300)):
        line = [(start + i * 70, drop + i * 42 + sheet.chance.uniform(-26, 26)) for i in range(14)]
        sheet.line(line, BARK, 6)
        sheet.line([(x, y + 7) for x, y in line], sheer(CREAM, 0.5), 3)
    sheet.stipple(rect(0, 0, WIDTH, HEIGHT), WINE, "down", 0.45)
    for dx, dy, colour in ((4, 5, mix(BARK, RUST, 0.3)), (0, 0, CREAM)):
        _reed_boat(sheet, 990 + dx, 720 + dy, colour)
        _aurochs(sheet, 560 + dx, 480 + dy, 1.2, colour)
        _aurochs(sheet, 1120 + dx, 300 + dy, 0.72, colour)
        for i in range(5):
            _dancer(sheet, 170 + i * 100 + dx, 850 + dy, 150, colour)


def _aurochs(sheet: Sheet, x: float, y: float, s: float, colour) -> None:
    body = [(-230, -40), (-150, -92), (0, -80), (110, -120), (190, -100), (250, -70), (262, -36), (200, -30),
            (150, 10), (110, 60),
            (-60, 40), (-150, 66), (-228, 30)]
    sheet.shape(smooth([(x + px * s, y + py * s) for px, py in body]), colour)
    for px, foot in ((-200, -222), (-150, -140), (90, 76), (130, 150)):
        sheet.line([(x + px * s, y), (x + foot * s, y + 190 * s)], colour, 20 * s)
    for horn in ([(190, -90), (230, -170), (310, -196), (350, -170)], [(210, -84), (270, -140), (330, -140)]):
        sheet.line(smooth([(x + px * s, y + py * s) for px, py in horn], closed=False), colour, 12 * s)
    sheet.line(smooth([(x + px * s, y + py * s) for px, py in ((-228, -30), (-280, 30), (-272, 110))],
                      closed=False), colour, 9 * s)


def _dancer(sheet: Sheet, x: float, base: float, tall: float, colour) -> None:
    sheet.disc(x, base - tall * 0.9, tall * 0.09, colour)
    sheet.line([(x, base - tall * 0.85), (x, base - tall * 0.36)], colour, tall * 0.12)
    sheet.line([(x - 50, base - tall * 0.58), (x - 24, base - tall * 0.76), (x + 24, base - tall * 0.76),
                (x + 50, base - tall * 0.58)],
               colour, tall * 0.055)
    for side in (-1, 1):
        sheet.line([(x, base - tall * 0.4), (x + side * 24, base - tall * 0.18), (x + side * 14, base)],
                   colour, tall * 0.075)


def _reed_boat(sheet: Sheet, x: float, y: float, colour) -> None:
    hull = smooth([(x - 300, y - 110), (x - 230, y + 10), (x, y + 50), (x + 240, y + 6), (x + 310, y - 120)],
                  closed=False)
    sheet.line(hull, colour, 15)
    for i in range(9):
        px = x - 200 + i * 50
        sheet.line([(px, y + 20), (px, y - 70)], colour, 10)
        sheet.disc(px, y - 84, 11, colour)
    for i in range(12):
        sheet.line([(x + 322, y - 142), between((x + 322, y - 142), oval(x + 322, y - 142, 60, 60)[i * 7],
                                                1)], colour, 6)
    sheet.disc(x + 322, y - 142, 26, colour)

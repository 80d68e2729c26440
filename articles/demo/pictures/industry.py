"""Oil, wind, sun, orbit, and the clearing of land."""

# Points are easier to follow in rows than one to a line.
# fmt: off

import math

from .brush import WIDTH, Sheet, between, oval, rect, smooth, turned
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
from .scenery import birds, cloud, hills, lattice, person, scene, sea, sun, turbine


@scene
def oil_derricks(sheet: Sheet) -> None:
    sheet.wash(WINE, mix(POMEGRANATE, RUST, 0.5), OCHRE, AMBER, bottom=780)
    sun(sheet, 1010, 600, 150, mix(AMBER, PAPER, 0.45), AMBER)
    for x, tall in ((130, 170), (260, 210), (390, 150), (640, 190), (1180, 200), (1310, 160), (1420, 220)):
        lattice(sheet, x, 745, tall, tall * 0.34, tall * 0.1, mix(RUST, WINE, 0.5), 3, 5)
    hills(sheet, 770, 50, mix(RUST, WINE, 0.6), 0.35)
    lattice(sheet, 300, 850, 640, 230, 60, INK, 8, 8)
    sheet.box(250, 196, 350, 218, INK)
    _pumpjack(sheet, 900, 880, 1.25, INK)
    _pumpjack(sheet, 1330, 830, 0.6, mix(INK, WINE, 0.4))
    sheet.shape(smooth([(-60, 850), (400, 830), (900, 872), (1560, 840), (1560, 1050), (-60, 1050)]),
                mix(INK, WINE, 0.25), INK)
    for x, y, half in ((560, 930, 200), (1130, 960, 170), (120, 960, 130)):
        sheet.shape(oval(x, y, half, half * 0.11), mix(RUST, AMBER, 0.35))
        sheet.shape(oval(x, y - 3, half * 0.8, half * 0.06), sheer(AMBER, 0.7))
    birds(sheet, 620, 260, 6, WINE, 14)


def _pumpjack(sheet: Sheet, x: float, base: float, s: float, fill) -> None:
    def at(*points):
        return [(x + px * s, base + py * s) for px, py in points]

    sheet.shape(at((-90, 0), (-8, -250), (14, -250), (96, 0), (66, 0), (4, -200), (-62, 0)), fill)
    sheet.line(at((-40, -90), (46, -90)), fill, 9 * s)
    sheet.shape(turned(at((-230, -268), (190, -268), (190, -240), (-230, -240)), x, base - 250 * s, -9), fill)
    head = turned(at((190, -310), (232, -292), (250, -240), (240, -180), (206, -150), (196, -200),
                     (188, -240)), x, base - 250 * s, -9)
    sheet.shape(smooth(head), fill)
    sheet.line(at((236, -200), (236, 0)), fill, 5 * s)
    sheet.shape(at((-260, -70), (-170, -70), (-150, 0), (-290, 0)), fill)
    sheet.shape(oval(x - 205 * s, base - 96 * s, 60 * s, 60 * s), fill)
    sheet.line(at((-215, -210), (-190, -100)), fill, 12 * s)
    sheet.box(x - 320 * s, base - 12 * s, x + 270 * s, base + 14 * s, fill)


@scene
def offshore_platform(sheet: Sheet) -> None:
    sheet.wash(mix(CASPIAN, NIGHT, 0.4), TEAL, FOAM, CREAM, bottom=660)
    for x, y, long in ((250, 300, 520), (1200, 180, 460), (1240, 470, 380)):
        cloud(sheet, x, y, long, PAPER, 0.45)
    sea(sheet, 650, FOAM, mix(CASPIAN, INK, 0.35), PAPER, count=110)
    for x in (470, 640, 860, 1030):
        sheet.shape(rect(x - 20, 540, x + 20, 800), STONE, INK, "right", 0.9)
        sheet.shape(oval(x, 800, 46, 10), sheer(PAPER, 0.8))
    for a, b in ((470, 640), (640, 860), (860, 1030)):
        sheet.line([(a, 570), (b, 760)], mix(STONE, INK, 0.4), 8)
        sheet.line([(b, 570), (a, 760)], mix(STONE, INK, 0.4), 8)
    for top, left, right, fill in ((510, 420, 1080, POMEGRANATE), (440, 450, 1050, CREAM),
                                   (372, 480, 900, OCHRE)):
        sheet.shape(rect(left, top, right, top + 60), fill, mix(fill, INK, 0.7), "right", 0.8)
        for i in range(int((right - left) / 42)):
            sheet.box(left + 14 + i * 42, top + 18, left + 34 + i * 42, top + 40, sheer(INK, 0.55))
        sheet.line([(left - 20, top), (right + 20, top)], INK, 6)
        sheet.line([(left - 20, top - 16), (right + 20, top - 16)], sheer(INK, 0.7), 2)
    lattice(sheet, 640, 372, 290, 120, 34, INK, 6, 6)
    sheet.line([(930, 440), (930, 330), (1120, 230)], AMBER, 14)
    sheet.line([(1120, 230), (1120, 400)], INK, 3)
    sheet.line([(450, 450), (290, 330)], INK, 9)
    sheet.line([(450, 500), (290, 330)], INK, 4)
    sheet.glow(270, 290, 170, AMBER, 0.8)
    sheet.shape(smooth([(288, 332), (262, 316), (262, 270), (236, 214), (300, 256), (314, 304)]),
                mix(POMEGRANATE, RUST, 0.5))
    sheet.shape(smooth([(288, 328), (272, 306), (274, 272), (300, 300)]), AMBER)
    sheet.shape(oval(1080, 432, 90, 12), CREAM)
    sheet.box(1060, 436, 1090, 510, INK)
    _tug(sheet, 270, 850)
    birds(sheet, 760, 130, 7, PAPER, 14)


def _tug(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape([(x - 130, y - 40), (x + 140, y - 52), (x + 110, y + 14), (x - 110, y + 14)], POMEGRANATE,
                INK, "down", 0.9)
    sheet.shape(rect(x - 60, y - 96, x + 50, y - 44), PAPER, HAZE, "right", 0.7)
    sheet.shape(rect(x - 40, y - 132, x + 20, y - 96), CREAM, HAZE, "right", 0.7)
    sheet.box(x - 34, y - 124, x + 14, y - 108, CASPIAN)
    sheet.box(x + 28, y - 126, x + 46, y - 90, OCHRE)
    sheet.shape(oval(x, y + 16, 160, 11), sheer(PAPER, 0.8))


@scene
def wind_farm(sheet: Sheet) -> None:
    sheet.wash(TEAL, FOAM, CREAM, bottom=820)
    sheet.disc(330, 300, 130, mix(AMBER, CREAM, 0.3))
    hills(sheet, 660, 160, mix(FOAM, HAZE, 0.4), 0.35)
    for x, tall, turn in ((120, 210, 20), (270, 190, 70), (520, 200, 40), (980, 190, 95), (1400, 210, 10)):
        turbine(sheet, x, 680, tall, turn, mix(PAPER, FOAM, 0.25), mix(CREAM, HAZE, 0.4))
    hills(sheet, 740, 120, mix(TEAL, MOSS, 0.35), 0.33, CASPIAN)
    turbine(sheet, 700, 780, 380, 48)
    turbine(sheet, 1320, 770, 330, 8)
    hills(sheet, 850, 110, mix(MOSS, OCHRE, 0.35), 0.33, PINE)
    turbine(sheet, 1060, 930, 690, 22, PAPER, mix(CREAM, STONE, 0.4))
    hills(sheet, 1000, 130, OCHRE, 0.33, RUST, "down", 0.8)
    for i in range(17):
        x, y = 160 + i * 26 + sheet.chance.uniform(-9, 9), 930 + sheet.chance.uniform(-26, 26)
        sheet.shape(smooth([(x - 17, y - 4), (x, y - 13), (x + 17, y - 5), (x + 15, y + 7), (x - 15, y + 7)]),
                    CREAM, STONE, "down", 0.7)
        sheet.disc(x + 19, y - 5, 6, INK)
    person(sheet, 690, 960, 96, POMEGRANATE)


@scene
def solar_field(sheet: Sheet) -> None:
    sheet.wash(mix(AMBER, OCHRE, 0.3), AMBER, CREAM, bottom=420)
    for i in range(24):
        angle = math.radians(i * 15)
        sheet.shape([(760, 240), (760 + 1200 * math.cos(angle), 240 + 1200 * math.sin(angle)),
                     (760 + 1200 * math.cos(angle + 0.1), 240 + 1200 * math.sin(angle + 0.1))],
                    sheer(PAPER, 0.2))
    sheet.disc(760, 240, 112, PAPER)
    hills(sheet, 400, 130, mix(ROSE, STONE, 0.4), 0.38)
    hills(sheet, 430, 90, mix(RUST, EARTH, 0.3), 0.38, WINE)
    sheet.wash(STONE, OCHRE, RUST, top=400)
    for row in range(6):
        depth = (row / 5) ** 1.6
        y, tall, wide = 430 + depth * 400, 26 + 130 * depth, 58 + 250 * depth
        for column in range(-int(900 / wide) - 1, int(900 / wide) + 2):
            _panel(sheet, 750 + column * wide, y, wide * 0.94, tall)


def _panel(sheet: Sheet, x: float, y: float, wide: float, tall: float) -> None:
    lean = tall * 0.28
    quad = [(x + lean, y), (x + lean + wide, y), (x + wide - lean, y + tall), (x - lean, y + tall)]
    sheet.shape([(px + lean, py + tall * 0.3) for px, py in quad], sheer(BARK, 0.5))
    for share in (0.2, 0.8):
        px = x + wide * share
        sheet.line([(px, y + tall * 0.8), (px, y + tall * 1.4)], BARK, tall * 0.05)
    sheet.blend(quad, mix(TEAL, FOAM, 0.35), NIGHT)
    for i in range(1, 6):
        sheet.line([between(quad[0], quad[1], i / 6), between(quad[3], quad[2], i / 6)], sheer(FOAM, 0.7),
                   tall * 0.014)
    for i in range(1, 3):
        sheet.line([between(quad[0], quad[3], i / 3), between(quad[1], quad[2], i / 3)], sheer(FOAM, 0.7),
                   tall * 0.014)
    sheet.line([*quad, quad[0]], PAPER, tall * 0.03)


@scene
def satellite(sheet: Sheet) -> None:
    sheet.wash(INK, mix(INK, NIGHT, 0.6), NIGHT)
    for _ in range(240):
        sheet.disc(sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, 900), sheet.chance.uniform(0.8, 3),
                   sheer(PAPER, sheet.chance.uniform(0.3, 0.9)))
    sheet.glow(600, 1560, 1250, TEAL, 0.9)
    globe = oval(600, 1560, 920, 920)
    sheet.shape(globe, CASPIAN, INK, "right", 0.9)
    for land in ([(120, 880), (280, 790), (430, 760), (520, 800), (500, 900), (400, 1010), (60, 1010)],
                 [(640, 700), (780, 690), (900, 730), (1010, 800), (1100, 900), (1160, 1010), (760, 1010),
                  (700, 900), (720, 800)]):
        sheet.shape(smooth(land), mix(OLIVE, OCHRE, 0.4), PINE, "right", 0.8)
    for x, y, long in ((350, 850, 260), (850, 820, 330), (560, 950, 360)):
        swirl = smooth([(x - long / 2, y), (x, y - 26), (x + long / 2, y - 8), (x + long * 0.3, y + 10),
                        (x, y + 4), (x - long * 0.2, y + 26)])
        sheet.shape(swirl, sheer(PAPER, 0.5))
    sheet.line(oval(600, 1560, 922, 922, 200, 340), sheer(FOAM, 0.8), 5)
    for side in (-1, 1):
        for i in range(3):
            left = 850 + side * (120 + i * 168) - 78
            panel = turned(rect(left, 230, left + 156, 400), 850, 315, -18)
            sheet.shape(panel, mix(DUSK, TEAL, 0.3), NIGHT, "down", 0.8)
            for j in range(1, 4):
                sheet.line([between(panel[0], panel[1], j / 4), between(panel[3], panel[2], j / 4)],
                           sheer(FOAM, 0.7), 2)
            for j in range(1, 4):
                sheet.line([between(panel[0], panel[3], j / 4), between(panel[1], panel[2], j / 4)],
                           sheer(FOAM, 0.7), 2)
            sheet.line([*panel, panel[0]], PAPER, 4)
        sheet.line(turned([(850, 315), (850 + side * 120, 315)], 850, 315, -18), PAPER, 9)
    sheet.shape(turned(rect(780, 235, 920, 395), 850, 315, -18), AMBER, RUST, "right", 0.9)
    for y in (270, 315, 360):
        sheet.line(turned([(780, y), (920, y)], 850, 315, -18), sheer(BARK, 0.5), 3)
    sheet.shape(turned(oval(850, 432, 92, 40, 180, 360), 850, 315, -18), PAPER, HAZE, "right", 0.9)
    sheet.shape(turned(oval(850, 432, 92, 22), 850, 315, -18), MIST, DUSK, "left", 0.8)
    sheet.line(turned([(850, 430), (850, 490)], 850, 315, -18), PAPER, 5)
    sheet.disc(*turned([(850, 492)], 850, 315, -18)[0], 9, POMEGRANATE)


@scene
def demining(sheet: Sheet) -> None:
    sheet.wash(HAZE, MIST, BLUSH, bottom=520)
    hills(sheet, 470, 180, mix(HAZE, BLUSH, 0.4), 0.42)
    hills(sheet, 520, 110, mix(DUSK, MOSS, 0.4), 0.4)
    sheet.wash(OLIVE, mix(OCHRE, OLIVE, 0.4), mix(EARTH, OCHRE, 0.3), top=500)
    sheet.shape([(690, 500), (760, 500), (1050, 1010), (240, 1010)], mix(STONE, SAND, 0.3), EARTH, "down",
                0.6)
    for side in (-1, 1):
        for i in range(8):
            depth = (i / 7) ** 1.5
            x, y, tall = 725 + side * (40 + 400 * depth), 510 + 440 * depth, 26 + 110 * depth
            sheet.line([(x, y), (x, y - tall)], POMEGRANATE if side < 0 else PAPER, 3 + 7 * depth)
            sheet.box(x - 1.5 - 3.5 * depth, y - tall, x + 1.5 + 3.5 * depth, y - tall * 0.8, INK)
        tops = [(725 + side * (40 + 400 * (i / 7) ** 1.5),
                 510 + 440 * (i / 7) ** 1.5 - (26 + 110 * (i / 7) ** 1.5) * 0.7) for i in range(8)]
        sheet.line(tops, sheer(PAPER, 0.9), 3)
    _warning(sheet, 255, 690, 1.5)
    _warning(sheet, 1060, 590, 0.7)
    _deminer(sheet, 735, 870, 1.35)
    for _ in range(260):
        x, y = sheet.chance.uniform(0, WIDTH), 530 + 480 * sheet.chance.random() ** 0.8
        if abs(x - 700) < 60 + (y - 500) * 0.75:
            continue
        tall = 8 + (y - 500) * 0.09
        sheet.line([(x, y), (x + sheet.chance.uniform(-9, 9), y - tall)],
                   sheet.chance.choice((MOSS, PINE, SAND)), 3)


def _warning(sheet: Sheet, x: float, y: float, s: float) -> None:
    sheet.box(x - 7 * s, y, x + 7 * s, y + 170 * s, BARK)
    sheet.shape([(x, y - 130 * s), (x + 96 * s, y + 36 * s), (x - 96 * s, y + 36 * s)], POMEGRANATE)
    sheet.shape([(x, y - 98 * s), (x + 70 * s, y + 22 * s), (x - 70 * s, y + 22 * s)], PAPER)
    sheet.shape([(x - 11 * s, y - 60 * s), (x + 11 * s, y - 60 * s), (x + 6 * s, y - 16 * s),
                 (x - 6 * s, y - 16 * s)], INK)
    sheet.disc(x, y + 2 * s, 9 * s, INK)


def _deminer(sheet: Sheet, x: float, base: float, s: float) -> None:
    """Kneeling, visor down, the detector's plate held out over the lane."""
    def at(*points):
        return [(x + px * s, base + py * s) for px, py in points]

    sheet.shape(oval(x, base + 6, 150 * s, 15 * s), sheer(INK, 0.35))
    sheet.shape(smooth(at((-70, 0), (-90, -40), (-20, -70), (60, -80), (96, -50), (90, 0), (60, 0), (50, -34),
                          (0, -20), (10, 0))), NIGHT, INK)
    torso = at((-64, -50), (-66, -150), (-30, -206), (26, -200), (62, -150), (56, -56))
    sheet.shape(smooth(torso), mix(DUSK, CASPIAN, 0.4), INK, "right", 0.9)
    sheet.shape(at((-54, -120), (54, -120), (54, -100), (-54, -100)), AMBER)
    sheet.line(smooth(at((24, -176), (74, -130), (120, -100)), closed=False), mix(DUSK, CASPIAN, 0.2), 30 * s)
    sheet.disc(x + 120 * s, base - 100 * s, 14 * s, BLUSH)
    sheet.line(at((60, -160), (120, -100), (210, 10)), INK, 8 * s)
    sheet.shape(oval(x + 214 * s, base + 12 * s, 54 * s, 15 * s), INK)
    sheet.shape(oval(x + 214 * s, base + 9 * s, 34 * s, 8 * s), AMBER)
    sheet.shape(oval(x + 6 * s, base - 232 * s, 40 * s, 46 * s), BLUSH)
    sheet.shape(oval(x + 2 * s, base - 240 * s, 50 * s, 52 * s, 170, 372), AMBER, OCHRE, "left", 0.9)
    sheet.shape(at((4, -250), (60, -248), (58, -190), (20, -184), (4, -210)), sheer(FOAM, 0.65))

"""People at something out of doors or in public: sport, digging, debate."""

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
from .scenery import hills, listener, person, scene


@scene
def football(sheet: Sheet) -> None:
    sheet.wash(NIGHT, mix(NIGHT, CASPIAN, 0.6), TEAL, bottom=500)
    for x in (180, 1320):
        sheet.box(x - 8, 120, x + 8, 480, INK)
        sheet.box(x - 90, 70, x + 90, 140, INK)
        for i in range(5):
            for y in (88, 122):
                sheet.disc(x - 68 + i * 34, y, 12, PAPER)
        sheet.glow(x, 105, 420, CREAM, 0.6)
    sheet.shape([(-10, 330), (500, 400), (1000, 400), (1510, 330), (1510, 530), (-10, 530)],
                mix(NIGHT, INK, 0.4))
    for _ in range(1500):
        x = sheet.chance.uniform(0, WIDTH)
        y = sheet.chance.uniform(345 + 60 * (1 - abs(x - 750) / 750), 505)
        sheet.disc(x, y, 5.5, sheer(sheet.chance.choice((POMEGRANATE, PAPER, AMBER, TEAL, ROSE, DUSK)), 0.7),
                   6.5)
    sheet.shape(rect(-10, 505, 1510, 545), CASPIAN)
    for i in range(9):
        sheet.box(30 + i * 170, 512, 160 + i * 170, 538, (PAPER, POMEGRANATE, OCHRE)[i % 3])
    for i in range(8):
        y0, y1 = 545 + (i / 8) ** 1.5 * 460, 545 + ((i + 1) / 8) ** 1.5 * 460
        sheet.shape(rect(-10, y0, 1510, y1 + 1), MOSS if i % 2 else mix(MOSS, PINE, 0.35))
    sheet.stipple(rect(0, 545, WIDTH, HEIGHT), PINE, "down", 0.6)
    sheet.line(oval(750, 700, 380, 90), sheer(PAPER, 0.8), 6)
    sheet.line([(-10, 700), (1510, 700)], sheer(PAPER, 0.8), 6)
    _player(sheet, 560, 880, 1.0, POMEGRANATE, PAPER)
    _player(sheet, 1180, 800, -0.66, PAPER, NIGHT)
    _player(sheet, 190, 720, 0.45, PAPER, NIGHT)
    _ball(sheet, 850, 880, 52)


def _player(sheet: Sheet, x: float, base: float, s: float, shirt, shorts) -> None:
    tall = abs(s)

    def at(*points):
        return [(x + px * s, base + py * tall) for px, py in points]

    sheet.shape(oval(x + 20 * s, base + 6, 150 * tall, 16 * tall), sheer(INK, 0.4))
    skin = mix(BLUSH, ROSE, 0.3)
    sheet.line(at((-10, -250), (-70, -150), (-150, -70)), skin, 46 * tall)
    sheet.line(at((-84, -134), (-158, -64)), shirt, 42 * tall)
    sheet.line(at((-150, -74), (-186, -40)), INK, 34 * tall)
    sheet.line(at((24, -250), (110, -190), (170, -80)), skin, 46 * tall)
    sheet.line(at((120, -174), (172, -74)), shirt, 42 * tall)
    sheet.shape(smooth(at((150, -80), (190, -76), (236, -50), (232, -34), (160, -44))), INK)
    sheet.shape(at((-44, -330), (50, -340), (96, -210), (36, -190), (6, -240), (-44, -190), (-90, -230)),
                shorts, mix(shorts, INK, 0.4), "left", 0.8)
    sheet.shape(smooth(at((-44, -322), (-60, -440), (-30, -520), (40, -530), (84, -490), (60, -400),
                          (54, -330))), shirt, mix(shirt, INK, 0.6), "left", 0.9)
    sheet.line(at((-30, -490), (-110, -430), (-96, -340)), shirt, 44 * tall)
    sheet.line(at((-104, -400), (-92, -330)), skin, 30 * tall)
    sheet.line(at((66, -490), (140, -430), (200, -470)), shirt, 42 * tall)
    sheet.line(at((150, -434), (206, -474)), skin, 30 * tall)
    sheet.line(at((22, -520), (34, -560)), skin, 34 * tall)
    sheet.shape(smooth(at((4, -600), (40, -640), (84, -610), (84, -560), (52, -534), (16, -550))), skin)
    sheet.shape(smooth(at((-4, -580), (0, -640), (46, -660), (90, -626), (56, -616), (24, -596), (14, -560))),
                INK)


def _ball(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.shape(oval(x + 10, y + r, r * 1.2, r * 0.22), sheer(INK, 0.45))
    sheet.shape(oval(x, y, r, r), PAPER, HAZE, "down", 0.8)
    sheet.shape([(x + r * 0.36 * math.sin(i * 1.257), y - r * 0.36 * math.cos(i * 1.257)) for i in range(5)],
                INK)
    for i in range(5):
        a = i * 1.257
        sheet.line([(x + r * 0.36 * math.sin(a), y - r * 0.36 * math.cos(a)),
                    (x + r * 0.74 * math.sin(a), y - r * 0.74 * math.cos(a))], INK, 4)
        sheet.shape([(x + r * 0.74 * math.sin(a), y - r * 0.74 * math.cos(a)),
                     *[(x + r * 0.97 * math.sin(a + d),
                        y - r * 0.97 * math.cos(a + d)) for d in (-0.3, 0, 0.3)]], INK)


@scene
def archaeology(sheet: Sheet) -> None:
    sheet.wash(FOAM, CREAM, bottom=260)
    hills(sheet, 240, 120, mix(STONE, FOAM, 0.35), 0.38)
    sheet.shape(rect(-10, 220, 1510, 1010), SAND, OCHRE, "down", 0.5)
    pit = [(180, 340), (1320, 340), (1460, 1010), (40, 1010)]
    for i, colour in enumerate((mix(OCHRE, SAND, 0.3), OCHRE, RUST, mix(RUST, BARK, 0.45),
                                mix(BARK, EARTH, 0.4))):
        y = 340 + i * 66
        middle = [(x, y + sheet.chance.uniform(-12, 12)) for x in (500, 900)]
        top = smooth([(170 - i * 20, y), *middle, (1330 + i * 20, y)], closed=False)
        sheet.shape([*top, (1360, 1010), (140, 1010)], colour)
    for _ in range(90):
        x, y = sheet.chance.uniform(180, 1320), sheet.chance.uniform(360, 640)
        sheet.shape(oval(x, y, sheet.chance.uniform(4, 15), sheet.chance.uniform(3, 9)),
                    sheer(sheet.chance.choice((CREAM, BARK, STONE)), 0.6))
    sheet.shape([(150, 660), (1350, 660), (1460, 1010), (40, 1010)], mix(STONE, EARTH, 0.3), BARK, "down",
                0.7)
    for side in ([pit[0], (150, 660), (40, 1010), (-10, 1010), (-10, 340)],
                 [pit[1], (1350, 660), (1460, 1010), (1510, 1010), (1510, 340)]):
        sheet.shape(list(side), mix(SAND, OCHRE, 0.5), BARK, "down", 0.5)
    sheet.line([(180, 348), (1320, 348)], PAPER, 4)
    for i in range(5):
        sheet.line([(210 + i * 270, 340), (130 + i * 310, 1010)], sheer(PAPER, 0.8), 3)
    for y in (720, 850):
        sheet.line([(100, y), (1400, y)], sheer(PAPER, 0.8), 3)
    _jar(sheet, 560, 880, 1.15)
    _jar(sheet, 830, 800, 0.62)
    for x, y, turn in ((760, 920, 20), (300, 900, -30), (900, 890, 70)):
        sheet.shape(turned([(x - 50, y), (x - 10, y - 36), (x + 46, y - 16), (x + 20, y + 24)], x, y, turn),
                    RUST, BARK, "down", 0.8)
    _digger(sheet, 1110, 880)
    person(sheet, 330, 340, 150, CASPIAN, hair=CREAM)
    person(sheet, 1230, 344, 146, PAPER, hair=OCHRE)
    sheet.line([(390, 340), (420, 240), (450, 340)], BARK, 5)
    sheet.shape(rect(404, 216, 436, 244), INK)


def _jar(sheet: Sheet, x: float, base: float, s: float) -> None:
    half = [(50, -300), (64, -280), (44, -250), (52, -210), (120, -150), (130, -90), (70, -10), (44, 0)]
    outline = [(x + px * s, base + py * s) for px, py in [*half, *[(-px, py) for px, py in reversed(half)]]]
    body = turned(smooth(outline, steps=6), x, base, -14)
    sheet.shape(oval(x + 30 * s, base - 4, 150 * s, 22 * s), sheer(INK, 0.4))
    sheet.shape(body, mix(RUST, OCHRE, 0.3), BARK, "right", 1)
    for y, wide in ((-196, 66), (-120, 128), (-104, 130)):
        sheet.line(turned(smooth([(x - wide * s, base + y * s), (x, base + (y + 20) * s),
                                  (x + wide * s, base + y * s)], closed=False), x, base, -14), BARK, 6 * s)
    zigzag = [(x + (-112 + i * 28) * s,
               base + (-164 + i % 2 * 34 + (4 - abs(i - 4)) * 4) * s) for i in range(9)]
    sheet.line(turned(zigzag, x, base, -14), CREAM, 7 * s)
    sheet.shape([(x + 60 * s, base - 4), (x - 200 * s, base - 4), (x - 180 * s, base - 40 * s),
                 (x - 60 * s, base - 26 * s), (x + 90 * s, base - 22 * s), (x + 180 * s, base)],
                mix(STONE, EARTH, 0.5))


def _digger(sheet: Sheet, x: float, base: float) -> None:
    sheet.shape(oval(x, base + 4, 170, 20), sheer(INK, 0.4))
    sheet.shape(smooth([(x + 140, base), (x + 150, base - 50), (x + 80, base - 110), (x + 10, base - 90),
                        (x - 20, base - 10), (x + 20, base - 2), (x + 50, base - 50),
                        (x + 90, base - 2)]), NIGHT, INK, "down", 0.8)
    sheet.shape(smooth([(x + 100, base - 70), (x + 120, base - 150), (x + 60, base - 224),
                        (x - 30, base - 230), (x - 50, base - 190), (x, base - 120), (x + 20, base - 70)]),
                POMEGRANATE, WINE, "right", 1)
    sheet.line(smooth([(x - 24, base - 196), (x - 60, base - 110), (x - 130, base - 50)], closed=False),
               POMEGRANATE, 36)
    sheet.disc(x - 134, base - 46, 17, BLUSH)
    sheet.line([(x - 130, base - 46), (x - 190, base - 14)], BARK, 10)
    sheet.shape([(x - 186, base - 24), (x - 226, base - 6), (x - 210, base + 8), (x - 178, base - 8)], AMBER)
    sheet.shape(oval(x - 64, base - 256, 44, 46), BLUSH)
    sheet.shape(oval(x - 58, base - 272, 44, 40, 165, 375), SAND)
    sheet.shape(turned(oval(x - 64, base - 266, 84, 17), x - 64, base - 266, -8), SAND, EARTH, "down", 0.8)


@scene
def conference(sheet: Sheet) -> None:
    sheet.wash(mix(CASPIAN, INK, 0.35), CASPIAN)
    for i in range(13):
        sheet.shape(rect(i * 120, -10, i * 120 + 114, 640), mix(CASPIAN, INK, 0.3), INK, "right", 0.5)
    sheet.shape(rect(330, 70, 1170, 420), CREAM, SAND, "down", 0.5)
    for x, y, r, fill in ((520, 245, 100, POMEGRANATE), (610, 245, 100, TEAL)):
        sheet.shape(oval(x, y, r, r), sheer(fill, 0.82))
    for i, long in enumerate((320, 270, 300, 180)):
        sheet.box(780, 168 + i * 46, 780 + long, 184 + i * 46, INK if i == 0 else HAZE)
    for i in range(7):
        x, skin = 270 + i * 160, (BLUSH, mix(BLUSH, EARTH, 0.3))[i % 2]
        coat = (NIGHT, POMEGRANATE, DUSK, INK, OCHRE, NIGHT, WINE)[i]
        shoulders = smooth([(x - 62, 640), (x - 56, 560), (x - 20, 534), (x + 20, 534), (x + 56, 560),
                            (x + 62, 640)], closed=False)
        sheet.shape(shoulders, coat, INK, "right", 0.7)
        sheet.shape([(x - 15, 534), (x + 15, 534), (x, 586)], PAPER)
        sheet.shape(oval(x, 494, 30, 38), skin, mix(skin, BARK, 0.5), "right", 0.6)
        sheet.shape(oval(x, 482, 33, 34, 180, 360), (BARK, INK, HAZE, INK, BARK, MIST, INK)[i])
        if i in (1, 4, 6):
            sheet.shape(smooth([(x - 33, 482), (x - 40, 540), (x - 22, 530), (x - 26, 486)]),
                        (INK, BARK, INK)[i // 3])
            sheet.shape(smooth([(x + 33, 482), (x + 40, 540), (x + 22, 530), (x + 26, 486)]),
                        (INK, BARK, INK)[i // 3])
    sheet.shape(rect(170, 620, 1330, 650), OCHRE, BARK, "down", 0.6)
    sheet.shape(rect(190, 650, 1310, 760), RUST, BARK, "down", 0.9)
    for i in range(7):
        x = 270 + i * 160
        sheet.line(smooth([(x + 40, 620), (x + 36, 580), (x + 18, 566)], closed=False), INK, 4)
        sheet.box(x - 40, 596, x + 10, 622, PAPER)
        sheet.box(x - 62, 592, x - 50, 622, sheer(FOAM, 0.8))
    sheet.shape(rect(-10, 755, 1510, 1010), mix(CASPIAN, INK, 0.55))
    for row, base, size in ((0, 830, 74), (1, 910, 92), (2, 1000, 110)):
        for i in range(11):
            x = -20 + i * (150 + row * 20) + row * 60
            listener(sheet, x, base, size, mix((DUSK, WINE, TEAL, NIGHT, EARTH)[(i * 2 + row) % 5], INK,
                                               0.15 + row * 0.2), mix((BARK, INK, EARTH)[(i + row) % 3], INK,
                                                                      row * 0.3))

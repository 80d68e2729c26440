"""Places of study."""

# Points are easier to follow in rows than one to a line.
# fmt: off


from .brush import WIDTH, Points, Sheet, oval, rect, smooth, turned
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
    TEAL,
    WINE,
    mix,
    sheer,
)
from .scenery import hills, listener, person, scene, sun, tree

SPINES = (POMEGRANATE, CASPIAN, OCHRE, NIGHT, RUST, MOSS, CREAM, WINE, TEAL, DUSK)


def _books(sheet: Sheet, left: float, right: float, base: float, tall: float, dim: float = 0) -> None:
    x = left
    while x < right - 6:
        wide = min(sheet.chance.uniform(14, 34), right - x)
        high = tall * sheet.chance.uniform(0.68, 0.94)
        fill = mix(sheet.chance.choice(SPINES), BARK, dim)
        sheet.box(x, base - high, x + wide - 2, base, fill)
        sheet.box(x, base - high * 0.84, x + wide - 2, base - high * 0.78, sheer(AMBER, 0.6))
        sheet.box(x + wide * 0.7, base - high, x + wide - 2, base, sheer(INK, 0.25))
        x += wide


@scene
def library(sheet: Sheet) -> None:
    sheet.wash(mix(BARK, INK, 0.3), BARK)
    for left, right in ((-20, 470), (1030, 1520)):
        for row in range(6):
            _books(sheet, left, right, 150 + row * 146, 130, 0.15)
            sheet.box(left, 150 + row * 146, right, 162 + row * 146, mix(RUST, BARK, 0.4))
        sheet.stipple(rect(left, 0, right, 900), INK, "left" if left < 0 else "right", 0.9)
    window = [(520, 820), (520, 330), *oval(750, 330, 230, 260, 180, 360), (980, 330), (980, 820)]
    sheet.blend(window, mix(FOAM, PAPER, 0.4), CREAM, "down")
    sun(sheet, 830, 300, 56, PAPER, AMBER)
    skyline = smooth([(520, 700), (620, 640), (760, 690), (880, 630), (980, 690)], closed=False)
    sheet.shape([*skyline, (980, 820), (520, 820)], mix(TEAL, FOAM, 0.4))
    for x in (580, 900, 940):
        tree(sheet, x, 800, 180, mix(MOSS, FOAM, 0.2))
    for x in (635, 750, 865):
        sheet.box(x - 5, 70 if x == 750 else 100, x + 5, 820, BARK)
    for y in (330, 500, 660):
        sheet.box(520, y - 5, 980, y + 5, BARK)
    sheet.line([*window, window[0]], RUST, 20)
    sheet.shape(rect(-10, 880, 1510, 1010), mix(RUST, BARK, 0.5), INK, "down", 0.7)
    sheet.shape([(520, 880), (980, 880), (1180, 1010), (320, 1010)], sheer(AMBER, 0.3))
    sheet.shape(rect(380, 770, 1120, 806), RUST, BARK, "down", 0.8)
    for x in (420, 1060):
        sheet.box(x, 806, x + 22, 970, BARK)
    listener(sheet, 700, 700, 96, POMEGRANATE, INK)
    sheet.shape(rect(380, 770, 1120, 806), RUST, BARK, "down", 0.8)
    for x, y, tall, fill in ((850, 770, 26, CASPIAN), (844, 744, 20, OCHRE), (858, 724, 24, CREAM)):
        sheet.shape(rect(x, y - tall, x + 130, y), fill, INK, "right", 0.5)
    sheet.glow(1040, 650, 150, AMBER, 0.85)
    sheet.box(1034, 640, 1044, 770, OCHRE)
    sheet.shape([(984, 650), (1004, 606), (1076, 606), (1096, 650)], CASPIAN, INK, "down", 0.6)
    for x in (270,):
        for side in (-32, 32):
            sheet.line([(x + side, 940), (x + side - 90, 60)], AMBER, 12)
        for i in range(13):
            y = 900 - i * 64
            sheet.line([(x - 32 - i * 6.6, y), (x + 32 - i * 6.6, y)], AMBER, 9)


@scene
def laboratory(sheet: Sheet) -> None:
    sheet.wash(mix(FOAM, MIST, 0.5), PAPER, mix(FOAM, PAPER, 0.5))
    sheet.shape(rect(120, 90, 560, 520), mix(TEAL, FOAM, 0.35), CASPIAN, "down", 0.5)
    for x in (266, 412):
        sheet.box(x - 5, 90, x + 5, 520, PAPER)
    sheet.box(880, 180, 1440, 200, DUSK)
    for i, (tall, fill) in enumerate(((110, OCHRE), (80, TEAL), (130, POMEGRANATE), (90, DUSK), (120, MOSS),
                                      (76, RUST))):
        x = 906 + i * 88
        sheet.shape([(x + 16, 180 - tall), (x + 44, 180 - tall), (x + 44, 180 - tall * 0.7),
                     (x + 60, 180 - tall * 0.55), (x + 60, 180), (x, 180),
                     (x, 180 - tall * 0.55), (x + 16, 180 - tall * 0.7)], sheer(fill, 0.85), INK, "right",
                    0.5)
    sheet.shape(rect(-10, 770, 1510, 1010), PAPER, HAZE, "down", 0.8)
    sheet.box(-10, 762, 1510, 790, CASPIAN)
    _scientist(sheet, 470, 770)
    _microscope(sheet, 740, 766, 1.1)
    _flask(sheet, 1080, 764, 1.15, POMEGRANATE)
    _flask(sheet, 1300, 764, 0.85, AMBER)
    sheet.box(90, 700, 260, 716, BARK)
    for i, fill in enumerate((TEAL, AMBER, POMEGRANATE)):
        x = 112 + i * 50
        tube = [(x, 640), (x, 746), *oval(x + 13, 746, 13, 14, 180, 0), (x + 26, 640)]
        sheet.shape(tube, sheer(PAPER, 0.8))
        sheet.shape([(x, 690), (x, 746), *oval(x + 13, 746, 13, 14, 180, 0), (x + 26, 690)], fill)
        sheet.line(tube, sheer(INK, 0.6), 2)


def _scientist(sheet: Sheet, x: float, base: float) -> None:
    coat = smooth([(x - 170, base), (x - 168, base - 190), (x - 110, base - 270), (x - 30, base - 292),
                   (x + 50, base - 268), (x + 120, base - 180),
                   (x + 150, base)], closed=False)
    sheet.shape(coat, PAPER, HAZE, "left", 0.9)
    sheet.shape([(x - 40, base - 292), (x + 34, base - 280), (x + 10, base - 190)], CASPIAN)
    sheet.line(smooth([(x + 60, base - 220), (x + 120, base - 120), (x + 220, base - 96)], closed=False),
               mix(PAPER, HAZE, 0.25), 62)
    sheet.shape(oval(x + 246, base - 98, 34, 25), BLUSH)
    sheet.shape(smooth([(x - 34, base - 280), (x - 24, base - 340), (x + 30, base - 350),
                        (x + 40, base - 278), (x + 4, base - 256)]), mix(BLUSH, ROSE, 0.45))
    face = smooth([(x - 50, base - 400), (x + 10, base - 470), (x + 84, base - 440), (x + 112, base - 384),
                   (x + 96, base - 330), (x + 40, base - 316),
                   (x - 20, base - 340)])
    sheet.shape(face, BLUSH, ROSE, "left", 0.8)
    hair = smooth([(x + 86, base - 440), (x + 60, base - 492), (x - 20, base - 506), (x - 84, base - 460),
                   (x - 92, base - 390), (x - 60, base - 330), (x - 22, base - 340),
                   (x - 10, base - 400), (x + 24, base - 440)])
    sheet.shape(hair, INK)
    sheet.shape(oval(x - 100, base - 420, 44, 40), INK)
    sheet.line([(x + 10, base - 394), (x + 64, base - 392)], INK, 5)
    sheet.shape(oval(x + 84, base - 390, 22, 18), sheer(TEAL, 0.5))
    sheet.line(oval(x + 84, base - 390, 24, 20), INK, 5)
    sheet.line([(x + 66, base - 342), (x + 90, base - 346)], WINE, 5)


def _microscope(sheet: Sheet, x: float, base: float, s: float) -> None:
    def at(points: Points) -> Points:
        return [(x + px * s, base + py * s) for px, py in points]

    sheet.shape(at([(-110, 0), (-100, -34), (110, -34), (130, 0)]), INK)
    sheet.shape(at(smooth([(60, -30), (130, -120), (130, -230), (60, -300), (20, -300), (34, -256),
                           (76, -212), (80, -140), (20, -34)])), NIGHT, INK, "right", 0.9)
    sheet.shape(at(rect(-110, -120, 80, -102)), INK)
    barrel = turned(rect(-34, -420, 34, -190), 0, -300, -20)
    sheet.shape(at(barrel), MIST, DUSK, "right", 1)
    sheet.shape(at(turned(rect(-24, -470, 24, -420), 0, -300, -20)), INK)
    sheet.shape(at(turned(rect(-22, -190, 22, -140), 0, -300, -20)), OCHRE, BARK, "right", 0.9)
    sheet.shape(at(turned(rect(-38, -300, 38, -280), 0, -300, -20)), POMEGRANATE)
    sheet.disc(x + 118 * s, base - 130 * s, 26 * s, OCHRE)


def _flask(sheet: Sheet, x: float, base: float, s: float, fill) -> None:
    def at(points: Points) -> Points:
        return [(x + px * s, base + py * s) for px, py in points]

    glass = at([(-30, -300), (-30, -190), (-122, -20), (-108, 0), (108, 0), (122, -20), (30, -190),
                (30, -300)])
    sheet.shape(glass, sheer(PAPER, 0.7))
    sheet.shape(at([(-84, -92), (-122, -20), (-108, 0), (108, 0), (122, -20), (84, -92)]), fill,
                mix(fill, INK, 0.6), "down", 0.8)
    sheet.shape(oval(x, base - 92 * s, 84 * s, 13 * s), mix(fill, PAPER, 0.35))
    for dx, dy, r in ((-30, -40, 10), (24, -60, 7), (44, -28, 12), (0, -130, 8), (8, -166, 6)):
        sheet.line(oval(x + dx * s, base + dy * s, r * s, r * s), sheer(PAPER, 0.9), 3)
    sheet.line([*glass, glass[0]], INK, 4)
    sheet.line(at([(-42, -300), (42, -300)]), INK, 9)
    sheet.line(at([(-40, -150), (-84, -66)]), PAPER, 7)


@scene
def telescope(sheet: Sheet) -> None:
    sheet.wash(INK, NIGHT, mix(CASPIAN, DUSK, 0.4), mix(ROSE, DUSK, 0.4))
    for _ in range(420):
        x = sheet.chance.uniform(0, WIDTH)
        y = sheet.chance.choice((sheet.chance.uniform(0, 760), 620 - x * 0.42 + sheet.chance.gauss(0, 80)))
        sheet.disc(x, y, sheet.chance.uniform(0.8, 3.2), sheer(sheet.chance.choice((PAPER, CREAM, FOAM)),
                                                               sheet.chance.uniform(0.3, 0.95)))
    for i in range(9):
        sheet.glow(i * 190, 620 - i * 80, 210, HAZE, 0.24)
    star_map = [(1010, 170), (1110, 120), (1210, 190), (1330, 160), (1400, 270), (1290, 320), (1210, 190)]
    sheet.line(star_map, sheer(CREAM, 0.5), 2)
    for x, y in star_map:
        sheet.disc(x, y, 6, PAPER)
    hills(sheet, 860, 110, mix(DUSK, NIGHT, 0.6), 0.4)
    hills(sheet, 940, 110, mix(NIGHT, INK, 0.5), 0.4, INK)
    sheet.shape(rect(430, 620, 930, 900), CREAM, DUSK, "right", 0.95)
    for i in range(7):
        sheet.box(470 + i * 66, 700, 488 + i * 66, 790, NIGHT if i % 3 else AMBER)
    sheet.shape(oval(680, 620, 272, 290, 180, 360), MIST, NIGHT, "right", 1)
    for i in range(1, 7):
        sheet.line([(680 + (x - 680) * (1 - i / 3.5), y) for x, y in oval(680, 620, 272, 290, 180, 360)],
                   sheer(DUSK, 0.4), 2)
    slit = [(620, 616), (640, 420), (690, 331), (770, 350), (760, 440), (750, 616)]
    sheet.shape(smooth(slit, closed=False), INK)
    tube = turned(rect(640, 250, 730, 560), 690, 500, 24)
    sheet.shape(tube, PAPER, DUSK, "right", 0.9)
    sheet.shape(turned(rect(630, 236, 740, 266), 690, 500, 24), POMEGRANATE)
    sheet.box(400, 612, 960, 640, OCHRE)
    sheet.glow(560, 860, 110, AMBER, 0.5)
    person(sheet, 1060, 905, 118, POMEGRANATE)
    person(sheet, 1104, 905, 86, TEAL)
    sheet.shape(rect(-10, 895, 1510, 1010), mix(NIGHT, INK, 0.6))
    for x in range(0, 420, 50):
        tree(sheet, x, 930, sheet.chance.uniform(90, 150), mix(PINE, INK, 0.5))


@scene
def classroom(sheet: Sheet) -> None:
    sheet.wash(mix(AMBER, CREAM, 0.5), CREAM)
    sheet.shape(rect(300, 100, 1200, 560), EARTH)
    sheet.shape(rect(322, 122, 1178, 538), mix(PINE, CASPIAN, 0.4), INK, "down", 0.6)
    chalk = sheer(PAPER, 0.85)
    sheet.line([(400, 440), (640, 440), (400, 230), (400, 440)], chalk, 5)
    sheet.line([(400, 416), (424, 416), (424, 440)], chalk, 4)
    sheet.line(oval(1010, 320, 116, 116), chalk, 5)
    sheet.line([(1010, 320), (1110, 262)], chalk, 4)
    sheet.line(smooth([(700, 450), (740, 300), (780, 210), (820, 300), (850, 450)], closed=False), chalk, 4)
    for i in range(5):
        sheet.line(smooth([(480 + i * 40, 180), (500 + i * 40, 170), (510 + i * 40, 182)], closed=False),
                   chalk, 4)
    for x in (30, 1260):
        sheet.blend(rect(x, 90, x + 210, 520), mix(TEAL, FOAM, 0.5), PAPER)
        sheet.line([(x, 90), (x + 210, 90), (x + 210, 520), (x, 520), (x, 90)], EARTH, 14)
        sheet.line([(x + 105, 90), (x + 105, 520)], EARTH, 9)
    sheet.shape([(30, 700), (300, 640), (700, 1000), (200, 1000)], sheer(PAPER, 0.3))
    sheet.box(-10, 610, 1510, 626, OCHRE)
    person(sheet, 640, 760, 470, POMEGRANATE, hair=BARK, legs=NIGHT)
    sheet.line([(690, 440), (770, 390), (830, 350)], POMEGRANATE, 34)
    sheet.disc(836, 346, 17, BLUSH)
    coats = (CASPIAN, OCHRE, PAPER, DUSK, MOSS, RUST, TEAL, WINE)
    for row, base, size in ((0, 800, 72), (1, 930, 96)):
        for i in range(5 - row):
            x = 150 + i * 300 + row * 150
            listener(sheet, x, base - 30, size, coats[(i + row * 3) % 8],
                     mix((BARK, INK, EARTH)[(i + row) % 3], INK, 0.2))
            if (i + row) % 3 == 1:
                sheet.line([(x + size * 0.75, base), (x + size * 0.9, base - size * 1.6)],
                           coats[(i + row * 3) % 8], size * 0.34)
                sheet.disc(x + size * 0.92, base - size * 1.75, size * 0.2, BLUSH)
            sheet.shape(rect(x - 126, base + 6, x + 126, base + 36), mix(OCHRE, SAND, 0.3), BARK, "down", 0.8)
            sheet.shape(rect(x - 112, base + 36, x + 112, base + 110), mix(OCHRE, EARTH, 0.4), BARK, "down",
                        0.8)

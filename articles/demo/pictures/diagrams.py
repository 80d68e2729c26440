"""The map and the chart."""

# Points are easier to follow in rows than one to a line.
# fmt: off


from .brush import HEIGHT, WIDTH, Sheet, between, oval, rect, smooth, turned
from .palette import (
    BARK,
    BLUSH,
    CASPIAN,
    CREAM,
    EARTH,
    FOAM,
    HAZE,
    INK,
    OCHRE,
    PAPER,
    POMEGRANATE,
    RUST,
    STONE,
    TEAL,
    WINE,
    mix,
    sheer,
)
from .scenery import scene


@scene
def map_corridor(sheet: Sheet) -> None:
    sheet.wash(mix(CREAM, PAPER, 0.4), CREAM)
    for i in range(1, 12):
        sheet.line(smooth([(i * 150 - 80, -10), (i * 146 - 70, 500), (i * 150 - 80, 1010)], closed=False),
                   sheer(HAZE, 0.35), 2)
    for i in range(1, 8):
        sheet.line(smooth([(-10, i * 140 - 40), (750, i * 140 - 10), (1510, i * 140 - 40)], closed=False),
                   sheer(HAZE, 0.35), 2)
    caspian = [(960, 40), (1070, 20), (1180, 60), (1190, 170), (1110, 250), (1130, 340), (1210, 400),
               (1220, 500), (1190, 620), (1220, 760), (1130, 860), (1000, 850), (940, 760),
               (950, 640), (880, 560), (970, 520), (960, 470), (870, 400), (820, 300), (830, 160)]
    black = [(-60, 180), (120, 140), (280, 220), (360, 340), (400, 440), (320, 510), (140, 520), (-60, 500)]
    for water in (caspian, black):
        outline = smooth(water)
        for grow, depth in ((5, 0.12), (3, 0.2)):
            sheet.line([*outline, outline[0]], sheer(TEAL, depth + 0.1), grow * 9)
        sheet.shape(outline, mix(TEAL, FOAM, 0.45), CASPIAN, "right", 0.75)
        for i in range(1, 4):
            cx, cy = sum(x for x, _ in water) / len(water), sum(y for _, y in water) / len(water)
            inset = [(cx + (x - cx) * (1 - i * 0.16), cy + (y - cy) * (1 - i * 0.1)) for x, y in outline]
            sheet.line([*inset, inset[0]], sheer(PAPER, 0.35), 2)
    for i in range(46):
        share = i / 45
        x, y = 390 + 440 * share + sheet.chance.gauss(0, 22), 300 + 150 * share + sheet.chance.gauss(0, 26)
        size = sheet.chance.uniform(18, 40)
        sheet.shape([(x - size, y), (x, y - size * 1.2), (x + size, y)], mix(STONE, CREAM, 0.2))
        sheet.shape([(x + size * 0.1, y), (x, y - size * 1.2), (x + size, y)], EARTH)
    for river in ([(880, 660), (760, 630), (640, 560), (520, 600), (440, 570)],
                  [(760, 640), (660, 720), (560, 700), (420, 780)]):
        sheet.line(smooth(river, closed=False), sheer(TEAL, 0.8), 5)
    route = smooth([(1440, 420), (1240, 480), (1010, 560), (860, 590), (700, 640), (560, 640), (470, 560),
                    (370, 505), (180, 400), (20, 380)], closed=False)
    for i in range(0, len(route) - 3, 4):
        sheet.line(route[i:i + 3], POMEGRANATE, 11)
    for x, y, r in ((1440, 420, 15), (1010, 560, 22), (700, 640, 15), (470, 560, 15), (370, 505, 18),
                    (1240, 480, 12)):
        sheet.disc(x, y, r + 7, PAPER)
        sheet.disc(x, y, r, POMEGRANATE)
        sheet.disc(x, y, r * 0.4, PAPER)
    sheet.shape([(1010, 552), (976, 470), *oval(1010, 446, 42, 42, 145, 395), (1044, 470)], POMEGRANATE, WINE,
                "right", 0.9)
    sheet.disc(1010, 446, 17, PAPER)
    _compass(sheet, 190, 800, 120)
    sheet.stipple(rect(0, 0, WIDTH, HEIGHT), STONE, "down", 0.35)
    for x in (375, 750, 1125):
        sheet.shape(rect(x, 0, x + 60, HEIGHT), sheer(EARTH, 0.08))
        sheet.line([(x, 0), (x, HEIGHT)], sheer(PAPER, 0.7), 3)


def _compass(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.line(oval(x, y, r, r), BARK, 4)
    sheet.line(oval(x, y, r * 0.88, r * 0.88), sheer(BARK, 0.5), 2)
    for i in range(8):
        angle, long = i * 45, r * (0.96 if i % 2 == 0 else 0.5)
        for side, fill in ((-1, BARK), (1, CREAM)):
            spike = turned([(x, y - long), (x + side * r * 0.13, y - r * 0.13), (x, y)], x, y, angle)
            sheet.shape(spike, POMEGRANATE if i == 0 and side < 0 else fill)
            sheet.line([*spike, spike[0]], BARK, 2)


@scene
def graph(sheet: Sheet) -> None:
    sheet.wash(PAPER, CREAM)
    for i in range(9):
        sheet.line([(150, 160 + i * 84), (1390, 160 + i * 84)], sheer(HAZE, 0.45), 2)
    values = (150, 190, 176, 240, 300, 270, 350, 420, 396, 480, 560)
    for i, value in enumerate(values):
        x = 190 + i * 110
        fill = POMEGRANATE if i == 10 else mix(TEAL, FOAM, 0.55 - i * 0.045)
        sheet.shape(rect(x, 832 - value, x + 70, 832), fill, mix(fill, INK, 0.5), "down", 0.6)
    line = [(225 + i * 110, 832 - value * 0.74 - 190 + (i % 3) * 22) for i, value in enumerate(values)]
    sheet.line(line, INK, 7)
    for x, y in line:
        sheet.disc(x, y, 13, PAPER)
        sheet.disc(x, y, 9, INK)
    dashed = between(line[-2], line[-1], 1.8)
    sheet.line([line[-1], dashed], POMEGRANATE, 7)
    sheet.disc(*dashed, 15, POMEGRANATE)
    sheet.line([(150, 120), (150, 834), (1420, 834)], INK, 6)
    for i in range(11):
        sheet.box(206 + i * 110, 862, 246 + i * 110, 872, sheer(INK, 0.5))
    for i in range(5):
        sheet.box(86, 156 + i * 168, 126, 166 + i * 168, sheer(INK, 0.5))
    sheet.box(190, 130, 560, 156, INK)
    sheet.box(190, 176, 450, 190, HAZE)
    pencil = [(0, -16), (420, -16), (420, 16), (0, 16)]
    for part, fill in ((pencil, OCHRE), ([(0, -16), (-60, 0), (0, 16)], BLUSH),
                       ([(-60, 0), (-38, -6), (-38, 6)], INK),
                       ([(420, -16), (470, -16), (470, 16), (420, 16)], POMEGRANATE),
                       ([(0, 4), (420, 4), (420, 16), (0, 16)], RUST)):
        sheet.shape(turned([(1030 + x, 940 + y) for x, y in part], 1030, 940, -8), fill)

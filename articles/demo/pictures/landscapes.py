"""Sea, mountains, fields: the country without its cities."""

# Points are easier to follow in rows than one to a line.
# fmt: off

from .brush import WIDTH, Sheet, oval, rect, smooth
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
from .scenery import birds, cloud, cypress, fir, hills, peak, person, scene, sea, sun, tree


@scene
def caspian_dawn(sheet: Sheet) -> None:
    sheet.wash(DUSK, HAZE, ROSE, BLUSH, AMBER, top=0, bottom=560)
    sun(sheet, 980, 520, 74, PAPER, AMBER)
    for x, y, long in ((420, 180, 520), (1150, 260, 420), (250, 390, 360), (800, 420, 260)):
        cloud(sheet, x, y, long, mix(ROSE, PAPER, 0.3), 0.5)
    sheet.shape([(-10, 556), (180, 520), (420, 532), (640, 556)], mix(DUSK, ROSE, 0.4))
    sea(sheet, 555, mix(ROSE, HAZE, 0.4), CASPIAN, BLUSH, centre=980, spread=330)
    sheet.glow(980, 570, 420, AMBER, 0.5, 0.35)
    _fishing_boat(sheet, 470, 720)
    shore = smooth([(-80, 930), (300, 905), (700, 950), (1100, 925), (1600, 965), (1600, 1100), (-80, 1100)])
    sheet.shape([(x, y - 22) for x, y in shore], sheer(PAPER, 0.55))
    sheet.shape(shore, mix(EARTH, DUSK, 0.35), INK, "down", 0.6)
    birds(sheet, 700, 330, 9, mix(INK, DUSK, 0.3))


def _fishing_boat(sheet: Sheet, x: float, y: float) -> None:
    sheet.shape(oval(x, y + 34, 190, 14), sheer(INK, 0.3))
    sheet.shape(smooth([(x - 190, y - 42), (x - 130, y + 26), (x + 110, y + 30), (x + 205, y - 58),
                        (x + 120, y - 30),
                        (x - 90, y - 24)], steps=6), INK)
    sheet.line([(x - 178, y - 36), (x - 88, y - 20), (x + 118, y - 26), (x + 196, y - 52)], POMEGRANATE, 7)
    sheet.line([(x + 10, y - 24), (x + 10, y - 210)], INK, 6)
    sheet.line([(x + 10, y - 200), (x + 190, y - 54)], sheer(INK, 0.8), 2)
    sheet.shape([(x + 2, y - 196), (x + 2, y - 60), (x - 120, y - 50)], CREAM, ROSE, "left", 0.7)
    person(sheet, x + 78, y - 12, 112, POMEGRANATE)


@scene
def greater_caucasus(sheet: Sheet) -> None:
    sheet.wash(mix(TEAL, HAZE, 0.5), MIST, BLUSH, MIST, bottom=900)
    for x, top, half, fade in ((180, 330, 340, 0.7), (1330, 300, 330, 0.7), (640, 290, 330, 0.62)):
        peak(sheet, x, top, 860, half * 1.25, mix(HAZE, MIST, fade), mix(DUSK, MIST, fade),
             mix(PAPER, MIST, 0.2))
    sheet.haze(480, 720, MIST, 0.85)
    peak(sheet, 960, 150, 920, 560, mix(HAZE, BLUSH, 0.35), mix(DUSK, NIGHT, 0.2), PAPER)
    peak(sheet, 350, 330, 930, 460, mix(STONE, HAZE, 0.5), mix(DUSK, NIGHT, 0.45), PAPER)
    sheet.haze(560, 800, MIST, 0.8)
    sheet.haze(800, 1000, MIST, 0.8, "up")
    hills(sheet, 900, 170, mix(PINE, HAZE, 0.35), 0.4, PINE)
    hills(sheet, 960, 130, PINE, 0.4, INK)
    for x in range(-20, 1540, 44):
        fir(sheet, x + sheet.chance.uniform(-18, 18), 1010 + sheet.chance.uniform(-30, 20),
            sheet.chance.uniform(110, 230), mix(PINE, INK, 0.35),
            INK)
    birds(sheet, 640, 180, 3, INK, 20)


@scene
def shusha_cliffs(sheet: Sheet) -> None:
    sheet.wash(AMBER, BLUSH, CREAM, bottom=760)
    sun(sheet, 330, 300, 80, PAPER, AMBER)
    hills(sheet, 600, 190, mix(HAZE, BLUSH, 0.4), 0.4)
    hills(sheet, 700, 170, mix(DUSK, ROSE, 0.35), 0.4)
    sheet.haze(420, 720, BLUSH, 0.6)
    top = [(560, 440), (640, 330), (760, 296), (900, 250), (1080, 262), (1250, 220), (1600, 236)]
    foot = [(1600, 800), (1180, 770), (900, 800), (700, 770), (520, 700)]
    sheet.shape([*top, *foot], SAND, RUST, "down", 0.5)
    for i in range(15):
        _buttress(sheet, 600 + i * 66, 300 + abs(900 - i * 66 - 600) * 0.08 - i * 4)
    sheet.shape([*top, (1600, 262), (1250, 246), (1080, 290), (900, 276), (760, 324), (650, 356)], OLIVE,
                PINE, "down", 0.7)
    for x in range(690, 1500, 66):
        tree(sheet, x + sheet.chance.uniform(-20, 20), 300 - (x - 690) * 0.06, sheet.chance.uniform(46, 84),
             MOSS)
    _hill_town(sheet, 1120, 240)
    for y, height, fill in ((850, 120, mix(MOSS, OCHRE, 0.3)), (960, 130, PINE)):
        hills(sheet, y, height, fill, 0.4, INK)
    for x in range(0, 1500, 60):
        tree(sheet, x + sheet.chance.uniform(-25, 25), 1010, sheet.chance.uniform(90, 180),
             mix(PINE, MOSS, 0.25))


def _buttress(sheet: Sheet, x: float, head: float) -> None:
    """One fractured pillar of the limestone face: a lit side, a shaded side and its cracks."""
    wide, foot = sheet.chance.uniform(60, 84), sheet.chance.uniform(690, 790)
    shoulder = head + sheet.chance.uniform(10, 60)
    lit = [(x, shoulder), (x + wide * 0.4, shoulder - 16), (x + wide * 0.46, foot), (x - 6, foot - 20)]
    dark = [(x + wide * 0.4, shoulder - 16), (x + wide, shoulder + 30), (x + wide * 0.96, foot - 34),
            (x + wide * 0.46, foot)]
    sheet.shape(lit, mix(SAND, CREAM, sheet.chance.random() * 0.6), RUST, "down", 0.5)
    sheet.shape(dark, mix(STONE, RUST, sheet.chance.uniform(0.1, 0.35)), WINE, "down", 0.6)
    for _ in range(3):
        y, long = sheet.chance.uniform(shoulder + 30, foot - 80), sheet.chance.uniform(20, wide * 0.8)
        sheet.line([(x + 4, y), (x + long * 0.5, y + 7), (x + long, y + 2)], sheer(BARK, 0.5), 3)


def _hill_town(sheet: Sheet, x: float, base: float) -> None:
    for dx, wide, tall in ((0, 66, 44), (74, 50, 58), (132, 72, 40), (212, 54, 52)):
        sheet.shape(rect(x + dx, base - tall, x + dx + wide, base + 14), CREAM, EARTH, "right", 0.6)
        sheet.shape([(x + dx - 6, base - tall), (x + dx + wide / 2, base - tall - 24),
                     (x + dx + wide + 6, base - tall)], RUST)
        sheet.box(x + dx + wide * 0.4, base - tall + 14, x + dx + wide * 0.6, base - tall + 30, BARK)
    for dx in (118, 280):
        sheet.box(x + dx - 7, base - 124, x + dx + 7, base, CREAM)
        sheet.shape(oval(x + dx, base - 124, 11, 22, 180, 360), RUST)


@scene
def mountain_village(sheet: Sheet) -> None:
    sheet.wash(mix(DUSK, TEAL, 0.3), HAZE, BLUSH, bottom=620)
    peak(sheet, 1150, 90, 720, 620, mix(HAZE, MIST, 0.3), DUSK, PAPER)
    peak(sheet, 300, 210, 760, 520, mix(HAZE, STONE, 0.3), mix(DUSK, INK, 0.2), PAPER)
    sheet.haze(430, 720, MIST, 0.7)
    hills(sheet, 690, 90, mix(MOSS, HAZE, 0.4), 0.35, PINE)
    slope = [(-20, 700), (350, 560), (800, 470), (1150, 560), (1520, 690), (1520, 1020), (-20, 1020)]
    sheet.shape(smooth(slope), mix(OCHRE, MOSS, 0.55), PINE, "down", 0.7)
    rows = ((560, 5, 560, 88, 0.2), (650, 7, 380, 104, 0.1), (760, 8, 200, 124, 0), (890, 8, 40, 150, 0))
    for base, count, left, wide, far in rows:
        for i in range(count):
            x = left + i * wide * 1.28 + sheet.chance.uniform(-16, 16)
            _stone_house(sheet, x, base + sheet.chance.uniform(-22, 26), wide, far)
            if sheet.chance.random() < 0.4:
                tree(sheet, x + wide * 1.1, base + 30, wide * 0.9, MOSS)
    for x, y in ((676, 440), (470, 600), (1010, 640)):
        plume = smooth([(x, y), (x + 14, y - 40), (x - 4, y - 90), (x + 26, y - 150), (x + 60, y - 190),
                        (x + 40, y - 130),
                        (x + 22, y - 84), (x + 34, y - 40), (x + 12, y)])
        sheet.shape(plume, sheer(PAPER, 0.55))
    for x in (60, 130, 1330, 1410):
        cypress(sheet, x, 1010, sheet.chance.uniform(300, 420))


def _stone_house(sheet: Sheet, x: float, base: float, wide: float, far: float) -> None:
    tall = wide * sheet.chance.uniform(0.6, 0.85)
    wall = mix(sheet.chance.choice((CREAM, SAND, BLUSH, PAPER)), HAZE, far)
    roof = mix(sheet.chance.choice((RUST, RUST, WINE, EARTH)), HAZE, far)
    sheet.shape(rect(x, base - tall, x + wide, base + 40), wall, EARTH, "right", 0.55)
    sheet.shape([(x - 8, base - tall), (x + wide * 0.2, base - tall - wide * 0.34),
                 (x + wide * 0.8, base - tall - wide * 0.34),
                 (x + wide + 8, base - tall)], roof, INK, "right", 0.5)
    for share in (0.16, 0.44, 0.72):
        glass = AMBER if sheet.chance.random() < 0.35 else BARK
        sheet.box(x + wide * share, base - tall * 0.78, x + wide * (share + 0.14), base - tall * 0.44, glass)
    sheet.line([(x, base - tall * 0.32), (x + wide, base - tall * 0.32)], mix(BARK, wall, 0.3), 3)


@scene
def mud_volcano(sheet: Sheet) -> None:
    sheet.wash(HAZE, MIST, BLUSH, SAND, bottom=680)
    sun(sheet, 1180, 210, 62, PAPER)
    hills(sheet, 620, 110, mix(DUSK, BLUSH, 0.55), 0.35)
    sheet.wash(mix(SAND, ROSE, 0.2), STONE, mix(EARTH, HAZE, 0.25), top=590)
    sheet.haze(590, 720, BLUSH, 0.4, "up")
    for x, base, half, top in ((1270, 690, 190, 560), (300, 660, 130, 580)):
        _mud_cone(sheet, x, base, half, top, 0.35)
    _mud_cone(sheet, 700, 880, 560, 350, 0)
    for _ in range(70):
        x, y = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(880, 1000)
        side = sheet.chance.uniform(20, 80)
        sheet.line([(x, y), (x + side, y + side * 0.2), (x + side * 1.4, y - side * 0.1)], sheer(BARK, 0.45),
                   3)
    person(sheet, 1245, 880, 132, POMEGRANATE)


def _mud_cone(sheet: Sheet, x: float, base: float, half: float, top: float, far: float) -> None:
    clay, wet = mix(mix(HAZE, EARTH, 0.35), SAND, far), mix(mix(DUSK, BARK, 0.45), SAND, far)
    lip = half * 0.2
    cone = [(x - half, base), (x - half * 0.6, base - (base - top) * 0.3),
            (x - half * 0.32, base - (base - top) * 0.72),
            (x - lip, top), (x + lip, top + 4), (x + half * 0.34, base - (base - top) * 0.7),
            (x + half * 0.62, base - (base - top) * 0.28), (x + half, base), (x, base + half * 0.08)]
    sheet.shape(smooth(cone), clay, wet, "right", 0.95)
    for start, sway, foot in ((-0.8, -0.5, 0.85), (-0.3, 0.1, 1), (0.25, 0.25, 0.95), (0.7, 0.5, 0.7)):
        x0, length = x + lip * start, (base - top) * foot
        flow = [(x0 - lip * 0.13, top), (x0 + lip * 0.13, top),
                (x0 + half * sway * 0.35 + lip * 0.2, top + length * 0.5),
                (x0 + half * sway * 0.75 + lip * 0.35, top + length),
                (x0 + half * sway * 0.75 - lip * 0.25, top + length * 1.02),
                (x0 + half * sway * 0.35 - lip * 0.14, top + length * 0.5)]
        sheet.shape(smooth(flow), sheer(wet, 0.75))
        sheet.line(smooth(flow[4:] + flow[:1], closed=False), sheer(MIST, 0.6), 3)
    sheet.shape(oval(x, top + 2, lip * 1.05, lip * 0.26), mix(clay, PAPER, 0.3))
    sheet.shape(oval(x, top + 4, lip * 0.86, lip * 0.19), wet)
    for dx, dy, r in ((-0.3, -0.02, 0.26), (0.25, 0.02, 0.2)):
        sheet.shape(oval(x + lip * dx, top + lip * dy, lip * r, lip * r * 0.9, 180, 360),
                    mix(HAZE, clay, far), INK, "right", 0.6)


@scene
def forest(sheet: Sheet) -> None:
    sheet.wash(mix(AMBER, PAPER, 0.5), mix(OLIVE, PAPER, 0.55), mix(MOSS, FOAM, 0.5))
    sheet.glow(860, 330, 760, PAPER, 0.9)
    layers = ((16, 24, mix(FOAM, OLIVE, 0.35), 640), (13, 42, mix(MOSS, FOAM, 0.35), 730),
              (9, 66, mix(PINE, MOSS, 0.45), 830))
    for count, wide, fill, base in layers:
        for i in range(count):
            x = (i + sheet.chance.uniform(0.1, 0.9)) * WIDTH / count
            lean = sheet.chance.uniform(-20, 20)
            sheet.shape([(x - wide * 0.7, base + 60), (x - wide * 0.36 + lean, -10),
                         (x + wide * 0.36 + lean, -10),
                         (x + wide * 0.7, base + 60)], fill, mix(fill, INK, 0.5), "right", 0.6)
        hills(sheet, base + 60, 70, mix(fill, OCHRE, 0.25), 0.4, fill)
        sheet.haze(base - 250, base + 60, mix(AMBER, PAPER, 0.6), 0.4)
    path = [(842, 752), (862, 752), (868, 800), (920, 870), (1130, 1010), (540, 1010), (720, 880), (822, 810)]
    sheet.shape(smooth(path), mix(SAND, AMBER, 0.3), EARTH, "down", 0.6)
    for left in (780, 960, 1120):
        sheet.shape([(left, -10), (left + 70, -10), (left - 160, 900), (left - 330, 900)], sheer(PAPER, 0.13))
    person(sheet, 846, 850, 110, POMEGRANATE)
    for x, wide in ((130, 120), (1390, 150)):
        sheet.shape(smooth([(x - wide, 1040), (x - wide * 0.5, 820), (x - wide * 0.45, -60),
                            (x + wide * 0.45, -60), (x + wide * 0.5, 830),
                            (x + wide, 1040)]), mix(PINE, INK, 0.5), INK, "right", 0.8)
    for _ in range(120):
        x, y = sheet.chance.choice((0, WIDTH)) + sheet.chance.gauss(0, 230), sheet.chance.uniform(-20, 240)
        sheet.shape(oval(x, y, sheet.chance.uniform(18, 46), sheet.chance.uniform(12, 28)),
                    mix(PINE, MOSS, sheet.chance.random() * 0.6))
    for _ in range(60):
        x, y = sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(900, 1000)
        sheet.line([(x, y + 30), (x + sheet.chance.uniform(-14, 14), y - 40)],
                   PINE if x > 1100 or x < 560 else sheer(PINE, 0), 5)

"""Baku and other places with streets."""

# Points are easier to follow in rows than one to a line.
# fmt: off

from .brush import WIDTH, Points, Sheet, between, oval, rect, smooth
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
from .scenery import birds, block, cloud, cypress, hills, lattice, person, scene, sea, sun, tree


def _flame(sheet: Sheet, x: float, base: float, height: float, lean: float, fill, dark, window) -> None:
    """One of the three towers: a flame of glass, split down its edge."""
    w = height * 0.19
    outline = smooth([(x - w * 0.72, base), (x - w, base - height * 0.36),
                      (x - w * 0.72 + lean * 0.4, base - height * 0.68),
                      (x + lean, base - height), (x + w * 0.5 + lean * 0.5, base - height * 0.74),
                      (x + w, base - height * 0.38),
                      (x + w * 0.72, base)], closed=False)
    sheet.shape(outline, fill, dark, "down", 0.75)
    spine = smooth([(x + lean, base - height), (x + w * 0.12 + lean * 0.3, base - height * 0.6),
                    (x + w * 0.1, base)], closed=False)
    right = [p for p in outline if outline.index(p) >= 30]
    sheet.shape([*reversed(right), *spine][: len(right) + len(spine)], sheer(dark, 0.55))
    half = len(outline) // 2
    for i in range(2, 27):
        a, b = outline[i], outline[-1 - i]
        sheet.line([a, b], sheer(window, 0.5), 1.6)
    for share in (0.2, 0.4, 0.6, 0.8):
        sheet.line([between(outline[i], outline[-1 - i], share) for i in range(0, half, 3)],
                   sheer(window, 0.35), 1.4)


def _towers(sheet: Sheet, x: float, base: float, size: float, fill, dark, window) -> None:
    for dx, share, lean in ((-0.42, 0.86, 0.1), (0.44, 0.8, -0.08), (0, 1, 0.05)):
        _flame(sheet, x + dx * size, base, size * share, lean * size, fill, dark, window)


def _skyline(sheet: Sheet, base: float, tall: tuple[int, int], fill, window, lit: float,
             wide=(50, 110)) -> None:
    x = -20.0
    while x < WIDTH:
        width = sheet.chance.uniform(*wide)
        block(sheet, x, base, width + 2, sheet.chance.uniform(*tall),
              mix(fill, INK, sheet.chance.uniform(0, 0.25)), INK, window, 21, lit)
        x += width


@scene
def baku_skyline(sheet: Sheet) -> None:
    sheet.wash(NIGHT, DUSK, mix(DUSK, ROSE, 0.6), mix(AMBER, ROSE, 0.5), bottom=640)
    sun(sheet, 300, 560, 60, AMBER, ROSE)
    cloud(sheet, 1050, 150, 500, mix(ROSE, DUSK, 0.5), 0.6)
    hills(sheet, 600, 120, mix(DUSK, WINE, 0.35), 0.35)
    _towers(sheet, 930, 560, 350, mix(TEAL, ROSE, 0.35), NIGHT, BLUSH)
    _skyline(sheet, 640, (60, 150), mix(DUSK, WINE, 0.3), AMBER, 0.15)
    lattice(sheet, 480, 560, 330, 60, 8, mix(INK, WINE, 0.3), 4)
    sheet.line([(480, 240), (480, 130)], INK, 4)
    sheet.disc(480, 330, 22, mix(INK, WINE, 0.2), 12)
    _skyline(sheet, 690, (50, 130), mix(NIGHT, WINE, 0.25), AMBER, 0.35)
    for i in range(18):
        tree(sheet, 40 + i * 88, 704, 62, mix(PINE, NIGHT, 0.4))
    sea(sheet, 700, mix(DUSK, ROSE, 0.4), NIGHT, ROSE, count=60)
    for _ in range(150):
        x, y = sheet.chance.uniform(0, WIDTH), 715 + 250 * sheet.chance.random() ** 2
        sheet.box(x, y, x + 5, y + sheet.chance.uniform(10, 50), sheer(AMBER, 0.4))
    sheet.box(0, 694, WIDTH, 706, INK)
    for i in range(24):
        sheet.disc(30 + i * 64, 686, 4, PAPER)


@scene
def flame_towers(sheet: Sheet) -> None:
    sheet.wash(mix(NIGHT, INK, 0.4), NIGHT, DUSK, mix(DUSK, ROSE, 0.4))
    for _ in range(90):
        sheet.disc(sheet.chance.uniform(0, WIDTH), sheet.chance.uniform(0, 480), sheet.chance.uniform(1, 2.6),
                   sheer(PAPER, 0.7))
    sheet.disc(1240, 190, 52, CREAM)
    sheet.disc(1262, 178, 48, mix(NIGHT, INK, 0.15))
    sheet.glow(730, 600, 700, POMEGRANATE, 0.55)
    _towers(sheet, 740, 850, 720, POMEGRANATE, WINE, AMBER)
    for dx, share in ((-302, 0.45), (317, 0.42), (0, 0.5)):
        sheet.glow(740 + dx, 780, 330 * share * 2, AMBER, 0.5, 1.1)
    hills(sheet, 880, 70, mix(NIGHT, WINE, 0.2), 0.4, INK)
    _skyline(sheet, 960, (50, 120), mix(NIGHT, INK, 0.3), AMBER, 0.4, (60, 130))
    for i in range(14):
        cypress(sheet, i * 118 - 10, 1010, sheet.chance.uniform(110, 200), mix(PINE, INK, 0.55))


def _ashlar(sheet: Sheet, left: float, top: float, right: float, bottom: float, course: float, ink,
            chances: float = 0.35) -> None:
    """Courses of cut limestone: joints, and a stone here and there of another shade."""
    y, odd = top, False
    while y < bottom:
        x = left - course * odd
        while x < right:
            wide = course * 2
            if sheet.chance.random() < chances:
                tone = sheet.chance.choice((EARTH, PAPER, RUST))
                sheet.box(max(x, left), y, min(x + wide, right), min(y + course, bottom), sheer(tone, 0.16))
            if left < x:
                sheet.line([(x, y), (x, min(y + course, bottom))], sheer(ink, 0.4), 1.6)
            x += wide
        sheet.line([(left, y), (right, y)], sheer(ink, 0.45), 1.6)
        y, odd = y + course, not odd


def _bastion(sheet: Sheet, x: float, half: float, top: float, base: float) -> None:
    sheet.shape(rect(x - half, top, x + half, base), SAND, EARTH, "right", 0.95)
    _ashlar(sheet, x - half, top, x + half, base, 27, EARTH)
    for i in range(5):
        left = x - half - 8 + i * (half * 2 + 16) / 4.6
        merlon = [(left, top + 4), (left, top - 34), (left + half * 0.11, top - 50),
                  (left + half * 0.22, top - 34), (left + half * 0.22, top + 4)]
        sheet.shape(merlon, mix(SAND, EARTH, i / 8))
    sheet.box(x - half - 8, top - 2, x + half + 8, top + 16, mix(SAND, EARTH, 0.35))


@scene
def old_city_walls(sheet: Sheet) -> None:
    sheet.wash(TEAL, FOAM, CREAM, bottom=700)
    cloud(sheet, 1080, 150, 480, PAPER, 0.8)
    for x, wide, tall in ((120, 170, 210), (330, 150, 170), (820, 190, 230), (1180, 170, 180)):
        block(sheet, x, 520, wide, tall, mix(STONE, FOAM, 0.35), EARTH, mix(EARTH, FOAM, 0.2), 42, 0.9)
    sheet.box(662, 150, 706, 520, mix(SAND, FOAM, 0.2))
    sheet.box(650, 200, 718, 222, mix(STONE, FOAM, 0.2))
    sheet.shape(oval(684, 152, 26, 46, 180, 360), mix(TEAL, HAZE, 0.3))
    sheet.shape(rect(-10, 470, WIDTH + 10, 880), mix(SAND, STONE, 0.35), EARTH, "down", 0.6)
    _ashlar(sheet, -10, 470, WIDTH, 880, 29, EARTH)
    for i in range(26):
        left = -10 + i * 60
        sheet.shape([(left, 474), (left, 440), (left + 18, 424), (left + 36, 440), (left + 36, 474)],
                    mix(SAND, STONE, 0.5))
    for x in (420, 1090):
        _bastion(sheet, x, 105, 370, 890)
    gate = [(650, 890), (650, 690), *oval(755, 690, 105, 130, 180, 360), (860, 690), (860, 890)]
    sheet.shape([(x + (x - 755) * 0.16, y - (890 - y) * 0.06) for x, y in gate], mix(SAND, PAPER, 0.4))
    sheet.shape(gate, BARK, INK, "up", 0.9)
    sheet.glow(755, 840, 150, AMBER, 0.75)
    sheet.shape([(-10, 880), (1510, 880), (1510, 1010), (-10, 1010)], STONE, EARTH, "down", 0.7)
    sheet.shape([(650, 884), (860, 884), (1080, 1010), (430, 1010)], CREAM, EARTH, "down", 0.4)
    for x, y, tall, coat in ((720, 900, 118, POMEGRANATE), (766, 904, 126, NIGHT), (1270, 950, 160, CASPIAN)):
        person(sheet, x, y, tall, coat)
    for x in (60, 190, 1320, 1440):
        cypress(sheet, x, 905, sheet.chance.uniform(330, 430))
    birds(sheet, 520, 190, 8)


@scene
def maiden_tower(sheet: Sheet) -> None:
    sheet.wash(mix(POMEGRANATE, DUSK, 0.45), ROSE, AMBER, CREAM, bottom=820)
    sun(sheet, 1100, 470, 120, PAPER, AMBER)
    hills(sheet, 760, 60, mix(ROSE, DUSK, 0.35), 0.3)
    sea(sheet, 720, mix(ROSE, AMBER, 0.4), mix(DUSK, CASPIAN, 0.5), PAPER, bottom=860, count=50, centre=1150,
        spread=240)
    sheet.shape([(60, 1010), (60, 560), (250, 540), (250, 1010)], mix(STONE, WINE, 0.3), WINE, "down", 0.7)
    block(sheet, -20, 1000, 210, 330, mix(STONE, RUST, 0.3), WINE, AMBER, 60, 0.6)
    body = [(420, 900), (432, 150), *oval(640, 150, 208, 22, 180, 360), (848, 150), (862, 900)]
    sheet.shape(body, mix(SAND, OCHRE, 0.25), BARK, "left", 1, 1)
    sheet.shape([(832, 900), (826, 330), (930, 326), (1020, 420), (1030, 900)], mix(STONE, OCHRE, 0.3), BARK,
                "left", 0.75)
    for i in range(34):
        y = 168 + i * 22
        bulge = 14 if i % 2 else 6
        course = smooth([(424 - (bulge - 6) / 2, y), (640, y + 20), (856 + (bulge - 6) / 2, y)], closed=False)
        sheet.line(course, sheer(BARK, 0.42 if i % 2 else 0.18), 4 if i % 2 else 8)
    for i in range(26):
        y = 340 + i * 22
        sheet.line([(838, y + 16), (1024, y + (40 if i < 3 else 8))], sheer(BARK, 0.28), 4)
    for y in (260, 390, 520, 650):
        sheet.shape([(600, y + 46), (600, y), *oval(616, y, 16, 20, 180, 360), (632, y), (632, y + 46)], INK)
    sheet.shape([(590, 905), (590, 800), *oval(640, 800, 50, 56, 180, 360), (690, 800), (690, 905)], INK,
                AMBER, "down", 0.5)
    sheet.shape(rect(-10, 890, 1510, 1010), mix(EARTH, WINE, 0.3), INK, "down", 0.7)
    for i in range(16):
        sheet.line([(750 + (i - 8) * 90, 892), (750 + (i - 8) * 200, 1010)], sheer(SAND, 0.25), 2)
    for x, tall, coat in ((1010, 92, INK), (1046, 84, POMEGRANATE), (760, 96, CASPIAN)):
        person(sheet, x, 925, tall, coat)
    for x, tall in ((1180, 170), (1260, 210), (1370, 190)):
        tree(sheet, x, 940, tall, mix(PINE, WINE, 0.2))
    birds(sheet, 1050, 210, 11, WINE, 13)


@scene
def night_street(sheet: Sheet) -> None:
    sheet.wash(INK, NIGHT, mix(DUSK, TEAL, 0.3), bottom=760)
    sheet.glow(760, 560, 560, AMBER, 0.55)
    for side in (-1, 1):
        for depth in range(5, -1, -1):
            near = 750 + side * (120 + depth**1.7 * 58)
            far = 750 + side * (70 + max(0, depth - 1) ** 1.7 * 52)
            top, low = 420 - depth * 92, 640 + depth * 44
            far_top, far_low = 420 - (depth - 1) * 84, 640 + (depth - 1) * 40
            wall = mix(mix(STONE, DUSK, 0.5), INK, 0.22 + depth * 0.11)
            front = [(near, top), (far, far_top), (far, far_low), (near, low)]
            sheet.shape(front, wall, INK, "left" if side < 0 else "right", 0.7)
            _facade(sheet, front)
    sheet.shape([(620, 640), (880, 640), (1100, 720), (1520, 800), (1520, 1010), (-20, 1010), (-20, 800),
                 (400, 720)], mix(NIGHT, BARK, 0.4), INK, "down", 0.7)
    for row in range(10):
        y = 655 + row**2 * 4.1
        for _ in range(16):
            x = 750 + sheet.chance.uniform(-1, 1) * (110 + row * 74)
            sheet.shape(oval(x, y, 8 + row * 5, 2 + row * 0.9),
                        sheer(sheet.chance.choice((AMBER, DUSK, INK)), 0.28))
    for x, y, size in ((395, 470, 1.2), (1085, 470, 1.2), (600, 530, 0.55), (890, 530, 0.55)):
        sheet.line([(x, y), (x, y + 330 * size)], INK, 10 * size)
        sheet.glow(x, y, 260 * size, AMBER, 0.85)
        sheet.shape([(x - 20 * size, y - 30 * size), (x + 20 * size, y - 30 * size),
                     (x + 13 * size, y + 24 * size), (x - 13 * size, y + 24 * size)], CREAM)
        sheet.shape([(x - 30 * size, y - 30 * size), (x, y - 58 * size), (x + 30 * size, y - 30 * size)], INK)
    sheet.shape([(700, 880), (560, 1010), (700, 1010), (770, 880)], sheer(INK, 0.5))
    person(sheet, 735, 890, 215, POMEGRANATE)
    sheet.shape([(640, 700), *oval(735, 700, 95, 62, 180, 360), (830, 700)], INK)
    sheet.line([(735, 640), (735, 800)], INK, 4)


def _facade(sheet: Sheet, front: Points) -> None:
    """Windows in perspective on a wall given as near-top, far-top, far-foot, near-foot."""
    for row in range(3):
        for column in range(2):
            u, v = 0.16 + column * 0.42, 0.14 + row * 0.27
            quad = []
            for du, dv in ((0, 0), (0.24, 0), (0.24, 0.14), (0, 0.14)):
                top, foot = between(front[0], front[1], u + du), between(front[3], front[2], u + du)
                quad.append(between(top, foot, v + dv))
            lit = sheet.chance.random() < 0.4
            sheet.shape(quad, AMBER if lit else sheer(INK, 0.6))
            sheet.line([quad[3], quad[2]], sheer(CREAM if lit else HAZE, 0.5), 4)

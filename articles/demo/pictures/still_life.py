"""Things that stand for a subject: music, chess, broadcasting, reading, money."""

# Points are easier to follow in rows than one to a line.
# fmt: off

import math

from .brush import HEIGHT, WIDTH, Points, Sheet, oval, rect, smooth, turned
from .palette import (
    AMBER,
    BARK,
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
    RUST,
    SAND,
    STONE,
    TEAL,
    WINE,
    mix,
    sheer,
)
from .scenery import listener, scene
from .table import table
from .textiles import star, stepped


@scene
def mugham_tar(sheet: Sheet) -> None:
    sheet.wash(WINE, mix(WINE, POMEGRANATE, 0.6), WINE)
    sheet.glow(900, 420, 800, mix(POMEGRANATE, RUST, 0.5), 0.8)
    for i, (x, y, r) in enumerate(((240, 190, 130), (1290, 860, 150), (1330, 150, 90))):
        sheet.shape(star(x, y, r, 0.7), sheer((OCHRE, CASPIAN, OCHRE)[i], 0.25))
    turn = -34
    def at(points: Points) -> Points:
        return turned([(750 + (x - 860) * 0.86, 500 + (y - 500) * 0.86) for x, y in points], 750, 500, turn)

    def mirrored(half: Points) -> Points:
        return [*half, *[(x, 1000 - y) for x, y in reversed(half)]]

    neck = rect(690, 474, 1480, 526)
    sheet.shape([(x + 16, y + 26) for x, y in at(neck)], sheer(INK, 0.45))
    body = mirrored([(130, 500), (140, 400), (220, 320), (340, 310), (420, 360), (480, 420), (550, 370),
                     (650, 390), (700, 450), (712, 500)])
    sheet.shape([(x + 22, y + 34) for x, y in smooth(at(body))], sheer(INK, 0.5))
    sheet.shape(smooth(at(body)), RUST, BARK, "down", 0.95)
    inner = [(430 + (x - 430) * 0.86, 500 + (y - 500) * 0.84) for x, y in body]
    sheet.shape(smooth(at(inner)), CREAM, STONE, "down", 0.8)
    sheet.shape(at(rect(460, 436, 492, 564)), BARK)
    sheet.shape(at(neck), BARK, INK, "down", 0.8)
    for i in range(22):
        x = 730 + (1 - 0.93**i) * 820
        sheet.line(at([(x, 476), (x, 524)]), sheer(CREAM, 0.75), 3)
    for i in range(9):
        x = 760 + i * 74
        sheet.shape(at(stepped(x, 500, 7, 7, 2)), CREAM)
    sheet.shape(at(rect(1440, 452, 1640, 548)), RUST, BARK, "down", 0.8)
    for i in range(5):
        for side in (-1, 1):
            x = 1455 + i * 36
            sheet.line(at([(x, 500 + side * 48), (x, 500 + side * 86)]), BARK, 9)
            sheet.shape(at(oval(x, 500 + side * 98, 17, 20)), CREAM, EARTH, "right", 0.7)
    bridge = at(rect(246, 440, 262, 560))
    for i in range(9):
        y = 452 + i * 12
        sheet.line(at([(170, 500 + (y - 500) * 0.5), (254, y), (1450, 482 + i * 4.5)]), sheer(AMBER, 0.9), 2)
    sheet.shape(bridge, BARK)
    for i in range(10):
        x, y = at([(150 + i * 4, 500)])[0]
        sheet.disc(x + i, y, 5, AMBER)
    sheet.shape(at([(540, 560), (640, 590), (632, 604), (540, 580)]), INK)


@scene
def chess(sheet: Sheet) -> None:
    sheet.wash(mix(CASPIAN, INK, 0.25), CASPIAN, mix(CASPIAN, TEAL, 0.5), bottom=600)
    sheet.glow(1050, 260, 560, FOAM, 0.5)
    for row in range(6):
        for column in range(-7, 8):
            y0, y1 = 600 + (row / 6) ** 1.35 * 420, 600 + ((row + 1) / 6) ** 1.35 * 420
            s0, s1 = 118 + (y0 - 600) * 0.26, 118 + (y1 - 600) * 0.26
            quad = [(750 + column * s0, y0), (750 + (column + 1) * s0 + 1, y0),
                    (750 + (column + 1) * s1 + 1, y1 + 1), (750 + column * s1, y1 + 1)]
            sheet.shape(quad, CREAM if (row + column) % 2 else mix(BARK, RUST, 0.3))
    sheet.stipple(rect(0, 600, WIDTH, HEIGHT), BARK, "down", 0.5)
    for x, base, s in ((250, 660, 0.62), (1060, 650, 0.6), (1240, 664, 0.62)):
        _pawn(sheet, x, base, s, mix(WINE, INK, 0.3))
    _king(sheet, 1290, 880, 1.0, POMEGRANATE)
    _pawn(sheet, 950, 800, 0.9, POMEGRANATE)
    _knight(sheet, 520, 890, 1.3)
    _pawn(sheet, 170, 930, 1.1, CREAM)


def _turned_piece(sheet: Sheet, x: float, base: float, s: float, half: Points, fill) -> None:
    outline = [*half, *[(-px, py) for px, py in reversed(half)]]
    sheet.shape(oval(x + 60 * s, base - 4, 150 * s, 24 * s), sheer(INK, 0.4))
    sheet.shape([(x + px * s, base + py * s) for px, py in outline], fill, mix(fill, INK, 0.7), "right", 1)


FOOT: Points = [(112, 0), (116, -26), (96, -44), (92, -66), (66, -84)]


def _pawn(sheet: Sheet, x: float, base: float, s: float, fill) -> None:
    _turned_piece(sheet, x, base, s, [*FOOT, (40, -150), (34, -216), (66, -226), (66, -244), (30, -250)],
                  fill)
    sheet.shape(oval(x, base - 300 * s, 62 * s, 62 * s), fill, mix(fill, INK, 0.7), "right", 1)


def _king(sheet: Sheet, x: float, base: float, s: float, fill) -> None:
    _turned_piece(sheet, x, base, s, [*FOOT, (48, -200), (40, -380), (84, -394), (84, -416), (54, -424),
                                      (92, -560), (60, -590), (14, -600), (12, -632),
                                      (42, -632), (42, -660), (12, -660), (12, -696)], fill)
    sheet.line([(x - 82 * s, base - 404 * s), (x + 82 * s, base - 404 * s)], AMBER, 6 * s)


def _knight(sheet: Sheet, x: float, base: float, s: float) -> None:
    _turned_piece(sheet, x, base, s, [*FOOT, (84, -100)], PAPER)
    head = [(-84, -96), (-70, -190), (-20, -260), (-60, -270), (-120, -226), (-160, -246), (-166, -290),
            (-96, -370), (-70, -440), (-40, -480), (-22, -444),
            (50, -410), (104, -320), (112, -200), (84, -96)]
    outline = smooth([(x + px * s, base + py * s) for px, py in head], steps=6)
    sheet.shape(outline, PAPER, mix(STONE, BARK, 0.4), "right", 1)
    for i in range(6):
        mane = [(x + (20 + i * 14) * s, base - (424 - i * 52) * s),
                (x + (66 + i * 10) * s, base - (360 - i * 50) * s),
                (x + (30 + i * 10) * s, base - (350 - i * 50) * s)]
        sheet.shape(mane, sheer(BARK, 0.55))
    sheet.disc(x - 62 * s, base - 364 * s, 11 * s, INK)
    sheet.disc(x - 144 * s, base - 268 * s, 7 * s, INK)
    sheet.line([(x - 150 * s, base - 248 * s), (x - 112 * s, base - 258 * s)], INK, 4 * s)
    sheet.box(x - 90 * s, base - 104 * s, x + 90 * s, base - 88 * s, POMEGRANATE)


@scene
def microphone(sheet: Sheet) -> None:
    sheet.wash(mix(NIGHT, INK, 0.3), NIGHT, mix(NIGHT, CASPIAN, 0.5))
    sheet.glow(560, 330, 700, TEAL, 0.6)
    sheet.disc(1130, 280, 190, POMEGRANATE)
    sheet.stipple(oval(1130, 280, 190, 190), WINE, "down", 0.9)
    for row, base in ((0, 760), (1, 860), (2, 960)):
        for i in range(10):
            listener(sheet, -10 + i * 172 + row % 2 * 86, base + 20, 78 + row * 10,
                     mix((DUSK, CASPIAN, WINE, NIGHT)[(i + row) % 4], INK, row * 0.25),
                     mix(BARK, INK, 0.3 + row * 0.2))
    sheet.box(606, 560, 630, 1010, INK)
    sheet.shape([(566, 470), (670, 470), (646, 640), (590, 640)], mix(DUSK, INK, 0.3), INK, "right", 0.9)
    grille = smooth([(510, 250), (540, 130), (618, 92), (696, 130), (726, 250), (716, 400), (680, 470),
                     (556, 470), (520, 400)])
    sheet.shape(grille, MIST, NIGHT, "right", 1)
    for i in range(-8, 9):
        sheet.line(smooth([(618 + i * 4, 98), (618 + i * 14, 280), (618 + i * 9, 468)], closed=False),
                   sheer(INK, 0.4), 2.5)
    for i in range(16):
        y = 120 + i * 22
        half = 108 * math.sin(math.acos(max(-1, min(1, (y - 280) / 215))))
        sheet.line(smooth([(618 - half, y - 4), (618, y + 8), (618 + half, y - 4)], closed=False),
                   sheer(INK, 0.4), 2.5)
    sheet.shape([(506, 300), (730, 300), (728, 346), (508, 346)], AMBER, RUST, "right", 0.9)
    sheet.shape(smooth([(540, 180), (570, 136), (588, 150), (560, 230), (548, 290), (534, 280)]),
                sheer(PAPER, 0.7))


@scene
def book_stack(sheet: Sheet) -> None:
    sheet.wash(mix(AMBER, CREAM, 0.35), CREAM, PAPER)
    sheet.shape(rect(900, -10, 1360, 620), sheer(PAPER, 0.75))
    for x, y in ((1130, 0), (900, 300)):
        sheet.line([(x, y), (x if x == 1130 else 1360, 620 if x == 1130 else y)], sheer(SAND, 0.9), 12)
    table(sheet, 790, EARTH, BARK)
    sheet.shape(oval(720, 860, 560, 50), sheer(INK, 0.5))
    y = 850.0
    for wide, tall, shift, fill in ((820, 92, 0, CASPIAN), (740, 70, 30, POMEGRANATE), (780, 104, -24, OCHRE),
                                    (660, 62, 40, NIGHT), (700, 84, -6, mix(MOSS, PINE, 0.4)),
                                    (580, 66, 24, RUST)):
        _book(sheet, 690 + shift, y, wide, tall, fill)
        y -= tall
    for side in (1, -1):
        top = smooth([(690, y - 34), (690 + side * 90, y - 92), (690 + side * 230, y - 88),
                      (690 + side * 350, y - 40)], closed=False)
        sheet.shape([*top, (690 + side * 350, y), (690, y)], CREAM, EARTH, "down", 0.6)
        for drop in (14, 27, 40, 52):
            sheet.line([(px, py + drop * (1 - abs(px - 690) / 500)) for px, py in top], sheer(EARTH, 0.5), 2)
        sheet.line(top, PAPER, 9)
    sheet.shape([(330, y - 10), (1050, y - 10), (1050, y), (330, y)], WINE)
    glasses = y - 100
    for x in (560, 800):
        sheet.line(oval(x, glasses, 62, 30), INK, 8)
    sheet.line(smooth([(622, glasses - 4), (680, glasses - 24), (738, glasses - 4)], closed=False), INK, 8)
    _cup(sheet, 1260, 850)


def _book(sheet: Sheet, x: float, y: float, wide: float, tall: float, fill) -> None:
    left, right = x - wide / 2, x + wide / 2
    sheet.shape(rect(left + 20, y - tall + 10, right - 8, y - 10), CREAM, STONE, "down", 0.7)
    for i in range(5):
        line_y = y - tall + 18 + i * (tall - 34) / 4
        sheet.line([(left + 30, line_y), (right - 10, line_y)], sheer(EARTH, 0.45), 1.8)
    for top in (y - tall, y - 11):
        sheet.box(left + 10, top, right, top + 11, fill)
    sheet.shape(smooth([(left + 150, y - tall), (left + 14, y - tall), (left - 8, y - tall / 2),
                        (left + 14, y), (left + 150, y)], closed=False), fill,
                mix(fill, INK, 0.6), "left", 0.9)
    for dx in (50, 62, 112):
        sheet.box(left + dx, y - tall, left + dx + 5, y, AMBER)


def _cup(sheet: Sheet, x: float, base: float) -> None:
    sheet.shape(oval(x + 30, base + 6, 150, 20), sheer(INK, 0.4))
    sheet.line(oval(x + 100, base - 86, 48, 50), PAPER, 20)
    body = smooth([(x - 100, base - 170), (x - 92, base - 60), (x - 50, base), (x + 50, base),
                   (x + 92, base - 60), (x + 100, base - 170)], closed=False)
    sheet.shape(body, PAPER, HAZE, "right", 0.9)
    sheet.shape(oval(x, base - 170, 100, 24), CREAM)
    sheet.shape(oval(x, base - 167, 84, 17), BARK)
    sheet.line(smooth([(x - 96, base - 110), (x, base - 92), (x + 96, base - 110)], closed=False), CASPIAN,
               11)


@scene
def coins(sheet: Sheet) -> None:
    sheet.wash(CASPIAN, mix(CASPIAN, TEAL, 0.4), mix(CASPIAN, INK, 0.3))
    for i in range(1, 8):
        sheet.line([(0, i * 100), (1500, i * 100)], sheer(FOAM, 0.16), 2)
    trend = [(60, 640), (250, 560), (420, 590), (620, 430), (810, 470), (1010, 290), (1190, 320), (1460, 110)]
    sheet.shape([*trend, (1460, 800), (60, 800)], sheer(FOAM, 0.14))
    sheet.line(trend, FOAM, 7)
    table(sheet, 780, mix(BARK, WINE, 0.3), INK)
    for x, count, metal in ((300, 4, OCHRE), (560, 7, HAZE), (830, 10, OCHRE), (1110, 14, AMBER)):
        _pile(sheet, x, 890, count, metal)
    _coin_face(sheet, 1340, 800, 118)


def _pile(sheet: Sheet, x: float, base: float, count: int, metal) -> None:
    sheet.shape(oval(x + 30, base + 12, 150, 34), sheer(INK, 0.5))
    for i in range(count):
        px, y = x + sheet.chance.uniform(-7, 7), base - i * 34
        edge = [*oval(px, y, 112, 28, 0, 180), *[(qx, qy - 30) for qx, qy in oval(px, y, 112, 28, 180, 0)]]
        sheet.shape(edge, mix(metal, BARK, 0.3), BARK, "right", 1)
        for j in range(-9, 10):
            rx = px + j * 11.4
            drop = 28 * math.sqrt(max(0, 1 - (j * 11.4 / 112) ** 2))
            sheet.line([(rx, y - 28 + drop), (rx, y + drop - 2)], sheer(INK, 0.32), 2.4)
        sheet.shape(oval(px, y - 30, 112, 28), metal, mix(metal, PAPER, 0.6), "left", 0.7)
    sheet.line(oval(px, y - 30, 92, 21), sheer(BARK, 0.6), 3)


def _coin_face(sheet: Sheet, x: float, y: float, r: float) -> None:
    sheet.shape(oval(x + 16, y + 8, r, r), BARK)
    sheet.shape(oval(x, y, r, r), AMBER, RUST, "right", 0.8)
    sheet.line(oval(x, y, r * 0.86, r * 0.86), sheer(BARK, 0.7), 4)
    sheet.shape(star(x, y, r * 0.62), sheer(BARK, 0.55))
    sheet.shape(star(x, y, r * 0.48), AMBER)
    sheet.disc(x, y, r * 0.16, mix(BARK, RUST, 0.4))

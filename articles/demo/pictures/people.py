"""Twelve sitters for bylines. All are nobody: invented faces made of a few plain shapes."""

# Points are easier to follow in rows than one to a line.
# fmt: off

import math
from dataclasses import dataclass

from .brush import HEIGHT, WIDTH, Points, Sheet, oval, smooth
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
    Colour,
    mix,
    sheer,
)
from .scenery import PAINTERS, cypress, hills, sun

FAIR, WARM, OLIVE_SKIN, DEEP = BLUSH, mix(BLUSH, EARTH, 0.2), mix(SAND, RUST, 0.28), mix(EARTH, BLUSH, 0.25)


@dataclass(frozen=True)
class Sitter:
    ground: tuple[Colour, Colour]
    backdrop: str
    skin: Colour
    hair: Colour
    style: str
    clothes: str
    coat: Colour
    shirt: Colour
    glasses: bool = False
    beard: str = ""
    lined: bool = False
    slim: float = 1.0


SITTERS = {
    "a": Sitter((OCHRE, AMBER), "disc", WARM, INK, "bob", "jacket", CASPIAN, CREAM),
    "b": Sitter((CASPIAN, TEAL), "plain", FAIR, HAZE, "receding", "suit", NIGHT, PAPER, glasses=True,
                lined=True, beard="moustache"),
    "c": Sitter((POMEGRANATE, RUST), "arch", OLIVE_SKIN, BARK, "long", "jumper", CREAM, CREAM, slim=0.95),
    "d": Sitter((FOAM, CREAM), "hills", WARM, INK, "short", "shirt", POMEGRANATE, WINE, beard="full"),
    "e": Sitter((DUSK, HAZE), "shelves", FAIR, RUST, "bun", "jacket", PINE, BLUSH, glasses=True, slim=0.96),
    "f": Sitter((SAND, CREAM), "disc", DEEP, INK, "curly", "jumper", TEAL, TEAL),
    "g": Sitter((NIGHT, DUSK), "stripe", FAIR, MIST, "waves", "jacket", WINE, PAPER, lined=True),
    "h": Sitter((MOSS, mix(MOSS, CREAM, 0.4)), "hills", OLIVE_SKIN, BARK, "side", "suit", BARK, FOAM),
    "i": Sitter((ROSE, BLUSH), "arch", WARM, CASPIAN, "scarf", "jacket", NIGHT, CREAM),
    "j": Sitter((TEAL, FOAM), "cypress", FAIR, MIST, "bald", "jumper", OCHRE, OCHRE, beard="white",
                lined=True, glasses=True),
    "k": Sitter((WINE, POMEGRANATE), "stripe", OLIVE_SKIN, INK, "fringe", "shirt", MIST, HAZE, slim=0.94),
    "l": Sitter((AMBER, CREAM), "cypress", WARM, mix(BARK, RUST, 0.3), "short", "jacket", DUSK, PAPER,
                glasses=True, beard="stubble"),
}


def portrait(sheet: Sheet, sitter: Sitter) -> None:
    """Background, hair behind, shoulders, neck, face, hair in front: in that order."""
    _backdrop(sheet, sitter)
    _hair_behind(sheet, sitter)
    _clothes(sheet, sitter)
    _face(sheet, sitter)
    _beard(sheet, sitter)
    _features(sheet, sitter)
    _hair_in_front(sheet, sitter)
    if sitter.glasses:
        _glasses(sheet, sitter)
    sheet.close_up(750, 505, 1.26)


def _mirror(half: Points) -> Points:
    return [*half, *[(WIDTH - x, y) for x, y in reversed(half)]]


def _backdrop(sheet: Sheet, sitter: Sitter) -> None:
    dark, light = sitter.ground
    sheet.wash(dark, mix(dark, light, 0.6), light)
    if sitter.backdrop == "disc":
        sheet.disc(750, 430, 430, mix(light, PAPER, 0.4))
    elif sitter.backdrop == "arch":
        sheet.shape([(330, 1000), (330, 430), *oval(750, 430, 420, 400, 180, 360), (1170, 430), (1170, 1000)],
                    mix(light, CREAM, 0.45), dark, "down", 0.5)
    elif sitter.backdrop == "hills":
        sun(sheet, 1090, 260, 90, PAPER, AMBER)
        hills(sheet, 620, 220, mix(dark, HAZE, 0.4), 0.35)
        hills(sheet, 760, 160, mix(dark, PINE, 0.45), 0.35, PINE)
    elif sitter.backdrop == "shelves":
        for row in range(5):
            x = 0.0
            while x < WIDTH:
                wide = sheet.chance.uniform(22, 46)
                tone = sheet.chance.choice((RUST, CREAM, CASPIAN, OCHRE, WINE, NIGHT))
                sheet.box(x, 230 * row - sheet.chance.uniform(10, 50), x + wide - 3, 230 * row + 180,
                          mix(tone, dark, 0.5))
                x += wide
            sheet.box(0, 180 + 230 * row, WIDTH, 198 + 230 * row, mix(dark, INK, 0.4))
    elif sitter.backdrop == "stripe":
        for i in range(-4, 16):
            sheet.shape([(i * 150, 0), (i * 150 + 75, 0), (i * 150 - 325, HEIGHT), (i * 150 - 400, HEIGHT)],
                        sheer(light, 0.35))
    elif sitter.backdrop == "cypress":
        sheet.disc(1060, 330, 150, mix(light, PAPER, 0.6))
        for x, tall in ((120, 720), (270, 520), (1240, 560), (1390, 780)):
            cypress(sheet, x, 1010, tall, mix(dark, PINE, 0.6))


def _clothes(sheet: Sheet, sitter: Sitter) -> None:
    wide = 400 * sitter.slim
    half = [(750 - wide, 1040), (750 - wide * 0.96, 900), (750 - wide * 0.78, 790), (750 - wide * 0.4, 728),
            (640, 690)]
    sheet.shape(smooth(_mirror(half), closed=False), sitter.coat, mix(sitter.coat, INK, 0.65), "right", 0.9)
    neck = smooth(_mirror([(668, 500), (664, 640), (634, 706), (690, 776)]), closed=False)
    if sitter.clothes in ("suit", "jacket", "shirt"):
        sheet.shape([(646, 690), (854, 690), (800, 830), (750, 1010), (700, 830)], sitter.shirt)
    sheet.shape(neck, mix(sitter.skin, RUST, 0.25), mix(sitter.skin, BARK, 0.55), "up", 0.9)
    lapel = mix(sitter.coat, INK, 0.25)
    if sitter.clothes == "suit":
        sheet.shape([(750, 770), (716, 796), (734, 838), (706, 1010), (794, 1010), (766, 838), (784, 796)],
                    POMEGRANATE, WINE, "right", 0.7)
    for side in (-1, 1) if sitter.clothes in ("suit", "jacket") else ():
        sheet.shape([(750 + side * x, y) for x, y in ((112, 684), (176, 716), (196, 800), (152, 816),
                                                      (170, 850), (26, 1040), (6, 1040), (66, 850))], lapel)
        sheet.shape([(750 + side * x, y) for x, y in ((108, 682), (70, 770), (34, 832), (8, 780), (60, 740))],
                    mix(sitter.shirt, PAPER, 0.4))
    if sitter.clothes == "shirt":
        for side in (-1, 1):
            sheet.shape([(750 + side * x, y) for x, y in ((112, 680), (134, 730), (70, 830), (4, 790),
                                                          (60, 746))], mix(sitter.coat, PAPER, 0.25))
        sheet.line([(750, 800), (750, 1010)], mix(sitter.coat, INK, 0.45), 4)
    if sitter.clothes == "jumper":
        collar = smooth(_mirror([(648, 690), (656, 738), (696, 770), (750, 778)]), closed=False)
        sheet.line(collar, mix(sitter.coat, INK, 0.25), 44)
        sheet.line(collar, mix(sitter.coat, PAPER, 0.18), 30)


def _head(sitter: Sitter) -> Points:
    w = 152 * sitter.slim
    return smooth(_mirror([(750 - w * 0.4, 232), (750 - w * 0.88, 300), (750 - w, 410), (750 - w * 0.92, 510),
                           (750 - w * 0.62, 600), (750 - w * 0.22, 642)]))


def _face(sheet: Sheet, sitter: Sitter) -> None:
    w = 152 * sitter.slim
    warm = mix(sitter.skin, RUST, 0.28)
    if sitter.style not in ("scarf", "bob", "long"):
        for side in (-1, 1):
            sheet.shape(oval(750 + side * w * 1.02, 440, 24, 44),
                        mix(sitter.skin, warm, 0.5 if side < 0 else 1))
    sheet.shape(_head(sitter), sitter.skin, warm, "right", 0.95, 0.7)
    for side in (-1, 1):
        sheet.glow(750 + side * w * 0.56, 500, 60, mix(ROSE, RUST, 0.3), 0.4)


def _features(sheet: Sheet, sitter: Sitter) -> None:
    line, brow = mix(sitter.skin, BARK, 0.62), mix(sitter.hair, BARK,
                                                   0.4) if sitter.style != "scarf" else BARK
    if sitter.style == "bald":
        brow = mix(HAZE, BARK, 0.3)
    for side in (-1, 1):
        x = 750 + side * 66 * sitter.slim
        sheet.shape(oval(x, 426, 27, 15), mix(PAPER, sitter.skin, 0.15))
        sheet.disc(x + 1, 425, 13.5, INK, 14)
        sheet.disc(x + 6, 420, 4, PAPER)
        sheet.line(smooth([(x - 30, 429), (x - 12, 414), (x + 14, 414), (x + 30, 428)], closed=False), INK, 8)
        sheet.line(smooth([(x + side * 40, 388), (x + side * 8, 371), (x - side * 36, 378)], closed=False),
                   brow, 12)
        if sitter.lined:
            sheet.line(smooth([(x - 22, 456), (x, 464), (x + 22, 456)], closed=False), sheer(line, 0.5), 3)
            sheet.line(smooth([(750 + side * 58, 520), (750 + side * 82, 556), (750 + side * 78, 590)],
                              closed=False), sheer(line, 0.5), 4)
    sheet.line(smooth([(758, 430), (772, 486), (776, 510), (756, 522), (736, 516)], closed=False), line, 6)
    lips = smooth([(702, 570), (736, 562), (750, 567), (764, 562), (798, 568), (770, 586), (750, 590),
                   (728, 586)])
    sheet.shape(lips, mix(sitter.skin, POMEGRANATE, 0.42))
    sheet.line(smooth([(698, 568), (728, 574), (772, 574), (802, 566)], closed=False), mix(WINE, BARK, 0.5),
               5)


def _beard(sheet: Sheet, sitter: Sitter) -> None:
    drop = 642 if sitter.beard == "stubble" else 706
    cheek = [(600, 430), (622, 500), (664, 536), (710, 540), (750, 532), (790, 540), (836, 536), (878, 500),
             (900, 430)]
    outline = [*cheek, *smooth([(898, 470), (884, 550), (842, drop - 46), (750, drop), (658, drop - 46),
                                (616, 550), (602, 470)], closed=False)]
    tones = {"full": sitter.hair, "white": MIST, "stubble": sheer(sitter.hair, 0.4)}
    if sitter.beard in tones:
        tone = tones[sitter.beard]
        sheet.shape(outline, tone)
        if sitter.beard != "stubble":
            sheet.stipple(outline, mix(tone[:3], INK, 0.5), "right", 0.7)
    if sitter.beard == "moustache":
        sheet.shape(smooth([(750, 540), (700, 544), (672, 572), (706, 566), (750, 560), (794, 566),
                            (828, 572), (800, 544)]), sitter.hair)


def _hair_behind(sheet: Sheet, sitter: Sitter) -> None:
    dark = mix(sitter.hair, INK, 0.35)
    behind = {
        "bob": [(620, 240), (560, 380), (550, 560), (590, 660), (690, 670)],
        "long": [(630, 230), (566, 380), (556, 600), (520, 780), (560, 900), (680, 880)],
        "waves": [(640, 220), (550, 300), (560, 400), (530, 500), (560, 610), (640, 660)],
        "scarf": [(650, 190), (560, 300), (548, 480), (590, 640), (560, 780), (640, 840)],
        "fringe": [(630, 230), (560, 360), (570, 520), (540, 700), (590, 740), (680, 720)],
    }.get(sitter.style)
    if sitter.style == "bun":
        sheet.shape(oval(750, 204, 82, 74), sitter.hair, dark, "right", 0.8)
    if sitter.style == "curly":
        for i in range(17):
            angle = math.radians(165 + i * 210 / 16)
            x, y = 750 + 176 * math.cos(angle), 372 + 166 * math.sin(angle)
            sheet.shape(oval(x, y, 62, 62), sitter.hair)
    if behind:
        sheet.shape(smooth(_mirror(behind)), dark, INK, "down", 0.5)


def _hair_in_front(sheet: Sheet, sitter: Sitter) -> None:
    dark = mix(sitter.hair, INK, 0.55)
    front = {
        "short": [(592, 430), (584, 320), (630, 224), (740, 190), (860, 214), (914, 310), (908, 430),
                  (888, 400), (878, 330), (820, 296), (720, 300), (640, 290), (618, 350), (610, 410)],
        "side": [(592, 440), (580, 320), (626, 220), (730, 176), (860, 200), (920, 310), (908, 440),
                 (888, 400), (884, 340), (800, 316), (700, 280), (660, 262), (624, 340), (610, 420)],
        "receding": [(594, 450), (584, 350), (616, 268), (660, 240), (650, 290), (618, 350), (610, 430)],
        "bob": [(560, 600), (556, 400), (600, 260), (700, 190), (820, 196), (910, 270), (944, 400),
                (940, 600), (900, 560), (896, 420), (860, 330), (780, 280), (690, 250), (630, 350),
                (604, 440), (600, 570)],
        "long": [(556, 640), (560, 400), (600, 260), (710, 186), (800, 190), (904, 260), (940, 400),
                 (944, 640), (902, 520), (880, 380), (800, 300), (750, 236), (700, 300), (620, 380),
                 (598, 520)],
        "bun": [(594, 440), (588, 330), (640, 240), (750, 206), (860, 240), (912, 330), (906, 440),
                (884, 360), (820, 290), (750, 268), (680, 290), (616, 360)],
        "curly": [(588, 430), (570, 330), (600, 240), (690, 190), (810, 186), (900, 240), (930, 330),
                  (912, 430), (884, 360), (850, 320), (800, 330), (750, 306), (700, 330), (650, 314),
                  (616, 360)],
        "waves": [(570, 520), (556, 400), (590, 270), (690, 190), (830, 200), (920, 280), (944, 400),
                  (930, 520), (900, 440), (880, 340), (800, 310), (690, 270), (640, 320), (606, 420)],
        "fringe": [(566, 600), (566, 400), (600, 270), (700, 196), (800, 196), (900, 270), (934, 400),
                   (934, 600), (896, 500), (890, 372), (820, 362), (750, 368), (680, 362), (610, 372),
                   (604, 500)],
    }.get(sitter.style)
    if front:
        sheet.shape(smooth(front), sitter.hair, dark, "right", 0.8)
    if sitter.style == "receding":
        sheet.shape(smooth([(WIDTH - x, y) for x, y in front]), sitter.hair, dark, "right", 0.8)
    if sitter.style == "scarf":
        _scarf(sheet, sitter)
    strand = sheer(mix(sitter.hair, PAPER, 0.35), 0.5)
    if sitter.style in ("long", "bob", "waves", "side", "bun", "fringe"):
        for i in range(3):
            sheet.line(smooth([(640 + i * 26, 268 - i * 16), (690 + i * 26, 226 - i * 6),
                               (750 + i * 30, 222 + i * 4)], closed=False), strand, 4)


def _scarf(sheet: Sheet, sitter: Sitter) -> None:
    opening = smooth(_mirror([(716, 284), (650, 312), (612, 400), (616, 510), (660, 600), (722, 640)]))
    outer = smooth(_mirror([(650, 190), (570, 300), (556, 480), (600, 640), (640, 710), (720, 742)]))
    sheet.shape([*outer, outer[0], opening[0], *reversed(opening), outer[0]], sitter.hair,
                mix(sitter.hair, INK, 0.6), "right", 0.9)
    for fold in ([(600, 560), (650, 660), (740, 712)], [(892, 580), (846, 664), (770, 700)]):
        sheet.line(smooth(fold, closed=False), sheer(INK, 0.35), 5)
    for i in range(9):
        x, y = oval(750, 440, 168, 220, 190, 350)[i * 4 + 3]
        sheet.disc(x, y, 9, AMBER)


def _glasses(sheet: Sheet, sitter: Sitter) -> None:
    frame = INK if sitter.hair != INK else BARK
    for side in (-1, 1):
        x = 750 + side * 67 * sitter.slim
        sheet.shape(oval(x, 430, 54, 48), sheer(PAPER, 0.18))
        sheet.line(oval(x, 430, 54, 48), frame, 8)
        sheet.line([(x + side * 52, 420), (750 + side * 152 * sitter.slim, 410)], frame, 7)
    sheet.line(smooth([(738, 424), (750, 418), (762, 424)], closed=False), frame, 8)


def _painter(sitter: Sitter):
    return lambda sheet: portrait(sheet, sitter)


PAINTERS.update({f"portrait-{letter}": _painter(sitter) for letter, sitter in SITTERS.items()})

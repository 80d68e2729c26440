"""The picture that social networks show of a piece that has none: its headline, set as the paper sets it.

Knows no Django, no storage and no database.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageStat

WIDTH, HEIGHT = 1200, 630
MIME_TYPE = "image/png"
EXTENSION = "png"
# Part of what a card shows: a number higher when it is drawn in another way.
DESIGN = 1
# Noted where a card's name would be, when our fonts lack letters of the headline: nobody tries again.
UNDRAWABLE = "undrawable"

GROUND, INK, SOFT, ACCENT, RULE = "#f6f2ea", "#12161d", "#454b56", "#a01129", "#cfc8b8"
MARGIN = 72
MEASURE = WIDTH - 2 * MARGIN
BAR = 14
LABEL_LINE, FOOT_LINE, FOOT_RULE = 100, 571, 506
LABEL_SIZE, ORIGIN_SIZE, NAME_SIZE = 25, 25, 46
HEADLINE_TOP, HEADLINE_FOOT = 154, 474
SIZES = range(140, 43, -4)
SIZE_TO_DIVIDE_WORDS = 64  # rather than set the whole headline smaller for the sake of one
MAX_LINES = 6
LEADING = 1.07
TRACKING, LABEL_TRACKING = -0.014, 0.07
LOGO_ROOM = (420, 64)
MIN_LOGO_HEIGHT = 32

FONTS = Path(__file__).resolve().parents[2] / "static" / "fonts"
BREAK_AFTER = re.compile(r"(?<=\w{4}[-–—/])(?=\w{4})")
LETTERS_OF_TURKIC = re.compile("[əƏıİğĞşŞ]")
NOT_IN_ANY_FONT = "\ue000"

# A family is several files, each with letters of its own; the size at which they look alike, and the weight.
Face = tuple[str, float, int | None]
Family = tuple[Face, ...]
DISPLAY: Family = (
    ("newsreader-display-latin", 1.0, None),
    ("newsreader-display-latin-ext", 1.0, None),
    ("literata-display-cyrillic", 0.94, None),
)
LABELS, NOTES = (
    (
        ("public-sans-latin", 1.0, weight),
        ("public-sans-latin-ext", 1.0, weight),
        ("golos-text-cyrillic", 1.0, weight),
    )
    for weight in (640, 450)
)


@dataclass(frozen=True)
class Card:
    """What a card says."""

    headline: str
    label: str
    origin: str
    site_name: str


@dataclass(frozen=True)
class Type:
    """A family at a size, with the space between its letters (in parts of the size)."""

    family: Family
    size: int
    tracking: float = 0.0

    def width(self, text: str) -> float:
        runs = sum(_length(font, run) for font, run in self.runs(text))
        return runs + self.tracking * self.size * len(text)

    def runs(self, text: str) -> Iterator[tuple[ImageFont.FreeTypeFont, str]]:
        """The text in stretches that one file has all letters of."""
        for face, letters in groupby(text, lambda letter: _face_of(letter, self.family)):
            yield _font(face or self.family[0], self.size), "".join(letters)

    def write(self, canvas: ImageDraw.ImageDraw, at: tuple[float, float], text: str, colour: str) -> float:
        """Write on the baseline that begins there; where the text ends."""
        x, y = at
        for font, run in self.runs(text):
            for place, letter in enumerate(run):
                # Where the letter stands in its run, so that pairs are kerned.
                offset = _length(font, run[: place + 1]) - _length(font, letter)
                placed = (x + offset + place * self.tracking * self.size, y)
                canvas.text(placed, letter, font=font, fill=colour, anchor="ls")
            x += _length(font, run) + len(run) * self.tracking * self.size
        return x


LABEL = Type(LABELS, LABEL_SIZE, LABEL_TRACKING)
ORIGIN = Type(NOTES, ORIGIN_SIZE)
NAME = Type(DISPLAY, NAME_SIZE, TRACKING)


def is_drawable(headline: str) -> bool:
    """Whether our fonts have its letters. One word left out would make another headline of it."""
    text = _composed(headline)
    words = [letter for letter in text if unicodedata.category(letter)[0] in "LN"]
    return bool(words) and all(_face_of(letter, DISPLAY) for letter in words)


def draw(card: Card, logo: bytes | None = None) -> bytes:
    """The card as a PNG. The logo takes the place of the name where it can be read on our ground."""
    picture = Image.new("RGB", (WIDTH, HEIGHT), GROUND)
    canvas = ImageDraw.Draw(picture)
    canvas.rectangle((0, 0, WIDTH, BAR - 1), fill=INK)
    canvas.rectangle((MARGIN, FOOT_RULE, WIDTH - MARGIN - 1, FOOT_RULE + 1), fill=RULE)
    label = _capitals(_printable(card.label, LABELS))
    LABEL.write(canvas, (MARGIN, LABEL_LINE), _shortened(label, LABEL, MEASURE), ACCENT)
    _write_headline(canvas, _printable(card.headline, DISPLAY))
    mark = _readable(logo) if logo else None
    end = _place_logo(picture, mark) if mark else _write_name(canvas, _printable(card.site_name, DISPLAY))
    _write_origin(canvas, _printable(card.origin, NOTES), WIDTH - MARGIN - end - MARGIN)
    out = io.BytesIO()
    # Flat colours and the edges of letters: fewer bytes as a palette than as a JPEG, and sharper.
    picture.quantize(256 if mark else 48, dither=Image.Dither.NONE).save(out, "PNG", optimize=True)
    return out.getvalue()


# The headline ---------------------------------------------------------------------------------------


def lines_of(headline: str) -> tuple[Type, list[str]]:
    """The largest type in which it fits, and its lines, about equally long."""
    pieces = _pieces(headline)
    for size in SIZES:
        headline_type = Type(DISPLAY, size, TRACKING)
        parts = list(_divided(pieces, headline_type)) if size <= SIZE_TO_DIVIDE_WORDS else pieces
        lines = _filled(parts, headline_type, MEASURE)
        most = _most_lines(size)
        if len(lines) <= most and max(map(headline_type.width, lines)) <= MEASURE:
            return headline_type, _balanced(parts, headline_type, lines)
    rest = " ".join(lines[most - 1 :])
    return headline_type, [*lines[: most - 1], _shortened(rest, headline_type, MEASURE)]


def _most_lines(size: int) -> int:
    further = (HEADLINE_FOOT - HEADLINE_TOP - size * 0.95) / (size * LEADING)
    return min(MAX_LINES, 1 + int(further))


def _write_headline(canvas: ImageDraw.ImageDraw, headline: str) -> None:
    headline_type, lines = lines_of(headline)
    size = headline_type.size
    # A little above the middle of what is left free.
    spare = HEADLINE_FOOT - HEADLINE_TOP - size * (0.95 + LEADING * (len(lines) - 1))
    y = HEADLINE_TOP + size * 0.72 + max(0.0, spare) * 0.45
    for line in lines:
        headline_type.write(canvas, (MARGIN, y), line, INK)
        y += size * LEADING


def _pieces(text: str) -> list[str]:
    """What is never divided: words with the space after them, a very short one with the word it leads."""
    pieces: list[str] = []
    glued = ""
    for word in text.split(" "):
        glued += f"{word} "
        if len(word) <= 2 and word.isalpha():
            continue
        pieces += BREAK_AFTER.split(glued)
        glued = ""
    return [*pieces, glued] if glued else pieces


def _filled(pieces: list[str], headline_type: Type, measure: float) -> list[str]:
    lines, filled = [""], 0.0
    for piece in pieces:
        if lines[-1] and filled + headline_type.width(piece.rstrip()) > measure:
            lines.append("")
            filled = 0.0
        lines[-1] += piece
        filled += headline_type.width(piece)
    return [line.rstrip() for line in lines]


def _balanced(pieces: list[str], headline_type: Type, lines: list[str]) -> list[str]:
    """As many lines, but as narrow as they can be: no word is left alone in the last one."""
    widest = max(headline_type.width(piece.rstrip()) for piece in pieces)
    measure = float(MEASURE)
    while measure > widest:
        measure = max(widest, measure - 8)
        narrower = _filled(pieces, headline_type, measure)
        if len(narrower) > len(lines):
            break
        lines = narrower
    return lines


def _divided(pieces: list[str], headline_type: Type) -> Iterator[str]:
    """The same with words in parts where they are wider than the card."""
    for piece in pieces:
        start = 0
        for end in range(1, len(piece)):
            if headline_type.width(piece[start : end + 1].rstrip() + "-") > MEASURE:
                yield f"{piece[start:end]}-"
                start = end
        yield piece[start:]


# The foot -------------------------------------------------------------------------------------------


def _write_name(canvas: ImageDraw.ImageDraw, name: str) -> float:
    """The wordmark; its full stop is what the accent is for."""
    before, dot, after = _shortened(name, NAME, MEASURE * 0.6).partition(".")
    end = NAME.write(canvas, (MARGIN, FOOT_LINE), before, INK)
    end = NAME.write(canvas, (end, FOOT_LINE), dot, ACCENT)
    return NAME.write(canvas, (end, FOOT_LINE), after, INK)


def _write_origin(canvas: ImageDraw.ImageDraw, origin: str, room: float) -> None:
    text = _shortened(origin, ORIGIN, room)
    ORIGIN.write(canvas, (WIDTH - MARGIN - ORIGIN.width(text), FOOT_LINE), text, SOFT)


def _readable(logo: bytes) -> Image.Image | None:
    """The logo in its size on the card; None where it is too small, or too light for our ground."""
    mark = Image.open(io.BytesIO(logo)).convert("RGBA")
    mark = mark.crop(mark.getbbox() or (0, 0, 1, 1))
    scale = min(LOGO_ROOM[0] / mark.width, LOGO_ROOM[1] / mark.height, 1.0)
    size = (max(1, round(mark.width * scale)), max(1, round(mark.height * scale)))
    if size[1] < MIN_LOGO_HEIGHT:
        return None
    mark = mark.resize(size, Image.Resampling.LANCZOS)
    opaque = mark.getchannel("A").point(lambda alpha: 255 if alpha > 127 else 0)
    lightness = ImageStat.Stat(mark.convert("L"), mask=opaque)
    return mark if lightness.count[0] and lightness.mean[0] < 150 else None


def _place_logo(picture: Image.Image, mark: Image.Image) -> float:
    middle = (FOOT_RULE + HEIGHT) // 2
    picture.paste(mark, (MARGIN, middle - mark.height // 2), mark)
    return MARGIN + mark.width


# Letters --------------------------------------------------------------------------------------------


def _shortened(text: str, in_type: Type, room: float) -> str:
    if in_type.width(text) <= room:
        return text
    end = next((end for end in range(len(text), 0, -1) if in_type.width(f"{text[:end]}…") <= room), 0)
    words = text[:end].rpartition(" ")[0]
    kept = words if len(words) > end * 0.6 else text[:end]
    return f"{kept.rstrip(' ,.:;–—-')}…"


def _capitals(text: str) -> str:
    """In the languages that tell i from ı, both keep their dot or its absence."""
    if LETTERS_OF_TURKIC.search(text):
        text = text.replace("i", "İ")
    return text.upper()


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


def _printable(text: str, family: Family) -> str:
    """On one line, without what no font of ours has: emoji, mostly."""
    spaced = re.sub(r"[^\S\N{NO-BREAK SPACE}]", " ", _composed(text))
    kept = "".join(letter for letter in spaced if _face_of(letter, family))
    return re.sub(" +", " ", kept).strip()


@lru_cache(maxsize=4096)
def _face_of(letter: str, family: Family) -> Face | None:
    """The first file that draws the letter otherwise than what it does not have."""
    if unicodedata.category(letter)[0] == "C":
        return None
    return next((face for face in family if _drawn(letter, face) != _drawn(NOT_IN_ANY_FONT, face)), None)


@lru_cache(maxsize=4096)
def _drawn(letter: str, face: Face) -> tuple[float, bytes]:
    font = _font(face, 24, ImageFont.Layout.BASIC)  # the other layout fails where a font has no glyph at all
    return font.getlength(letter), bytes(font.getmask(letter))


@lru_cache(maxsize=64)
def _font(face: Face, size: int, layout: ImageFont.Layout | None = None) -> ImageFont.FreeTypeFont:
    name, scale, weight = face
    font = ImageFont.truetype(FONTS / f"{name}.woff2", round(size * scale), layout_engine=layout)
    if weight:
        font.set_variation_by_axes([weight])
    return font


def _length(font: ImageFont.FreeTypeFont, text: str) -> float:
    return font.getlength(text)

"""Cut the files of static/fonts from the whole families; what to install first is in the README there."""

import io
import sys
from importlib import resources
from pathlib import Path
from typing import Any

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.ttLib.scaleUpem import scale_upem
from fontTools.varLib.instancer import instantiateVariableFont

OUT = Path(__file__).resolve().parents[1] / "static" / "fonts"
FEATURES = ["kern", "liga", "locl", "tnum"]
# Of the height of the letters: a tenth of a pixel in the largest headline. Theirs come in 1000 or 2000, and
# in larger files; of the display face and the sans, each fits in what a server sends before it waits for an
# answer.
UNITS = 600
# How far from its class a pair is set before anybody sees it: a fifth of a pixel in a large headline.
SEEN = 4

AZERBAIJANI_AND_TURKISH = "ÂâÇçƏəĞğÎîİıÖöŞşÛûÜü"
IN_ENGLISH_TEXTS = "ÄäÉéáèóß"
SIGNS = "«»“”„‘’–—…•·×°©§£€₼−′″›½™"
SPACE_AND_HYPHEN_NOT_SEEN = "\N{NO-BREAK SPACE}\N{SOFT HYPHEN}"

LATIN = {
    *range(0x20, 0x7F),
    *map(ord, AZERBAIJANI_AND_TURKISH + IN_ENGLISH_TEXTS + SIGNS + SPACE_AND_HYPHEN_NOT_SEEN),
}
LATIN_EXT = {
    *range(0xA0, 0x180),
    *map(ord, "ƒƠơƯưǦǧȘșȚțẞ"),
    *range(0x1E80, 0x1E86),
    *range(0x1EF2, 0x1EF4),
    *map(ord, "‚‹†‡‰"),
    *range(0x20A0, 0x20C1),
} - LATIN
# With the letters that Azerbaijani was written in until 1991.
CYRILLIC = {*range(0x400, 0x460), *map(ord, "ҐґҒғҜҝҮүҸҹҺһӘәӨө№")}

NEWSREADER = "fontpkg_newsreader", "Newsreader[opsz,wght].ttf"
NEWSREADER_ITALIC = "fontpkg_newsreader", "Newsreader-Italic[opsz,wght].ttf"
PUBLIC_SANS = "fontpkg_public_sans", "PublicSans[wght].ttf"
LITERATA = "fontpkg_literata", "Literata[opsz,wght].ttf"
LITERATA_ITALIC = "fontpkg_literata", "Literata-Italic[opsz,wght].ttf"

TEXT_WEIGHTS = (400, 700)
CUTS = [
    ("newsreader-display", NEWSREADER, {"opsz": 48, "wght": 500}, ("latin", "latin-ext")),
    ("newsreader-text", NEWSREADER, {"opsz": 18, "wght": TEXT_WEIGHTS}, ("latin", "latin-ext")),
    ("newsreader-text-italic", NEWSREADER_ITALIC, {"opsz": 18, "wght": 400}, ("latin", "latin-ext")),
    ("public-sans", PUBLIC_SANS, {"wght": TEXT_WEIGHTS}, ("latin", "latin-ext")),
    ("literata-display", LITERATA, {"opsz": 48, "wght": 490}, ("cyrillic",)),
    ("literata-text", LITERATA, {"opsz": 16, "wght": TEXT_WEIGHTS}, ("cyrillic",)),
    ("literata-text-italic", LITERATA_ITALIC, {"opsz": 16, "wght": 400}, ("cyrillic",)),
]
LETTERS = {"latin": LATIN, "latin-ext": LATIN_EXT, "cyrillic": CYRILLIC}


def main() -> None:
    for name, (package, file), limits, subsets in CUTS:
        whole = cut(resources.files(package).joinpath("files", file).read_bytes(), limits)
        for subset in subsets:
            save(whole, LETTERS[subset], OUT / f"{name}-{subset}.woff2")
    golos = cut(Path(sys.argv[1]).read_bytes(), {"wght": TEXT_WEIGHTS})
    save(golos, CYRILLIC, OUT / "golos-text-cyrillic.woff2")


def cut(family: bytes, limits: dict) -> bytes:
    """The family with the axes that are left. One kerning for all weights halves that table."""
    pins = {axis: limit[0] if isinstance(limit, tuple) else limit for axis, limit in limits.items()}
    font, fixed = (instantiateVariableFont(TTFont(io.BytesIO(family)), each) for each in (limits, pins))
    font["GPOS"], font["GDEF"] = fixed["GPOS"], fixed["GDEF"]
    set_proportional_figures(font)
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def set_proportional_figures(font: TTFont) -> None:
    """Newsreader's own figures are as wide as each other; ours stand in texts. Lists have Public Sans."""
    glyphs = set(font.getGlyphOrder())
    for table in font["cmap"].tables:
        for letter, glyph in table.cmap.items():
            if f"{glyph}.lf" in glyphs:
                table.cmap[letter] = f"{glyph}.lf"


def drop_unseen_pairs(tables: list) -> None:
    """Leave pairs of letters to the classes of letters where these kern them as well."""
    pairs = [table for table in tables if table.LookupType == 2]
    classes = [table for table in pairs if table.Format == 2]
    for table in pairs:
        if table.Format == 1:
            for first, kept in zip(table.Coverage.glyphs, table.PairSet, strict=True):
                by_class = next((each for each in classes if first in each.Coverage.glyphs), None)
                kept.PairValueRecord = [
                    pair
                    for pair in kept.PairValueRecord
                    if abs(distance(pair) - distance_by_class(by_class, first, pair.SecondGlyph)) >= SEEN
                ]
                kept.PairValueCount = len(kept.PairValueRecord)


def distance_by_class(table: Any, first: str, second: str) -> int:
    if table is None:
        return 0
    row = table.Class1Record[table.ClassDef1.classDefs.get(first, 0)]
    return distance(row.Class2Record[table.ClassDef2.classDefs.get(second, 0)])


def distance(record: Any) -> int:
    return getattr(record.Value1, "XAdvance", 0)


def save(font: bytes, letters: set[int], path: Path) -> None:
    options = Options(layout_features=FEATURES, hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 13])
    options.drop_tables += ["DSIG", "MVAR", "STAT", "VVAR", "vhea", "vmtx", "gasp"]
    part = TTFont(io.BytesIO(font))
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=letters)
    subsetter.subset(part)
    scale_upem(part, UNITS)
    for lookup in part["GPOS"].table.LookupList.Lookup:
        drop_unseen_pairs([getattr(table, "ExtSubTable", table) for table in lookup.SubTable])
    part.flavor = "woff2"
    part.save(path)
    print(f"{path.name:40}{path.stat().st_size:>7} bytes")


if __name__ == "__main__":
    main()

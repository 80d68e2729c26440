"""Headlines to addresses. Knows no Django: the models decide which of the candidates is still free."""

import re
import unicodedata
from collections.abc import Iterator
from itertools import count

from anyascii import anyascii

MAX_LENGTH = 200
PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")

# First words of the site's own addresses; an article or page under one of them could never be reached.
RESERVED = frozenset({
    "accounts", "admin", "api", "author", "category", "digest", "feed", "livez", "media", "offline", "page",
    "readyz", "search", "static", "styleguide", "tag", "wp-admin", "wp-content", "wp-includes", "wp-json",
})  # fmt: skip

# Below a category, tag or author: /category/media/ is a fine address, /category/feed/ is not.
RESERVED_IN_LISTS = frozenset({"atom", "feed", "page"})

# Pictographs would be spelled out (a thumb as "thumbsup"), which no newsroom means to have in an address.
_PICTURES = frozenset({"Cn", "Co", "Cs", "Sk", "So"})

# Two misspellings of Azerbaijani letters that newsrooms' software takes for the end of a word: g with a
# caron, and a capital i whose dot is a character of its own. Archives hold addresses made that way.
_BROKEN_LETTERS = (("ǧ", " "), ("I\u0307", "I "))

_APOSTROPHES = re.compile(r"['`´]")
_BREAKS = re.compile(r"[^a-z0-9]+")


def slugify(text: str, *, fallback: str) -> str:
    """The words of the text in plain letters, joined by hyphens; the fallback where it has no letters.

    An apostrophe stands inside a word ("don't": dont), any other sign between two.
    """
    for letter, replacement in _BROKEN_LETTERS:
        text = text.replace(letter, replacement)
    text = "".join(" " if _is_picture(sign) else sign for sign in text)
    letters = _APOSTROPHES.sub("", anyascii(text).lower())
    return shorten(_BREAKS.sub("-", letters).strip("-"), MAX_LENGTH) or fallback


def candidates(slug: str, prefix: str = "") -> Iterator[str]:
    """The slug, then slug-2, slug-3 and so on; none of them reserved below the prefix, none too long."""
    if slug not in (RESERVED_IN_LISTS if prefix else RESERVED):
        yield slug
    for number in count(2):
        suffix = f"-{number}"
        yield shorten(slug, MAX_LENGTH - len(suffix)) + suffix


def shorten(slug: str, length: int) -> str:
    """As many whole words of the slug as fit; a part of the first where not even that does."""
    if len(slug) <= length:
        return slug
    words, _, _ = slug[: length + 1].rpartition("-")
    return words or slug[:length]


def _is_picture(sign: str) -> bool:
    return sign not in "`´" and unicodedata.category(sign) in _PICTURES

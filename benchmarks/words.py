"""Invented words in the proportions of a natural language. Knows neither Django nor the newsroom."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate
from random import Random
from typing import Generic, TypeVar

Thing = TypeVar("Thing")

ONSETS = (
    "",
    "b",
    "br",
    "c",
    "d",
    "f",
    "g",
    "h",
    "k",
    "l",
    "m",
    "n",
    "p",
    "q",
    "r",
    "s",
    "st",
    "t",
    "v",
    "y",
    "z",
)
VOWELS = ("a", "e", "i", "o", "u")
CODAS = ("", "", "", "n", "r", "l", "s", "t", "m")
# The letters that readers without an Azerbaijani keyboard type otherwise; search has to fold them.
AZERBAIJANI = {"e": "ə", "i": "ı", "o": "ö", "u": "ü", "c": "ç", "s": "ş", "g": "ğ"}
AZERBAIJANI_SHARE = 0.12
DRAWN = 1 << 18


class Zipf(Generic[Thing]):
    """Draws things of which the n-th comes up 1/(n + offset) as often as it would be the first.

    The draws are made once and read from random places: a draw then costs a slice.
    """

    def __init__(self, things: Sequence[Thing], random: Random, offset: float = 2.0) -> None:
        weights = accumulate(1 / (place + offset) for place in range(1, len(things) + 1))
        self._random = random
        self._drawn = random.choices(things, cum_weights=list(weights), k=DRAWN)

    def some(self, count: int) -> list[Thing]:
        return in_a_row(self._drawn, count, self._random)

    def distinct(self, count: int) -> list[Thing]:
        """At most that many, none twice."""
        return list(dict.fromkeys(self.some(count)))

    def one(self) -> Thing:
        return self._drawn[int(self._random.random() * DRAWN)]


def in_a_row(things: list[Thing], count: int, random: Random) -> list[Thing]:
    """So many of them, from wherever: drawing each would take longer than what is made of them."""
    start = int(random.random() * (len(things) - count + 1))
    return things[start : start + count]


def invent(count: int, random: Random) -> list[str]:
    """That many different words, the short ones first as the frequent ones of a language are."""
    words: dict[str, None] = {}
    while len(words) < count:
        syllables = 1 + int(len(words) > 60) + int(random.random() * (1 + len(words) / count * 3))
        word = "".join(_syllable(random) for _ in range(syllables))
        if len(word) > 1:
            words[_azerbaijani(word) if random.random() < AZERBAIJANI_SHARE else word] = None
    return list(words)


def sentence(words: list[str]) -> str:
    """A capital first, a comma here and there, a full stop last."""
    parts = [f"{word}," if place % 7 == 6 else word for place, word in enumerate(words)]
    return f"{' '.join(parts).rstrip(',').capitalize()}."


def _syllable(random: Random) -> str:
    return random.choice(ONSETS) + random.choice(VOWELS) + random.choice(CODAS)


def _azerbaijani(word: str) -> str:
    return "".join(AZERBAIJANI.get(letter, letter) for letter in word)

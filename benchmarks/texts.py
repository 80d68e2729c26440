"""A pool of paragraphs, each with all that the application derives from it, by its own functions.

An article is then put together from the pool without being rendered: what `derive` makes of its body is what
it makes of the paragraphs, one after the other. The check after every fill holds some against `derive`.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from random import Random

from articles import rendering, search
from articles.typesetting import typeset
from benchmarks.words import Zipf, in_a_row, invent, sentence

VOCABULARY = 120_000
PARAGRAPHS = 4_000
SENTENCES_A_PARAGRAPH, WORDS_A_PARAGRAPH = 3, 52
# Half of the articles have fewer words, half more; a few reach ten times as many.
MEDIAN_WORDS, SPREAD, FEWEST, MOST = 380, 0.5, 120, 2_200
BETWEEN = "\n"
# The paragraphs in so many orders, none twice in one.
ORDERS = 100


@dataclass(frozen=True, slots=True)
class Paragraph:
    source: str
    printed: str
    folded: str
    word_count: int


@dataclass(frozen=True, slots=True)
class Text:
    source: str
    printed: str
    folded: str
    word_count: int


class Writer:
    """Writes headlines, sentences and texts; always the same ones, given the same chance."""

    def __init__(self, random: Random, vocabulary: int = VOCABULARY, paragraphs: int = PARAGRAPHS) -> None:
        self._random = random
        self.vocabulary = invent(vocabulary, random)
        self._words = Zipf(self.vocabulary, random)
        self._folded = {word: " ".join(search.words_of(word)) for word in self.vocabulary}
        self._sentences = [self._sentence(random.randint(10, 20)) for _ in range(paragraphs)]
        self._pool: list[Paragraph] = []
        self._headings: set[str] = set()
        for place in range(paragraphs):
            self._pool.append(self._paragraph(place))
        self._orders = [random.sample(self._pool, paragraphs) for _ in range(ORDERS)]

    def headline(self) -> tuple[str, str]:
        """The headline and its words as search and addresses have them."""
        words = self._words.some(self._random.randint(5, 11))
        return sentence(words).rstrip("."), self._fold(words)

    def standfirst(self) -> tuple[str, str]:
        """One or two sentences, and the same folded."""
        parts = in_a_row(self._sentences, 1 + (self._random.random() < 0.5), self._random)
        return " ".join([text for text, _ in parts]), " ".join([folded for _, folded in parts])

    def text(self) -> Text:
        words = min(MOST, max(FEWEST, self._random.lognormvariate(math.log(MEDIAN_WORDS), SPREAD)))
        count = min(round(words / WORDS_A_PARAGRAPH), len(self._pool))
        parts = in_a_row(self._random.choice(self._orders), max(2, count), self._random)
        return Text(
            BETWEEN.join([part.source for part in parts]),
            BETWEEN.join([part.printed for part in parts]),
            " ".join([part.folded for part in parts]),
            sum([part.word_count for part in parts]),
        )

    def _sentence(self, count: int) -> tuple[str, str]:
        words = self._words.some(count)
        return sentence(words), self._fold(words)

    def _fold(self, words: list[str]) -> str:
        return " ".join([self._folded[word] for word in words])

    def _paragraph(self, place: int) -> Paragraph:
        sentences = [self._sentence(self._random.randint(9, 25))[0] for _ in range(SENTENCES_A_PARAGRAPH)]
        source = f"<p>{self._marked(place, ' '.join(sentences))}</p>"
        if place % 12 == 5:
            source = f'<blockquote class="pullquote">{source}</blockquote>'
        if place % 4 == 0:
            source = f"<h2>{self._heading()}</h2>{BETWEEN}{source}"
        printed = typeset(rendering.render(source))
        plain = rendering.plain_text(printed)
        return Paragraph(source, printed, " ".join(search.words_of(plain)), rendering.word_count(printed))

    def _marked(self, place: int, text: str) -> str:
        first, _, rest = text.partition(" ")
        if place % 6 == 1:
            return f'{first} <a href="https://example.org/{place}">{rest[:40]}</a>{rest[40:]}'
        return f"{first} <em>{rest[:20]}</em>{rest[20:]}" if place % 6 == 3 else text

    def _heading(self) -> str:
        """No two of the pool have the same anchor: in one text, the second would be numbered."""
        while True:
            words = self._words.some(4)
            if (folded := self._fold(words)) not in self._headings:
                self._headings.add(folded)
                return " ".join(words).capitalize()

"""The front page put together: who stands where, and no story twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from itertools import accumulate
from typing import Any

from django.db.models import DateTimeField, Exists, OuterRef, QuerySet
from django.utils import timezone

from articles import recording
from articles.cards import cards, headlines
from articles.models import Article, Category, Placement
from articles.prepared import prepared

BREAKING = 3
SECONDARIES = 3
LATEST = 10
LATEST_AT_LEAST = 3
# What the column of the latest has room for: a headline's letters on a line, and the lines of them all.
LETTERS = 26
LINES = 40
MOST_READ = 5  # takes the places of as many of the latest
OPINION = 4
BLOCK = 5
OPINION_PATH = "opinion"
# Read of each section, so that its block is full though all that is newest stand further up the page.
BLOCK_DEPTH = 1 + BREAKING + SECONDARIES + LATEST + BLOCK

# How a block is set: by how many stories it has, and how many of them with a picture (at least that many).
RHYTHMS = {
    1: {1: ["single", "turned"]},
    2: {2: ["pair", "uneven"], 1: ["single", "turned"]},
    3: {3: ["across", "led"], 1: ["led"]},
    4: {4: ["led", "strip"], 1: ["led"]},
    5: {3: ["led", "across"], 1: ["led"]},
}


@dataclass(frozen=True)
class Block:
    category: Category
    articles: list[Article]
    rhythm: str = "text"

    @property
    def is_long(self) -> bool:
        """With so many stories that those beside the first one go without their standfirsts."""
        return len(self.articles) > 3


@dataclass(frozen=True)
class FrontPage:
    lead: Article | None
    secondaries: list[Article]
    latest: list[Article]
    opinion: list[Article]
    blocks: list[Block]
    breaking: list[Article] = field(default_factory=list)
    most_read: list[Article] = field(default_factory=list)

    @property
    def has_any(self) -> bool:
        return self.lead is not None


class Pile:
    """Articles' primary keys. Whoever takes one leaves none for the others."""

    def __init__(self) -> None:
        self.taken: set[int] = set()

    def left(self, pks: Iterable[int]) -> list[int]:
        return [pk for pk in dict.fromkeys(pks) if pk not in self.taken]

    def take(self, pks: Iterable[int], count: int) -> list[int]:
        chosen = self.left(pks)[:count]
        self.taken.update(chosen)
        return chosen


def compose(at: datetime | None = None, most_read: Iterable[int] = ()) -> FrontPage:
    """Placed articles first, then breaking news and the newest, then a block for each section that has
    something left.

    `most_read` are primary keys, the most read first.
    """
    at = at or timezone.now()
    placed, breaking, newest, sections = _placed(at), _breaking(at), _newest(at), _sections(at)
    pile = Pile()
    lead = pile.take([*placed["lead"], *breaking, *newest], 1)
    secondaries = pile.take([*placed["secondary"], *placed["lead"]], SECONDARIES)
    strip = pile.take(breaking, BREAKING)
    secondaries += pile.take(newest, SECONDARIES - len(secondaries))
    opinion = pile.take(_opinion(sections), OPINION)
    popular = pile.take(most_read, MOST_READ)
    latest = pile.take(_fitting(pile.left(newest), newest), LATEST - len(popular))
    if len(latest) + len(popular) < LATEST_AT_LEAST:
        # A column with a line or two in it looks forgotten.
        secondaries, latest, popular = [*secondaries, *latest, *popular], [], []
    blocks = [
        (section, pile.take(pks, BLOCK)) for section, pks in sections.items() if not _is_opinion(section)
    ]

    shown = _cards(pile.taken, [*lead, *opinion], placed["live"], at)

    def dealt(pks: list[int]) -> list[Article]:
        # One may have been withdrawn since its key was read.
        return [shown[pk] for pk in pks if pk in shown]

    return FrontPage(
        lead=next(iter(dealt(lead)), None),
        breaking=dealt(strip),
        secondaries=dealt(secondaries),
        latest=dealt(latest),
        opinion=dealt(opinion),
        most_read=dealt(popular),
        blocks=_set([(section, dealt(pks)) for section, pks in blocks]),
    )


def _cards(pks: set[int], signed: list[int], live: list[int], at: datetime) -> dict[int, Article]:
    """Of each what is shown of it; who wrote it only of a few."""
    found = headlines(pks.difference(signed), at) | cards(signed, at)
    for pk in live:
        if pk in found:
            found[pk].is_live = True
    return found


def _placed(at: datetime) -> dict[str, list[int]]:
    """What stands in each slot, and what of it is live."""
    placed: dict[str, list[int]] = {slot: [] for slot in [*Placement.Slot.values, "live"]}
    for slot, article, is_live in _current_placements(at=at):
        placed[slot].append(article)
        if is_live:
            placed["live"].append(article)
    return placed


@prepared(at=DateTimeField())
def _current_placements(at: Any) -> QuerySet[Placement, Any]:
    # Asked of each of the few placements, not the other way round.
    is_public = Exists(Article.objects.published(at).filter(pk=OuterRef("article")))
    return Placement.objects.current(at).filter(is_public).values_list("slot", "article", "is_live")


def _breaking(at: datetime) -> list[int]:
    # One more than the strip holds, for the one that leads.
    return [pk for _, pk in sorted(_all_breaking(at=at), reverse=True)[: BREAKING + 1]]


@prepared(at=DateTimeField())
def _all_breaking(at: Any) -> QuerySet[Article, Any]:
    # In no order: asked for one, SQLite would go through all that is published to find them.
    return Article.objects.breaking(at).order_by().values_list("published_at", "pk")


def _newest(at: datetime) -> dict[int, int]:
    """The newest, each with the lines that it takes in the column of the latest: one more for its time."""
    newest = _newest_headlines(at=at)
    return {pk: 2 + len(short or headline) // LETTERS for pk, headline, short in newest}


@prepared(at=DateTimeField())
def _newest_headlines(at: Any) -> QuerySet[Article, Any]:
    count = 1 + BREAKING + SECONDARIES + OPINION + LATEST
    newest = Article.objects.published(at).newest_first()
    return newest.values_list("pk", "headline", "short_headline")[:count]


def _fitting(pks: list[int], lines: dict[int, int]) -> list[int]:
    """As many as the column has room for, so that it ends where the stories beside it do."""
    heights = accumulate(lines[pk] for pk in pks)
    return [pk for pk, height in zip(pks, heights, strict=True) if height <= LINES]


def _sections(at: datetime) -> dict[Category, list[int]]:
    """The sections in their order, each with its newest articles."""
    sections = _with_newest(at=at)
    recording.note(*map(Category.objects.list_name, sections))
    return {section: [pk for (pk,) in section.newest] for section in sections}


@prepared(at=DateTimeField())
def _with_newest(at: Any) -> QuerySet[Category]:
    return Category.objects.active(at).top_level().in_order().with_newest(BLOCK_DEPTH, at)


def _opinion(sections: dict[Category, list[int]]) -> list[int]:
    return next((pks for section, pks in sections.items() if _is_opinion(section)), [])


def _is_opinion(section: Category) -> bool:
    return section.stored_path == OPINION_PATH


def _set(sections: Iterable[tuple[Category, list[Article]]]) -> list[Block]:
    """The blocks of those that have something to show, none in the rhythm of the one above it."""
    blocks: list[Block] = []
    for category, articles in sections:
        if articles:
            # Pictures lead; what is set in type follows, both as new as before.
            ordered = sorted(articles, key=lambda article: article.lead_image_id is None)
            before = blocks[-1].rhythm if blocks else ""
            blocks.append(Block(category, ordered, _rhythm(ordered, len(blocks), before)))
    return blocks


def _rhythm(articles: list[Article], place: int, before: str) -> str:
    pictured = sum(article.lead_image_id is not None for article in articles)
    by_pictures = RHYTHMS[min(len(articles), max(RHYTHMS))]
    ways = next((ways for least, ways in by_pictures.items() if pictured >= least), ["text"])
    ways = ways[place % len(ways) :] + ways[: place % len(ways)]
    return next((way for way in ways if way != before), ways[0])

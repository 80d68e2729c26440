"""The front page put together: who stands where, and no story twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from articles.models import Article, Category, Placement

SECONDARIES = 3
LATEST = 8
OPINION = 4
BLOCK = 5
OPINION_PATH = "opinion"
# Read of each section, so that its block is full though all that is newest stand further up the page.
BLOCK_DEPTH = 1 + SECONDARIES + LATEST + BLOCK


@dataclass(frozen=True)
class Block:
    category: Category
    articles: list[Article]


@dataclass(frozen=True)
class FrontPage:
    lead: Article | None
    secondaries: list[Article]
    latest: list[Article]
    opinion: list[Article]
    blocks: list[Block]

    @property
    def has_any(self) -> bool:
        return self.lead is not None


class Pile:
    """Articles' primary keys. Whoever takes one leaves none for the others."""

    def __init__(self) -> None:
        self.taken: set[int] = set()

    def take(self, pks: Iterable[int], count: int) -> list[int]:
        chosen = [pk for pk in dict.fromkeys(pks) if pk not in self.taken][:count]
        self.taken.update(chosen)
        return chosen


def compose(at: datetime | None = None) -> FrontPage:
    """Placed articles first, then the newest, then a block for each section that has something left."""
    at = at or timezone.now()
    placed, newest, sections = _placed(at), _newest(at), _sections(at)
    pile = Pile()
    lead = pile.take([*placed["lead"], *newest], 1)
    secondaries = pile.take([*placed["secondary"], *placed["lead"], *newest], SECONDARIES)
    opinion = pile.take(_opinion(sections), OPINION)
    latest = pile.take(newest, LATEST)
    blocks = [
        (section, pile.take(pks, BLOCK)) for section, pks in sections.items() if not _is_opinion(section)
    ]

    cards = Article.objects.published(at).for_cards().in_bulk(pile.taken)

    def dealt(pks: list[int]) -> list[Article]:
        # One may have been withdrawn since its key was read.
        return [cards[pk] for pk in pks if pk in cards]

    return FrontPage(
        lead=next(iter(dealt(lead)), None),
        secondaries=dealt(secondaries),
        latest=dealt(latest),
        opinion=dealt(opinion),
        blocks=[Block(section, articles) for section, pks in blocks if (articles := dealt(pks))],
    )


def _placed(at: datetime) -> dict[str, list[int]]:
    placed: dict[str, list[int]] = {slot: [] for slot in Placement.Slot.values}
    current = Placement.objects.current(at).filter(article__in=Article.objects.published(at))
    for slot, article in current.values_list("slot", "article"):
        placed[slot].append(article)
    return placed


def _newest(at: datetime) -> list[int]:
    count = 1 + SECONDARIES + OPINION + LATEST
    return list(Article.objects.published(at).newest_first().values_list("pk", flat=True)[:count])


def _sections(at: datetime) -> dict[Category, list[int]]:
    """The sections in their order, each with its newest articles."""
    sections = Category.objects.active(at).top_level().in_order().with_newest(BLOCK_DEPTH, at)
    places = [f"newest_{place}" for place in range(BLOCK_DEPTH)]
    return {section: [pk for name in places if (pk := getattr(section, name))] for section in sections}


def _opinion(sections: dict[Category, list[int]]) -> list[int]:
    return next((pks for section, pks in sections.items() if _is_opinion(section)), [])


def _is_opinion(section: Category) -> bool:
    return section.stored_path == OPINION_PATH

"""The articles of a synthetic archive and every row that hangs on them, in blocks ready to be written.

The rules are the application's; where they are spelled here once more, so that a million articles need no
query each, `checking` holds some of the outcome against the application's own.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import chain
from random import Random
from typing import Any, NamedTuple

from django.db import connection

from articles import related
from articles.models import (
    Article,
    Author,
    Category,
    Credit,
    Filing,
    FurtherCategory,
    Outlet,
    Permalink,
    RelatedArticle,
    Tag,
    Tagging,
)
from benchmarks.bulk import Row, Table
from benchmarks.indexing_process import Entry
from benchmarks.newsroom import Newsroom
from benchmarks.texts import Writer

BLOCK = 2_000
FIRST_DAY = datetime(2005, 1, 1, tzinfo=UTC)
SPARSE_ARTICLES = 25
MOST_SCHEDULED = 20
Status, Origin = Article.Status, Article.Origin

TABLES: dict[type, tuple[str, ...]] = {
    Article: (
        "id", "slug", "headline", "standfirst", "primary_category_id", "lead_image_id", "origin", "outlet_id",
        "original_language", "status", "published_at", "word_count", "created_by_id", "created_at",
        "updated_at", "import_ref", "body", "body_html",
    ),
    Permalink: ("path", "article_id", "created_at"),
    FurtherCategory: ("article_id", "category_id", "position"),
    Filing: ("article_id", "category_id", "listed_at"),
    Credit: ("article_id", "author_id", "role", "position", "listed_at"),
    Tagging: ("content_object_id", "tag_id", "listed_at"),
    RelatedArticle: ("article_id", "other_id", "position", "is_picked"),
}  # fmt: skip


class Place(NamedTuple):
    """What decides about the lists that an article stands in."""

    pk: int
    status: str
    published_at: Any
    categories: list[int]
    authors: list[int]
    tags: list[int]

    @property
    def listed_at(self) -> Any:
        return self.published_at if self.status == Status.PUBLISHED else None


@dataclass
class Block:
    rows: dict[type, list[Row]] = field(default_factory=lambda: {model: [] for model in TABLES})
    entries: list[Entry] = field(default_factory=list)


class Archive:
    """Writes articles from the oldest to the newest."""

    def __init__(self, size: int, newsroom: Newsroom, writer: Writer, random: Random, now: datetime) -> None:
        self.size, self._newsroom, self._writer, self._random, self._now = size, newsroom, writer, random, now
        self._scheduled_from = size - min(MOST_SCHEDULED, size // 100)
        self._sparse_step = max(1, size // SPARSE_ARTICLES)
        self._step = (now - FIRST_DAY) / (self._scheduled_from + 1)
        # The newest of each tag and each category so far: what later articles are related to.
        self._of_tag: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=related.KEPT))
        self._of_category: dict[int, deque[int]] = defaultdict(lambda: deque(maxlen=related.KEPT))

    def blocks(self) -> Iterator[Block]:
        for start in range(1, self.size + 1, BLOCK):
            block = Block()
            for pk in range(start, min(start + BLOCK, self.size + 1)):
                self._write(block, pk)
            yield block

    def _write(self, block: Block, pk: int) -> None:
        place = self._place(pk)
        headline, folded_headline = self._writer.headline()
        standfirst, folded_standfirst = self._writer.standfirst()
        text = self._writer.text()
        slug = f"{folded_headline.replace(' ', '-')[:180]}-{pk}"
        origin, outlet, language = self._origin(pk)
        image = 1 + int(self._random.random() * self._newsroom.images) if pk % 5 else None
        block.rows[Article].append((
            pk, slug, headline, standfirst, place.categories[0], image, origin, outlet, language,
            place.status, place.published_at, text.word_count, self._newsroom.people[pk % 5],
            place.published_at, place.published_at, f"synthetic:{pk}", text.source, text.printed,
        ))  # fmt: skip
        block.rows[Permalink].append((slug, pk, place.published_at))
        self._connect(block, place)
        if place.status == Status.PUBLISHED:
            names = self._names(place, outlet)
            block.entries.append((pk, folded_headline, folded_standfirst, names, text.folded))

    def _place(self, pk: int) -> Place:
        status = Status.PUBLISHED
        if pk <= self._scheduled_from:
            status = next((each for every, each in RARE_STATUSES if pk % every == every // 2), status)
        return Place(
            pk,
            status.value,
            connection.ops.adapt_datetimefield_value(self._published_at(pk)),
            self._categories(pk),
            self._newsroom.authors.distinct(1 + (self._random.random() < 0.2)),
            self._newsroom.tags.distinct(2 + int(self._random.random() * 5)),
        )

    def _published_at(self, pk: int) -> datetime:
        if pk > self._scheduled_from:
            return self._now + timedelta(days=1, minutes=pk - self._scheduled_from)
        return FIRST_DAY + self._step * (pk - self._random.random())

    def _categories(self, pk: int) -> list[int]:
        chosen = self._newsroom.categories.distinct(1 + (self._random.random() < 0.25))
        return [*chosen, self._newsroom.sparse] if pk % self._sparse_step == 0 else chosen

    def _origin(self, pk: int) -> tuple[str, int | None, str]:
        if pk % 4:
            return Origin.EXCLUSIVE.value, None, ""
        outlets = self._newsroom.outlets
        return Origin.TRANSLATION.value, outlets[pk // 4 % len(outlets)], "az"

    def _connect(self, block: Block, place: Place) -> None:
        rows, listed_at = block.rows, place.listed_at
        for position, category in enumerate(place.categories[1:]):
            rows[FurtherCategory].append((place.pk, category, position))
        for position, author in enumerate(place.authors):
            rows[Credit].append((place.pk, author, Credit.Role.WRITER.value, position, listed_at))
        for tag in place.tags:
            rows[Tagging].append((place.pk, tag, listed_at))
        if listed_at is None:
            return
        parents = self._newsroom.parents
        lists = dict.fromkeys([*place.categories, *filter(None, map(parents.get, place.categories))])
        for category in lists:
            rows[Filing].append((place.pk, category, listed_at))
        self._relate(block, place)

    def _relate(self, block: Block, place: Place) -> None:
        """To the newest that share a tag, the rarest tag first, and then to the newest of the section."""
        near = [self._of_tag[tag] for tag in sorted(place.tags, reverse=True)]
        near.append(self._of_category[place.categories[0]])
        others = list(dict.fromkeys(chain.from_iterable(near)))[: related.KEPT]
        for position, other in enumerate(others):
            block.rows[RelatedArticle].append((place.pk, other, position, False))
        for newest in near:
            newest.appendleft(place.pk)

    def _names(self, place: Place, outlet: int | None) -> str:
        names = self._newsroom.names
        return " ".join([
            *(names[Author, pk] for pk in place.authors),
            *(names[Category, pk] for pk in place.categories),
            *(names[Tag, pk] for pk in place.tags),
            *([names[Outlet, outlet]] if outlet else []),
        ])  # fmt: skip


# One in so many is not public.
RARE_STATUSES = ((97, Status.DRAFT), (151, Status.WITHDRAWN), (1009, Status.IN_REVIEW))


def tables() -> dict[type, Table]:
    return {model: Table(model, *columns) for model, columns in TABLES.items()}

"""Lists of articles, opened at any page at the same cost, however long they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cached_property
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from articles import recording
from articles.models import Article, Author, Category, Tag


class Listing:
    """The public articles of a category, an author or a tag, the newest first.

    How many there are, and in which month the page begins, is known from the tallies; only within that month
    is a line of the list's own index stepped over.
    """

    def __init__(self, owner: Category | Author | Tag, at: datetime | None = None) -> None:
        self.owner = owner
        self.at = at or timezone.now()

    def count(self) -> int:
        return sum(count for _, count in self._months) - self._scheduled

    def __getitem__(self, part: slice) -> list[Article]:
        month, skipped = self._way_to(part.start or 0)
        if month is None:
            return []
        lines = self._lines.filter(listed_at__lt=end_of(month)).order_by("-listed_at", "-article_pk")
        # Their keys first: cards are for the page alone, not for what is stepped over.
        keys = lines.values("article_pk")[skipped : skipped + part.stop - (part.start or 0)]
        cards = Article.objects.published(self.at).filter(pk__in=keys).for_cards()
        # Not newest_first(): that would be the list of them all, whose every change concerned the page.
        return list(cards.order_by("-published_at", "-pk"))

    def _way_to(self, place: int) -> tuple[date | None, int]:
        """The month in which that place of the list is, and how many lines of the month stand before it."""
        # Those that are scheduled stand at the head of the list already.
        skipped = place + self._scheduled
        for month, count in self._months:
            if skipped < count:
                return month, skipped
            skipped -= count
        return None, 0

    @cached_property
    def _months(self) -> list[tuple[date, int]]:
        # How long it is depends on every line of it.
        recording.note(type(self.owner).objects.list_name(self.owner))
        return list(self.owner.tallies.values_list("month", "count"))

    @cached_property
    def _scheduled(self) -> int:
        return self._lines.filter(listed_at__gt=self.at).count()

    @property
    def _lines(self) -> QuerySet[Any]:
        return type(self.owner).objects.lines_of(self.owner)


def end_of(month: date) -> datetime:
    next_month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime.combine(next_month, time(), UTC)

"""Lists of articles, opened at any page at the same cost, however long they are."""

from __future__ import annotations

from datetime import UTC, date, datetime, time
from functools import cache, cached_property
from typing import Any

from django.db.models import BigAutoField, DateTimeField, QuerySet
from django.utils import timezone

from articles import recording
from articles.cards import cards
from articles.models import Article, Author, Category, Tag
from articles.prepared import Question, prepared

Owner = Category | Author | Tag


class Listing:
    """The public articles of a category, an author or a tag, the newest first.

    How many there are, and in which month the page begins, is known from the tallies; only within that month
    is a line of the list's own index stepped over.
    """

    def __init__(self, owner: Owner, at: datetime | None = None) -> None:
        self.owner = owner
        self.at = at or timezone.now()

    def count(self) -> int:
        return sum(count for _, count in self._months) - self._scheduled

    def __getitem__(self, part: slice) -> list[Article]:
        month, skipped = self._way_to(part.start or 0)
        if month is None:
            return []
        lines = self._lines.filter(listed_at__lt=end_of(month)).order_by("-listed_at", "-article_pk")
        # Their keys alone: cards are for the page, not for what is stepped over.
        keys = lines.values_list("article_pk", flat=True)[skipped : skipped + part.stop - (part.start or 0)]
        shown = cards(keys, self.at)
        return [shown[pk] for pk in keys if pk in shown]

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
        return _tallies(type(self.owner))(owner=self.owner.pk)

    @cached_property
    def _scheduled(self) -> int:
        return len(_lines_after(type(self.owner))(owner=self.owner.pk, at=self.at))

    @property
    def _lines(self) -> QuerySet[Any]:
        return type(self.owner).objects.lines_of(self.owner)


@cache
def _tallies(kind: type[Owner]) -> Question:
    """How many lines the list of such an owner has in each month."""
    tallies: Any = kind._meta.get_field("tallies")
    return prepared(owner=BigAutoField())(
        lambda owner: tallies.related_model.objects.filter(**{tallies.field.name: owner}).values_list(
            "month", "count"
        )
    )


@cache
def _lines_after(kind: type[Owner]) -> Question:
    """What stands at the head of such a list before its time."""
    return prepared(owner=BigAutoField(), at=DateTimeField())(
        lambda owner, at: kind.objects.lines_of(owner).filter(listed_at__gt=at).values_list("pk")
    )


def end_of(month: date) -> datetime:
    next_month = date(month.year + month.month // 12, month.month % 12 + 1, 1)
    return datetime.combine(next_month, time(), UTC)

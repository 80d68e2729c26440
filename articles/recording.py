"""What a page shows, noted while its rows are read, so that a change of one of them finds the page again.

Two kinds of notes. A *thing* is a row that was loaded: "article:12". A *list* is a question whose answer may
change though no loaded row does: "filings:3" is what stands in category 3. Lists are ordered by time, and who
read the ten newest need not hear of a change among the older ones: that is what the span is for.

Nothing is noted unless somebody records. The names are those that the triggers of migration 0004 tell of.
"""

from __future__ import annotations

import math
from collections.abc import Collection, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Self

from django.db import models
from django.db.models.base import ModelState

# From when to when, in seconds since 1970.
Span = tuple[float, float]
EVER: Span = (-math.inf, math.inf)

EVERYTHING = "everything"
ARTICLES = "articles"
# A page that shows more is as well made anew at every change as looked up under all these names.
MOST_NAMES = 500


@dataclass
class Recording:
    shown: dict[str, Span] = field(default_factory=dict)
    ends_at: float = math.inf
    is_public: bool = False

    def note(self, name: str, span: Span = EVER) -> None:
        known = self.shown.get(name)
        self.shown[name] = (min(span[0], known[0]), max(span[1], known[1])) if known else span

    def end(self, moment: datetime | None) -> None:
        """Say that from that moment on the clock alone makes the page another one."""
        if moment is not None:
            self.ends_at = min(self.ends_at, moment.timestamp())

    def take(self, other: Recording) -> None:
        """Show what that one shows, too."""
        for name, span in other.shown.items():
            self.note(name, span)
        self.ends_at = min(self.ends_at, other.ends_at)

    @property
    def names(self) -> dict[str, Span]:
        """What the page is to be found under; everything finds every page."""
        return self.shown if len(self.shown) <= MOST_NAMES else {EVERYTHING: EVER}


_current: ContextVar[Recording | None] = ContextVar("recording", default=None)


@contextmanager
def record(recording: Recording) -> Iterator[Recording]:
    token = _current.set(recording)
    try:
        yield recording
    finally:
        _current.reset(token)


def current() -> Recording | None:
    return _current.get()


def note(*names: str) -> None:
    """Whatever happens under these names concerns the page that is being made, if there is one."""
    if recording := _current.get():
        for name in names:
            recording.note(name)


def note_stretch(name: str, *, since: datetime | None = None, until: datetime | None = None) -> None:
    """Only so much of the list was looked at: what moves outside does not matter."""
    if recording := _current.get():
        low = since.timestamp() if since else -math.inf
        recording.note(name, (low, until.timestamp() if until else math.inf))


def ends(moment: datetime | None) -> None:
    if recording := _current.get():
        recording.end(moment)


class Recorded(models.Model):
    """A thing that pages show. Noted when it is made, whichever way its row was read."""

    # What was drawn of it, by how; nothing where it is not remembered (see `prepared`).
    drawn: dict[Hashable, Any] | None = None

    class Meta:
        abstract = True

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._note()

    @classmethod
    def from_db(  # type: ignore[override]
        cls, db: str | None, field_names: Collection[str], values: Collection[Any]
    ) -> Self:
        """A row as it was read, without Django's look at every field and the signals that nobody here hears.

        A field that was not read is simply not there, which is how Django knows that it is deferred.
        """
        thing = cls.__new__(cls)
        thing._state = ModelState()
        thing._state.adding, thing._state.db = False, db
        thing.__dict__.update(zip(field_names, values, strict=True))
        thing._note()
        return thing

    def _note(self) -> None:
        if (recording := _current.get()) and self.pk is not None:
            recording.note(f"{self._meta.model_name}:{self.pk}")


class RecordedQuerySet(models.QuerySet[Any]):
    """Notes which list was read, and how far."""

    _list = ""

    def _clone(self) -> Self:
        clone = super()._clone()  # type: ignore[misc]
        clone._list = self._list
        return clone

    def listing(self, name: str) -> Self:
        """These rows are a list of that name, which may hold what is only given when it is asked for."""
        clone = self._clone()
        clone._list = name
        return clone

    def _fetch_all(self) -> None:
        is_new = self._result_cache is None
        super()._fetch_all()  # type: ignore[misc]
        if is_new and (recording := _current.get()):
            self._note(recording, self._result_cache or [])  # type: ignore[arg-type]

    def count(self) -> int:
        note(*filter(None, [self._list]))
        return super().count()

    def exists(self) -> bool:
        note(*filter(None, [self._list]))
        return super().exists()

    def _note(self, recording: Recording, rows: list[Any], **given: Any) -> None:
        # The names of columns; what is computed beside them is for whoever computes it to note.
        if fields := self.query.values_select:
            self._note_values(recording, fields, rows)
        if self._list:
            recording.note(self._list.format(**given), self._span(rows))

    def _note_values(self, recording: Recording, fields: tuple[str, ...], rows: list[Any]) -> None:
        """Rows that were read as mere values are things all the same; without a key, nobody knows which."""
        place = next((fields.index(name) for name in ("pk", "id") if name in fields), None)
        if place is None or (rows and isinstance(rows[0], dict)):
            recording.note(EVERYTHING)
            return
        for row in rows:
            recording.note(f"{self.model._meta.model_name}:{row[place] if isinstance(row, tuple) else row}")

    def _span(self, rows: list[Any]) -> Span:
        """As far as the list was read from the newest on, where it goes on after that."""
        limit = None if self.query.high_mark is None else self.query.high_mark - self.query.low_mark
        is_by_time = self.query.order_by[:1] in (("-listed_at",), ("-published_at",))
        if not rows or len(rows) != limit or not is_by_time:
            return EVER
        last = getattr(rows[-1], "listed_at", None) or getattr(rows[-1], "published_at", None)
        return (last.timestamp(), math.inf) if isinstance(last, datetime) else EVER

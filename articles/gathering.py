"""Rows of other tables that come along with a row, in the statement that reads it.

A prefetch asks once more for each relation, and most of what a page costs is asking. Here the database
writes each relation's rows as one JSON array beside the row. What is read of it stands where a prefetch would
put it: `article.credits.all()` and its like ask nothing. Pages say `along(article, "credits")`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

from django.db.models import DateTimeField, JSONField, Model, QuerySet, Subquery
from django.db.models.functions import JSONArray

Line = list[Any]
# Where Django has an instance keep what was prefetched of it.
PREFETCHED = "_prefetched_objects_cache"


class Rows(Subquery):
    """The rows of a query in their order, as one JSON array of the fields' values."""

    output_field = JSONField()
    # An order within the aggregate itself is not to be had before SQLite 3.44; that of its rows is kept.
    template = "(SELECT json_group_array(json(line)) FROM (%(subquery)s) AS lines)"

    def __init__(self, rows: QuerySet[Any], *fields: str) -> None:
        super().__init__(rows.values(line=_Columns(*fields)))

    def as_postgresql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        template = "(SELECT coalesce(json_agg(line)::text, '[]') FROM (%(subquery)s) AS lines)"
        return super().as_sql(compiler, connection, template=template)


class _Columns(JSONArray):
    """One row. PostgreSQL writes it at once: its other form of JSON is for what is kept and searched."""

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> tuple[str, tuple[Any, ...]]:
        return self.as_sql(compiler, connection, function="json_build_array", **context)


@dataclass(frozen=True)
class Gathered:
    """A relation whose rows come along: its name, their model, how they name whose they are, their fields.

    The fields may reach through foreign keys ("author__name"); whatever else is asked of such a row is
    fetched then, as of any row that was read in part.
    """

    name: str
    model: type[Model]
    owner: str
    fields: tuple[str, ...]

    @property
    def column(self) -> str:
        return f"{self.name}_rows"

    @cached_property
    def reader(self) -> Reader:
        return Reader(self.model, self.fields)

    def unpack(self, things: Iterable[Model]) -> None:
        """Put what came along with each of the things where a prefetch would put it."""
        for thing in things:
            lines = thing.__dict__.pop(self.column)
            cache = thing.__dict__.get(PREFETCHED)
            if not isinstance(cache, Along):  # nothing is there yet, or what was prefetched
                cache = thing.__dict__[PREFETCHED] = Along(thing.pk, cache or {})
            cache.rows[self.name] = self, [self.reader.read(line) for line in lines]

    def queryset_of(self, pk: Any, rows: list[Any]) -> QuerySet[Any]:
        """What the relation's manager would answer with."""
        queryset: Any = self.model._default_manager.filter(**{self.owner: pk})
        queryset._result_cache, queryset._prefetch_done = rows, True
        return queryset  # type: ignore[no-any-return]


class Along(dict[str, QuerySet[Any]]):
    """What came along with the thing of that key; made a queryset for a manager that is asked for it."""

    def __init__(self, pk: Any, prefetched: dict[str, QuerySet[Any]]) -> None:
        super().__init__(prefetched)
        self.pk = pk
        self.rows: dict[str, tuple[Gathered, list[Any]]] = {}

    def __missing__(self, name: str) -> QuerySet[Any]:
        relation, rows = self.rows[name]
        self[name] = relation.queryset_of(self.pk, rows)
        return self[name]

    def pop(self, name: str, *default: Any) -> Any:  # type: ignore[override] # as a manager does that adds a row
        self.rows.pop(name, None)
        return super().pop(name, *default)


def along(thing: Model, name: str) -> Sequence[Any]:
    """The rows of that relation: as `.all()` of its manager, which takes far longer to make than to ask."""
    cache = thing.__dict__.get(PREFETCHED)
    if isinstance(cache, Along) and name in cache.rows:
        return cache.rows[name][1]
    return getattr(thing, name).all()  # type: ignore[no-any-return]


class Reader:
    """Makes instances of lines of values, each knowing those that its foreign keys lead to."""

    def __init__(self, model: type[Model], fields: tuple[str, ...]) -> None:
        self.model = model
        places = {name: place for place, name in enumerate(fields)}
        # In the model's own order, which is the one that from_db() takes values in.
        own = [field for field in model._meta.concrete_fields if field.name in places]
        self.names = [field.attname for field in own]
        self.places = [places[field.name] for field in own]
        self.moments = {places[field.name] for field in own if isinstance(field, DateTimeField)}
        beyond: dict[str, dict[str, int]] = {}
        for name, place in places.items():
            key, reaches_on, rest = name.partition("__")
            if reaches_on:
                beyond.setdefault(key, {})[rest] = place
        self.beyond = {
            key: (list(names.values()), Reader(model._meta.get_field(key).related_model, tuple(names)))  # type: ignore[arg-type]
            for key, names in beyond.items()
        }

    def read(self, line: Line) -> Model:
        values = [_moment(line[place]) if place in self.moments else line[place] for place in self.places]
        thing = self.model.from_db(None, self.names, values)
        for key, (places, reader) in self.beyond.items():
            parts = [line[place] for place in places]
            setattr(thing, key, None if parts[0] is None else reader.read(parts))
        return thing


def _moment(text: str | None) -> datetime | None:
    """Text is all that JSON has for one. SQLite keeps it in UTC and does not say so."""
    if text is None:
        return None
    moment = datetime.fromisoformat(text)
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)

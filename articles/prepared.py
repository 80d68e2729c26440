"""Questions that are put together once, and what was made of their rows.

Django makes the SQL anew whenever a queryset is asked, and objects anew of every row. For a page that takes
many times as long as the answer of the database. Here a queryset is written as always, with Given where a
value is to come; what is made of it is kept for as long as the process lives.

    @prepared(slug=models.SlugField())
    def by_slug(slug):
        return Article.objects.filter(slug=slug)

    by_slug(slug="baku")  # a list of articles
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any
from weakref import WeakKeyDictionary

from django.db import DEFAULT_DB_ALIAS, DatabaseError, connections
from django.db.models import Field, IntegerField, Model, QuerySet
from django.db.models.expressions import Expression
from django.db.models.query import ModelIterable, get_related_populators

from articles import recording
from articles.recording import RecordedQuerySet, Recording

Row = tuple[Any, ...]
# A card takes some 10 kB as it is remembered, with all that hangs on it.
MOST_REMEMBERED = 1000
# PostgreSQL's codes for "no such statement" and "there is one of that name", which only a pooler brings
# about, and "cached plan must not change result type", after a migration.
UNKNOWN_STATEMENT = ("26000", "42P05", "0A000")

_remembered: dict[tuple[Ready, Row], Model] = {}


def forget() -> None:
    """Make everything anew. To be called when something has changed.

    No row is taken for another one, changed or not; but what was not read with it, and is asked of it later,
    would stay as it was.
    """
    _remembered.clear()


class Given(Expression):
    """A value that will only be known when the question is asked; or many, of those that JSON knows."""

    def __init__(self, name: str, field: Field, *, many: bool = False) -> None:
        super().__init__(output_field=field)
        self.name, self.many = name, many

    def __str__(self) -> str:
        return f"{{{self.name}}}"

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        return ("(SELECT value FROM json_each(%s))" if self.many else "%s"), [self]

    def as_postgresql(self, compiler: Any, connection: Any) -> Any:
        return (f"(SELECT unnest(%s::{self.type_in(connection)}))" if self.many else "%s"), [self]

    def value_for(self, connection: Any, values: dict[str, Any]) -> Any:
        """What the driver is handed."""
        value = values[self.name]
        if not self.many:
            return self.field.get_db_prep_value(value, connection)
        if connection.vendor != "postgresql":
            return json.dumps(list(value))
        # An array as it is spelled: the driver would look at each number by itself.
        return f"{{{','.join(map(str, value))}}}" if isinstance(self.field, IntegerField) else list(value)

    def type_in(self, connection: Any) -> str:
        """Without the length that a column may have: a value that is longer equals none."""
        kind = str(self.field.db_type(connection)).partition("(")[0]
        return f"{kind}[]" if self.many else kind


class Question:
    """Answers with a list: of instances, or of tuples where the queryset was one of values_list()."""

    def __init__(self, ask: Callable[..., QuerySet[Any]], given: Iterable[Given], remembers: bool) -> None:
        self._ask, self._given, self._remembers = ask, tuple(given), remembers
        self._ready: dict[str, Ready] = {}

    def __call__(self, **values: Any) -> list[Any]:
        return self.ask(**values).answer()

    def ask(self, **values: Any) -> Asked:
        """Have it answered by and by: a database that is a server works while we do something else."""
        connection = connections[DEFAULT_DB_ALIAS]
        ready = self._ready.get(connection.vendor)
        if ready is None:
            with recording.record(Recording()) as noted:
                queryset = self._ask(**{each.name: each for each in self._given})
            ready = self._ready[connection.vendor] = Ready(queryset, noted, self._remembers, connection)
        return Asked(ready, connection, values)

    def first(self, **values: Any) -> Any:
        """The first of the answers, or None."""
        return next(iter(self(**values)), None)


def prepared(
    *, remembers: bool = False, many: Sequence[str] = (), **fields: Field
) -> Callable[[Callable[..., QuerySet[Any]]], Question]:
    """Make a question of the function that builds its queryset, each argument a value of such a field.

    Where a field's name is among `many`, it is given as a list and asked for by `__in`. Who `remembers` gives
    the same answer to the same row without making it again: for what stands on many pages.
    """
    given = [Given(name, field, many=name in many) for name, field in fields.items()]
    return lambda ask: Question(ask, given, remembers)


class Ready:
    """A queryset with its SQL."""

    def __init__(self, queryset: QuerySet[Any], noted: Recording, remembers: bool, connection: Any) -> None:
        self.queryset, self.noted, self.remembers = queryset, noted, remembers
        self.compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = self.compiler.as_sql()
        self.given = {each.name: each for each in parameters if isinstance(each, Given)}
        names = [each.name if isinstance(each, Given) else f"fixed_{n}" for n, each in enumerate(parameters)]
        # By name: so nobody looks through the whole statement for the places of its values each time.
        self.sql = _filled(sql, [f"%({name})s" for name in names])
        self.fixed = {n: each for n, each in zip(names, parameters, strict=True) if n not in self.given}
        self.converters = self.compiler.get_converters([column for column, *_ in self.compiler.select])
        self.makes_models = issubclass(queryset._iterable_class, ModelIterable)  # type: ignore[attr-defined]
        if self.makes_models:
            self._lay_out(self.compiler.select, self.compiler.klass_info)
        self.planned = (
            Planned(sql, parameters, [*self.given.values()]) if connection.vendor == "postgresql" else None
        )

    def _lay_out(self, select: list[Any], information: dict[str, Any]) -> None:
        """Where in a row the fields of the instance are, those of what it refers to, and annotations."""
        places = information["select_fields"]
        self.own = slice(places[0], places[-1] + 1)
        self.names = [column.target.attname for column, *_ in select[self.own]]
        self.beyond = get_related_populators(information, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg] # as of 6.1
        self.along = self.compiler.annotation_col_map

    def answer(self, rows: list[Row], values: dict[str, Any]) -> list[Any]:
        answers: list[Any]
        if not self.makes_models:
            answers = [*map(tuple, self.compiler.apply_converters(rows, self.converters))]
        elif self.remembers:
            answers = self._recalled(rows)
        else:
            answers = list(self._made(rows))
        if page := recording.current():
            page.take(self.noted)
            if isinstance(self.queryset, RecordedQuerySet):
                self.queryset._note(page, answers, **values)
        return answers

    def _made(self, rows: list[Row]) -> Iterator[Model]:
        """Instances, as Django's ModelIterable makes them; what it looks up each time is known already."""
        for row in self.compiler.apply_converters(rows, self.converters):
            thing = self.queryset.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.own])
            for related in self.beyond:
                related.populate(row, thing)
            for name, place in self.along.items():
                setattr(thing, name, row[place])
            for relation in getattr(self.queryset, "_gathered", ()):
                relation.unpack([thing])
            yield thing

    def _recalled(self, rows: list[Row]) -> list[Model]:
        known = [_remembered.get((self, row)) for row in rows]
        made = iter(self._remember([row for row, thing in zip(rows, known, strict=True) if thing is None]))
        return [_lent(thing or next(made)) for thing in known]

    def _remember(self, rows: list[Row]) -> list[Model]:
        if len(_remembered) + len(rows) > MOST_REMEMBERED:
            forget()
        made, new = self._made(rows), []
        for row in rows:
            with recording.record(Recording()) as shows:
                new.append(next(made))
            new[-1].__dict__ |= {"shows": shows, "drawn": {}}
            _remembered[self, row] = new[-1]
        return new


class Asked:
    """A question under way, by what the session has prepared where it has."""

    def __init__(self, ready: Ready, connection: Any, values: dict[str, Any]) -> None:
        self._ready, self._connection, self._values = ready, connection, values
        # Once each, however often the statement has it.
        self._given = {name: each.value_for(connection, values) for name, each in ready.given.items()}
        self._cursor = self._asking()

    def answer(self) -> list[Any]:
        """Instances or tuples, as the queryset says. To be called once."""
        return self._ready.answer(self._rows(), self._values)

    def _asking(self) -> Any:
        planned = self._ready.planned
        if planned and Planned.is_of_use:
            try:
                return planned.asking(self._connection, self._given)
            except DatabaseError as fault:
                planned.give_up(fault)
        cursor = self._connection.cursor()
        cursor.execute(self._ready.sql, self._ready.fixed | self._given)
        return cursor

    def _rows(self) -> list[Row]:
        try:
            with self._cursor as cursor:
                return cursor.fetchall()
        except DatabaseError as fault:
            if self._ready.planned is None:
                raise
            self._ready.planned.give_up(fault)
        with self._asking() as cursor:
            return cursor.fetchall()


class Planned:
    """A statement that PostgreSQL plans once a connection: planning takes it longer than answering.

    A pooler between us and the server may hand us another session each time, which knows nothing of it; from
    the first time that happens, everything is planned each time.
    """

    _sessions: WeakKeyDictionary[Any, set[str]] = WeakKeyDictionary()
    _numbers = itertools.count(1)
    is_of_use = True

    def __init__(self, sql: str, parameters: Sequence[Any], given: list[Given]) -> None:
        self.name = f"prepared_{next(self._numbers)}"
        self.given = given
        numbers = {each.name: f"${place}" for place, each in enumerate(given, 1)}
        marks = (numbers[each.name] if isinstance(each, Given) else "%s" for each in parameters)
        self.sql = _filled(sql, marks)
        self.fixed = [each for each in parameters if not isinstance(each, Given)]
        places = ", ".join(["%s"] * len(self.given))
        self.ask = f"EXECUTE {self.name} ({places})" if places else f"EXECUTE {self.name}"

    def asking(self, connection: Any, given: dict[str, Any]) -> Any:
        """A cursor of this session, which knows the whole question from now on; by the driver's values."""
        connection.close_if_health_check_failed()
        connection.ensure_connection()
        cursor = connection.prepared_cursor(self.name)
        self._make_known(connection)
        cursor.execute(self.ask, [given[each.name] for each in self.given])
        return cursor

    def _make_known(self, connection: Any) -> None:
        session = connection.connection
        known = self._sessions.setdefault(session, set())
        if self.name not in known:
            types = ", ".join(each.type_in(connection) for each in self.given)
            head = f"PREPARE {self.name} ({types}) AS " if types else f"PREPARE {self.name} AS "
            # By the driver's own cursor: this is no question of the page that happens to come first.
            with connection.wrap_database_errors:
                if not known:
                    # Or it goes on planning, wherever a value seems to make a better plan possible.
                    session.execute("SET plan_cache_mode = force_generic_plan")
                session.execute(head + self.sql, self.fixed)
            known.add(self.name)

    @staticmethod
    def give_up(fault: DatabaseError) -> None:
        """Stop it where the session did not know the statement; raise the fault where that was not it."""
        if getattr(fault.__cause__, "sqlstate", None) not in UNKNOWN_STATEMENT:
            raise fault
        Planned.is_of_use = False


def _filled(sql: str, marks: Iterable[str]) -> str:
    """The statement with these in the places of its values, one after another."""
    before, *after = sql.split("%s")
    return before + "".join(f"{mark}{text}" for mark, text in zip(marks, after, strict=True))


def _lent(thing: Model) -> Any:
    """A copy to say more of; what belongs to the original is shared and not to be changed."""
    if page := recording.current():
        page.take(thing.__dict__["shows"])
    mine = thing.__class__.__new__(thing.__class__)
    mine.__dict__ = dict(thing.__dict__)
    return mine

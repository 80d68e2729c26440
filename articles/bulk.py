"""Rows of a relation by the thousand, past the making of objects. Triggers and constraints hold as ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Model
from django.db.models.constants import OnConflict

# What SQLite takes in a statement is more; beyond that nothing is gained.
VALUES_A_STATEMENT = 800

Row = Sequence[Any]


def insert(
    model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, ignore_conflicts: bool = False
) -> None:
    """Write rows that have a value for each of the columns; the others are left to the database."""
    start, end = _statement(model, columns, OnConflict.IGNORE if ignore_conflicts else None)
    place = f"({', '.join(['%s'] * len(columns))})"
    adapted, at_once = _adapted(model, columns, rows), VALUES_A_STATEMENT // len(columns)
    with connection.cursor() as cursor:
        insert_some_at_once(cursor, start, place, adapted, at_once, end)


def insert_some_at_once(
    cursor: Any, start: str, place: str, rows: Iterable[Row], at_once: int, end: str = ""
) -> None:
    """Run the statement for so many rows at a time, each in its `place`: a sign for every value."""
    waiting = iter(rows)
    while some := list(islice(waiting, at_once)):
        places = ", ".join([place] * len(some))
        cursor.execute(f"{start} {places} {end}", list(chain.from_iterable(some)))


def _statement(model: type[Model], columns: Sequence[str], conflict: OnConflict | None) -> tuple[str, str]:
    names = map(connection.ops.quote_name, columns)
    start = connection.ops.insert_statement(on_conflict=conflict)
    table = connection.ops.quote_name(model._meta.db_table)
    return (
        f"{start} {table} ({', '.join(names)}) VALUES",
        connection.ops.on_conflict_suffix_sql([], conflict, [], []) if conflict else "",
    )


def _adapted(model: type[Model], columns: Sequence[str], rows: Iterable[Row]) -> Iterable[Row]:
    """With moments as the database's driver takes them."""
    moments = {field.column for field in model._meta.fields if isinstance(field, DateTimeField)}
    places = [place for place, column in enumerate(columns) if column in moments]
    for row in rows:
        values = list(row)
        for place in places:
            values[place] = connection.ops.adapt_datetimefield_value(values[place])
        yield values

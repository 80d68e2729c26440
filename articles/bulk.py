"""Rows of a relation by the thousand, past the making of objects. Triggers and constraints hold as ever."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import chain, islice
from typing import Any

from django.db import connection
from django.db.models import DateTimeField, Model
from django.db.models.constants import OnConflict

# What SQLite takes in a statement is more; beyond that nothing is gained. PostgreSQL takes arrays.
VALUES_A_STATEMENT = 800
VALUES_IN_ARRAYS = 40_000

Row = Sequence[Any]


def insert(
    model: type[Model], columns: Sequence[str], rows: Iterable[Row], *, ignore_conflicts: bool = False
) -> None:
    """Write rows that have a value for each of the columns; the others are left to the database."""
    start, end = _statement(model, columns, OnConflict.IGNORE if ignore_conflicts else None)
    adapted = _adapted(model, columns, rows)
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            _insert_columns(cursor, start, _types(model, columns), adapted, end)
        else:
            place = f"({', '.join(['%s'] * len(columns))})"
            at_once = VALUES_A_STATEMENT // len(columns)
            insert_some_at_once(cursor, f"{start} VALUES", place, adapted, at_once, end)


def _insert_columns(cursor: Any, start: str, types: list[str], rows: Iterable[Row], end: str) -> None:
    """Each column as one array: its driver takes longer to find a place for each value than to write it."""
    arrays = ", ".join(f"%s::{kind}[]" for kind in types)
    waiting = iter(rows)
    while some := list(islice(waiting, VALUES_IN_ARRAYS // len(types))):
        values = [list(column) for column in zip(*some, strict=True)]
        cursor.execute(f"{start} SELECT * FROM unnest({arrays}) {end}", values)  # noqa: S608 (names of ours)


def _types(model: type[Model], columns: Sequence[str]) -> list[str]:
    """Without the lengths: a value that is too long is to be refused, not cut."""
    fields = {field.column: field for field in model._meta.fields}
    return [str(fields[column].db_type(connection)).partition("(")[0] for column in columns]


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
        f"{start} {table} ({', '.join(names)})",
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

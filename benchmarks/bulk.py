"""Rows by the million, past the ORM. Indexes and triggers are put away meanwhile, and back as they were."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from django.core.management.color import no_style
from django.db import connection
from django.db.models import Model

from articles.bulk import insert_some_at_once

Row = Sequence[Any]


# A statement for each row would cost more than the row; and a statement takes so many values.
ROWS_A_STATEMENT, VALUES_A_STATEMENT = 200, 4_000


class Table:
    """A model's table, of which some columns vary and all others hold what an unsaved object has."""

    def __init__(self, model: type[Model], *columns: str) -> None:
        self.name = model._meta.db_table
        blank = model()
        fields = [field for field in model._meta.concrete_fields if not field.generated]
        fixed = [field for field in fields if field.column not in columns and not field.primary_key]
        self._fixed = tuple(
            field.get_db_prep_save(field.pre_save(blank, True), connection) for field in fixed
        )
        self._width = len(columns)
        self._columns = ", ".join(
            map(connection.ops.quote_name, [*columns, *(str(field.column) for field in fixed)])
        )

    def write(self, rows: Iterable[Row]) -> None:
        with connection.cursor() as cursor:
            if connection.vendor == "postgresql":
                self._copy(cursor, rows)
            else:
                self._insert(cursor, rows)

    def _copy(self, cursor: Any, rows: Iterable[Row]) -> None:
        with cursor.copy(f"COPY {self.name} ({self._columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row((*row, *self._fixed))

    def _insert(self, cursor: Any, rows: Iterable[Row]) -> None:
        literals = _literals(cursor, self._fixed)
        row = f"({', '.join([*['?'] * self._width, *literals])})"
        start = f"INSERT INTO {self.name} ({self._columns}) VALUES"
        at_once = min(ROWS_A_STATEMENT, VALUES_A_STATEMENT // self._width)
        # By the driver itself, in its own spelling: Django's takes a third of the time to make it that.
        insert_some_at_once(connection.connection.cursor(), start, row, rows, at_once)


def _literals(cursor: Any, values: Row) -> list[str]:
    """As they are spelled in a statement."""
    if not values:
        return []
    cursor.execute(f"SELECT {', '.join(['quote(%s)'] * len(values))}", values)
    return list(cursor.fetchone())


def run(*statements: str) -> None:
    with connection.cursor() as cursor:
        for statement in statements:
            # Without parameters, so that no percent sign is looked for.
            cursor.execute(statement, None)


@contextmanager
def laid_bare(*models: type[Model]) -> Iterator[None]:
    """Without the indexes and triggers of these models' tables.

    What keeps rows unique stays, and so do PostgreSQL's indexes of words.
    To be used outside transactions: PostgreSQL hands the tables to nobody else before the end of one.
    """
    tables = [model._meta.db_table for model in models]
    put_away, put_back = (_sqlite if connection.vendor == "sqlite" else _postgresql)(tables)
    run(*put_away)
    try:
        yield
    finally:
        run(*put_back)
        run(*connection.ops.sequence_reset_sql(no_style(), list(models)))


SQLITE_PACE = {
    "journal_mode": ("MEMORY", "WAL"),
    "synchronous": ("OFF", "NORMAL"),
    "cache_size": (-400_000, -2_000),
    "foreign_keys": ("OFF", "ON"),
    "threads": (2, 0),
}


def _sqlite(tables: list[str]) -> tuple[list[str], list[str]]:
    known = _ask(
        "SELECT type, name, sql FROM sqlite_master WHERE type IN ('index', 'trigger')"
        " AND sql NOT LIKE 'CREATE UNIQUE%%' AND tbl_name",
        tables,
    )
    # An index takes along what the planner was told of it.
    told = _ask("SELECT tbl, idx, stat FROM sqlite_stat1 WHERE tbl", tables)
    values = (f"('{table}', '{index}', '{stat}')" for table, index, stat in told)
    tell = (f"INSERT INTO sqlite_stat1 VALUES {row}" for row in values)  # noqa: S608 (its own words)
    drops = (f'DROP {kind} "{name}"' for kind, name, _ in known)
    fast = (f"PRAGMA {name} = {value}" for name, (value, _) in SQLITE_PACE.items())
    usual = (f"PRAGMA {name} = {value}" for name, (_, value) in SQLITE_PACE.items())
    again = (sql for _, _, sql in known)
    return [*fast, *drops], [*again, *tell, "ANALYZE sqlite_schema", *usual]


def _postgresql(tables: list[str]) -> tuple[list[str], list[str]]:
    known = _ask(
        "SELECT i.indexrelid::regclass::text, pg_get_indexdef(i.indexrelid)"
        " FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid"
        " JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_am a ON a.oid = c.relam"
        " WHERE NOT i.indisunique AND a.amname != 'gin' AND t.relname",
        tables,
    )
    # As a replica it runs no triggers, those that keep foreign keys neither. An index of words takes as long
    # to be built as to be added to, and building it is one session's work, adding to it several sessions'.
    return (
        [*(f"DROP INDEX {name}" for name, _ in known), "SET session_replication_role = replica"],
        [
            "SET maintenance_work_mem = '512MB'",
            *(sql for _, sql in known),
            "RESET maintenance_work_mem",
            "SET session_replication_role = origin",
        ],
    )


def _ask(question: str, tables: list[str]) -> list[Any]:
    places = ", ".join(["%s"] * len(tables))
    with connection.cursor() as cursor:
        cursor.execute(f"{question} IN ({places})", tables)
        return cursor.fetchall()

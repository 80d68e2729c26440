"""The full text indexes, built by a process of its own beside the one that writes the rows.

On SQLite, which has one writer a file, they are built in another one and their pages then taken over; on
PostgreSQL the process copies the entries, and the server computes their vectors on another core.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from multiprocessing.connection import Connection
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from articles.models import SearchEntry
from benchmarks.bulk import Table
from benchmarks.indexing_process import COLUMNS, INDEXES, Entry, copy_postgresql, index_sqlite

# What FTS5 keeps an index in. Their settings stay the ones of the site's own.
SHADOWS = ("data", "idx")


# So many blocks may wait for the process: who writes the rows need not.
MOST_WAITING = 8


class Indexer:
    def __init__(self, pipe: Connection, table: Table | None, sender: ThreadPoolExecutor) -> None:
        self._pipe, self._table, self._sender = pipe, table, sender
        self._waiting: deque[Future[None]] = deque()

    def take(self, entries: list[Entry]) -> None:
        if self._table:
            self._table.write(entries)
        self._send(entries)
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()

    def finish(self) -> None:
        self._send(None)
        while self._waiting:
            self._waiting.popleft().result()

    def _send(self, entries: list[Entry] | None) -> None:
        self._waiting.append(self._sender.submit(self._pipe.send, entries))


@contextmanager
def indexer() -> Iterator[Indexer]:
    """Takes entries, block by block; at the end all of them are in the index."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    with TemporaryDirectory(prefix="azemedia-index-") as folder, ThreadPoolExecutor(1) as sender:
        file = Path(folder) / "index.sqlite3"
        is_sqlite = connection.vendor == "sqlite"
        target, task = (_sqlite_task(file), index_sqlite) if is_sqlite else (_parameters(), copy_postgresql)
        process = processes.Process(target=task, args=(theirs, *target), daemon=True)
        process.start()
        theirs.close()
        try:
            index = Indexer(ours, Table(SearchEntry, *COLUMNS) if is_sqlite else None, sender)
            yield index
            index.finish()
            process.join()
            if process.exitcode:
                raise RuntimeError("The process that builds the full text index has failed.")
            if is_sqlite:
                _take_over(file)
        finally:
            process.kill()
            process.join()
            ours.close()


def _sqlite_task(file: Path) -> tuple[Path, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name IN (%s, %s)", INDEXES)
        return file, [sql for (sql,) in cursor.fetchall()]


def _parameters() -> tuple[dict[str, Any]]:
    known = connection.get_connection_params()
    return ({name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known},)


def _take_over(file: Path) -> None:
    """By a connection of its own: ours would go on believing that its index is empty."""
    name = connection.settings_dict["NAME"]
    database = sqlite3.connect(str(name), uri=str(name).startswith("file:"), isolation_level=None)
    database.execute("PRAGMA synchronous = OFF")
    database.execute("ATTACH ? AS built", [str(file)])
    for table in (f"{index}_{shadow}" for index in INDEXES for shadow in SHADOWS):
        database.execute(f"DELETE FROM main.{table}")  # noqa: S608 (names of ours)
        database.execute(f"INSERT INTO main.{table} SELECT * FROM built.{table}")  # noqa: S608
    database.close()

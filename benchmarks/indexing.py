"""The full text indexes, built by processes of their own beside the one that writes the rows.

On SQLite, which has one writer a file, they are built in another one and their pages then taken over; on
PostgreSQL processes copy the entries, each by a session of its own, and the server takes their texts apart.
"""

from __future__ import annotations

import multiprocessing
import sqlite3
from collections import deque
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import cycle
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.db import connection

from articles.models import SearchEntry
from benchmarks.bulk import Table
from benchmarks.indexing_process import COLUMNS, INDEXES, Entry, copy_postgresql, index_sqlite

# What FTS5 keeps an index in. Their settings stay the ones of the site's own.
SHADOWS = ("data", "idx")


# So many blocks may wait for the processes: who writes the rows need not.
MOST_WAITING = 8
# On PostgreSQL, beside the one that writes the rows: right for two cores, not tried on more.
SESSIONS = 2


class Indexer:
    def __init__(self, pipes: list[Connection], table: Table | None, sender: ThreadPoolExecutor) -> None:
        self._pipes, self._table, self._sender = pipes, table, sender
        self._next = cycle(pipes)
        self._waiting: deque[Future[None]] = deque()

    def take(self, entries: list[Entry]) -> None:
        if self._table:
            self._table.write(entries)
        self._send(next(self._next), entries)
        if len(self._waiting) > MOST_WAITING:
            self._waiting.popleft().result()

    def finish(self) -> None:
        for pipe in self._pipes:
            self._send(pipe, None)
        while self._waiting:
            self._waiting.popleft().result()

    def _send(self, pipe: Connection, entries: list[Entry] | None) -> None:
        self._waiting.append(self._sender.submit(pipe.send, entries))


@contextmanager
def indexer() -> Iterator[Indexer]:
    """Takes entries, block by block; at the end all of them are in the index."""
    if connection.vendor == "postgresql":
        with _indexer(None, SESSIONS, copy_postgresql, _parameters()) as index:
            yield index
        return
    with TemporaryDirectory(prefix="azemedia-index-") as folder:
        file = Path(folder) / "index.sqlite3"
        with _indexer(Table(SearchEntry, *COLUMNS), 1, index_sqlite, *_sqlite_task(file)) as index:
            yield index
        _take_over(file)


@contextmanager
def _indexer(
    table: Table | None, processes: int, task: Callable[..., None], *given: Any
) -> Iterator[Indexer]:
    """Of so many processes, which are waited for at the end of the block, and killed if that fails."""
    with ThreadPoolExecutor(1) as sender, ExitStack() as stack:
        started = [stack.enter_context(_process(task, *given)) for _ in range(processes)]
        index = Indexer([pipe for pipe, _ in started], table, sender)
        yield index
        index.finish()
        for _, process in started:
            process.join()
            if process.exitcode:
                raise RuntimeError("A process that builds the full text index has failed.")


@contextmanager
def _process(task: Callable[..., None], *given: Any) -> Iterator[tuple[Connection, BaseProcess]]:
    """With our end of the pipe that it takes entries from."""
    processes = multiprocessing.get_context("spawn")
    ours, theirs = processes.Pipe()
    process = processes.Process(target=task, args=(theirs, *given), daemon=True)
    process.start()
    theirs.close()
    try:
        yield ours, process
    finally:
        process.kill()
        process.join()
        ours.close()


def _sqlite_task(file: Path) -> tuple[Path, list[str]]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT sql FROM sqlite_master WHERE name IN (%s, %s)", INDEXES)
        return file, [sql for (sql,) in cursor.fetchall()]


def _parameters() -> dict[str, Any]:
    known = connection.get_connection_params()
    return {name: known[name] for name in ("dbname", "user", "password", "host", "port") if name in known}


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

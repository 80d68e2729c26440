"""What the process that builds the full text indexes runs. Imports no Django: it starts in no time."""

from __future__ import annotations

import sqlite3
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Entry = tuple[int, str, str, str, str]
COLUMNS = ("article_id", "headline", "standfirst", "names", "text")
INDEXES = ("articles_search", "articles_search_headlines")
# Collected in memory before it is sorted into the index.
HASH_BYTES = 1 << 26
# On PostgreSQL so many kilobytes of words wait before they are sorted into the index, with room for four
# times as many. Where they waited stays empty in its file.
PENDING = 1 << 16


def index_sqlite(pipe: Connection, file: Path, definitions: list[str]) -> None:
    database = sqlite3.connect(file, isolation_level=None)
    database.executescript("PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF")
    for definition in definitions:
        database.execute(definition)
    database.execute("BEGIN")
    for index in INDEXES:
        database.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('hashsize', ?)", [HASH_BYTES])  # noqa: S608
    whole = "INSERT INTO articles_search (rowid, headline, standfirst, names, text) VALUES (?, ?, ?, ?, ?)"
    headline = "INSERT INTO articles_search_headlines (rowid, headline) VALUES (?, ?)"
    for entries in iter(pipe.recv, None):
        database.executemany(whole, entries)
        database.executemany(headline, [entry[:2] for entry in entries])
    database.execute("COMMIT")
    database.close()


def copy_postgresql(pipe: Connection, parameters: dict[str, Any]) -> None:
    import psycopg

    with psycopg.connect(**parameters) as database:
        database.execute("SET session_replication_role = replica")
        database.execute(f"SET gin_pending_list_limit = {PENDING}; SET work_mem = {4 * PENDING}")
        with database.cursor().copy(f"COPY articles_searchentry ({', '.join(COLUMNS)}) FROM STDIN") as copy:
            for entries in iter(pipe.recv, None):
                for entry in entries:
                    copy.write_row(entry)

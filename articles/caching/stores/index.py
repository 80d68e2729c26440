"""Which page shows what: a small SQLite file beside the pages, of no value without them."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from articles.caching.stores.base import Told
from articles.recording import EVERYTHING, Span

FRESH, STALE = 1, 0
# No page takes so long to make.
REMEMBERED = 600.0

SCHEMA = """
CREATE TABLE fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE page (
    id INTEGER PRIMARY KEY, key TEXT UNIQUE, state INTEGER, ends_at REAL, size INTEGER, modified INTEGER
);
CREATE INDEX page_end ON page (ends_at) WHERE state = 1;
CREATE TABLE shows (
    name TEXT, page INTEGER, low REAL, high REAL, PRIMARY KEY (name, page)
) WITHOUT ROWID;
CREATE INDEX shows_page ON shows (page);
CREATE TABLE mark (id INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT, at REAL, is_hard INTEGER, made_at REAL);
CREATE TABLE total (pages INTEGER, bytes INTEGER);
INSERT INTO total VALUES (0, 0);
CREATE TRIGGER page_comes AFTER INSERT ON page BEGIN
    UPDATE total SET pages = pages + 1, bytes = bytes + NEW.size;
END;
CREATE TRIGGER page_goes AFTER DELETE ON page BEGIN
    UPDATE total SET pages = pages - 1, bytes = bytes - OLD.size;
    DELETE FROM shows WHERE page = OLD.id;
END;
"""
SHOWING = """
    SELECT page.key FROM shows JOIN page ON page.id = shows.page
    WHERE shows.name = ? AND (? IS NULL OR (shows.low <= ? AND ? <= shows.high)) AND page.state >= ?
"""


class Index:
    """Used by one at a time: `stores.disk` sees to that, between threads and between processes."""

    def __init__(self, path: Path) -> None:
        self.database = sqlite3.connect(path, isolation_level=None, check_same_thread=False, timeout=2)

    def begin(self) -> None:
        """Make it what it is to be, where it is new. Raises sqlite3.Error where the file is another."""
        self.database.execute("PRAGMA journal_mode=WAL")
        # Nothing here outlives the machine's next start, so nothing has to reach the disk.
        self.database.execute("PRAGMA synchronous=OFF")
        if not self.database.execute("SELECT 1 FROM sqlite_master WHERE name = 'total'").fetchone():
            # No generation comes again, not even where the file was made anew meanwhile.
            self.database.executescript(f"BEGIN IMMEDIATE; {SCHEMA}")
            first = time.time_ns() // 1000
            self.database.execute("INSERT INTO sqlite_sequence VALUES ('mark', ?)", [first])
            self.database.execute("COMMIT")

    def close(self) -> None:
        """To be called whatever happened: left to itself it holds on to its file, though that be removed."""
        self.database.close()

    @contextmanager
    def change(self) -> Iterator[None]:
        with ExitStack() as undo:
            self.database.execute("BEGIN IMMEDIATE")
            # Also where there is no room to commit, or nothing could ever be begun again.
            undo.callback(self.database.rollback)
            yield
            self.database.execute("COMMIT")
            undo.pop_all()

    def fact(self, name: str) -> str | None:
        row = self.database.execute("SELECT value FROM fact WHERE name = ?", [name]).fetchone()
        return row[0] if row else None

    def note_facts(self, facts: dict[str, str]) -> None:
        self.database.executemany("INSERT OR REPLACE INTO fact VALUES (?, ?)", facts.items())

    def generation(self) -> int:
        row = self.database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'mark'").fetchone()
        return row[0] if row else 0

    def marks_since(self, generation: int) -> list[Told] | None:
        """What was forgotten since; None where that is no longer known."""
        rows = self.database.execute(
            "SELECT id, name, at, is_hard FROM mark WHERE id > ? ORDER BY id", [generation]
        ).fetchall()
        # They are numbered without gaps: some are missing if the first one is not the next.
        if self.generation() - generation != len(rows):
            return None
        return [Told(name, at, bool(is_hard)) for _, name, at, is_hard in rows]

    def mark(self, changes: list[Told]) -> None:
        now = time.time()
        self.database.executemany(
            "INSERT INTO mark (name, at, is_hard, made_at) VALUES (?, ?, ?, ?)",
            [(each.name, each.at, each.is_hard, now) for each in changes],
        )
        self.database.execute("DELETE FROM mark WHERE made_at < ?", [now - REMEMBERED])

    def concerned(self, changes: list[Told]) -> dict[str, bool]:
        """The pages that show one of the changes, and whether even a copy of them is to go."""
        found: dict[str, bool] = {}
        # Pages that are found under everything mind whatever it is.
        whatever = Told(EVERYTHING, None, any(each.is_hard for each in changes))
        for change in [*changes, whatever] if changes else []:
            for key in self._showing(change, is_all=change.name == EVERYTHING and change is not whatever):
                found[key] = change.is_hard or found.get(key, False)
        return found

    def _showing(self, change: Told, *, is_all: bool) -> list[str]:
        # An old copy cannot become any older.
        least = STALE if change.is_hard else FRESH
        rows = (
            self.database.execute("SELECT key FROM page WHERE state >= ?", [least])
            if is_all
            else self.database.execute(SHOWING, [change.name, *[change.at] * 3, least])
        )
        return [key for (key,) in rows]

    def add(self, key: str, ends_at: float, size: int, modified: int, shown: dict[str, Span]) -> None:
        self.remove([key])
        page = self.database.execute(
            "INSERT INTO page (key, state, ends_at, size, modified) VALUES (?, ?, ?, ?, ?)",
            [key, FRESH, ends_at, size, modified],
        ).lastrowid
        self.database.executemany(
            "INSERT INTO shows VALUES (?, ?, ?, ?)", [(name, page, *span) for name, span in shown.items()]
        )

    def remove(self, keys: Iterable[str]) -> None:
        self.database.executemany("DELETE FROM page WHERE key = ?", [(key,) for key in keys])

    def retire(self, keys: Iterable[str]) -> None:
        self.database.executemany("UPDATE page SET state = 0 WHERE key = ?", [(key,) for key in keys])

    def fresh_count(self) -> int:
        count: int = self.database.execute("SELECT count(*) FROM page WHERE state = 1").fetchone()[0]
        return count

    def retire_all(self) -> None:
        self.database.execute("UPDATE page SET state = 0 WHERE state = 1")

    def remove_all(self) -> None:
        # First, or each page would look for its own among them.
        self.database.execute("DELETE FROM shows")
        self.database.execute("DELETE FROM page")

    def modified(self, key: str) -> int:
        row = self.database.execute("SELECT modified FROM page WHERE key = ?", [key]).fetchone()
        return row[0] if row else 0

    def keys(self) -> list[str]:
        return [key for (key,) in self.database.execute("SELECT key FROM page ORDER BY id")]

    def over(self, now: float) -> list[str]:
        rows = self.database.execute("SELECT key FROM page WHERE state = 1 AND ends_at <= ?", [now])
        return [key for (key,) in rows]

    def too_many(self, most_pages: int, most_bytes: int) -> list[str]:
        """The oldest ones that have no room any more, some in one go; old copies first."""
        pages, size = self.database.execute("SELECT pages, bytes FROM total").fetchone()
        if pages <= most_pages and size <= most_bytes:
            return []
        goal_pages, goal_bytes = most_pages * 0.95, most_bytes * 0.95
        keys = []
        for key, weight in self.database.execute("SELECT key, size FROM page ORDER BY state, id"):
            if pages <= goal_pages and size <= goal_bytes:
                break
            keys.append(key)
            pages, size = pages - 1, size - weight
        return keys

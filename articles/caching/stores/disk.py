"""Pages as files that nginx can serve, too, with a small index beside them.

    DATA_DIR/pages/fresh/category/news/index.br  index.gzip  index.page     /category/news/
                                       page=3.br ...                        /category/news/?page=3
                  /stale/...                                                as they were
                  /index.sqlite3  alone  turns

Whoever changes anything holds the lock on `alone`, which ends with the process. A page is written beside its
place and moved there whole. Its rows in the index come before its files and go after them: a process that is
killed in between leaves rows without files, which harm nobody, and never a file that no change would find.
"""

from __future__ import annotations

import fcntl
import logging
import os
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from django.conf import settings

from articles.caching.release import release
from articles.caching.stores.base import CODINGS, Page, Told, checksum, read_page, unpacked
from articles.caching.stores.index import Index
from articles.caching.stores.memory import Memory
from articles.caching.stores.turns import Turns
from articles.recording import Span

log = logging.getLogger(__name__)

MANIFEST = "page"
PARTS = (*CODINGS, MANIFEST)
# How long anybody waits for the lock: nobody holds it for more than some milliseconds.
PATIENCE = 3.0
# So many pages at once, and nearly all there are: quicker together than one by one.
MANY, NEARLY_ALL = 500, 0.9
GONE = "gone-"
# A file that was not moved to its place by then never will be.
UNFINISHED = 60.0
BOOT = Path("/proc/sys/kernel/random/boot_id")
FAULTS = (OSError, sqlite3.Error)


class DiskStore:
    def __init__(self, root: Path) -> None:
        self.root = str(root)
        self.fresh = f"{root}/fresh"
        self.old = f"{root}/stale"
        self.memory = Memory(settings.PAGE_CACHE_MEMORY)
        self._threads = threading.RLock()
        self._index: Index | None = None
        self._inode = self._process = 0
        self._told_at = float("-inf")
        # Of two releases at work beside each other, the older one keeps nothing any more.
        self._began_at, self._is_outdated = time.time(), False
        turns = Turns(root / "turns")
        self.take_turn, self.end_turn, self.wait_turn = turns.take, turns.end, turns.wait

    # What is asked all the time ------------------------------------------------------------------

    def find(self, key: str, coding: str) -> Page | None:
        place = f"{self.fresh}{_name(key)}"
        try:
            status = os.stat(f"{place}.{MANIFEST}")
        except OSError:
            return None
        sign = status.st_ino, status.st_mtime_ns
        page = self.memory.get(key, sign)
        if page is None or coding not in page.bodies:
            page = self._load(place, coding, page)
            if page is None:
                return None
            self.memory.put(key, sign, page)
        return page if page.ends_at > time.time() else None

    def stale(self, key: str, coding: str) -> Page | None:
        name = _name(key)
        # One whose time is over stands where it was until somebody sweeps.
        return self._load(f"{self.old}{name}", coding) or self._load(f"{self.fresh}{name}", coding)

    def _load(self, place: str, coding: str, page: Page | None = None) -> Page | None:
        """What was written whole, or nothing: a page that is torn is made anew."""
        try:
            fresh, sums = read_page(Path(f"{place}.{MANIFEST}").read_bytes())
            stored = coding if coding in CODINGS else CODINGS[-1]
            body = Path(f"{place}.{stored}").read_bytes()
        except (OSError, ValueError):
            return None
        if checksum(body) != sums[stored]:
            return None
        if page is None or page.modified != fresh.modified:
            page = fresh
        page.bodies[coding] = body if coding == stored else unpacked(body)
        return page

    def all_keys(self) -> list[str]:
        with self._alone() as index:
            return index.keys()

    # What changes something ----------------------------------------------------------------------

    def generation(self) -> int | None:
        try:
            with self._threads:
                if self._index is not None and self._is_ours():
                    return self._index.generation()
                with self._alone() as index:
                    return index.generation()
        except FAULTS:
            self._trouble("The index of pages does not answer")
            return None

    def keep(self, key: str, page: Page, shown: dict[str, Span], generation: int) -> bool:
        try:
            written = self._write(page)
        except OSError:
            self._trouble("A page could not be written")
            return False
        try:
            with self._alone() as index:
                return self._publish(index, key, page, shown, generation, written)
        except FAULTS:
            self._trouble("A page could not be kept")
            return False
        finally:
            for part in written.values():
                with suppress(OSError):
                    os.unlink(part)

    def drop(self, key: str) -> None:
        places = [f"{folder}{_name(key)}" for folder in (self.fresh, self.old)]
        if not any(os.path.exists(f"{place}.{MANIFEST}") for place in places):
            return
        try:
            with self._alone() as index, index.change():
                self._remove(index, [key])
        except FAULTS:
            self._trouble("A page could not be dropped in good order")
            for place in places:
                _unlink(place)

    def forget(self, changes: Iterable[Told]) -> None:
        told = list(dict.fromkeys(changes))
        try:
            with self._alone() as index, index.change():
                concerned = index.concerned(told)
                if len(concerned) > MANY and len(concerned) >= NEARLY_ALL * index.fresh_count():
                    self._retire_all(index, is_hard=any(concerned.values()))
                else:
                    self._retire(index, [key for key, is_hard in concerned.items() if not is_hard])
                    self._remove(index, [key for key, is_hard in concerned.items() if is_hard])
                index.mark(told)
        except FAULTS:
            self._trouble("Pages could not be forgotten one by one, so all are")
            self.clear()

    def sweep(self, now: float) -> list[str]:
        try:
            with self._alone() as index, index.change():
                keys = index.over(now)
                self._retire(index, keys)
        except FAULTS:
            self._trouble("Pages whose time is over could not be put away")
            return []
        self._tidy(now)
        return keys

    def clear(self) -> None:
        """Begin anew with nothing, whatever state it is in. Raises OSError where not even that can be."""
        with self._threads:
            self._close()
            for folder in (self.fresh, self.old, f"{self.root}/new"):
                shutil.rmtree(folder, ignore_errors=True)
            if os.path.isdir(self.fresh):
                raise OSError(f"{self.fresh} cannot be removed")
            # Last: other processes look whether the index that they have open is still this one.
            for suffix in ("-wal", "-shm", ""):
                Path(f"{self.index_path}{suffix}").unlink(missing_ok=True)

    def _write(self, page: Page) -> dict[str, str]:
        """The bodies, where nobody looks for them yet."""
        os.makedirs(f"{self.root}/new", exist_ok=True)
        written = {}
        for coding in CODINGS:
            handle, written[coding] = tempfile.mkstemp(dir=f"{self.root}/new")
            with open(handle, "wb") as file:
                file.write(page.bodies[coding])
        return written

    def _publish(
        self,
        index: Index,
        key: str,
        page: Page,
        shown: dict[str, Span],
        generation: int,
        written: dict[str, str],
    ) -> bool:
        marks = index.marks_since(generation)
        size = sum(len(page.bodies[coding]) for coding in CODINGS)
        if (
            self._is_outdated
            or size > settings.PAGE_CACHE_BYTES
            or marks is None
            or any(mark.concerns(shown) for mark in marks)
        ):
            return False
        # Validators tell versions of the same second apart.
        page.modified = max(int(time.time()), index.modified(key) + 1)
        with index.change():
            self._remove(index, [key])
            room = settings.PAGE_CACHE_PAGES - 1, settings.PAGE_CACHE_BYTES - size
            self._remove(index, index.too_many(*room))
            index.add(key, page.ends_at, size, page.modified, shown)
        self._move_in(f"{self.fresh}{_name(key)}", page, written)
        return True

    def _move_in(self, place: str, page: Page, written: dict[str, str]) -> None:
        os.makedirs(os.path.dirname(place), exist_ok=True)
        for coding in CODINGS:
            os.chmod(written[coding], 0o644)  # nginx runs as somebody else
            os.utime(written[coding], (page.modified, page.modified))
            os.replace(written[coding], f"{place}.{coding}")
        sums = {coding: checksum(page.bodies[coding]) for coding in CODINGS}
        handle, manifest = tempfile.mkstemp(dir=f"{self.root}/new")
        with open(handle, "wb") as file:
            file.write(page.to_bytes(sums))
        os.replace(manifest, f"{place}.{MANIFEST}")

    def _remove(self, index: Index, keys: list[str]) -> None:
        for key in keys:
            for folder in (self.fresh, self.old):
                _unlink(f"{folder}{_name(key)}")
        index.remove(keys)

    def _retire(self, index: Index, keys: list[str]) -> None:
        for key in keys:
            name = _name(key)
            try:
                os.makedirs(os.path.dirname(f"{self.old}{name}"), exist_ok=True)
                for part in reversed(PARTS):
                    with suppress(FileNotFoundError):  # it is an old copy already
                        os.replace(f"{self.fresh}{name}.{part}", f"{self.old}{name}.{part}")
            except OSError:  # no room even for that
                _unlink(f"{self.fresh}{name}")
        index.retire(keys)

    def _retire_all(self, index: Index, *, is_hard: bool) -> None:
        """What is on every page has changed: the whole folder goes in one go, not file by file."""
        gone = tempfile.mkdtemp(dir=self.root, prefix=GONE)
        with suppress(FileNotFoundError):
            os.rename(self.old, f"{gone}/stale")
        with suppress(FileNotFoundError):
            os.rename(self.fresh, f"{gone}/fresh" if is_hard else self.old)
        if is_hard:
            index.remove_all()
        else:
            index.retire_all()

    def _tidy(self, now: float) -> None:
        """Remove what was put out of the way, and what killed processes were about to write."""
        for folder in Path(self.root).glob(f"{GONE}*"):
            shutil.rmtree(folder, ignore_errors=True)
        with suppress(FileNotFoundError), os.scandir(f"{self.root}/new") as unfinished:
            for file in unfinished:
                with suppress(FileNotFoundError):
                    if file.stat().st_mtime < now - UNFINISHED:
                        os.unlink(file.path)

    # Alone, and with the right index -------------------------------------------------------------

    @property
    def index_path(self) -> str:
        return f"{self.root}/index.sqlite3"

    @contextmanager
    def _alone(self) -> Iterator[Index]:
        with self._threads:
            os.makedirs(self.root, exist_ok=True)
            with open(f"{self.root}/alone", "w") as file:
                _lock(file.fileno())
                yield self._opened()

    def _opened(self) -> Index:
        """The index, which another process may have made anew."""
        if self._index is None or not self._is_ours():
            self._close()
            self._index = self._open()
            self._process, self._inode = os.getpid(), os.stat(self.index_path).st_ino
        return self._index

    def _is_ours(self) -> bool:
        """Opened by this process, and still the one that all go by."""
        try:
            return self._process == os.getpid() and os.stat(self.index_path).st_ino == self._inode
        except FileNotFoundError:
            return False

    def _open(self) -> Index:
        """Nothing is kept of another release, or of before a start of the machine."""
        state = f"{release()} {_boot()}"
        index = Index(Path(self.index_path))
        known, since = self._written_in(index)
        self._is_outdated = known != state and since > self._began_at
        if known == state or self._is_outdated:
            return index
        index.close()
        # Of pages that a new index does not know of, no change would ever hear.
        self.clear()
        return self._begun(state)

    def _written_in(self, index: Index) -> tuple[str | None, float]:
        """Of which release and start its pages are, and since when; of none where it is broken."""
        try:
            index.begin()
            return index.fact("state"), float(index.fact("since") or 0)
        except sqlite3.DatabaseError:
            self._trouble("The index of pages is broken")
            return None, 0.0

    def _begun(self, state: str) -> Index:
        index = Index(Path(self.index_path))
        with ExitStack() as undo:
            undo.callback(index.close)
            index.begin()
            index.note_facts({"state": state, "since": str(time.time())})
            undo.pop_all()
        return index

    def _close(self) -> None:
        if self._index is not None and self._process == os.getpid():
            with suppress(sqlite3.Error):
                self._index.close()
        self._index = None

    def _trouble(self, what: str) -> None:
        """Once a minute is enough: pages are served all the same."""
        if time.monotonic() > self._told_at + 60:
            self._told_at = time.monotonic()
            log.exception("%s", what)


def _name(key: str) -> str:
    path, _, query = key.partition("?")
    return f"{path if path[-1] == '/' else f'{path}/'}{query or 'index'}"


def _unlink(place: str) -> None:
    """The manifest first: without it, nothing is found."""
    for part in reversed(PARTS):
        with suppress(FileNotFoundError, NotADirectoryError):
            os.unlink(f"{place}.{part}")
    with suppress(OSError):  # other pages are in there
        os.rmdir(os.path.dirname(place))


def _lock(handle: int) -> None:
    until = time.monotonic() + PATIENCE
    while True:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            if time.monotonic() > until:
                raise
            time.sleep(0.002)
        else:
            return


def _boot() -> str:
    """Another one after each start of the machine: what a power cut leaves half written is not believed."""
    try:
        return BOOT.read_text().strip()
    except OSError:
        return ""

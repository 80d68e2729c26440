"""A site for one measurement: a folder, a database of its own, and the environment that names them."""

from __future__ import annotations

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import gettempdir
from typing import Any

from benchmarks.processes import FailedError, free_port, last_words, running, said, wait_for

PYTHON = sys.executable
BLOCK = 8 * 1024 * 1024
KEPT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH")


@dataclass(frozen=True)
class Site:
    folder: Path
    database_url: str

    @property
    def log(self) -> Path:
        return self.folder / "log.txt"

    @property
    def environment(self) -> dict[str, str]:
        inherited = {name: os.environ[name] for name in KEPT if name in os.environ}
        return inherited | {
            "DJANGO_SETTINGS_MODULE": "azemedia.settings",
            "DATA_DIR": str(self.folder),
            # Whatever is put away for a while goes with the site, also from a process that is killed.
            "TMPDIR": str(self.folder),
            "DATABASE_URL": self.database_url,
            "SECRET_KEY": "for a benchmark only: nobody signs anything with these words",
            "ALLOWED_HOSTS": "localhost,127.0.0.1",
            "SITE_URL": "http://localhost:8000",
            "LOG_LEVEL": "WARNING",
            "PYTHONUNBUFFERED": "1",
        }

    def read_through(self) -> None:
        """Have the machine read the database's files once, so that its memory holds what it can of them."""
        files = [*self.folder.glob("benchmark.sqlite3*"), *self.folder.glob("postgresql/data/base/**/*")]
        for each in filter(Path.is_file, files):
            with suppress(FileNotFoundError), each.open("rb") as file:  # a server puts some away now and then
                while file.read(BLOCK):
                    pass

    def ask(self, *arguments: str) -> str:
        """What `python -m benchmarks ...` writes, run in a fresh process on this site."""
        return said([PYTHON, "-m", "benchmarks", *arguments], self.environment, self.log)

    def manage(self, *arguments: str) -> str:
        return said([PYTHON, "manage.py", *arguments], self.environment, self.log)


@contextmanager
def site(folder: Path, database: str) -> Iterator[Site]:
    """An empty site, migrated; its database server, if it has one, runs as long as the block."""
    folder.mkdir(parents=True)
    if database == "sqlite":
        yield _prepared(Site(folder, f"sqlite:////{folder / 'benchmark.sqlite3'}".replace("/////", "////")))
        return
    with postgresql(folder / "postgresql", folder / "postgresql.txt") as url:
        yield _prepared(Site(folder, url))


@contextmanager
def postgresql(folder: Path, log: Path) -> Iterator[str]:
    """A cluster of its own, in the foreground, so that it ends with us. Its address."""
    programs = _postgresql_programs()
    # PostgreSQL refuses to run as root.
    person: dict[str, Any] = (
        {"user": "postgres", "group": "postgres", "extra_groups": []} if os.getuid() == 0 else {}
    )
    folder.mkdir()
    if person:
        shutil.chown(folder, "postgres", "postgres")
        _open_the_way_to(folder)
    environment = {name: os.environ[name] for name in KEPT if name in os.environ}
    initdb = [
        programs / "initdb", "--pgdata", folder / "data", "--username", "azemedia", "--auth", "trust",
        "--encoding", "UTF8", "--no-sync",
    ]  # fmt: skip
    with running([str(each) for each in initdb], environment, log=log, cwd=folder, **person) as making:
        if making.wait():
            raise FailedError(f"initdb failed:\n{last_words(log)}")
    port = free_port()
    server = [programs / "postgres", "-D", folder / "data", "-k", folder, "-h", "127.0.0.1", "-p", port]
    tuned = ("-c", "shared_buffers=512MB", "-c", "max_wal_size=4GB", "-c", "random_page_cost=1.1")
    command = [*(str(each) for each in server), *tuned]
    with running(command, environment, log=log, farewell=signal.SIGINT, cwd=folder, **person) as process:
        wait_for(port, process, log)
        yield f"postgres://azemedia@127.0.0.1:{port}/postgres"


def _prepared(site: Site) -> Site:
    site.manage("migrate", "--verbosity", "0")
    return site


def _postgresql_programs() -> Path:
    """Debian keeps them out of the path, in a folder per version."""
    found = shutil.which("initdb")
    if found:
        return Path(found).parent
    versions = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=_version)
    if not versions:
        raise FailedError("PostgreSQL's initdb was not found: install postgresql, or use DATABASE=sqlite.")
    return versions[-1].parent


def _open_the_way_to(folder: Path) -> None:
    """A temporary folder is its owner's alone; another user passes through, but reads nothing."""
    for parent in folder.parents:
        if parent == Path(gettempdir()):
            break
        parent.chmod(parent.stat().st_mode | 0o011)


def _version(program: Path) -> float:
    return float(program.parent.parent.name)

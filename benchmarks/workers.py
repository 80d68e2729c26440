"""How long a web worker takes to start, and what memory it holds once it has served every kind of page."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks.processes import free_port, running, said, wait_for
from benchmarks.serving import UNCACHED, fetch
from benchmarks.sites import PYTHON, Site

STARTS = 3
REQUESTS_A_PAGE = 15
ROLLUP = re.compile(r"^(Rss|Pss):\s+(\d+) kB", re.MULTILINE)


def measure(site: Site, paths: Iterable[str]) -> dict[str, Any]:
    loading = median(_loading(site) for _ in range(STARTS))
    answering = median(_answering(site) for _ in range(STARTS))
    return {"loads_s": round(loading, 2), "answers_s": round(answering, 2), **_memory(site, list(paths))}


def _loading(site: Site) -> float:
    """A fresh interpreter until the application stands."""
    began = time.perf_counter()
    said([PYTHON, "-c", "import azemedia.wsgi"], site.environment, site.log)
    return time.perf_counter() - began


def _answering(site: Site) -> float:
    """The server with one worker until the first page is there."""
    port = free_port()
    environment = site.environment | UNCACHED | {"PORT": str(port), "WEB_CONCURRENCY": "1"}
    began = time.perf_counter()
    with running([PYTHON, "-m", "gunicorn", "azemedia.wsgi"], environment, log=site.log) as process:
        wait_for(port, process, site.log)
        fetch(f"http://127.0.0.1:{port}/")
        return time.perf_counter() - began


def _memory(site: Site, paths: list[str]) -> dict[str, Any]:
    """Megabytes of a worker: its own and its share of what it has in common (PSS), and all it sees."""
    port = free_port()
    environment = site.environment | {"PORT": str(port)}
    with running([PYTHON, "-m", "gunicorn", "azemedia.wsgi"], environment, log=site.log) as process:
        wait_for(port, process, site.log)
        for number in range(REQUESTS_A_PAGE):
            for path in paths:
                # With a parameter that means nothing, and without: kept pages and rendered ones.
                fetch(f"http://127.0.0.1:{port}{path}{'' if number % 3 else _nothing(path, number)}")
        workers = children(process.pid)
        held = [held_by(pid) for pid in workers]
    if not held or not all(held):
        return {"pss_mb": None, "rss_mb": None}
    return {name: round(max(each[name] for each in held), 1) for name in ("pss_mb", "rss_mb")}


def _nothing(path: str, number: int) -> str:
    return f"{'&' if '?' in path else '?'}nothing={number}"


def children(pid: int) -> list[int]:
    """By /proc; nobody where there is none."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            parent = (folder / "stat").read_text().rpartition(")")[2].split()[1]
        except OSError:
            continue
        if int(parent) == pid:
            found.append(int(folder.name))
    return sorted(found)


def held_by(pid: int) -> dict[str, float]:
    try:
        rollup = Path(f"/proc/{pid}/smaps_rollup").read_text()
    except OSError:
        return {}
    return {f"{name.lower()}_mb": int(kilobytes) / 1024 for name, kilobytes in ROLLUP.findall(rollup)}

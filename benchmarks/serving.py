"""Rates: our server against the bare one and against nginx, all with the same bytes, in turn, in one run."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Any
from urllib.request import Request, urlopen

from benchmarks import load, nginx
from benchmarks.processes import FailedError, free_port, running, wait_for
from benchmarks.sites import PYTHON, Site

# Many short rounds: what disturbs one contender of a round disturbs its neighbours as well. Each begins with
# another one of the six: who comes after the slowest finds the machine still busy with it.
ROUNDS, SECONDS = 12, 1
UNCACHED = {"PAGE_CACHE": "false"}
ASKING = {"Accept-Encoding": "gzip", "Host": "localhost:8000"}
# What belongs to the connection rather than to the page.
OF_THE_CONNECTION = {"connection", "date", "server", "transfer-encoding", "content-length"}
BARE = "bare gunicorn, the same bytes"
STORE, STATIC = "nginx, from our store", "nginx, the same bytes as a static file"


@dataclass(frozen=True)
class Answer:
    body: bytes
    headers: list[tuple[str, str]] = field(default_factory=list)

    @property
    def of_the_page(self) -> list[tuple[str, str]]:
        return [(name, value) for name, value in self.headers if name.lower() not in OF_THE_CONNECTION]

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")


@dataclass(frozen=True)
class Contender:
    name: str
    url: str
    headers: dict[str, str] = field(default_factory=lambda: dict(ASKING))


def measure(
    site: Site, pages: dict[str, str], rounds: int = ROUNDS, seconds: int = SECONDS
) -> dict[str, Any]:
    """Of each page: the median rate of each contender, and how often it failed."""
    if load.generator() is None:
        return {"missing": load.MISSING}
    found: dict[str, Any] = {}
    with gunicorn(site, "azemedia.wsgi", UNCACHED) as uncached, gunicorn(site, "azemedia.wsgi") as ours:
        for kind, path in pages.items():
            found[kind] = _page(site, kind, path, (uncached, ours), rounds, seconds)
    return found


def _page(
    site: Site, kind: str, path: str, ports: tuple[int, int], rounds: int, seconds: int
) -> dict[str, Any]:
    uncached, ours = (f"http://127.0.0.1:{port}{path}" for port in ports)
    # Twice: what is kept is kept after the first.
    answer = [fetch(ours), fetch(ours)][-1]
    with ExitStack() as stack:
        contenders = [
            Contender("our server, rendering each time", uncached),
            Contender("our server", ours),
            Contender("our server, not modified", ours, ASKING | _known(answer)),
            Contender(BARE, stack.enter_context(_bare(site, kind, answer))),
        ]
        if nginx.program():
            folder = site.folder / "nginx" / kind.replace(" ", "-")
            file = nginx.serving_file(folder / "file", answer.body, answer.of_the_page, site.log)
            store = nginx.serving_store(folder / "store", site.folder, ports[1], site.log)
            kept = f"http://127.0.0.1:{stack.enter_context(store)}{path}"
            _expect_the_same(answer, fetch(kept))
            contenders += [
                Contender(STORE, kept),
                Contender(STATIC, stack.enter_context(file)),
            ]
        return {"bytes": len(answer.body), "rates": _in_turn(contenders, rounds, seconds, site.log)}


def _in_turn(contenders: list[Contender], rounds: int, seconds: int, log: Path) -> dict[str, Any]:
    taken: dict[str, list[load.Rate]] = {each.name: [] for each in contenders}
    for number in range(rounds):
        first = number % len(contenders)
        for each in contenders[first:] + contenders[:first]:
            rate = load.rate(each.url, each.headers, seconds, log)
            taken[each.name].append(rate)
            # What was asked last is still being answered, at the next one's expense.
            time.sleep(min(seconds, 2 * load.CONNECTIONS / max(rate.per_second, 1)))
    return {
        name: {
            "per_second": round(median(rate.per_second for rate in rates)),
            "rounds": [round(rate.per_second) for rate in rates],
            "failed": sum(rate.failed for rate in rates),
        }
        for name, rates in taken.items()
    }


@contextmanager
def gunicorn(
    site: Site, application: str, changes: dict[str, str] | None = None, workers: int = 2
) -> Iterator[int]:
    """The port of a server with the site's own configuration."""
    port = free_port()
    environment = site.environment | {"PORT": str(port), "WEB_CONCURRENCY": str(workers)} | (changes or {})
    command = [PYTHON, "-m", "gunicorn", application]
    with running(command, environment, log=site.log) as process:
        wait_for(port, process, site.log)
        yield port


@contextmanager
def _bare(site: Site, kind: str, answer: Answer) -> Iterator[str]:
    file = site.folder / f"answer-{kind.replace(' ', '-')}"
    file.write_bytes(answer.body)
    length = ("Content-Length", str(len(answer.body)))
    file.with_suffix(".json").write_text(json.dumps([*answer.of_the_page, length]))
    with gunicorn(site, "benchmarks.constant", {"BENCHMARK_ANSWER": str(file)}) as port:
        yield f"http://127.0.0.1:{port}/"


def fetch(url: str) -> Answer:
    request = Request(url, headers=ASKING)  # noqa: S310 (a server of ours, on this machine)
    with urlopen(request, timeout=60) as response:  # noqa: S310
        if response.status != 200:
            raise FailedError(f"{url} answers {response.status}")
        return Answer(response.read(), response.getheaders())


def _expect_the_same(answer: Answer, other: Answer) -> None:
    """And by nginx itself: what it passes on from our server has an address of its own for each request."""
    if other.body != answer.body or other.header("x-request-id"):
        raise FailedError("nginx does not serve the page from the store.")


def _known(answer: Answer) -> dict[str, str]:
    """What a browser says that has the page already."""
    if tag := answer.header("etag"):
        return {"If-None-Match": tag}
    return {"If-Modified-Since": answer.header("last-modified")}

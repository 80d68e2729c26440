"""Pages in Redis, for many machines. What must happen at once is a script there.

page:<key>    a hash: manifest, bodies, state, release, run, modified, version, what it shows
shows:<name>  a hash: the keys of the pages that show it, each with the stretch of the list
pages, ends   sorted sets of all keys: by when they were kept, by when their time is over
marks         what was forgotten, by generation; `generation` and `bytes` are counters
turn:<key>    whose turn it is
"""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from uuid import uuid4

import redis
from django.conf import settings

from articles.caching.release import release
from articles.caching.stores.base import CODINGS, Page, Told, checksum, read_page, unpacked
from articles.caching.stores.memory import Memory
from articles.recording import Span

log = logging.getLogger(__name__)

PREFIX = "azemedia:"
SCRIPTS = Path(__file__).with_name("scripts.lua").read_text()
# How long a page in our own memory is believed before Redis is asked whether it is still there.
BELIEVED = 0.5
# A turn of somebody who died ends by itself.
TURN = 30.0
A_MOMENT = 0.03
# While Redis is away, nobody waits for it at every page.
LEFT_ALONE = 2.0


class RedisStore:
    def __init__(self, url: str) -> None:
        self.memory = Memory(settings.PAGE_CACHE_MEMORY)
        self._believed: dict[str, tuple[str, float]] = {}
        self._turns = threading.local()
        self._run = ""
        self._away_until = 0.0
        self.redis = redis.Redis.from_url(
            url,
            socket_timeout=1,
            socket_connect_timeout=0.5,
            redis_connect_func=self._greet,
        )
        self._scripts = {
            name: self.redis.register_script(f"{SCRIPTS}\nreturn {name}()")
            for name in ("keep", "drop", "forget", "sweep", "end_turn")
        }

    # What is asked all the time ------------------------------------------------------------------

    def find(self, key: str, coding: str) -> Page | None:
        version, asked_at = self._believed.get(key, ("", 0.0))
        page = self.memory.get(key, version)
        if page is None or coding not in page.bodies or time.monotonic() > asked_at + BELIEVED:
            page = self._load(key, coding, page, version)
        return page if page and page.ends_at > time.time() else None

    def stale(self, key: str, coding: str) -> Page | None:
        found = self._ask(lambda: self.redis.hgetall(f"{PREFIX}page:{key}"))
        return self._read(found, coding) if found else None

    def generation(self) -> int | None:
        def ask() -> int:
            # No generation comes again, not even where Redis lost them all.
            self.redis.set(f"{PREFIX}generation", time.time_ns() // 1000, nx=True)
            return int(self.redis.get(f"{PREFIX}generation") or 0)

        return self._ask(ask)

    def all_keys(self) -> list[str]:
        keys: Any = self.redis.zrange(f"{PREFIX}pages", 0, -1)
        return [key.decode() for key in keys]

    def _load(self, key: str, coding: str, page: Page | None, version: str) -> Page | None:
        name, asked_at = f"{PREFIX}page:{key}", time.monotonic()
        told = self._ask(lambda: self.redis.hmget(name, "state", "version", "run"))
        if not told or told[0] != b"1" or told[2].decode() != self._run:
            self._believed.pop(key, None)
            return None
        current = told[1].decode()
        if page is None or current != version or coding not in page.bodies:
            page = self._read(self._ask(lambda: self.redis.hgetall(name)) or {}, coding)
            if page is None:
                return None
            self.memory.put(key, current, page)
        if len(self._believed) > settings.PAGE_CACHE_PAGES:
            self._believed.clear()
        self._believed[key] = current, asked_at
        return page

    def _read(self, found: dict[bytes, bytes], coding: str) -> Page | None:
        """The page, unless another release kept it, or another run of Redis that may have missed changes."""
        if (found.get(b"release"), found.get(b"run")) != (release().encode(), self._run.encode()):
            return None
        page, sums = read_page(found[b"manifest"])
        page.modified = int(found[b"modified"])
        stored = coding if coding in CODINGS else CODINGS[-1]
        body = found[stored.encode()]
        if checksum(body) != sums[stored]:
            return None
        page.bodies[coding] = body if coding == stored else unpacked(body)
        return page

    # What changes something ----------------------------------------------------------------------

    def keep(self, key: str, page: Page, shown: dict[str, Span], generation: int) -> bool:
        sums = {coding: checksum(page.bodies[coding]) for coding in CODINGS}
        facts = {
            "key": key,
            "generation": generation,
            "now": int(time.time()),
            "ends_at": page.ends_at,
            "size": sum(len(page.bodies[coding]) for coding in CODINGS),
            "release": release(),
            "run": self._run,
            "version": uuid4().hex,
            "shown": [[name, f"{low!r} {high!r}"] for name, (low, high) in shown.items()],
            "most_pages": settings.PAGE_CACHE_PAGES,
            "most_bytes": settings.PAGE_CACHE_BYTES,
        }
        bodies = [page.to_bytes(sums), *(page.bodies[coding] for coding in CODINGS)]
        modified = self._ask(lambda: self._run_script("keep", facts, *bodies))
        page.modified = modified or 0
        return bool(modified)

    def drop(self, key: str) -> None:
        self._ask(lambda: self._run_script("drop", {"key": key}))
        self._believed.pop(key, None)

    def forget(self, changes: Iterable[Told]) -> None:
        told = [
            {"name": each.name, "at": "" if each.at is None else repr(each.at), "is_hard": each.is_hard}
            for each in dict.fromkeys(changes)
        ]
        try:
            self._run_script("forget", {"told": told, "first": time.time_ns() // 1000})
        except redis.RedisError as fault:
            raise OSError(f"Redis does not forget: {fault}") from fault
        self._believed.clear()

    def sweep(self, now: float) -> list[str]:
        return [key.decode() for key in self._ask(lambda: self._run_script("sweep", {"now": now})) or []]

    def clear(self) -> None:
        for key in self.redis.scan_iter(f"{PREFIX}*", count=1000):
            self.redis.delete(key)
        self._believed.clear()

    # Turns ----------------------------------------------------------------------------------------

    def take_turn(self, key: str) -> bool:
        token = uuid4().hex
        name, lasts = f"{PREFIX}turn:{key}", int(TURN * 1000)
        taken = self._ask(lambda: bool(self.redis.set(name, token, nx=True, px=lasts)))
        if taken is False:
            return False
        self._turns.token = token
        return True

    def end_turn(self, key: str) -> None:
        self._ask(lambda: self._run_script("end_turn", {"key": key, "token": self._turns.token}))

    def wait_turn(self, key: str) -> None:
        time.sleep(A_MOMENT)

    # Redis itself ---------------------------------------------------------------------------------

    def _greet(self, connection: Any) -> None:
        """After a restart Redis may have come back with what it had written down long ago: another run."""
        connection.on_connect()
        connection.send_command("INFO", "server")
        self._run = re.search(r"run_id:(\w+)", connection.read_response().decode())[1]  # type: ignore[index]

    def _run_script(self, name: str, facts: dict[str, Any], *bodies: bytes) -> Any:
        return self._scripts[name](keys=[PREFIX], args=[json.dumps(facts), *bodies])

    def _ask(self, question: Any) -> Any:
        """None where Redis does not answer: pages are made and not kept then."""
        if time.monotonic() < self._away_until:
            return None
        try:
            return question()
        except redis.RedisError:
            log.exception("Redis does not answer")
            self._away_until = time.monotonic() + LEFT_ALONE
            return None

"""The pages that this process was asked for last, so that a hit reads no file."""

from __future__ import annotations

import threading
from collections import OrderedDict
from contextlib import suppress
from typing import Any

from articles.caching.stores.base import Page

# What a page weighs beside its bodies.
OVERHEAD = 3000


class Memory:
    def __init__(self, most_bytes: int) -> None:
        self.most_bytes = most_bytes
        self.size = 0
        self._pages: OrderedDict[str, tuple[Any, Page, int]] = OrderedDict()
        self._lock = threading.Lock()

    def get(self, key: str, sign: Any) -> Page | None:
        """The page, if it is the one of that sign."""
        known = self._pages.get(key)
        if known is None or known[0] != sign:
            return None
        with suppress(KeyError):  # another thread may just have made room
            self._pages.move_to_end(key)
        return known[1]

    def put(self, key: str, sign: Any, page: Page) -> None:
        weight = OVERHEAD + sum(map(len, page.bodies.values()))
        with self._lock:
            before = self._pages.pop(key, None)
            self.size += weight - (before[2] if before else 0)
            self._pages[key] = sign, page, weight
            while self.size > self.most_bytes:
                _, (_, _, lighter) = self._pages.popitem(last=False)
                self.size -= lighter

from __future__ import annotations

import time
from typing import Any

import pytest

from articles.caching.stores.base import Page, packed
from articles.caching.stores.disk import DiskStore


def page(text: str = "Tea", lasts: float = 3600, **fields: Any) -> Page:
    headers = [("Content-Type", "text/html; charset=utf-8")]
    return Page(headers, time.time() + lasts, 0, ["article:1"], packed(text.encode()), **fields)


@pytest.fixture
def store(tmp_path):
    return DiskStore(tmp_path / "pages")


@pytest.fixture
def keep(store):
    """Keep a page that shows these names: `keep("/tea/", "article:1")`."""

    def kept(key, *names, text="Tea", lasts=3600, spans=None, generation=None):
        shown = dict.fromkeys(names, (float("-inf"), float("inf"))) | (spans or {})
        since = store.generation() if generation is None else generation
        return store.keep(key, page(text, lasts), shown, since)

    return kept


@pytest.fixture
def text_of(store):
    def text(key, find=None):
        found = (find or store.find)(key, "identity")
        return found.bodies["identity"].decode() if found else None

    return text

"""A kept page on its way to whoever asked: packed as they take it, or the word that theirs is the same."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from django.conf import settings
from django.utils.http import parse_http_date_safe

from articles.caching.stores.base import CODINGS, IDENTITY, Packed, Page

# For caches between us and the readers that we can tell when a page goes. Browsers go on asking each time.
SHARED_SECONDS = 3600
REFUSED = re.compile(r";\s*q=0(?:\.0{0,3})?\s*$")


@lru_cache(maxsize=500)
def coding_for(accepted: str) -> str:
    """The shortest that is taken; of what is merely liked less, we know no better."""
    words = [word.strip() for word in accepted.lower().split(",")]
    taken = {word.partition(";")[0].strip() for word in words if not REFUSED.search(word)}
    return next((coding for coding in CODINGS if coding in taken), IDENTITY)


def answer(page: Page, coding: str, environ: dict[str, Any], start: Callable[..., Any]) -> Iterable[bytes]:
    packed = page.pack(coding)
    more = _for_shared_caches(page) if settings.PURGE_URL else []
    if _is_known(packed, page, environ):
        start("304 Not Modified", [*packed.unchanged, *more])
        return []
    start("200 OK", [*packed.headers, *more])
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [packed.body]


def _is_known(packed: Packed, page: Page, environ: dict[str, Any]) -> bool:
    if not page.modified:
        return False
    if tags := environ.get("HTTP_IF_NONE_MATCH"):
        return tags == "*" or packed.etag in tags
    if since := environ.get("HTTP_IF_MODIFIED_SINCE"):
        return (parse_http_date_safe(since) or 0) >= page.modified
    return False


def _for_shared_caches(page: Page) -> list[tuple[str, str]]:
    """By names that only they read (RFC 9213, and Fastly's own), or browsers would keep old pages as well."""
    seconds = max(0, min(SHARED_SECONDS, int(page.ends_at - time.time())))
    lasts = f"max-age={seconds}, stale-while-revalidate=60, stale-if-error=86400"
    names = " ".join(page.names)
    return [
        ("CDN-Cache-Control", lasts),
        ("Surrogate-Control", lasts),
        ("Surrogate-Key", names),
        ("Cache-Tag", names.replace(" ", ",")),
    ]

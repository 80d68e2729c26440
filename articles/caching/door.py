"""Stands before Django: answers from the store, and has one page made at a time where there is none."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.urls import Resolver404, resolve

from articles.caching import forgetting
from articles.caching.addresses import Environ, key_of, request_for
from articles.caching.answers import answer, coding_for
from articles.caching.stores import Store, store
from articles.caching.stores.base import Headers, Page, packed
from articles.recording import Recording, record

log = logging.getLogger(__name__)

Start = Callable[..., Any]
Application = Callable[[Environ, Start], Iterable[bytes]]

# How long somebody waits for a page that another one is making, before making it as well.
PATIENCE = 5.0
# Made anew for each answer, or about the body as it was before it was packed.
OWN_HEADERS = {"content-length", "date", "etag", "last-modified", "vary", "x-request-id"}


@dataclass(frozen=True)
class Made:
    """What Django answered."""

    status: str
    headers: Headers
    body: bytes
    shows: Recording

    @property
    def is_fault(self) -> bool:
        return self.status >= "500"

    @property
    def is_for_all(self) -> bool:
        """Whether it may be shown to anybody who asks, as far as we can tell; the view said that it may."""
        told = {name.lower(): value for name, value in self.headers}
        return (
            self.status.startswith("200 ")
            and self.shows.is_public
            and "set-cookie" not in told
            and told.get("vary", "").lower() in ("", "accept-encoding")
            and told.get("cache-control", "").startswith("public")
            and "content-encoding" not in told
            # A word for one answer only.
            and "'nonce-" not in told.get("content-security-policy", "")
        )

    def page(self) -> Page:
        headers = [(name, value) for name, value in self.headers if name.lower() not in OWN_HEADERS]
        ends_at = min(self.shows.ends_at, time.time() + settings.PAGE_CACHE_SECONDS)
        return Page(headers, ends_at, 0, sorted(self.shows.names), packed(self.body))


class FrontDoor:
    def __init__(self, application: Application, kept: Store | None = None) -> None:
        self.application = application
        self.store = kept or store()

    def __call__(self, environ: Environ, start_response: Start) -> Iterable[bytes]:
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        coding = coding_for(environ.get("HTTP_ACCEPT_ENCODING", ""))
        page = self.store.find(key, coding)
        if page is not None:
            return answer(page, coding, environ, start_response)
        if not _is_public(environ["PATH_INFO"]):
            return self.application(environ, start_response)
        return self._without(key, coding, environ, start_response)

    def _without(self, key: str, coding: str, environ: Environ, start: Start) -> Iterable[bytes]:
        """The page is not there: whose turn it is makes it, the others get the old one or wait."""
        forgetting.look()
        until = time.monotonic() + PATIENCE
        while not self.store.take_turn(key):
            page = self.store.find(key, coding) or self.store.stale(key, coding)
            if page is not None:
                return answer(page, coding, environ, start)
            if time.monotonic() > until:
                return self._make(key, coding, environ, start)
            self.store.wait_turn(key)
        try:
            # Somebody may have been through with it just now.
            page = self.store.find(key, coding)
            return answer(page, coding, environ, start) if page else self._make(key, coding, environ, start)
        finally:
            self.store.end_turn(key)

    def _make(self, key: str, coding: str, environ: Environ, start: Start) -> Iterable[bytes]:
        # Before the first row is read: what is forgotten from now on is not kept.
        generation = self.store.generation()
        made = self._ask(request_for(key, environ))
        if made.is_fault and (page := self.store.stale(key, coding)):
            log.warning("An old copy of %s stands in for a fault", key)
            return answer(page, coding, environ, start)
        if not made.is_for_all:
            self.store.drop(key)
            return _pass_on(made, environ, start)
        page = made.page()
        if generation is None or not self.store.keep(key, page, made.shows.names, generation):
            # Or those who come meanwhile would get it for as long as no new one can be kept.
            self.store.drop(key)
        return answer(page, coding, environ, start)

    def _ask(self, environ: Environ) -> Made:
        told: list[Any] = []

        def note(status: str, headers: Headers, exc_info: Any = None) -> None:
            told[:] = status, headers

        with record(Recording()) as shows:
            result = self.application(environ, note)
            try:
                body = b"".join(result)
            finally:
                if hasattr(result, "close"):
                    result.close()
        return Made(told[0], told[1], body, shows)


def _is_public(path: str) -> bool:
    try:
        return getattr(resolve(path).func, "is_public_page", False)
    except Resolver404:
        return False


def _pass_on(made: Made, environ: Environ, start: Start) -> Iterable[bytes]:
    start(made.status, made.headers)
    return [] if environ["REQUEST_METHOD"] == "HEAD" else [made.body]

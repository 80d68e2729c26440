"""What is kept of a page, and what is asked of the place that keeps it."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from email.utils import formatdate
from hashlib import blake2b
from typing import Any, NamedTuple, Protocol

import brotli

from articles.recording import EVERYTHING, Span

Headers = list[tuple[str, str]]
# How a body may be packed, by the word for it in headers; the shortest first.
CODINGS = ("br", "gzip")
IDENTITY = "identity"
OF_THE_BODY = {"content-encoding", "content-length", "content-type"}


class Told(NamedTuple):
    """That what goes by this name has changed; where in a list ordered by time, if it is one."""

    name: str
    at: float | None = None
    is_hard: bool = False

    def concerns(self, shown: dict[str, Span]) -> bool:
        if self.name == EVERYTHING:
            return True
        span = shown.get(self.name)
        is_shown = span is not None and (self.at is None or span[0] <= self.at <= span[1])
        return is_shown or EVERYTHING in shown


@dataclass(slots=True)
class Packed:
    """A body as it goes over the wire, with every header that goes with it."""

    body: bytes
    etag: str
    headers: Headers
    # Those of the word that nothing has changed.
    unchanged: Headers


@dataclass(slots=True)
class Page:
    """A whole page: the same for everybody until it ends or is forgotten."""

    headers: Headers
    ends_at: float
    # 0 where it is not kept: nobody could be told later whether theirs is the same.
    modified: int
    # Under which names caches further out know it.
    names: list[str]
    bodies: dict[str, bytes] = field(default_factory=dict)
    packed: dict[str, Packed] = field(default_factory=dict)

    def pack(self, coding: str) -> Packed:
        """Made once for each coding, so that an answer costs nothing but being sent."""
        known = self.packed.get(coding)
        if known is None:
            known = self.packed[coding] = self._pack(coding)
        return known

    def _pack(self, coding: str) -> Packed:
        body = self.bodies[coding]
        # As nginx makes it of a file, so that it is the same whoever answers.
        etag = f'"{self.modified:x}-{len(body):x}"' if self.modified else ""
        headers = [*self.headers, ("Vary", "Accept-Encoding"), ("Content-Length", str(len(body)))]
        if self.modified:
            headers += [("Last-Modified", formatdate(self.modified, usegmt=True)), ("ETag", etag)]
        if coding in CODINGS:
            headers.append(("Content-Encoding", coding))
        return Packed(body, etag, headers, [each for each in headers if each[0].lower() not in OF_THE_BODY])

    def to_bytes(self, sums: dict[str, str]) -> bytes:
        """All but the bodies, of which it has the sums; with one over itself."""
        told: dict[str, Any] = {
            "headers": self.headers,
            "ends_at": self.ends_at,
            "modified": self.modified,
            "names": self.names,
            "sums": sums,
        }
        text = json.dumps(told).encode()
        return b"\n".join([checksum(text).encode(), text])


def read_page(data: bytes) -> tuple[Page, dict[str, str]]:
    """The page without its bodies, and their sums. Raises ValueError where it is not what was written."""
    own, _, text = data.partition(b"\n")
    if checksum(text).encode() != own:
        raise ValueError("torn")
    told = json.loads(text)
    headers = [(name, value) for name, value in told["headers"]]
    return Page(headers, told["ends_at"], told["modified"], told["names"]), told["sums"]


def packed(body: bytes) -> dict[str, bytes]:
    """The body in every coding: done once, so as well as it can be without making the reader wait."""
    return {"br": brotli.compress(body, quality=5), "gzip": gzip.compress(body, 6, mtime=0), IDENTITY: body}


def unpacked(body: bytes) -> bytes:
    return gzip.decompress(body)


def checksum(data: bytes) -> str:
    return blake2b(data, digest_size=16).hexdigest()


class Store(Protocol):
    """A page has a key: its path, and what of its query matters (`/category/news/?page=3`)."""

    def generation(self) -> int | None:
        """How often anything was forgotten: to be asked for before the first row of a page is read.

        None where the store does not answer: nothing is kept then.
        """

    def find(self, key: str, coding: str) -> Page | None:
        """The page as it is now, with its body in that coding."""

    def stale(self, key: str, coding: str) -> Page | None:
        """The page as it was: to be shown while it is made anew, or cannot be."""

    def all_keys(self) -> list[str]:
        """Of all pages, old copies among them."""

    def keep(self, key: str, page: Page, shown: dict[str, Span], generation: int) -> bool:
        """Keep the page, unless something that it shows was forgotten since that generation."""

    def drop(self, key: str) -> None:
        """The old copy of that page, which is none any more."""

    def forget(self, changes: Iterable[Told]) -> None:
        """Drop every page that shows one of them. Once it returns, no process finds it any more."""

    def sweep(self, now: float) -> list[str]:
        """Drop the pages whose time is over; their keys."""

    def take_turn(self, key: str) -> bool:
        """Whether it is ours to make the page: one does so at a time, in all processes."""

    def end_turn(self, key: str) -> None: ...

    def wait_turn(self, key: str) -> None:
        """For a moment, or until whoever makes the page in this process is through."""

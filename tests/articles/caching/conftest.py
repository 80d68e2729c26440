"""The site as gunicorn serves it: the front door, and Django behind it."""

from __future__ import annotations

import gzip
import io
import sys
from dataclasses import dataclass, field
from typing import Any

import brotli
import pytest
from django.core.handlers.wsgi import WSGIHandler

from articles import caching
from articles.caching.addresses import request_for
from articles.caching.door import FrontDoor
from articles.caching.stores import store


@dataclass
class Answer:
    status: int
    headers: dict[str, str]
    raw: bytes

    @property
    def content(self) -> bytes:
        unpack = {"br": brotli.decompress, "gzip": gzip.decompress, None: bytes}
        return unpack[self.headers.get("Content-Encoding")](self.raw)

    @property
    def text(self) -> str:
        return self.content.decode()


@dataclass
class Site:
    """Answers as the front door does, and counts what Django was asked for."""

    made: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.django: Any = WSGIHandler()
        self.door = FrontDoor(self._counted)

    def _counted(self, environ: dict[str, Any], start: Any) -> Any:
        self.made.append(environ["PATH_INFO"])
        return self.django(environ, start)

    def get(self, address: str, method: str = "GET", body: bytes = b"", **environ: Any) -> Answer:
        """`environ` as WSGI has it: HTTP_COOKIE="..."."""
        path, _, query = address.partition("?")
        given = {
            "REQUEST_METHOD": method, "PATH_INFO": path, "QUERY_STRING": query, "RAW_URI": address,
            "SCRIPT_NAME": "", "SERVER_NAME": "testserver", "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1", "REMOTE_ADDR": "127.0.0.1", "HTTP_HOST": "testserver",
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body), "wsgi.errors": sys.stderr, "wsgi.version": (1, 0),
            "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
        }  # fmt: skip
        if body:
            given["CONTENT_LENGTH"] = str(len(body))
        told: list[Any] = []
        result = self.door(given | environ, lambda status, headers, *_: told.extend([status, headers]))
        raw = b"".join(result)
        if hasattr(result, "close"):
            result.close()
        return Answer(int(told[0].split()[0]), dict(told[1]), raw)

    def fresh(self, key: str) -> Answer:
        """The page made now, past the front door."""
        told: list[Any] = []
        environ = request_for(
            key, {"wsgi.errors": sys.stderr, "SERVER_NAME": "testserver", "SERVER_PORT": "80"}
        )
        result = self.django(environ, lambda status, headers, *_: told.extend([status, headers]))
        body = b"".join(result)
        result.close()
        return Answer(int(told[0].split()[0]), dict(told[1]), body)

    def keeps(self, address: str, **environ: Any) -> bool:
        """Whether the page is answered without asking Django; asking for it does not make it kept."""
        before = len(self.made)
        self.get(address, **environ)
        return len(self.made) == before


@pytest.fixture
def site():
    """Begins with no page kept, and with everything told."""
    caching.catch_up()
    caching.forget_everything()
    return Site()


@pytest.fixture
def kept(site):
    """The keys of the pages that are kept now."""

    def keys():
        return {key for key in store().all_keys() if store().find(key, "gzip")}

    return keys

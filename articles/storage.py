"""The storage that pictures lie in, whichever it is: what we ask of it beyond what Django asks of every one.

`azemedia.storage.MediaFolder` and `azemedia.bucket.MediaBucket` answer. Whatever goes wrong with them is an
OSError, FileNotFoundError among them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from functools import lru_cache
from typing import IO, NamedTuple, Protocol, cast

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage


class Stored(NamedTuple):
    name: str
    size: int
    modified_at: datetime


class MediaStorage(Protocol):
    def save(self, name: str, content: File) -> str:
        """Whole or not at all, and in the place of what had that name."""

    def delete(self, name: str) -> None: ...

    def exists(self, name: str) -> bool: ...

    def read(self, name: str) -> bytes: ...

    def fetch(self, name: str) -> tuple[IO[bytes], int]:
        """The file and its size, at the cost of one question."""

    def contents(self, folder: str) -> Iterator[Stored]:
        """Every file in the folder and below; of a folder that does not exist, none."""

    def remove(self, names: Iterable[str]) -> None:
        """Delete them all, and the folders that are empty then. What is gone already is no error."""


storage = cast(MediaStorage, default_storage)


def address(name: str) -> str:
    """Where browsers fetch a picture's file. Asked once for all: the storage takes its time."""
    return _before_names(settings.MEDIA_URL) + name


@lru_cache(maxsize=1)
def _before_names(media_url: str) -> str:
    return default_storage.url("name").removesuffix("name")

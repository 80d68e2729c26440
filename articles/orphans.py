"""Files that nothing names any more: what a killed process, or a transaction undone too late, left behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from itertools import chain, groupby, islice

from django.utils import timezone

from articles import pictures
from articles.models import Article, Image
from articles.storage import Stored, storage

# A file is written before its row, and drawing or encoding takes its time.
GRACE = timedelta(hours=1)
# Folders that are compared with their rows at once.
BATCH = 500


def find(at: datetime | None = None) -> Iterator[Stored]:
    """Each file that no row has named for some time. Listed first and asked for then: a row is never late."""
    before = (at or timezone.now()) - GRACE
    for lying, named in chain(_images(), _cards()):
        yield from (each for each in lying if each.modified_at < before and each.name not in named)


def _images() -> Iterator[tuple[list[Stored], set[str]]]:
    folders = ((folder, list(files)) for folder, files in groupby(storage.contents("images"), key=_folder))
    while batch := dict(islice(folders, BATCH)):
        rows = Image.objects.filter(key__in=[folder.rpartition("/")[2] for folder in batch])
        named: set[str] = set().union(*map(pictures.file_names, rows))
        yield [each for files in batch.values() for each in files], named


def _cards() -> Iterator[tuple[list[Stored], set[str]]]:
    lying = list(storage.contents("cards"))
    yield lying, set(Article.objects.exclude(social_card="").values_list("social_card", flat=True))


def _folder(file: Stored) -> str:
    return file.name.rpartition("/")[0]

"""Fills an empty database with a synthetic archive, at thousands of articles a second."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from itertools import groupby
from random import Random

from django.db import connection, transaction
from django.utils import timezone

from articles.caching import forget_everything
from articles.models import Article, Image, SearchEntry
from benchmarks import archive, newsroom
from benchmarks.bulk import laid_bare, run
from benchmarks.indexing import indexer
from benchmarks.texts import PARAGRAPHS, VOCABULARY, Writer

SEED = 20_210_101
# What many rows touch is written once for all of them.
BLOCKS_A_TRANSACTION = 10

Progress = Callable[[str], None]


@dataclass(frozen=True)
class Filled:
    articles: int
    seconds: float
    database_bytes: int


def fill(size: int, progress: Progress = lambda line: None, now: datetime | None = None) -> Filled:
    """To be called outside transactions, with nothing in the database but what `migrate` puts there."""
    if Article.objects.exists():
        raise ValueError("There are articles in this database already.")
    began = time.perf_counter()
    gc.disable()  # rows by the million, and none of them garbage: looking for some takes a tenth of the time
    try:
        _fill(size, progress, now or timezone.now())
    finally:
        gc.enable()
    forget_everything()
    if connection.vendor == "postgresql":
        run("VACUUM ANALYZE")
    return Filled(size, time.perf_counter() - began, database_bytes())


def _fill(size: int, progress: Progress, now: datetime) -> None:
    random = Random(SEED)
    # A small archive does not need all the words of a large one.
    writer = Writer(random, min(VOCABULARY, 20_000 + size), min(PARAGRAPHS, 200 + size))
    # The full text index is finished last: the other indexes are built meanwhile. Until then its processes
    # have the table of entries in hand, so that one is laid bare before and clothed after.
    with laid_bare(SearchEntry), indexer() as index, laid_bare(Image, *archive.TABLES):
        room = newsroom.furnish(size, writer, random)
        tables = archive.tables()
        blocks = archive.Archive(size, room, writer, random, now).blocks()
        for _, some in groupby(enumerate(blocks), lambda each: each[0] // BLOCKS_A_TRANSACTION):
            with transaction.atomic():
                for _, block in some:
                    for model, rows in block.rows.items():
                        tables[model].write(rows)
                    index.take(block.entries)
                    progress(f"{block.rows[Article][-1][0]:,} of {size:,} articles")
        progress("Building the indexes")
        _tally()


def _tally() -> None:
    """Count the lines of the lists and of the sitemap once, where triggers would have counted each."""
    tallying = import_module("articles.migrations.0005_tallying")
    month = tallying.SQLITE_MONTH.format(row="lines")
    if connection.vendor == "postgresql":
        month = tallying.POSTGRESQL_MONTH
    for lines, owner, tally in tallying.LISTS:
        run(
            f"INSERT INTO {tally} ({owner}, month, count) SELECT {owner}, {month}, count(*)"  # noqa: S608
            f" FROM {lines} AS lines WHERE listed_at IS NOT NULL GROUP BY 1, 2"
        )
    run(import_module("articles.migrations.0008_sitemap_parts").counting(connection.vendor))


def database_bytes() -> int:
    question = "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"
    if connection.vendor == "postgresql":
        question = "SELECT pg_database_size(current_database())"
    with connection.cursor() as cursor:
        cursor.execute(question)
        size: int = cursor.fetchone()[0]
        return size

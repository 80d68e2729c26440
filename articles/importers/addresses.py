"""Slugs for what comes in: the old ones wherever they are free, asked for many at once."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import chain

from articles.importers.records import ArticleRecord, PageRecord
from articles.models import Permalink
from articles.slugs import PATTERN, RESERVED, candidates, slugify

Addressed = ArticleRecord | PageRecord


class Paths:
    """Gives out paths, each once. Those that are named first are looked up in one query."""

    def __init__(self, paths: Iterable[str] = ()) -> None:
        self.known = set(paths)
        taken = Permalink.objects.filter(path__in=self.known).values_list("path", flat=True)
        self.taken = set(taken) if self.known else set()

    def take(self, path: str) -> bool:
        """Whether it was free; it is not any more."""
        if path not in self.known:
            self.known.add(path)
            if not Permalink.objects.is_free(path):
                self.taken.add(path)
        if path in self.taken:
            return False
        self.taken.add(path)
        return True


class Addresses(Paths):
    """Those of articles and pages."""

    def __init__(self, records: Iterable[Addressed] = ()) -> None:
        super().__init__(path for record in records for path in (record.slug, *record.old_slugs))

    def slug_for(self, record: Addressed, name: str) -> str:
        """The slug it had, else another it was known under, else the first free one with a number."""
        numbered = candidates(record.slug or slugify(name, fallback="article"))
        others = filter(PATTERN.fullmatch, self._allowed(record))
        return next(path for path in chain([next(numbered)], others, numbered) if self.take(path))

    def others_for(self, record: Addressed) -> list[str]:
        """Those it was known under beside its slug, as far as nothing else stands there."""
        return [path for path in self._allowed(record) if self.take(path)]

    def _allowed(self, record: Addressed) -> Iterator[str]:
        return (path for path in record.old_slugs if path not in RESERVED)

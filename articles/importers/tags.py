"""Tags, a batch at a time: an archive may have as many as articles."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Q

from articles import bulk
from articles.importers.addresses import Paths
from articles.importers.fitting import cut
from articles.importers.records import TagRecord
from articles.models import Permalink, Tag
from articles.slugs import candidates, slugify


class TagLoader:
    """The tags of one import, those that were here and those that it makes."""

    def __init__(self, at: datetime) -> None:
        self.at = at
        # Slugs that were given for want of the right one: whoever comes with such a slug means another tag.
        self.numbered: set[str] = set()

    def load(self, records: list[TagRecord]) -> list[tuple[Tag, bool]]:
        """The tag of each, by its number, its slug or its name, and whether it was made for this record."""
        known, paths = _Known(records), Paths(f"{Tag.path_prefix}{_wanted(record)}" for record in records)
        loaded = []
        for record in records:
            tag = known.find(record, but_slugs=self.numbered)
            if is_new := tag is None:
                numbered = candidates(_wanted(record), Tag.path_prefix)
                slug = next(each for each in numbered if paths.take(f"{Tag.path_prefix}{each}"))
                self.numbered |= {slug} - {_wanted(record)}
                tag = Tag(
                    name=_name(record), slug=slug, description=record.description, import_ref=record.ref
                )
                known.add(tag)
            loaded.append((tag, is_new))
        made = Tag.objects.bulk_create([tag for tag, is_new in loaded if is_new])
        bulk.insert(
            Permalink, ("path", "tag_id", "created_at"), ((tag.path, tag.pk, self.at) for tag in made)
        )
        return loaded


class _Known:
    """Those that the records may mean, found in one query; and those that are added."""

    def __init__(self, records: list[TagRecord]) -> None:
        self.by_ref: dict[str | None, Tag] = {}
        self.by_slug: dict[str, Tag] = {}
        self.by_name: dict[str, Tag] = {}
        by_ref = Q(import_ref__in=[record.ref for record in records])
        by_slug = Q(slug__in=[record.slug for record in records])
        for tag in Tag.objects.filter(by_ref | by_slug | Q(name__in=list(map(_name, records)))):
            self.add(tag)

    def find(self, record: TagRecord, but_slugs: set[str]) -> Tag | None:
        by_slug = None if record.slug in but_slugs else self.by_slug.get(record.slug)
        return self.by_ref.get(record.ref) or by_slug or self.by_name.get(_name(record))

    def add(self, tag: Tag) -> None:
        self.by_ref[tag.import_ref], self.by_slug[tag.slug], self.by_name[tag.name] = tag, tag, tag


def _name(record: TagRecord) -> str:
    return cut(Tag, "name", record.name)


def _wanted(record: TagRecord) -> str:
    return record.slug or slugify(record.name, fallback="unnamed")

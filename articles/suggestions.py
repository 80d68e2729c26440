"""What is suggested to somebody who types a search: headlines and names with words that begin like that.

Both have indexes of their own, with words as they are spelled (see migration 0002): what is typed so far need
be no stem's beginning.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    DateTimeField,
    F,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    Value,
)  # fmt: skip
from django.db.models.expressions import RawSQL
from django.utils import timezone

from articles import recording, search
from articles.models import Article, Author, Category, Tag
from articles.prepared import prepared
from articles.slugs import slugify

# So many are suggested, of so many at most that begin like that: some of those may not be public yet.
SUGGESTED, CANDIDATES = 6, 24
SUGGESTED_NAMES, CANDIDATE_NAMES = 4, 16
LEAST_LETTERS = 2
# Read from the new end of the index, and no further than they must.
NEWEST_HEADED = {
    "sqlite": search.FTS5.format("articles_search_headlines"),
    "postgresql": "SELECT * FROM articles_newest_headed(%s::text[], %s) ORDER BY 1 DESC",
}
# The keys of things by the words of their names, those that have been there longest.
NAMED = {
    "sqlite": "SELECT rowid FROM {0}_words WHERE {0}_words MATCH %s ORDER BY rowid LIMIT %s",
    "postgresql": (
        "SELECT id FROM {} WHERE articles_slug_words(slug) @@ %s::tsquery ORDER BY id + 0 LIMIT %s"
    ),
}


KINDS: list[type[Category] | type[Author] | type[Tag]] = [Category, Author, Tag]


class Name(NamedTuple):
    """Of a section, an author or a topic: as much of it as a link takes."""

    kind: int
    name: str
    place: str

    @property
    def path_prefix(self) -> str:
        return KINDS[self.kind].path_prefix

    @property
    def address(self) -> str:
        return f"/{self.path_prefix}{self.place}/"


@dataclass(frozen=True)
class Suggestions:
    articles: list[Article]
    names: list[Name]

    @property
    def count(self) -> int:
        return len(self.articles) + len(self.names)


def suggest(query: str) -> Suggestions:
    """Public articles with those words in the headline, the newest first, and whatever has such a name.

    Every word may be a beginning. Two questions; nothing is ranked.
    """
    words = search.asked_words(query)
    if len("".join(words)) < LEAST_LETTERS:
        return Suggestions([], [])
    return Suggestions(_headed(words), _named(query))


def _headed(words: list[str]) -> list[Article]:
    # Of letters and digits alone: an array of them can be spelled out.
    array = ",".join(f'"{word}"' for word in words)
    asked = f"{{{array}}}" if connection.vendor == "postgresql" else _beginning_so(words)
    with search.finding_nothing_of_phrases():
        return _newest_headed(asked=asked, most=CANDIDATES, at=timezone.now())
    return []


@prepared(asked=TextField(), most=IntegerField(), at=DateTimeField())
def _newest_headed(asked: Any, most: Any, at: Any) -> QuerySet[Article, Any]:
    keys = RawSQL(NEWEST_HEADED[connection.vendor], [asked, most])  # noqa: S611
    newest = Article.objects.published(at).filter(pk__in=keys).newest_first()
    return newest.only("slug", "headline", "short_headline", "language", "published_at")[:SUGGESTED]


def _named(query: str) -> list[Name]:
    """Sections, authors and tags whose address has words that begin like this, if it were one."""
    recording.note(recording.EVERYTHING)
    words = slugify(query[: search.MAX_QUERY_LENGTH], fallback="").split("-")[: search.MAX_WORDS]
    if words == [""]:
        return []
    return [Name(*row) for row in _names(asked=_beginning_so(words), at=timezone.now())]


@prepared(asked=TextField(), at=DateTimeField())
def _names(asked: Any, at: Any) -> QuerySet[Any, Any]:
    listed: list[QuerySet[Any]] = [
        Category.objects.active(at).listed(at),
        *(things.objects.listed(at) for things in KINDS[1:]),
    ]
    rows = [
        things.filter(pk__in=_keys_of(things.model, asked))
        .order_by()
        .annotate(kind=Value(kind, IntegerField()), place=F("slug" if kind else "stored_path"))
        .values_list("kind", "name", "place")
        for kind, things in enumerate(listed)
    ]
    return rows[0].union(*rows[1:], all=True).order_by("kind", "name")[:SUGGESTED_NAMES]


def _keys_of(model: type[Model], asked: Any) -> RawSQL:
    statement = NAMED[connection.vendor].format(model._meta.db_table)
    return RawSQL(statement, [asked, CANDIDATE_NAMES])  # noqa: S611 (names of ours)


def _beginning_so(words: list[str]) -> str:
    """The engine's own query for words with these beginnings."""
    if connection.vendor == "postgresql":
        return " & ".join(f"'{word}':*" for word in words)
    return " ".join(f'"{word}" *' for word in words)

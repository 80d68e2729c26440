"""Full text search by the database itself. The only module that knows how.

Text is folded before it is indexed and before it is asked for, because neither engine knows that a reader
without an Azerbaijani keyboard types "Gence" for "Gəncə".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby
from operator import itemgetter
from typing import cast

from django.db import connection
from django.db.models import F, IntegerField, Q, TextField, Value
from django.db.models.functions import Concat

from articles import rendering
from articles.models import Article, Author, Category, SearchEntry, Tag
from articles.querysets import ArticleQuerySet

LETTERS = str.maketrans(
    {
        "ə": "e",
        "Ə": "e",
        "ǝ": "e",
        "Ǝ": "e",
        "ı": "i",
        "İ": "i",
        "ø": "o",
        "Ø": "o",
        "đ": "d",
        "Đ": "d",
        "ł": "l",
    }
)
WORD = re.compile(r"[^\W_]+")
# PostgreSQL refuses a word of more than 2 kB, and an entry of more than 1 MB.
MAX_WORD_LENGTH = 60
MAX_TEXT_LENGTH = 200_000
MAX_WORDS = 12
MAX_QUERY_LENGTH = 200
SNIPPET_WORDS = 36
# What is suggested to somebody who types, and how far it is looked for: the newest are gone through one by
# one, of all others the first that the index has. Neither grows with the archive.
SUGGESTED = 6
SUGGESTED_NAMES = 4
LEAST_LETTERS = 2
RECENT = 1500
CANDIDATES = 300


@dataclass(frozen=True)
class Suggestions:
    articles: list[Article]
    names: list[Category | Author | Tag]

    @property
    def count(self) -> int:
        return len(self.articles) + len(self.names)


def fold(text: str) -> str:
    """Lower case, without diacritics, ə as e: what two spellings of a word have in common."""
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.translate(LETTERS).casefold())
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter)).translate(LETTERS)


def words_of(text: str) -> list[str]:
    """The folded words: letters and digits alone, so that nothing is left to escape, and both engines
    see the same words in "and/or" and in "aze.media"."""
    return [word[:MAX_WORD_LENGTH] for word in WORD.findall(fold(text))]


def asked_words(query: str) -> list[str]:
    """The words that are looked for."""
    return words_of(query[:MAX_QUERY_LENGTH])[:MAX_WORDS]


def index(*articles: Article) -> None:
    """Put the articles into the index, or out of it while they are not published.

    In the transaction that changed them, so that the index never lags behind. A scheduled article is in it
    already: every search asks `published()`.
    """
    listed = [each for each in articles if each.status == Article.Status.PUBLISHED]
    hidden = [each.pk for each in articles if each.status != Article.Status.PUBLISHED]
    SearchEntry.objects.filter(article__in=hidden).delete()
    SearchEntry.objects.bulk_create(
        [_entry(each) for each in listed],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["headline", "standfirst", "names", "text"],
    )


def find(query: str) -> ArticleQuerySet:
    """Public articles that hold every word of the query (the last one also as a beginning), best first."""
    words = asked_words(query)
    if not words:
        return Article.objects.none()
    matching = _matching_sqlite if connection.vendor == "sqlite" else _matching_postgresql
    return matching(Article.objects.published(), words)


def suggest(query: str) -> Suggestions:
    """Public articles with those words in the headline, the newest first, and whatever has such a name.

    Every word may be a beginning. Two or three questions; nothing is ranked.
    """
    words = asked_words(query)
    if len("".join(words)) < LEAST_LETTERS:
        return Suggestions([], [])
    headed = Article.objects.published().newest_first().for_headlines()
    for word in words:
        headed = headed.alias(folded=Concat(Value(" ", TextField()), "search_entry__headline")).filter(
            folded__contains=f" {word}"
        )
    recent = Article.objects.published().newest_first().values("pk")[:RECENT]
    articles = list(headed.filter(pk__in=recent)[:SUGGESTED])
    if len(articles) < SUGGESTED:
        shown = [article.pk for article in articles]
        articles += _in_the_index(headed.exclude(pk__in=shown), words)[: SUGGESTED - len(articles)]
    return Suggestions(articles, _named(words))


def _in_the_index(headed: ArticleQuerySet, words: list[str]) -> ArticleQuerySet:
    """Those among the first that the index has for the words: it is read so far, whatever there is."""
    if connection.vendor == "sqlite":
        found, asked = "SELECT rowid FROM articles_search WHERE articles_search MATCH %s", _fts5(words)
        asked, order = f"headline : ({asked})", " ORDER BY rowid DESC"
    else:
        # Without the weight of headlines: each row would have to be fetched to look at it.
        found = (
            "SELECT article_id FROM articles_searchentry WHERE vector @@ to_tsquery('articles_search', %s)"
        )
        asked, order = _tsquery(words), ""
    among = headed.extra(  # noqa: S610 (no word of the query stands in it)
        where=[f"articles_article.id IN ({found}{order} LIMIT {CANDIDATES})"], params=[asked]
    )
    return cast(ArticleQuerySet, among)


def _named(words: list[str]) -> list[Category | Author | Tag]:
    """Sections, authors and tags whose name has a word that begins like this. Addresses are folded names."""
    slug = "-".join(words)
    named = Q(slug__startswith=slug) | Q(slug__contains=f"-{slug}")
    rows = [
        models.filter(named)
        .order_by()
        .annotate(kind=Value(kind, IntegerField()), place=F("stored_path" if kind == 0 else "slug"))
        .values_list("kind", "name", "place")
        for kind, models in enumerate(
            [Category.objects.active().listed(), Author.objects.listed(), Tag.objects.listed()]
        )
    ]
    found = rows[0].union(*rows[1:], all=True).order_by("kind", "name")[:SUGGESTED_NAMES]
    return [_bare(kind, name, place) for kind, name, place in found]


def _bare(kind: int, name: str, place: str) -> Category | Author | Tag:
    """Enough of it for a link."""
    if kind == 0:
        return Category(name=name, stored_path=place)
    return Author(name=name, slug=place) if kind == 1 else Tag(name=name, slug=place)


def snippet(article: Article, query: str) -> list[tuple[str, bool]]:
    """The stretch of the text around the first match, as (text, is a match) pairs."""
    # The engines compare stems; the first letters are near enough to mark what they found.
    beginnings = tuple(word[: max(4, len(word) - 2)] for word in asked_words(query))
    tokens = f"{article.standfirst} {rendering.plain_text(article.body_html)}".split()
    first = next((place for place, token in enumerate(tokens) if _matches(token, beginnings)), 0)
    start = max(0, first - SNIPPET_WORDS // 4)
    stretch = tokens[start : start + SNIPPET_WORDS]
    pairs = [("… ", False)] if start else []
    for token in stretch:
        pairs += [(token, _matches(token, beginnings)), (" ", False)]
    pairs += [("…", False)] if start + SNIPPET_WORDS < len(tokens) else []
    return _joined(pairs)


def _joined(pairs: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Neighbours of a kind as one."""
    return [("".join(text for text, _ in run), is_match) for is_match, run in groupby(pairs, itemgetter(1))]


def _matches(token: str, beginnings: tuple[str, ...]) -> bool:
    return any(word.startswith(beginnings) for word in WORD.findall(fold(token)))


def _entry(article: Article) -> SearchEntry:
    names: Iterable[object] = [
        *article.authors.all(),
        *article.all_categories,
        *article.tags.all(),
        article.outlet or "",
        article.kicker,
    ]
    return SearchEntry(
        article=article,
        headline=_indexed(f"{article.headline} {article.short_headline}"),
        standfirst=_indexed(article.standfirst),
        names=_indexed(" ".join(map(str, names))),
        text=_indexed(rendering.plain_text(article.body_html)),
    )


def _indexed(text: str) -> str:
    return " ".join(words_of(text[:MAX_TEXT_LENGTH]))


def _matching_sqlite(articles: ArticleQuerySet, words: list[str]) -> ArticleQuerySet:
    found = articles.extra(
        tables=["articles_search"],
        where=["articles_search.rowid = articles_article.id", "articles_search MATCH %s"],
        params=[_fts5(words)],
        order_by=["rank", "-published_at", "-id"],
        select={"rank": "bm25(articles_search, 8.0, 4.0, 4.0, 1.0)"},
    )
    return cast(ArticleQuerySet, found)


def _matching_postgresql(articles: ArticleQuerySet, words: list[str]) -> ArticleQuerySet:
    expression = _tsquery(words)
    vector, asked = "articles_searchentry.vector", "to_tsquery('articles_search', %s)"
    found = articles.extra(  # noqa: S610 (no word of the query stands in it)
        tables=["articles_searchentry"],
        where=["articles_searchentry.article_id = articles_article.id", f"{vector} @@ {asked}"],
        params=[expression],
        order_by=["rank", "-published_at", "-id"],
        select={"rank": f"-ts_rank_cd({vector}, {asked})"},
        select_params=[expression],
    )
    return cast(ArticleQuerySet, found)


def _fts5(words: list[str]) -> str:
    return " ".join(f'"{word}"' for word in words) + " *"


def _tsquery(words: list[str]) -> str:
    return " & ".join(words) + ":*"

"""Full text search by the database itself. But for `suggestions`, the only module that knows how.

Text is folded before it is indexed and before it is asked for, because neither engine knows that a reader
without an Azerbaijani keyboard types "Gence" for "Gəncə".
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache
from html import escape
from itertools import chain
from typing import Any, TypeVar

from django.db import OperationalError, connection, models
from django.db.models import Case, ExpressionWrapper, QuerySet, Value, When
from django.db.models.expressions import RawSQL
from django.db.models.functions import Concat, StrIndex
from django.db.models.lookups import GreaterThan
from django.utils import timezone

from articles import recording, rendering
from articles.cards import ask_for_cards, by_key
from articles.models import Article, Credit, FurtherCategory, SearchEntry, Tagging
from articles.prepared import Given, Question, prepared

T = TypeVar("T")
LETTERS = str.maketrans("əƏǝƎıİøØđĐł", "eeeeiiooddl")
WORD = re.compile(r"[^\W_]+")
NOT_ASCII = re.compile(r"[^\x00-\x7f]")
# PostgreSQL refuses a word of more than 2 kB, and an entry of more than 1 MB.
MAX_WORD_LENGTH = 60
MAX_TEXT_LENGTH = 200_000
MAX_WORDS = 12
MAX_QUERY_LENGTH = 200
SNIPPET_WORDS = 36
# How many of the newest that match are ranked, and what their parts weigh, the heaviest first. Fewer whole
# words than that, and the last one is taken for a beginning.
MOST_RANKED = 200
WEIGHTS = {8: ["headline"], 4: ["standfirst", "names"]}
FEW = 20


@dataclass(frozen=True)
class Findings:
    """What a search found: the keys of articles, and whether older ones match as well."""

    query: str
    keys: list[int]
    has_more: bool

    def __len__(self) -> int:
        return len(self.keys)

    def __contains__(self, article: Article) -> bool:
        return article.pk in self.keys

    def __iter__(self) -> Iterator[Article]:
        return iter(self[:])

    def __getitem__(self, part: slice) -> list[Article]:
        """Cards, each with the stretch of its text that was looked for as its `snippet`."""
        keys = self.keys[part]
        texts = _texts(keys=keys)
        asked = ask_for_cards(keys, timezone.now())
        # Meanwhile the database looks for the cards.
        snippets = {pk: snippet(standfirst, body_html, self.query) for pk, standfirst, body_html in texts}
        shown = by_key(asked.answer())
        for pk, article in shown.items():
            article.snippet = snippets.get(pk)
        return [shown[pk] for pk in keys if pk in shown]


# All read the index from its new end, and no further than they must (see migration 0002).
FTS5 = "SELECT rowid FROM {0} WHERE {0} MATCH %s ORDER BY rowid DESC LIMIT %s"
NEWEST = {
    "sqlite": FTS5.format("articles_search"),
    "postgresql": (
        "SELECT * FROM articles_newest_matches(to_tsquery('articles_search', %s), %s) ORDER BY 1 DESC"
    ),
}


def fold(text: str) -> str:
    """Lower case, without diacritics, ə as e: what two spellings of a word have in common."""
    # However long a text is, there are few letters of a kind beyond ASCII in it.
    for letter in set(NOT_ASCII.findall(text)):
        text = text.replace(letter, _fold(letter))
    return text.lower()


@lru_cache(maxsize=4096)
def _fold(letter: str) -> str:
    # Twice: what a letter is made up of may be large again. What is folded is folded for good.
    decomposed = unicodedata.normalize("NFKD", letter.translate(LETTERS).casefold()).casefold()
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
        [_entry(each, names) for each, names in _with_names(listed)],
        update_conflicts=True,
        unique_fields=["article"],
        update_fields=["headline", "standfirst", "names", "text"],
    )


def find(query: str) -> Findings:
    """Public articles that hold every word of the query, best first, among the newest that do."""
    recording.note(recording.ARTICLES)
    matches = _whole_or_begun(_ranked_matches, asked_words(query))
    has_more = len(matches) > MOST_RANKED
    # Only there to tell that there is one.
    oldest = min(pk for pk, _ in matches) if has_more else None
    keys = [pk for pk, is_public in matches if is_public and pk != oldest]
    return Findings(query, keys, has_more)


def newest_matches(query: str, count: int) -> list[int]:
    """The keys of the newest that hold every word, scheduled ones among them."""

    def newest(words: list[str], whole: bool) -> list[int]:
        with finding_nothing_of_phrases(), connection.cursor() as cursor:
            cursor.execute(NEWEST[connection.vendor], [_asked(words, whole), count])
            return [pk for (pk,) in cursor.fetchall()]
        return []

    return _whole_or_begun(newest, asked_words(query))


def _whole_or_begun(ask: Callable[[list[str], bool], list[T]], words: list[str]) -> list[T]:
    """Where few have all the words, the last one may be a beginning: somebody has not typed it to its end."""
    found = ask(words, True) if words else []
    return ask(words, False) if words and len(found) < FEW else found


@contextmanager
def finding_nothing_of_phrases() -> Iterator[None]:
    """Some letters part words for SQLite, whose index does not know which words follow one another."""
    try:
        yield
    except OperationalError as fault:
        if "phrase queries" not in str(fault):
            raise


def _ranked_matches(words: list[str], whole: bool) -> list[tuple[int, bool]]:
    """The newest that match, one more than are ranked, each with whether it is public.

    A word in the headline weighs more than one in the standfirst or in a name, that more than one in the
    text; among equals the newer comes first. The engines' own ranking reads all that matches.
    """
    beginnings = {f"beginning_{place}": each for place, each in enumerate(_beginnings(words))}
    with finding_nothing_of_phrases():
        return _ranked(len(words))(
            asked=_asked(words, whole), most=MOST_RANKED + 1, at=timezone.now(), **beginnings
        )
    return []


@cache
def _ranked(count: int) -> Question:
    """For so many words."""
    fields: dict[str, Any] = {f"beginning_{place}": models.TextField() for place in range(count)}

    @prepared(asked=models.TextField(), most=models.IntegerField(), at=models.DateTimeField(), **fields)
    def ranked(asked: Any, most: Any, at: Any, **beginnings: Any) -> QuerySet[Article, Any]:
        articles = Article.objects.filter(pk__in=RawSQL(NEWEST[connection.vendor], [asked, most]))  # noqa: S611
        is_public = ExpressionWrapper(articles.public_at(at), models.BooleanField())
        weight = sum(map(_weight, beginnings.values()), Value(0))
        return articles.order_by(weight.desc(), "-published_at", "-pk").values_list("pk", is_public)

    return ranked


def _weight(beginning: Given) -> Case:
    """Of the weightiest part that has a word with that beginning."""
    space, cases = Value(" ", models.TextField()), []
    for weight, parts in WEIGHTS.items():
        words = Concat(*chain.from_iterable((space, f"search_entry__{part}") for part in parts))
        cases.append(When(GreaterThan(StrIndex(words, beginning), 0), then=weight))
    return Case(*cases, default=0)


@prepared(keys=models.BigAutoField(), many=["keys"])
def _texts(keys: Any) -> QuerySet[Article, Any]:
    return Article.objects.filter(pk__in=keys).order_by().values_list("pk", "standfirst", "body_html")


def _beginnings(words: list[str]) -> list[str]:
    """The engines compare stems; the first letters are near enough to tell what they found."""
    return [f" {word[: max(4, len(word) - 2)]}" for word in words]


def snippet(standfirst: str, body_html: str, query: str) -> list[tuple[str, bool]]:
    """The stretch of the text around the first match, or its beginning, as (text, is a match) pairs."""
    beginning = _any_beginning(query)
    # Escaped, a standfirst is one paragraph more.
    paragraphs = [escape(standfirst, quote=False), *rendering.paragraphs(body_html)]
    parts = [each for each in paragraphs if each.strip()]
    number, place = _first_match(parts, beginning) or (0, 0)
    tokens: list[str] = []
    for part in parts[number:]:
        tokens += rendering.printed(part).split()
        if len(tokens) > place + SNIPPET_WORDS:
            break
    start = max(0, place - SNIPPET_WORDS // 4)
    stretch = tokens[start : start + SNIPPET_WORDS]
    pairs: list[tuple[str, bool]] = []
    between = "… " if number or start else ""
    # Folding makes no line of a word, whatever else it makes of it.
    for token, folded in zip(stretch, fold("\n".join(stretch)).split("\n"), strict=False):
        if beginning.search(folded):
            pairs += [(between, False), (token, True)]
            between = " "
        else:
            between += f"{token} "
    rest = "…" if start + SNIPPET_WORDS < len(tokens) else ""
    return [pair for pair in [*pairs, (f"{between}{rest}", False)] if pair[0]]


@lru_cache(maxsize=100)
def _any_beginning(query: str) -> re.Pattern[str]:
    """Finds, in folded text, where a word begins like one of the query's."""
    beginnings = map(str.strip, _beginnings(asked_words(query)))
    # What stands before is looked at last: that leaves letters to look for first.
    return re.compile("|".join(rf"{each}(?<![^\W_]{each})" for each in beginnings) or "(?!)")


def _first_match(parts: list[str], beginning: re.Pattern[str]) -> tuple[int, int] | None:
    """The number of the part that has it, and the place of the word there."""
    for number, part in enumerate(parts):
        # Most have it nowhere, and need not be printed to tell; some only in a tag. What a tag cuts in two is
        # not seen.
        if beginning.search(fold(part)):
            text = fold("\n".join(rendering.printed(part).split()))
            if found := beginning.search(text):
                return number, text.count("\n", 0, found.start())
    return None


def _with_names(articles: list[Article]) -> Iterator[tuple[Article, list[str]]]:
    """Each with the names it is found by; a statement for each kind of name, however many articles."""
    names: dict[int, list[str]] = {article.pk: [] for article in articles}
    bylines = Credit.objects.filter(article__in=names).values_list("article", "author__name")
    further = FurtherCategory.objects.filter(article__in=names).values_list("article", "category__name")
    tags = Tagging.objects.filter(content_object__in=names).values_list("content_object", "tag__name")
    for pk, name in chain(bylines, further, tags):
        names[pk].append(name)
    for article in articles:
        own = (article.primary_category, article.outlet, article.kicker)
        yield article, [*names[article.pk], *(str(each) for each in own if each)]


def _entry(article: Article, names: list[str]) -> SearchEntry:
    return SearchEntry(
        article=article,
        headline=_indexed(f"{article.headline} {article.short_headline}"),
        standfirst=_indexed(article.standfirst),
        names=_indexed(" ".join(names)),
        text=_indexed(rendering.plain_text(article.body_html)),
    )


def _indexed(text: str) -> str:
    return " ".join(words_of(text[:MAX_TEXT_LENGTH]))


def _asked(words: list[str], whole: bool) -> str:
    """The engine's own query for all these words, the last one perhaps a beginning."""
    if connection.vendor == "postgresql":
        return " & ".join(words) + ("" if whole else ":*")
    return " ".join(f'"{word}"' for word in words) + ("" if whole else " *")

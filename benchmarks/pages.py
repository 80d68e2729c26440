"""What each kind of public page costs the server, rendered anew: milliseconds and queries."""

from __future__ import annotations

import io
from collections.abc import Callable
from random import Random
from typing import Any
from urllib.parse import quote

from django.db.models import Count

from articles import pagination
from articles.models import Article, Author, Category, Page, SearchEntry, Tag
from articles.sitemaps import ArticleSitemap
from benchmarks.counting import Cost, cost_of
from benchmarks.newsroom import SPARSE
from benchmarks.words import VOWELS

# Rounds with other articles than those that are measured then: nothing is measured the first time, nor an
# article the second time.
WARM_UP = 20
DEEP_PAGE = 5_000
ARTICLES = 40
# The share of the newest articles that have the common and the frequent word, as near as candidates come.
SHARES = (0.6, 0.1)
CANDIDATES, SHORTEST, SAMPLE = 30, 4, 500
# With no fewer letters are suggestions asked for. The same ones in every archive: the words are each one's
# own, and how many things happen to begin like one of them says nothing about growth.
BEGINNINGS = [f"{onset}{vowel}" for onset in "bdgkmrstv" for vowel in VOWELS]


class Door:
    """Asks the application itself, in this process, behind whatever stands before Django."""

    def __init__(self) -> None:
        from azemedia.wsgi import django

        self._application = django
        self._status = ""

    def cost(self, address: str) -> Cost:
        _, cost = cost_of(lambda: self._get(address))
        if self._status != "200 OK":
            raise RuntimeError(f"{address} answers {self._status}")
        return cost

    def _get(self, address: str) -> None:
        response = self._application(_environ(address), self._start)
        for _ in response:
            pass
        response.close()  # type: ignore[attr-defined]

    def _start(self, status: str, headers: object, exc_info: object = None) -> Callable[[bytes], None]:
        self._status = status
        return lambda data: None


def measure(rounds: range) -> dict[str, list[Cost]]:
    """Each kind in turn, round after round: what disturbs the machine disturbs all of them.

    The number of a round says which of a kind's addresses is asked.
    """
    door, kinds = Door(), addresses()
    taken: dict[str, list[Cost]] = {kind: [] for kind in kinds}
    for number in range(rounds.start - WARM_UP, rounds.stop):
        for kind, asked in kinds.items():
            answer = door.cost(asked[number % len(asked)])
            if number in rounds:
                taken[kind].append(answer)
    return taken


def addresses() -> dict[str, list[str]]:
    """What is asked of each kind. Of articles several, so that not one alone is warm."""
    section = Category.objects.annotate(size=Count("filings")).order_by("-size")[0]
    tag = Tag.objects.annotate(size=Count("taggings")).order_by("-size")[0]
    author = Author.objects.annotate(size=Count("credits")).order_by("-size")[0]
    words = search_words()
    at = section.get_absolute_url()
    # The last page that is full, for one with fewer cards costs less.
    last = max(1, Article.objects.published().in_category(section).count() // pagination.PER_PAGE)
    return {
        "front page": ["/"],
        "article": _articles(),
        "category": [at],
        "category, deep page": [f"{at}?page={min(DEEP_PAGE, last)}"],
        "category, sparse": [Category.objects.get(name=SPARSE).get_absolute_url()],
        "author": [author.get_absolute_url()],
        "tag": [tag.get_absolute_url()],
        "page": [Page.objects.all()[0].get_absolute_url()],
        **{f"search, {name}": [f"/search/?q={quote(word)}"] for name, word in words.items()},
        "suggestions": [f"/search/suggestions/?q={beginning}" for beginning in BEGINNINGS],
        "feed": ["/feed/"],
        "category feed": [f"{at}feed/"],
        "sitemap": ["/sitemap.xml"],
        "sitemap, a part": [f"/sitemap-articles.xml?p={_parts()}"],
    }


def search_words() -> dict[str, str]:
    """Words of the archive itself: one of most articles, one of a tenth, one of a few, and two together."""
    shares = _shares()
    common, frequent = (min(shares, key=lambda word: abs(shares[word] - wanted)) for wanted in SHARES)
    return {
        "common word": common,
        "frequent word": frequent,
        "rare word": rare_word(),
        "two words": f"{frequent} {common}",
    }


def _shares() -> dict[str, float]:
    """Some words of a long text, and the share of the newest articles that have each."""
    newest = SearchEntry.objects.order_by("-article")[:SAMPLE]
    texts = [set(text.split()) for text in newest.values_list("text", flat=True)]
    words = sorted(word for word in max(texts, key=len) if len(word) >= SHORTEST)
    chosen = Random(1).sample(words, CANDIDATES)
    return {word: sum(word in text for text in texts) / len(texts) for word in chosen}


def rare_word() -> str:
    """The name of an author with few articles."""
    author = Author.objects.listed().annotate(size=Count("credits")).order_by("size", "pk")[0]
    return str(author.name.split()[-1])


def _articles() -> list[str]:
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True)[0]
    pks = Random(2).sample(range(1, newest + 1), min(newest, ARTICLES * 2))
    public = Article.objects.published().filter(pk__in=pks).only("slug")
    return [article.get_absolute_url() for article in public[:ARTICLES]]


def _parts() -> int:
    """The middle one of the sitemap's parts; of two the first, which is full."""
    return (1 + ArticleSitemap().paginator.num_pages) // 2


def _environ(address: str) -> dict[str, Any]:
    path, _, query = address.partition("?")
    return {
        "REQUEST_METHOD": "GET", "SCRIPT_NAME": "", "PATH_INFO": path, "QUERY_STRING": query,
        "SERVER_NAME": "localhost", "SERVER_PORT": "8000", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "localhost:8000", "REMOTE_ADDR": "127.0.0.1", "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http", "wsgi.input": io.BytesIO(), "wsgi.errors": io.StringIO(),
        "wsgi.multithread": True, "wsgi.multiprocess": True, "wsgi.run_once": False,
    }  # fmt: skip

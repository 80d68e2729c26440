"""Whether a filled archive is what the application itself would have written."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from itertools import chain
from typing import Any

from django.db import connection, transaction
from django.db.models import Q

from articles import filing, search
from articles.models import Article, Author, Category, Credit, Filing, Permalink, SearchEntry, Tag, Tagging
from benchmarks.indexing_process import INDEXES

SAMPLE, SOME = 25, 4
LISTED = ((Filing, "article", "category"), (Credit, "article", "author"), (Tagging, "content_object", "tag"))
# Above that many articles the index is not read through: it takes as long as building it.
FEW = 50_000


def faults(sample: int = SAMPLE) -> list[str]:
    """What is wrong, each as a sentence. Writes, and takes back what it wrote."""
    with transaction.atomic():
        found = [*_counts(), *_tallies(), *_index()]
        for article in _sample(sample):
            found += [f"Article {article.pk}: {fault}" for fault in _article(article)]
        transaction.set_rollback(True)
    return found


def _sample(count: int) -> Iterable[Article]:
    newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    pks = {1 + (newest - 1) * step // max(1, count - 1) for step in range(count)}
    return Article.objects.filter(pk__in=pks).order_by("pk")


def _counts() -> Iterable[str]:
    listed = Article.objects.published().count() + Article.objects.scheduled().count()
    if SearchEntry.objects.count() != listed:
        yield f"{listed} articles are published, but {SearchEntry.objects.count()} are in the index."
    for category in Category.objects.order_by("?")[:SOME]:
        family = [category, *category.children.all()]
        filed = Article.objects.filter(Q(primary_category__in=family) | Q(further_categories__in=family))
        expected = filed.published().distinct().count()
        if Article.objects.published().in_category(category).count() != expected:
            yield f"The list of {category} does not have its {expected} articles."


def _tallies() -> Iterable[str]:
    owners: tuple[Any, ...] = (Author, Category, Tag)
    for owner in chain.from_iterable(model.objects.order_by("?")[:SOME] for model in owners):
        lines = type(owner).objects.lines_of(owner).filter(listed_at__isnull=False).count()
        tallied = sum(owner.tallies.values_list("count", flat=True))
        if lines != tallied:
            yield f"The list of {owner} has {lines} lines, but {tallied} are tallied."


def _index() -> Iterable[str]:
    if connection.vendor == "sqlite" and SearchEntry.objects.count() <= FEW:
        with connection.cursor() as cursor:
            for index in INDEXES:
                # Raises where the index is not what its entries say.
                check = f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 (names of ours)
                cursor.execute(check)
    return ()


def _article(article: Article) -> Iterable[str]:
    before = (article.body_html, article.word_count)
    article.derive()
    if (article.body_html, article.word_count) != before:
        yield "the printed text is not what its body gives."
    lists, words = _lists(article), _words(article)
    filing.refile(article)
    search.index(article)
    if _lists(article) != lists:
        yield "it stands in other lists than it should."
    if _words(article) != words:
        yield "the index has other words than it should."
    if Permalink.objects.target_of(article.path) != article:
        yield "its address leads elsewhere."
    # A headline of common words alone finds so many newer ones that the search ends before an old one.
    found = search.find(article.headline)
    if article.is_public and article not in found and not found.has_more:
        yield "search does not find it by its headline."


def _lists(article: Article) -> list[set[tuple[object, ...]]]:
    return [
        set(model._default_manager.filter(**{own: article}).values_list(what, "listed_at"))  # type: ignore[misc]
        for model, own, what in LISTED
    ]


def _words(article: Article) -> Counter[str]:
    entry = SearchEntry.objects.filter(article=article).first()
    texts = (entry.headline, entry.standfirst, entry.names, entry.text) if entry else ()
    return Counter(f"{place}:{word}" for place, text in enumerate(texts) for word in text.split())

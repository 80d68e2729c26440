"""Where to read on: "You might also like", the newest, and the section's earlier and later piece.

The first is what an editor picked, then what resembles the article most. That is computed when an article is
published and kept as rows, so that a page view only reads them.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import cache, cached_property
from typing import Any

from django.db import models, transaction
from django.db.models import Exists, OuterRef, QuerySet, Sum
from django.utils import timezone

from articles import bulk, recording
from articles.cards import ask_for_headlines, by_key
from articles.gathering import Rows
from articles.models import Article, Category, RelatedArticle, Tag, Tagging, TagTally
from articles.prepared import Question, prepared
from articles.querysets import ArticleQuerySet

SHOWN = 8
KEPT = 12
NEWEST = 10
LISTS = ("related", "newest", "earlier", "later")
# So many of what a text links to itself are looked past in each list.
MOST_LINKED = 20
# As far as each list is read along with the article: enough unless its text links to more than five.
DEPTH = 1 + SHOWN + NEWEST + 5
CANDIDATES_A_TAG = 60
CATEGORY_CANDIDATES = 40


class Further:
    """What an article page leads on to: no story twice, nor one that the text links to itself.

    The cards of these are asked for at once, and waited for when they are first looked at.
    """

    def __init__(self, article: Article, keys: Sequence[list[int]], newest: int) -> None:
        self._article, self._keys, self._newest = article, keys, newest
        self._asked = ask_for_headlines([pk for pks in keys for pk in pks], timezone.now())

    @property
    def related(self) -> list[Article]:
        return self._lists[0]

    @property
    def newest(self) -> list[Article]:
        return self._lists[1]

    @property
    def earlier(self) -> Article | None:
        return next(iter(self._lists[2]), None)

    @property
    def later(self) -> Article | None:
        return next(iter(self._lists[3]), None)

    @cached_property
    def _lists(self) -> list[list[Article]]:
        cards = by_key(self._asked.answer())
        lists = [[cards[pk] for pk in pks if pk in cards] for pks in self._keys]
        _note_how_far(self._article, lists, self._newest)
        return lists


def with_lists(articles: ArticleQuerySet, at: datetime, depth: int = DEPTH) -> ArticleQuerySet:
    """Each with the keys of what may be shown beside it: each list is read that deep along its index."""
    published = Article.objects.published(at)
    # Asked of each row: a join might be begun with all that is published.
    is_public = Exists(published.filter(pk=OuterRef("other")))
    relatives = RelatedArticle.objects.filter(is_public, article=OuterRef("pk"))
    here = OuterRef("primary_category"), OuterRef("published_at"), OuterRef("pk")
    older, newer = (lines.filter(listed_at__lte=at) for lines in Category.objects.lines_around(*here))
    return articles.annotate(
        related_keys=Rows(relatives[:depth], "other"),
        newest_keys=Rows(published.newest_first()[:depth], "pk"),
        earlier_keys=Rows(older[:depth], "article_pk"),
        later_keys=Rows(newer[:depth], "article_pk"),
    )


def further(
    article: Article, linked: Collection[str] = (), *, relatives: int = SHOWN, newest: int = NEWEST
) -> Further:
    """Chosen of what the lists hold that came along with the article, or are asked for now. The text's own
    links are given as slugs.
    """
    recording.note(f"related:{article.pk}")
    lists = _lists_of(article, depth=1 + relatives + newest + min(len(linked), MOST_LINKED))
    taken = {article.pk, *(pk for (pk,) in _keys_of(slugs=list(linked)))} if linked else {article.pk}

    def take(name: str, count: int) -> list[int]:
        chosen = [pk for (pk,) in lists[name] if pk not in taken][:count]
        taken.update(chosen)
        return chosen

    # In this order: what is among the relatives is none of the newest, and so on.
    keys = [take("related", relatives), take("newest", newest), take("earlier", 1), take("later", 1)]
    return Further(article, keys, newest)


def _note_how_far(article: Article, lists: list[list[Article]], wanted: int) -> None:
    """What moves in these lists beyond what was taken of them does not change the page."""
    _, newest, *around = lists
    is_full = wanted and len(newest) == wanted
    recording.note_stretch(recording.ARTICLES, since=newest[-1].published_at if is_full else None)
    section, own = f"filings:{article.primary_category_id}", article.published_at
    earlier, later = (each[0].published_at if each else None for each in around)
    recording.note_stretch(section, since=earlier, until=own)
    recording.note_stretch(section, since=own, until=later)


def _lists_of(article: Article, depth: int) -> dict[str, Any]:
    lists = {name: getattr(article, f"{name}_keys", None) for name in LISTS}
    if depth > DEPTH or None in lists.values():
        lists = dict(zip(LISTS, _lists(depth).first(article=article.pk, at=timezone.now()), strict=True))
    # What is not public has no place in its section.
    return lists if article.is_public else lists | {"earlier": [], "later": []}


@cache
def _lists(depth: int) -> Question:
    @prepared(article=models.BigAutoField(), at=models.DateTimeField())
    def lists(article: Any, at: Any) -> Any:
        asked = with_lists(Article.objects.filter(pk=article), at, depth)
        return asked.values_list(*(f"{name}_keys" for name in LISTS))

    return lists


@prepared(slugs=models.SlugField(), many=["slugs"])
def _keys_of(slugs: Any) -> QuerySet[Article, Any]:
    return Article.objects.filter(slug__in=slugs).order_by().values_list("pk")


@transaction.atomic
def refresh(*articles: Article) -> dict[int, list[int]]:
    """Compute the articles' relatives anew, beside the picks: primary keys for each, nearest first.

    A handful of statements, however many articles are given.
    """
    nearest = _nearest(articles)
    rows = RelatedArticle.objects.filter(article__in=nearest)
    for pk, picked in rows.filter(is_picked=True).values_list("article", "other"):
        nearest[pk] = [each for each in nearest[pk] if each != picked]
    wanted = {pk: others[:KEPT] for pk, others in nearest.items()}
    computed, known = rows.filter(is_picked=False), defaultdict[int, list[int]](list)
    for pk, other in computed.order_by("position", "pk").values_list("article", "other"):
        known[pk].append(other)
    # Where nothing is new nothing is written: the page need not be made anew.
    new = {pk: others for pk, others in wanted.items() if others != known[pk]}
    computed.filter(article__in=new).delete()
    fresh = ((pk, other, place, False) for pk, others in new.items() for place, other in enumerate(others))
    columns = ("article_id", "other_id", "position", "is_picked")
    # Who publishes at the same moment may have found the same relatives for the same article.
    bulk.insert(RelatedArticle, columns, fresh, ignore_conflicts=True)
    return wanted


def _nearest(articles: Collection[Article]) -> dict[int, list[int]]:
    """What shares a tag, by how rare the tag is; what shares the section, the newer before the older."""
    scores: dict[int, dict[int, float]] = {article.pk: defaultdict(float) for article in articles}
    taggings = list(Tagging.objects.filter(content_object__in=scores).values_list("content_object", "tag"))
    tags = {tag for _, tag in taggings}
    uses = _uses(tags)
    newest = {tag.pk: tag.newest for tag in Tag.objects.filter(pk__in=tags).with_newest(CANDIDATES_A_TAG)}
    for pk, tag in taggings:
        for (other,) in newest[tag]:
            scores[pk][other] += 1 / math.log(2 + uses[tag])
    sections = {section.pk: section.newest for section in _sections(articles)}
    for article in articles:
        for place, (other,) in enumerate(sections.get(article.primary_category_id, [])):
            scores[article.pk][other] += 0.3 - 0.2 * place / CATEGORY_CANDIDATES
    return {pk: sorted(score.keys() - {pk}, key=_by(score), reverse=True) for pk, score in scores.items()}


def _by(score: dict[int, float]) -> Callable[[int], tuple[float, int]]:
    return lambda pk: (score[pk], pk)


def _uses(tags: set[int]) -> defaultdict[int, int]:
    """How many articles each stands on, by the tallies: nothing is counted."""
    tallies = TagTally.objects.filter(tag__in=tags).order_by().values_list("tag")
    return defaultdict(int, tallies.annotate(Sum("count")))


def _sections(articles: Collection[Article]) -> QuerySet[Any]:
    pks = {each.primary_category_id for each in articles if each.primary_category_id}
    return Category.objects.filter(pk__in=pks).with_newest(CATEGORY_CANDIDATES)

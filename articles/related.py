"""Where to read on: "You might also like", and the section's earlier and later piece.

The former is what an editor picked, then what resembles the article most. That is computed when an article is
published and kept as rows, so that a page view costs one query.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Count

from articles.models import Article, RelatedArticle, Tag, Tagging
from articles.querysets import ArticleQuerySet

SHOWN = 8
KEPT = 12
CANDIDATES_A_TAG = 60
CATEGORY_CANDIDATES = 40


def related_to(article: Article) -> ArticleQuerySet:
    """Public articles related to this one, the editors' picks first."""
    return (
        Article.objects.published()
        .filter(related_as__article=article)
        .order_by("-related_as__is_picked", "related_as__position", "related_as__pk")
    )


def neighbours(
    article: Article, besides: list[int], linked: Iterable[str] = ()
) -> tuple[Article | None, Article | None]:
    """The earlier and the later piece of its section that the page does not show already, nor its text."""
    if not article.is_public or article.primary_category is None:
        return None, None
    others = Article.objects.published().in_category(article.primary_category).exclude(pk__in=besides)
    others = others.exclude(slug__in=linked)
    return others.before(article).for_headlines().first(), others.after(article).for_headlines().first()


@transaction.atomic
def refresh(article: Article) -> list[int]:
    """Compute the article's relatives anew, beside the picks. Their primary keys, nearest first."""
    picked = set(article.related_rows.filter(is_picked=True).values_list("other", flat=True))
    nearest = [pk for pk in _nearest(article) if pk not in picked][:KEPT]
    article.related_rows.filter(is_picked=False).delete()
    RelatedArticle.objects.bulk_create(
        RelatedArticle(article=article, other_id=pk, position=place, is_picked=False)
        for place, pk in enumerate(nearest)
    )
    return nearest


def _nearest(article: Article) -> list[int]:
    score: dict[int, float] = defaultdict(float)
    for tag in _tags_with_counts(article):
        rarity = 1 / math.log(2 + tag.uses)
        for pk in _newest(Article.objects.tagged(tag), CANDIDATES_A_TAG):
            score[pk] += rarity
    if article.primary_category:
        in_category = _newest(Article.objects.in_category(article.primary_category), CATEGORY_CANDIDATES)
        for place, pk in enumerate(in_category):
            score[pk] += 0.3 - 0.2 * place / CATEGORY_CANDIDATES  # newer first among equals
    score.pop(article.pk, None)
    return sorted(score, key=score.__getitem__, reverse=True)


def _newest(articles: ArticleQuerySet, count: int) -> list[int]:
    return list(articles.newest_first().values_list("pk", flat=True)[:count])


def _tags_with_counts(article: Article) -> list[Tag]:
    tags = Tagging.objects.filter(content_object=article).values("tag")
    return list(Tag.objects.filter(pk__in=tags).annotate(uses=Count("taggings")))

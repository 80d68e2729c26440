"""Keeps the rows that lists are read from in step with the articles. Nothing else decides `listed_at`."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from articles import bulk
from articles.models import Article, Category, Credit, Filing, FurtherCategory, Tagging

BATCH = 1000


@transaction.atomic
def refile(*articles: Article) -> None:
    """List the articles under their categories (and those categories' parents), authors and tags, or
    nowhere while they are not published.

    To be called in the transaction that changed an article's status, publication time, categories, credits
    or tags. A handful of statements, however many articles are given.
    """
    listed_at = {article.pk: time_listed(article) for article in articles}
    _list_filings(articles, listed_at)
    _list_credits(listed_at)
    _list_taggings(listed_at)


@transaction.atomic
def move(category: Category) -> None:
    """Bring a category's sub-sections and lists in line after it got another slug or parent."""
    for child in category.children.all():
        child.parent = category
        child.save()
    # Their numbers first: what is read here is what refile() writes.
    filed = Filing.objects.filter(category__in=[category, *category.children.all()])
    pks = sorted(set(filed.values_list("article", flat=True)))
    for start in range(0, len(pks), BATCH):
        refile(*Article.objects.filter(pk__in=pks[start : start + BATCH]).defer("body", "body_html"))


def time_listed(article: Article) -> datetime | None:
    """When its lines stand in lists; not at all while it is not published."""
    return article.published_at if article.status == Article.Status.PUBLISHED else None


def _list_filings(articles: tuple[Article, ...], listed_at: dict[int, datetime | None]) -> None:
    """What stays as it is stays untouched: pages that list it need not be made anew."""
    wanted = {(each.article_id, each.category_id): each for each in _filings(articles, listed_at)}
    gone = []
    for known in Filing.objects.filter(article__in=listed_at):
        line = known.article_id, known.category_id
        if line in wanted and wanted[line].listed_at == known.listed_at:
            del wanted[line]
        else:
            gone.append(known.pk)
    Filing.objects.filter(pk__in=gone).delete()
    fresh = ((each.article_id, each.category_id, each.listed_at) for each in wanted.values())
    bulk.insert(Filing, ("article_id", "category_id", "listed_at"), fresh)


def _filings(articles: tuple[Article, ...], listed_at: dict[int, datetime | None]) -> list[Filing]:
    parents = dict(Category.objects.values_list("pk", "parent"))
    chosen = {article.pk: {article.primary_category_id} for article in articles}
    for pk, category in FurtherCategory.objects.filter(article__in=chosen).values_list("article", "category"):
        chosen[pk].add(category)
    return [
        Filing(article_id=pk, category_id=category, listed_at=at)
        for pk, at in listed_at.items()
        if at
        for category in sorted(_with_parents(chosen[pk], parents))
    ]


def _with_parents(categories: set[int | None], parents: dict[int, int | None]) -> set[int]:
    return {each for each in categories | {parents.get(pk or 0) for pk in categories} if each}


def _list_credits(listed_at: dict[int, datetime | None]) -> None:
    seen: set[tuple[int, int]] = set()
    changed = []
    for credit in Credit.objects.filter(article__in=listed_at).order_by("article", "position", "pk"):
        once = (credit.article_id, credit.author_id)
        wanted = None if once in seen else listed_at[credit.article_id]
        seen.add(once)
        if credit.listed_at != wanted:
            credit.listed_at = wanted
            changed.append(credit)
    Credit.objects.bulk_update(changed, ["listed_at"])


def _list_taggings(listed_at: dict[int, datetime | None]) -> None:
    changed = []
    for tagging in Tagging.objects.filter(content_object__in=listed_at):
        if tagging.listed_at != listed_at[tagging.content_object_id]:
            tagging.listed_at = listed_at[tagging.content_object_id]
            changed.append(tagging)
    Tagging.objects.bulk_update(changed, ["listed_at"])

"""When a thing is called, or looks, otherwise: the search entries and cards of all articles that tell of it.

A section may hold the whole archive, so the worker does this, a batch at a time. Each batch is brought in
line with what the database says by then: done twice, or taken up anew after a crash, it comes to the same.
"""

from __future__ import annotations

from functools import partial
from typing import TypeAlias

from django.db import transaction
from django.db.models import Q
from django_tasks import task

from articles import search, sharing
from articles.models import Article, Author, Category, Image, Outlet, SiteSettings, Tag

Thing: TypeAlias = Author | Category | Image | Outlet | SiteSettings | Tag

BATCH = 100


def spread(thing: Thing) -> None:
    """Ask for it once the present transaction is committed."""
    transaction.on_commit(partial(follow.enqueue, str(thing._meta.model_name), thing.pk))


# Whoever uploads a picture waits for it; nobody waits for this.
@task(priority=-10)
def follow(kind: str, pk: int, after: int = 0) -> int:
    """Bring the next articles that tell of the thing in line with it; how many there were."""
    with transaction.atomic():
        telling = Article.objects.filter(_telling(kind, pk), pk__gt=after).order_by("pk").distinct()
        pks = list(telling.values_list("pk", flat=True)[:BATCH])
        # Locked, or what is read here could be written over what somebody saves meanwhile.
        rows = Article.objects.select_for_update(of=("self",), no_key=True).filter(pk__in=pks)
        articles = rows.select_related("outlet", "primary_category")
        search.index(*articles)
        for article in articles:
            sharing.settle(article)
        if len(pks) == BATCH:
            follow.enqueue(kind, pk, pks[-1])
    return len(pks)


def _telling(kind: str, pk: int) -> Q:
    if kind == "author":
        return Q(credits__author=pk)
    if kind == "category":
        return Q(primary_category=pk) | Q(further_categories=pk)
    if kind == "tag":
        return Q(taggings__tag=pk)
    if kind == "outlet":
        return Q(outlet=pk)
    shown = Q(illustrations__image=pk) if kind == "image" else Q(pk=None)
    stands_on_cards = kind == "sitesettings" or SiteSettings.objects.filter(logo=pk).exists()
    return shown | Q(lead_image=None) if stands_on_cards else shown

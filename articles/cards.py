"""Articles as lists show them, by their keys. The same few stand on most pages: so they are remembered."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.db.models import BigAutoField, DateTimeField

from articles.models import Article
from articles.prepared import Asked, prepared

if TYPE_CHECKING:
    from articles.querysets import ArticleQuerySet


def cards(keys: Collection[int], at: datetime) -> dict[int, Article]:
    """Those of them that are public at the moment, each with everything that a card shows."""
    return by_key(ask_for_cards(keys, at).answer())


def headlines(keys: Collection[int], at: datetime) -> dict[int, Article]:
    """The same without bylines, which take longer to read than the rest."""
    return by_key(ask_for_headlines(keys, at).answer())


def ask_for_cards(keys: Collection[int], at: datetime) -> Asked:
    return _cards.ask(keys=list(keys), at=at)


def ask_for_headlines(keys: Collection[int], at: datetime) -> Asked:
    return _headlines.ask(keys=list(keys), at=at)


def by_key(articles: Iterable[Article]) -> dict[int, Article]:
    return {each.pk: each for each in articles}


@prepared(keys=BigAutoField(), many=["keys"], at=DateTimeField(), remembers=True)
def _cards(keys: Any, at: Any) -> ArticleQuerySet:
    return Article.objects.published(at).filter(pk__in=keys).for_cards().order_by()


@prepared(keys=BigAutoField(), many=["keys"], at=DateTimeField(), remembers=True)
def _headlines(keys: Any, at: Any) -> ArticleQuerySet:
    return Article.objects.published(at).filter(pk__in=keys).for_headlines().with_labels().order_by()

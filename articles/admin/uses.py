"""Where a picture is used: every relation to it is read off the model, so that none is ever forgotten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, reduce
from operator import or_
from typing import Any

from django.contrib import admin
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.urls import reverse

from articles.admin import state
from articles.models import Article, Illustration, Image
from articles.querysets import LARGE_TEXT

SHOWN = 12


@dataclass(frozen=True)
class Use:
    """One place that shows the picture."""

    what: str  # "article", "site settings"
    role: str  # "lead image", "in the text", "logo"
    name: str
    url: str
    state: state.State | None


@dataclass(frozen=True)
class Uses:
    """As many places as fit, and how many there are besides (some, perhaps, not this person's to see)."""

    shown: list[Use]
    more: int

    def __bool__(self) -> bool:
        return bool(self.shown or self.more)

    def __len__(self) -> int:
        return len(self.shown) + self.more


@cache
def relations() -> list[Any]:
    """What points at a picture from elsewhere. Rows that go with it, like its tags, are its own."""
    return [
        relation
        for relation in Image._meta.get_fields(include_hidden=True)
        if relation.auto_created
        and not relation.concrete
        and getattr(relation, "on_delete", models.CASCADE) is not models.CASCADE
    ]


def in_use() -> Q:
    """The question of a list of pictures: which of them does something show?"""
    return reduce(or_, (Q(Exists(_rows(relation, OuterRef("pk")))) for relation in relations()))


def of(image: Image, user: Any, on_delete: Callable[..., Any] | None = None) -> Uses:
    """The places as far as the person may know of them; or only those that a deletion treats in one way."""
    shown: list[Use] = []
    total = 0
    for relation in relations():
        if on_delete in (None, relation.on_delete):
            rows = _rows(relation, image)
            count = rows.count()
            room = min(count, SHOWN - len(shown))
            shown += [_use(relation, row, user) for row in _seen_by(user, rows)[:room]]
            total += count
    return Uses(shown, total - len(shown))


def _rows(relation: Any, image: Any) -> models.QuerySet[Any]:
    return relation.related_model._default_manager.filter(**{relation.field.name: image})


def _seen_by(user: Any, rows: models.QuerySet[Any]) -> models.QuerySet[Any]:
    """Nobody learns here of other people's drafts. Without the texts, which are long."""
    articles = Article.objects.all()
    readable = (articles.visible_to(user) | articles.published()).values("pk")
    if rows.model is Article:
        rows = rows.filter(pk__in=readable).defer(*LARGE_TEXT)
    if rows.model is Illustration:
        rows = rows.filter(Q(article=None) | Q(article__in=readable)).select_related("article", "page")
        rows = rows.defer(*(f"{text}__{name}" for text in ("article", "page") for name in LARGE_TEXT))
    return rows.order_by("-pk")


def _use(relation: Any, row: Any, user: Any) -> Use:
    in_text = isinstance(row, Illustration)
    thing = (row.article or row.page) if in_text else row
    meta = thing._meta
    has_form = admin.site.is_registered(type(thing))
    may_look = has_form and user.has_perm(f"{meta.app_label}.view_{meta.model_name}")
    return Use(
        str(meta.verbose_name),
        "in the text" if in_text else str(relation.field.verbose_name),
        str(thing),
        reverse(f"admin:{meta.app_label}_{meta.model_name}_change", args=[thing.pk]) if may_look else "",
        state.of(thing) if isinstance(thing, Article) else None,
    )

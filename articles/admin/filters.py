"""The filters of the article list."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.models import Article, Category
from articles.querysets import ArticleQuerySet

SCHEDULED = "scheduled"
EMBARGOED = "embargoed"


class StateFilter(admin.SimpleListFilter):
    """Status as readers would see it: a scheduled article is not published yet."""

    title = "state"
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        choices = [(str(value), str(label)) for value, label in Article.Status.choices]
        return [*choices, (SCHEDULED, "Scheduled"), (EMBARGOED, "Under embargo")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        value, now = self.value(), timezone.now()
        if value == SCHEDULED:
            return queryset.scheduled(now)
        if value == Article.Status.PUBLISHED:
            return queryset.published(now)
        if value == EMBARGOED:
            return queryset.filter(embargoed_until__gt=now)
        return queryset.filter(status=value) if value in Article.Status.values else queryset


class CategoryFilter(admin.SimpleListFilter):
    """Every category of the article counts, and a section counts those of its sub-sections."""

    title = "category"
    parameter_name = "category"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        categories = Category.objects.order_by("stored_path").select_related("parent")
        return [
            (str(each.pk), f"{each.parent} › {each}" if each.parent else str(each)) for each in categories
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Article]) -> QuerySet[Article]:
        if not (self.value() or "").isdecimal():
            return queryset
        wanted = Category.objects.filter(Q(pk=self.value()) | Q(parent=self.value())).values("pk")
        further = Article.further_categories.through.objects.filter(
            category__in=wanted, article=OuterRef("pk")
        )
        return queryset.filter(Q(primary_category__in=wanted) | Exists(further))


class MineFilter(admin.SimpleListFilter):
    title = "whose"
    parameter_name = "whose"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("mine", "Mine")]

    def queryset(self, request: HttpRequest, queryset: ArticleQuerySet) -> QuerySet[Article]:
        if self.value() != "mine":
            return queryset
        return queryset.by_somebody(request.user)

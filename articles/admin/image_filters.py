"""The filters of the picture library."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from articles.admin import uses
from articles.admin.media import SOON
from articles.models import Image, Tag

# A list of names longer than this is no help; the search field finds the others.
NAMES = 20


class LacksFilter(admin.SimpleListFilter):
    title = "what is missing"
    parameter_name = "lacks"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("description", "Without description"), ("credit", "Without credit")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        if self.value() == "description":
            return queryset.filter(alt_text="")
        return queryset.filter(credit="", agency="") if self.value() == "credit" else queryset


class RightsFilter(admin.SimpleListFilter):
    title = "rights"
    parameter_name = "rights"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("soon", f"End within {SOON.days} days"), ("ended", "Ended")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        now = timezone.now()
        if self.value() == "soon":
            return queryset.filter(rights_expire_at__gt=now, rights_expire_at__lte=now + SOON)
        return queryset.filter(rights_expire_at__lte=now) if self.value() == "ended" else queryset


class UseFilter(admin.SimpleListFilter):
    title = "use"
    parameter_name = "use"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("none", "Unused"), ("some", "In use")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        if self.value() == "none":
            return queryset.filter(~uses.in_use())
        return queryset.filter(uses.in_use()) if self.value() == "some" else queryset


class UploaderFilter(admin.SimpleListFilter):
    title = "uploader"
    parameter_name = "by"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [("me", "Uploaded by me")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(uploaded_by=request.user.pk) if self.value() == "me" else queryset


class UploadedFilter(admin.DateFieldListFilter):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.title = "upload date"


class AgencyFilter(admin.SimpleListFilter):
    """The agencies that most pictures are from."""

    title = "agency"
    parameter_name = "agency"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        named = Image.objects.exclude(agency="").order_by().values_list("agency")
        return [
            (name, name) for name, _ in named.annotate(Count("pk")).order_by("-pk__count", "agency")[:NAMES]
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(agency=self.value()) if self.value() else queryset


class TagFilter(admin.SimpleListFilter):
    """The tags that most pictures bear."""

    title = "tag"
    parameter_name = "tag"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        used = Tag.objects.filter(image_taggings__isnull=False).annotate(Count("image_taggings"))
        return [(tag.slug, tag.name) for tag in used.order_by("-image_taggings__count", "name")[:NAMES]]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Image]) -> QuerySet[Image]:
        return queryset.filter(taggings__tag__slug=self.value()) if self.value() else queryset

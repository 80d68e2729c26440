"""What articles are filed under and credited to: categories, tags, authors, outlets."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils.html import format_html

from articles import filing
from articles.admin.front import ToldOfByArticles
from articles.admin.media import PicturesOnForm, thumbnail, typed
from articles.forms import AddressedForm, CategoryForm
from articles.models import Author, Category, Outlet, Tag, TagTally

SUGGESTIONS = 12


@admin.register(Category)
class CategoryAdmin(ToldOfByArticles, PicturesOnForm):
    form = CategoryForm
    list_display = ["indented", "address", "position", "is_active"]
    list_select_related = ["parent"]
    ordering = ["stored_path"]
    search_fields = ["name", "stored_path"]
    fieldsets = [
        (None, {"fields": ["name", "parent", "description", "position"]}),
        ("Period, for an event", {"fields": [("active_from", "active_until")]}),
        ("Page", {"fields": ["slug", "cover"]}),
    ]

    def save_model(self, request: HttpRequest, obj: Category, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and {"slug", "parent"} & set(form.changed_data):
            filing.move(obj)

    @admin.display(description="category", ordering="stored_path")
    def indented(self, category: Category) -> str:
        return format_html(
            '<span class="{}">{}</span>', "indented" if category.parent_id else "", category.name
        )

    @admin.display(description="address", ordering="stored_path")
    def address(self, category: Category) -> str:
        return category.get_absolute_url()

    @admin.display(description="active", boolean=True)
    def is_active(self, category: Category) -> bool:
        return category.is_active


@admin.register(Tag)
class TagAdmin(ToldOfByArticles):
    form = AddressedForm
    list_display = ["name", "address", "uses"]
    search_fields = ["name", "slug"]
    list_per_page = 100
    show_full_result_count = False
    fields = ["name", "description", "slug"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Tag]:
        tallies = TagTally.objects.filter(tag=OuterRef("pk")).order_by().values("tag")
        uses = Subquery(tallies.annotate(sum=Sum("count")).values("sum"))
        return super().get_queryset(request).annotate(uses=Coalesce(uses, 0))

    @admin.display(description="address", ordering="slug")
    def address(self, tag: Tag) -> str:
        return tag.get_absolute_url()

    @admin.display(description="published", ordering="uses")
    def uses(self, tag: Tag) -> int:
        return tag.uses  # type: ignore[attr-defined]

    def get_urls(self) -> list[Any]:
        suggestions = self.admin_site.admin_view(self.suggestions)
        return [path("suggestions/", suggestions, name="articles_tag_suggestions"), *super().get_urls()]

    def suggestions(self, request: HttpRequest) -> JsonResponse:
        """Names of tags that the typed letters begin, or occur in; the most used first."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        beginning = typed(request)
        if not beginning:
            return JsonResponse({"tags": []})
        tags = self.get_queryset(request).filter(name__icontains=beginning)
        begins = Q(name__istartswith=beginning)
        names = (
            tags.annotate(begins=begins).order_by("-begins", "-uses", "name").values_list("name", flat=True)
        )
        return JsonResponse({"tags": list(names[:SUGGESTIONS])})


@admin.register(Author)
class AuthorAdmin(ToldOfByArticles, PicturesOnForm):
    form = AddressedForm
    list_display = ["portrait", "name", "affiliation", "user", "is_house"]
    list_display_links = ["name"]
    list_select_related = ["photo", "user"]
    list_filter = ["is_house", ("user", admin.EmptyFieldListFilter)]
    search_fields = ["name", "affiliation"]
    list_per_page = 100
    autocomplete_fields = ["user"]
    fieldsets = [
        (None, {"fields": ["name", "affiliation", "photo", "biography", "links"]}),
        ("Account and address", {"fields": ["user", "is_house", "slug"]}),
    ]

    @admin.display(description="portrait")
    def portrait(self, author: Author) -> str:
        return thumbnail(author.photo)

    def get_readonly_fields(self, request: HttpRequest, obj: Author | None = None) -> list[str]:
        # A byline's account decides whose drafts somebody may see.
        return [] if request.user.has_perm("accounts.view_user") else ["user"]


@admin.register(Outlet)
class OutletAdmin(ToldOfByArticles, PicturesOnForm):
    list_display = ["emblem", "name", "language", "url", "canonical"]
    list_display_links = ["name"]
    list_select_related = ["logo"]
    list_filter = ["language", "canonical"]
    search_fields = ["name", "slug", "url"]
    prepopulated_fields = {"slug": ["name"]}
    fields = ["name", "slug", "url", "language", "logo", "credit_wording", "canonical"]

    @admin.display(description="logo")
    def emblem(self, outlet: Outlet) -> str:
        return thumbnail(outlet.logo)

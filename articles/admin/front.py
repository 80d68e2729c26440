"""The site itself: its front page, menus, partner links, pages and settings."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from articles import illustrations, renaming
from articles.admin.media import PicturesOnForm, thumbnail
from articles.forms import PageForm
from articles.models import Menu, MenuItem, Page, PartnerLink, Placement, SiteSettings


class ToldOfByArticles(admin.ModelAdmin):
    """Of what search entries and social cards of articles hold a copy: they follow in the background."""

    told = {"name"}

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        if change and self.told & set(form.changed_data):
            renaming.spread(obj)


@admin.register(Placement)
class PlacementAdmin(admin.ModelAdmin):
    list_display = ["article", "slot", "position", "starts_at", "ends_at", "is_live", "is_current"]
    list_select_related = ["article"]
    list_filter = ["slot", "is_live"]
    autocomplete_fields = ["article"]
    fields = ["article", ("slot", "position"), ("starts_at", "ends_at"), "is_live"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Placement]:
        return super().get_queryset(request).defer("article__body", "article__body_html")

    @admin.display(description="shown now", boolean=True)
    def is_current(self, placement: Placement) -> bool:
        now = timezone.now()
        has_begun = placement.starts_at is None or placement.starts_at <= now
        is_over = placement.ends_at is not None and placement.ends_at <= now
        return has_begun and not is_over and placement.article.is_public


class MenuItemInline(admin.TabularInline):
    model = MenuItem
    autocomplete_fields = ["category"]
    fields = ["position", "label", "category", "page", "url", "parent"]
    extra = 0

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name == "parent" and request and request.resolver_match:
            menu = request.resolver_match.kwargs.get("object_id")
            first_level = MenuItem.objects.filter(menu=menu, parent=None)
            kwargs["queryset"] = first_level.select_related("category", "page")
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_queryset(self, request: HttpRequest) -> QuerySet[MenuItem]:
        return super().get_queryset(request).select_related("category", "page")


@admin.register(Menu)
class MenuAdmin(admin.ModelAdmin):
    inlines = [MenuItemInline]
    list_display = ["place", "items"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Menu]:
        return super().get_queryset(request).prefetch_related("items__category", "items__page")

    @admin.display(description="items")
    def items(self, menu: Menu) -> str:
        return ", ".join(item.text for item in menu.items.all() if item.parent_id is None)


@admin.register(PartnerLink)
class PartnerLinkAdmin(PicturesOnForm):
    list_display = ["emblem", "name", "url", "position", "starts_at", "ends_at"]
    list_display_links = ["name"]
    list_select_related = ["logo"]
    search_fields = ["name", "url"]
    fields = ["name", "url", "logo", "position", ("starts_at", "ends_at")]

    @admin.display(description="logo")
    def emblem(self, link: PartnerLink) -> str:
        return thumbnail(link.logo)


@admin.register(Page)
class PageAdmin(admin.ModelAdmin):
    form = PageForm
    list_display = ["title", "address", "is_published", "version", "effective_on", "updated_at"]
    list_filter = ["is_published"]
    search_fields = ["title", "slug"]
    fieldsets = [
        (None, {"fields": ["title", "standfirst", "body", "is_published"]}),
        ("For a policy", {"fields": [("version", "effective_on")]}),
        ("Address and search engines", {"fields": ["slug", "seo_description"]}),
    ]

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        illustrations.settle(form.instance)

    @admin.display(description="address", ordering="slug")
    def address(self, page: Page) -> str:
        return page.get_absolute_url()


@admin.register(SiteSettings)
class SiteSettingsAdmin(ToldOfByArticles, PicturesOnForm):
    """One row: its list is its form."""

    told = {"name", "logo"}

    fieldsets = [
        ("Identity", {"fields": ["name", "tagline", "start_year", "place", "mission"]}),
        ("Logos", {"fields": ["logo", "logo_dark", "logo_footer", "social_image"]}),
        ("Contact", {"fields": ["contact_email", "social_profiles"]}),
        ("Reading", {"fields": ["language", ("reading_speed", "time_zone")]}),
        (
            "Consent and policies",
            {"fields": ["consent_text", "consent_version", "privacy_page", "terms_page"]},
        ),
    ]

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if not self.has_view_or_change_permission(request):
            return super().changelist_view(request, extra_context)
        SiteSettings.objects.get_or_create(pk=1)
        return redirect("admin:articles_sitesettings_change", 1)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: SiteSettings | None = None) -> bool:
        return False

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name in ("mission", "social_profiles", "consent_text"):
            kwargs["widget"] = forms.Textarea(attrs={"rows": 4})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

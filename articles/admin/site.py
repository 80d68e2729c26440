"""The newsroom's own admin site: what every screen of the desk has in common."""

from __future__ import annotations

from functools import cache, wraps
from typing import Any

from allauth.account.decorators import secure_admin_login
from django.apps import apps
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.text import get_text_list
from js_asset import Media

from accounts.roles import Role, role_of
from articles.admin import dashboard
from articles.admin.finding import DeskPaginator
from articles.admin.guard import ConflictGuard
from articles.caching import site_furniture

# The sidebar, in the newsroom's words. What stands in no group is machinery, for administrators.
GROUPS = {
    "Writing": ["articles.Article", "articles.Author", "articles.Tag"],
    "Pictures": ["articles.Image"],
    "Front page": ["articles.Placement", "articles.Menu", "articles.PartnerLink"],
    "Sections and sources": ["articles.Category", "articles.Outlet"],
    "The site": ["articles.Page", "articles.SiteSettings"],
    "People": ["accounts.User"],
}
MACHINERY = "Machinery"

# Packages that bring an admin for a model that we show in our own way, or not at all.
OURS_INSTEAD = {"taggit.Tag", "usersessions.UserSession", "mfa.Authenticator"}

# Rows that belong to a thing and go with it, whoever may delete it.
BELONGINGS = {"permalink"}


class DeskAdmin(ConflictGuard):
    """Mixed into every ModelAdmin of the site, our own and those of packages."""

    paginator = DeskPaginator

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if isinstance(db_field, models.URLField):
            kwargs["assume_scheme"] = "https"
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        # The editor's import map is an inline script. The policy's nonce is lazy and falsy until it is read.
        if hasattr(request, "csp_nonce"):
            context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        return super().render_change_form(request, context, *args, **kwargs)

    def get_view_on_site_url(self, obj: Any = None) -> str | None:
        """The address itself, and only while readers find something there."""
        if not hasattr(obj, "get_absolute_url"):
            return None
        is_shown = getattr(obj, "is_public", True) and getattr(obj, "is_published", True)
        return obj.get_absolute_url() if is_shown else None

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        to_delete, model_count, perms_needed, protected = super().get_deleted_objects(objs, request)
        return to_delete, model_count, set(perms_needed) - BELONGINGS, protected

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        thing = self.get_object(request, unquote(object_id))
        uses = in_use(thing) if thing and self.has_delete_permission(request, thing) else []
        if not uses:
            return super().delete_view(request, object_id, extra_context)
        needed_by = get_text_list(uses, "and")
        text = f"“{thing}” cannot be deleted: {needed_by} would lose it. Give those another first."
        self.message_user(request, text, messages.ERROR)
        return redirect(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", object_id)


def in_use(thing: models.Model) -> list[str]:
    """What protects the thing from being deleted: "12 articles", "2 further categories"."""
    uses = []
    for relation in thing._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            rows = relation.related_model._base_manager.filter(**{relation.field.name: thing.pk})
            if count := rows.count():
                meta = relation.related_model._meta
                uses.append(f"{count} {meta.verbose_name if count == 1 else meta.verbose_name_plural}")
    return uses


class NewsroomAdminSite(admin.AdminSite):
    site_header = "Aze.Media newsroom"
    site_title = "Aze.Media newsroom"
    index_title = "Today at the desk"
    enable_nav_sidebar = True

    def __init__(self, name: str = "admin") -> None:
        super().__init__(name)
        # Too much goes with one click, and what is published is withdrawn, not deleted.
        self.disable_action("delete_selected")

    def register(self, model_or_iterable: Any, admin_class: Any = None, **options: Any) -> None:
        for model in [model_or_iterable] if isinstance(model_or_iterable, type) else model_or_iterable:
            base = admin_class or admin.ModelAdmin
            if model._meta.label in OURS_INSTEAD and not base.__module__.startswith("articles."):
                continue
            guarded = type(base.__name__, (DeskAdmin, base), {"__module__": base.__module__})
            super().register(model, guarded, **options)

    def admin_view(self, view: Any, cacheable: bool = False) -> Any:
        """In the newsroom's time zone, like the public pages: both must mean the same moment."""
        inner = super().admin_view(view, cacheable)

        @wraps(inner)
        def in_zone(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            with timezone.override(site_furniture().settings.zone):
                response = inner(request, *args, **kwargs)
                return response.render() if hasattr(response, "render") else response

        return in_zone

    # One door for readers and staff -----------------------------------------------------------------

    def login(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return secure_admin_login(super().login)(request, extra_context)

    def logout(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_logout")

    def password_change(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return redirect("account_change_password")

    # The index and the sidebar ------------------------------------------------------------------------

    def index(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        return super().index(request, {**(extra_context or {}), "desk": dashboard.of(request.user)})

    def app_index(self, request: HttpRequest, app_label: str, extra_context: Any = None) -> HttpResponse:
        """Python packages are nothing that a newsroom knows."""
        return redirect("admin:index")

    def get_app_list(self, request: HttpRequest, app_label: str | None = None) -> list[dict[str, Any]]:
        apps_of_user = self._build_app_dict(request).values()
        shown = {entry["model"]: entry for app in apps_of_user for entry in app["models"]}
        groups = [
            self._group(name, [shown.pop(model) for model in map(apps.get_model, labels) if model in shown])
            for name, labels in GROUPS.items()
        ]
        if role_of(request.user) == Role.ADMINISTRATOR:
            rest = sorted(shown.values(), key=lambda entry: str(entry["name"]))
            groups.append(self._group(MACHINERY, rest))
        return [group for group in groups if group["models"]]

    def _group(self, name: str, entries: list[dict[str, Any]]) -> dict[str, Any]:
        return {
            "name": name,
            "app_label": name.lower().replace(" ", "-"),
            "app_url": reverse("admin:index", current_app=self.name),
            "has_module_perms": True,
            "models": entries,
        }


@cache
def newsroom() -> NewsroomAdminSite:
    """The one site. Importing it registers the desk's screens, which asks for it again before it is made."""
    return NewsroomAdminSite()

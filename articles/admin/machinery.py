"""What only administrators look at: addresses, the log, sessions, second factors."""

from __future__ import annotations

from typing import Any

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.http import HttpRequest

from articles.models import Permalink


class ReadOnly(admin.ModelAdmin):
    show_full_result_count = False

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


@admin.register(Permalink)
class PermalinkAdmin(ReadOnly):
    """Every address there ever was. One can be freed by deleting it, unless it is in use."""

    list_display = ["path", "target", "created_at"]
    list_select_related = Permalink.TARGETS
    search_fields = ["path"]

    def has_delete_permission(self, request: HttpRequest, obj: Permalink | None = None) -> bool:
        in_use = obj is not None and obj.target.path == obj.path  # type: ignore[attr-defined]
        return not in_use and super().has_delete_permission(request, obj)


@admin.register(LogEntry)
class LogEntryAdmin(ReadOnly):
    list_display = ["action_time", "user", "content_type", "object_repr", "__str__"]
    list_select_related = ["user", "content_type"]
    list_filter = ["action_time", "action_flag"]
    search_fields = ["object_repr", "user__email"]

    def has_delete_permission(self, request: HttpRequest, obj: LogEntry | None = None) -> bool:
        return False


@admin.register(Authenticator)
class AuthenticatorAdmin(ReadOnly):
    """Deleting one lets a person in again who lost it. Nobody needs to look at its secret."""

    list_display = ["user", "type", "created_at", "last_used_at"]
    list_select_related = ["user"]
    list_filter = ["type"]
    search_fields = ["user__email"]
    exclude = ["data"]


@admin.register(UserSession)
class UserSessionAdmin(ReadOnly):
    """The package's own searches users by a name that ours do not have."""

    list_display = ["user", "created_at", "last_seen_at", "ip", "user_agent"]
    list_select_related = ["user"]
    search_fields = ["user__email", "ip"]

"""Two people, one form: the second save is refused instead of silently undoing the first.

Django's admin writes whatever the form holds, so the later of two editors wins and the earlier one's work is
gone without a word. Here every change form carries a fingerprint of what it was filled from, and a save whose
fingerprint is no longer that of the row is refused, with everything that was typed still on the screen.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib import admin
from django.contrib.admin.models import CHANGE, DELETION, LogEntry
from django.contrib.admin.options import IS_POPUP_VAR, TO_FIELD_VAR
from django.contrib.admin.utils import unquote
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import IntegrityError, connections, models, router, transaction
from django.forms import BaseForm
from django.forms.models import _get_foreign_key
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.formats import date_format

FINGERPRINT = "_fingerprint"
REPLACE = "_replace"

# Written by the machine while a form lies open; nobody's work is lost when they change.
UNWATCHED = frozenset(
    {
        "last_login",
        "last_seen_at",
        "last_used_at",
        "rendered_at",
        "claimed_until",
        "social_card",
        "listed_at",
        "body_html",
    }
)

MEANWHILE = (
    "At the same moment somebody saved something that does not go together with this, most likely under the "
    "same name or address. Nothing was saved; your text is still below."
)


@dataclass(frozen=True)
class Conflict:
    """What the change form's template needs to tell of a refused save."""

    sentence: str
    current: str  # the fingerprint that a deliberate replacement must know


class Refused:
    """Mixed into the form of a request whose save is refused for a reason that no field is to blame for."""

    refusal: str

    def clean(self: Any) -> Any:
        cleaned = super().clean()  # type: ignore[misc]
        self.add_error(None, self.refusal)
        return cleaned


class ConflictGuard(admin.ModelAdmin):
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: Any = None,
    ) -> HttpResponse:
        if request.method != "POST":
            return self._open(request, object_id, form_url, extra_context)
        try:
            with transaction.atomic(using=self._database):
                return self._save(request, object_id, form_url, extra_context)
        except IntegrityError:
            # The form had found nothing wrong: another save came between its question and its answer.
            request.refusal = MEANWHILE  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def _open(self, request: HttpRequest, object_id: str | None, form_url: str, extra: Any) -> HttpResponse:
        # Taken before the form reads the row: after a save in between it is too old, which is safe.
        if object_id is not None:
            extra = {**(extra or {}), "fingerprint": self._fingerprint(request, object_id)}
        return super().changeform_view(request, object_id, form_url, extra)

    def _save(self, request: HttpRequest, object_id: str | None, form_url: str, extra: Any) -> HttpResponse:
        if object_id is None:
            return super().changeform_view(request, object_id, form_url, extra)
        current = self._fingerprint(request, object_id, lock=True)
        if current is None and self.has_change_permission(request):
            return self._gone(request, object_id)
        opened = request.POST.get(FINGERPRINT, "")
        if not self.has_change_permission(request) or _digest(current) in (
            _digest(opened),
            _digest(request.POST.get(REPLACE)),
        ):
            # Whoever may not save is told so by Django. The form may still come back, with faults of its own.
            extra = {**(extra or {}), "fingerprint": current}
            return super().changeform_view(request, object_id, form_url, extra)
        conflict = Conflict(self._what_happened(request, object_id, opened), current or "")
        request.refusal = conflict.sentence  # type: ignore[attr-defined]
        extra = {**(extra or {}), "fingerprint": opened, "conflict": conflict}
        return super().changeform_view(request, object_id, form_url, extra)

    def _gone(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """Say that the row was deleted, and give back what was written so that it can be copied."""
        entry = self._log(object_id).filter(action_flag=DELETION).first()
        machinery = {"csrfmiddlewaretoken", FINGERPRINT, REPLACE, IS_POPUP_VAR, TO_FIELD_VAR}
        written = [
            (name, value)
            for name, value in request.POST.items()
            if value and isinstance(value, str) and name not in machinery and not re.search(r"_FORMS$", name)
        ]
        who = self._who_and_when(request, entry)
        context = {
            **self.admin_site.each_context(request),
            "title": f"This {self.opts.verbose_name} was deleted",
            "sentence": f"{who} deleted it after you opened it. Nothing was saved.",
            "written": written,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/gone.html", context, status=409)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form: type[BaseForm] = super().get_form(request, obj, change=change, **kwargs)
        if refusal := getattr(request, "refusal", None):
            return type(form.__name__, (Refused, form), {"refusal": refusal})
        return form

    def get_inline_formsets(
        self, request: HttpRequest, formsets: Any, inline_instances: Any, obj: Any = None
    ) -> Any:
        if getattr(request, "refusal", None):
            for formset in formsets:
                # The admin pairs the submitted lines with the rows there are now, and would leave out lines
                # whose rows somebody deleted.
                formset._queryset = [form.instance for form in formset.initial_forms]
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    # What happened ------------------------------------------------------------------------------

    def _what_happened(self, request: HttpRequest, object_id: str, opened: str) -> str:
        entry = self._log(object_id).filter(action_flag=CHANGE).first()
        if entry and str(entry.pk) == opened.partition(":")[2]:
            entry = None  # older than the form: what changed the row since left no entry
        who = self._who_and_when(request, entry)
        return (
            f"{who} changed this {self.opts.verbose_name} after you opened it. "
            "Nothing was saved; your text is still below."
        )

    def _who_and_when(self, request: HttpRequest, entry: LogEntry | None) -> str:
        if entry is None:
            return "Somebody"
        time = timezone.localtime(entry.action_time)
        at = date_format(time, "H:i" if time.date() == timezone.localdate() else "j F Y, H:i")
        return f"In another window, at {at}, you" if entry.user == request.user else f"At {at} {entry.user}"

    def _log(self, object_id: str) -> models.QuerySet[LogEntry]:
        content_type = ContentType.objects.get_for_model(self.model, for_concrete_model=False)
        entries = LogEntry.objects.filter(content_type=content_type, object_id=unquote(object_id))
        return entries.select_related("user").order_by("-pk")

    # The fingerprint ----------------------------------------------------------------------------

    @property
    def _database(self) -> str:
        return router.db_for_write(self.model)

    def _fingerprint(self, request: HttpRequest, object_id: str, lock: bool = False) -> str | None:
        """A digest of the row and of what is edited with it, and the newest entry of its log.

        None where there is no such row.
        """
        rows = self._row(request, object_id)
        if lock and connections[self._database].features.has_select_for_update:
            rows = rows.select_for_update(no_key=True)
        row = rows.values_list("pk", *_watched(self.model)).first()
        if row is None:
            return None
        content = json.dumps([row, *self._related_rows(request, row[0])], cls=DjangoJSONEncoder, default=str)
        newest = self._log(object_id).values_list("pk", flat=True).first()
        return f"{hashlib.sha256(content.encode()).hexdigest()}:{newest or ''}"

    def _row(self, request: HttpRequest, object_id: str) -> models.QuerySet[Any]:
        to_field = request.POST.get(TO_FIELD_VAR, request.GET.get(TO_FIELD_VAR))
        rows = self.model._base_manager.using(self._database)
        if to_field and not self.to_field_allowed(request, to_field):
            return rows.none()
        field = self.opts.get_field(to_field) if to_field else self.opts.pk
        try:
            return rows.filter(**{field.name: field.to_python(unquote(object_id))})
        except ValidationError:
            return rows.none()

    def _related_rows(self, request: HttpRequest, pk: Any) -> Iterator[list[Any]]:
        """The rows of other tables that the same form edits: inlines and many-to-many fields."""
        for inline in (each(self.model, self.admin_site) for each in self.inlines):
            owner = _get_foreign_key(self.model, inline.model, fk_name=inline.fk_name)
            rows = getattr(inline, "edited_rows", inline.model._base_manager.all)().filter(**{owner.name: pk})
            yield list(rows.order_by("pk").values_list("pk", *_watched(inline.model)))
        for field in self.opts.many_to_many:
            through = field.remote_field.through
            # Tables of ours in between have inlines; those of taggit have the field alone.
            if through._meta.auto_created or not isinstance(field, models.ManyToManyField):
                owner = next(each for each in through._meta.fields if each.related_model is self.model)
                rows = through._base_manager.filter(**{owner.name: pk})
                yield list(rows.order_by("pk").values_list(*_watched(through)))


def _watched(model: type[models.Model]) -> list[str]:
    return [field.attname for field in model._meta.concrete_fields if field.name not in UNWATCHED]


def _digest(fingerprint: str | None) -> str | None:
    return fingerprint.partition(":")[0] if fingerprint else None

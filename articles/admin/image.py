"""The picture library: a grid to look through and to drop files onto, and the form of one picture."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import admin
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.forms import DateInput
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.dateparse import parse_date
from django.utils.html import format_html
from django.utils.text import smart_split, unescape_string_literal
from js_asset import Media, Script

from articles import pictures
from articles.admin import library, state, uses
from articles.admin.image_filters import (
    AgencyFilter,
    LacksFilter,
    RightsFilter,
    TagFilter,
    UploadedFilter,
    UploaderFilter,
    UseFilter,
)
from articles.admin.media import address, name_of, remarks, thumbnail, tile
from articles.forms import MODULES, ImageForm
from articles.imaging.renditions import CROPS
from articles.models import Image
from articles.models.tag import ImageTagging

VIEWS = ("grid", "list")
VIEW = "library_view"  # in the session: an editor's choice lasts
SEARCHED = ("title", "caption", "alt_text", "credit", "agency")


class Shelf(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> QuerySet[Image]:
        found = super().get_queryset(request, exclude_parameters)
        is_used = ExpressionWrapper(uses.in_use(), output_field=BooleanField())
        return found.annotate(is_used=is_used).prefetch_related("tags")


@admin.register(Image)
class ImageAdmin(library.Library):
    form = ImageForm
    list_display = ["preview", "title_or_caption", "full_credit", "remarked", "size", "uploaded"]
    list_display_links = ["title_or_caption"]
    list_per_page = 48
    show_full_result_count = False
    list_filter = [
        LacksFilter,
        RightsFilter,
        UseFilter,
        UploaderFilter,
        ("created_at", UploadedFilter),
        "taken_on",
        "kind",
        AgencyFilter,
        TagFilter,
    ]
    search_fields = [*SEARCHED, "tags__name"]
    readonly_fields = ["focus", "facts"]
    fieldsets = [
        (None, {"fields": ["focus", ("focal_x", "focal_y")], "classes": ["picture"]}),
        (None, {"fields": ["alt_text", "caption", ("credit", "agency"), "tags"], "classes": ["text"]}),
        ("Rights", {"fields": ["rights", "rights_expire_at"], "classes": ["side"]}),
        ("The picture", {"fields": ["kind", "plays", "taken_on", "title", "facts"], "classes": ["side"]}),
        ("Replace the file", {"fields": ["file"], "classes": ["side", "replace"]}),
    ]

    @property
    def media(self) -> Any:
        scripts = ["focal_point.js", "bulk.js", "grid.js", "tags.js"]
        return super().media + Media(
            importmap=MODULES,
            js=[Script(f"newsroom/{name}", type="module") for name in scripts],
            css={"all": ["newsroom/library.css"]},
        )

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        if obj is None:
            return [
                (None, {"fields": ["file", "kind"], "classes": ["picture"]}),
                self.fieldsets[1],
                self.fieldsets[2],
                ("The picture", {"fields": ["taken_on", "title"], "classes": ["side"]}),
            ]
        hidden = set() if obj.is_animated else {"plays"}
        if not self.has_change_permission(request, obj):
            hidden |= {"file"}
        return [
            (name, options | {"fields": [each for each in options["fields"] if each not in hidden]})
            for name, options in self.fieldsets
            if options["fields"] != ["file"] or "file" not in hidden
        ]

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        form.may_coin_tags = request.user.has_perm("articles.add_tag")
        return form

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Whoever does not work on other people's articles mends only the pictures they uploaded."""
        if not super().has_change_permission(request, obj):
            return False
        return (
            obj is None
            or obj.uploaded_by_id == request.user.pk
            or request.user.has_perm("articles.change_others_article")
        )

    def add_view(self, request: HttpRequest, form_url: str = "", extra_context: Any = None) -> HttpResponse:
        return self._keeping_files(request, partial(super().add_view, request, form_url, extra_context))

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        change = partial(super().change_view, request, object_id, form_url, extra_context)
        return self._keeping_files(request, change)

    def _keeping_files(self, request: HttpRequest, view: Callable[[], HttpResponse]) -> HttpResponse:
        """Around the guard's transaction; where the row could not be written, the form comes back."""
        try:
            with pictures.kept_with_their_rows():
                return view()
        except ValidationError as fault:
            request.refusal = " ".join(fault.messages)  # type: ignore[attr-defined]
            return view()

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        anew = {"file", "focal_x", "focal_y", "plays"} & set(form.changed_data)
        if anew:
            obj.rendered_at = obj.claimed_until = None
        super().save_model(request, obj, form, change)
        if anew:
            pictures.request_renditions(obj)
        library.print_anew(obj, form.changed_data)

    # The grid and the list ------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return Shelf

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        if wanted := request.GET.get("view"):
            request.session[VIEW] = wanted if wanted in VIEWS else VIEWS[0]
            query = request.GET.copy()
            del query["view"]
            return redirect(f"{request.path}?{query.urlencode()}" if query else request.path)
        view = request.session.get(VIEW, VIEWS[0])
        response = super().changelist_view(request, {**(extra_context or {}), "view": view})
        if context := getattr(response, "context_data", None):
            self._fill(request, context)
        return response

    def _fill(self, request: HttpRequest, context: dict[str, Any]) -> None:
        if hasattr(request, "csp_nonce"):  # lazy, and falsy until it is read
            context["media"] = Media.from_media(context["media"]).with_nonce(str(request.csp_nonce))
        if "cl" not in context:
            return
        for view in VIEWS:
            context[f"{view}_url"] = context["cl"].get_query_string({"view": view})
        images = context["cl"].result_list if context["view"] == "grid" else []
        context["tiles"] = [tile(image, self.has_change_permission(request, image)) for image in images]
        if self.has_add_permission(request):
            context["batch"] = self._batch()
            context["limit"] = pictures.MAX_BYTES
            context["megabytes"] = pictures.MAX_BYTES // 1024 // 1024

    def _batch(self) -> ImageForm:
        """What is typed once for all the files that are dropped together."""
        batch = ImageForm(auto_id="batch_%s").only(*library.BATCH)
        batch.fields["rights_expire_at"].widget = DateInput(attrs={"type": "date"})
        return batch

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Image], search_term: str
    ) -> tuple[QuerySet[Image], bool]:
        """Every word stands somewhere: in what is said of the picture, among its tags, or as its date.

        Not Django's own, which joins the tags and so wants all the words of one tag.
        """
        for bit in smart_split(search_term.replace("\0", "")):
            word = unescape_string_literal(bit) if bit[0] == bit[-1] and bit[0] in "\"'" else bit
            queryset = queryset.filter(_speaks_of(word))
        return queryset, False

    @admin.display(description="picture")
    def preview(self, image: Image) -> str:
        return thumbnail(image)

    @admin.display(description="what", ordering="title")
    def title_or_caption(self, image: Image) -> str:
        return name_of(image)

    @admin.display(description="credit", ordering="credit")
    def full_credit(self, image: Image) -> str:
        return image.full_credit

    @admin.display(description="to note")
    def remarked(self, image: Image) -> str:
        return ", ".join(remark.text for remark in remarks(image))

    @admin.display(description="size", ordering="width")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description="uploaded", ordering="created_at")
    def uploaded(self, image: Image) -> str:
        return state.moment(image.created_at)

    # The form -----------------------------------------------------------------------------------

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, obj: Image | None = None, **kwargs: Any
    ) -> HttpResponse:
        context["show_save_and_add_another"] = False
        if obj is not None:
            context["uses"] = uses.of(obj, request.user)
            context["alike"] = library.alike(obj)
            context["warnings"] = [each for each in remarks(obj) if each.key in ("ends", "ended")]
            context["crops"] = CROPS
        return super().render_change_form(request, context, *args, obj=obj, **kwargs)

    @admin.display(description="picture")
    def focus(self, image: Image) -> str:
        """The whole picture; static/newsroom/focal_point.js lets one say where crops centre."""
        return format_html(
            '<span class="focus" data-focus><img src="{}" alt="{}" width="{}" height="{}"></span>',
            address(image, "full", 960),
            image.alt_text,
            image.width,
            image.height,
        )

    @admin.display(description="file")
    def facts(self, image: Image) -> str:
        size = f"{max(round(image.file_size / 1024), 1)} KB" if image.file_size else ""
        if image.is_vector:
            ready = "Sharp at every size, being an SVG"
        elif image.rendered_at:
            ready = f"Its sizes were made on {state.moment(image.rendered_at)}"
        else:
            ready = "Its sizes are being made; a preview stands in for them"
        by = f" by {image.uploaded_by}" if image.uploaded_by else ""
        return format_html(
            "{} × {} pixels{}<br>Uploaded on {}{}<br>{}",
            image.width, image.height, f", {size}" if size else "", state.moment(image.created_at), by, ready,
        )  # fmt: skip

    # Deleting -----------------------------------------------------------------------------------

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        """Django names what goes with the picture; what merely loses it must be named too."""
        image = self.get_object(request, unquote(object_id))
        losing = uses.of(image, request.user, on_delete=models.SET_NULL) if image else None
        return super().delete_view(request, object_id, {**(extra_context or {}), "losing": losing})

    def delete_model(self, request: HttpRequest, obj: Image) -> None:
        pictures.delete(obj)


def _speaks_of(word: str) -> Q:
    tagged = ImageTagging.objects.filter(content_object=OuterRef("pk"), tag__name__icontains=word)
    said = Q(Exists(tagged)) | _of_the_time(word)
    for field in SEARCHED:
        said |= Q(**{f"{field}__icontains": word})
    return said


def _of_the_time(word: str) -> Q:
    """A year, or a day as 2025-07-03: when it was taken or uploaded."""
    if re.fullmatch(r"(19|20)\d\d", word):
        return Q(taken_on__year=int(word)) | Q(created_at__year=int(word))
    try:
        day = parse_date(word)
    except ValueError:
        return Q()
    return Q(taken_on=day) | Q(created_at__date=day) if day else Q()

"""The picture library: its own list and form, and pictures on everybody else's forms."""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.http import HttpRequest, JsonResponse
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.views.decorators.http import require_POST
from js_asset import Media, Script

from articles import pictures
from articles.admin import state
from articles.forms import MODULES, ImageForm
from articles.models import Article, Image
from articles.renditions import Shape

A_PAGE = 24
IN_TEXT = 960  # pixels wide
UPLOAD_FIELDS = ("alt_text", "caption", "credit", "agency")


def address(image: Image, shape: Shape, at_least: int) -> str:
    """Where the picture lies in about that width; the original until the renditions are made."""
    return rendition(image, shape, at_least) if image.rendered_at else image.original.url


def rendition(image: Image, shape: Shape, at_least: int) -> str:
    """The same, but for good: known in advance, whether or not the worker came to it."""
    widths = image.rendition_widths(shape)
    width = next((each for each in widths if each >= at_least), widths[-1])
    return default_storage.url(image.rendition_name(shape, width))


def thumbnail(image: Image | None) -> str:
    if image is None:
        return ""
    return format_html(
        '<img class="thumb" src="{}" alt="" width="40" height="40" loading="lazy">',
        address(image, "square", 96),
    )


class PictureWidget(ForeignKeyRawIdWidget):
    """A picture from the library, shown; static/newsroom/picture.js adds choosing and uploading in place."""

    template_name = "admin/widgets/picture.html"

    @property
    def media(self) -> Media:
        return Media(importmap=MODULES, js=[Script("newsroom/picture.js", type="module")])

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        image = Image.objects.filter(pk=value).first() if str(value or "").isdecimal() else None
        context["image"] = image
        context["image_url"] = address(image, "full", 640) if image else ""
        context["library_url"] = reverse("admin:articles_image_library")
        return context


class PicturesOnForm(admin.ModelAdmin):
    """Lets every field that holds a picture show it, choose another and upload one in place."""

    def formfield_for_foreignkey(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.related_model is Image:
            kwargs["widget"] = PictureWidget(db_field.remote_field, self.admin_site)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)


def typed(request: HttpRequest) -> str:
    """What somebody looks for in one of the desk's fields that search as one types."""
    return request.GET.get("q", "").replace("\0", "").strip()[:100]


def as_json(image: Image) -> dict[str, Any]:
    """What the library's dialog and the editor need to know of a picture. Texts keep `src` for good."""
    return {
        "id": image.pk,
        "title": str(image),
        "thumbnail": address(image, "square", 96),
        "src": rendition(image, "full", IN_TEXT),
        "width": image.width,
        "height": image.height,
        "alt": image.alt_text,
        "caption": image.caption,
        "credit": image.full_credit,
    }


@admin.register(Image)
class ImageAdmin(admin.ModelAdmin):
    form = ImageForm
    list_display = ["preview", "title_or_caption", "full_credit", "has_alt", "size", "uploaded"]
    list_display_links = ["title_or_caption"]
    list_per_page = 50
    show_full_result_count = False
    list_filter = [
        "created_at",
        ("alt_text", admin.EmptyFieldListFilter),
        ("credit", admin.EmptyFieldListFilter),
    ]
    search_fields = ["title", "caption", "alt_text", "credit", "agency"]
    readonly_fields = ["focus", "used_in", "created_at", "uploaded_by"]
    fieldsets = [
        (None, {"fields": ["focus", "file", "alt_text", "caption", ("credit", "agency")]}),
        ("Where crops centre", {"fields": [("focal_x", "focal_y")]}),
        ("Rights", {"fields": ["rights", "rights_expire_at"], "classes": ["collapse"]}),
        ("In the library", {"fields": ["title", "used_in", "created_at", "uploaded_by"]}),
    ]

    class Media:
        js = [Script("newsroom/focal_point.js", type="module")]

    def get_fieldsets(self, request: HttpRequest, obj: Image | None = None) -> Any:
        if obj is not None:
            return self.fieldsets
        fields = ["file", "alt_text", "caption", ("credit", "agency")]
        return [(None, {"fields": fields}), self.fieldsets[2], ("In the library", {"fields": ["title"]})]

    def has_change_permission(self, request: HttpRequest, obj: Image | None = None) -> bool:
        """Whoever does not work on other people's articles mends only the pictures they uploaded."""
        if not super().has_change_permission(request, obj):
            return False
        return (
            obj is None
            or obj.uploaded_by_id == request.user.pk
            or request.user.has_perm("articles.change_others_article")
        )

    def save_model(self, request: HttpRequest, obj: Image, form: Any, change: bool) -> None:
        if not change:
            obj.uploaded_by = request.user
        anew = {"file", "focal_x", "focal_y"} & set(form.changed_data)
        if anew:
            obj.rendered_at = None
        super().save_model(request, obj, form, change)
        if anew:
            pictures.request_renditions(obj)

    # The list -----------------------------------------------------------------------------------

    @admin.display(description="picture")
    def preview(self, image: Image) -> str:
        return thumbnail(image)

    @admin.display(description="what", ordering="title")
    def title_or_caption(self, image: Image) -> str:
        return str(image)

    @admin.display(description="credit", ordering="credit")
    def full_credit(self, image: Image) -> str:
        return image.full_credit

    @admin.display(description="described", boolean=True)
    def has_alt(self, image: Image) -> bool:
        return bool(image.alt_text)

    @admin.display(description="size", ordering="width")
    def size(self, image: Image) -> str:
        return f"{image.width} × {image.height}"

    @admin.display(description="uploaded", ordering="created_at")
    def uploaded(self, image: Image) -> str:
        return state.moment(image.created_at)

    # The form -----------------------------------------------------------------------------------

    @admin.display(description="picture")
    def focus(self, image: Image) -> str:
        """The whole picture; static/newsroom/focal_point.js sets the focal point where it is clicked."""
        return format_html(
            '<span class="focus" data-focus><img src="{}" alt="{}" width="{}" height="{}"></span>',
            address(image, "full", 640),
            image.alt_text,
            image.width,
            image.height,
        )

    @admin.display(description="used in")
    def used_in(self, image: Image) -> str:
        in_text = Q(body__contains=f'data-image="{image.pk}"')
        uses = Article.objects.filter(Q(lead_image=image) | in_text).only("headline").order_by("-pk")[:20]
        lines = ((reverse("admin:articles_article_change", args=[each.pk]), each.headline) for each in uses)
        return format_html_join("", '<a class="use" href="{}">{}</a>', lines) or "No article yet."

    # For the dialog in which pictures are chosen and uploaded ------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("library/", view(self.library), name="articles_image_library"),
            path("upload/", view(require_POST(self.upload)), name="articles_image_upload"),
            *super().get_urls(),
        ]

    def library(self, request: HttpRequest) -> JsonResponse:
        if not self.has_view_permission(request):
            raise PermissionDenied
        found, _ = self.get_search_results(request, self._newest(), typed(request))
        page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
        return JsonResponse(
            {
                "pictures": [as_json(image) for image in page],
                "more": page.has_next(),
                "upload": reverse("admin:articles_image_upload")
                if self.has_add_permission(request)
                else None,
            }
        )

    def _newest(self) -> QuerySet[Image]:
        return Image.objects.order_by("-created_at", "-pk")

    def upload(self, request: HttpRequest) -> JsonResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        form = ImageForm(request.POST, request.FILES)
        for name in set(form.fields) - {"file", *UPLOAD_FIELDS}:
            del form.fields[name]
        form.instance.uploaded_by = request.user
        if not form.is_valid():
            return JsonResponse({"errors": form.errors}, status=400)
        image = form.save()
        # Not left to the worker: the text that the picture goes into at once keeps a rendition's address.
        pictures.make_renditions(image)
        image.refresh_from_db()
        self.log_addition(request, image, [{"added": {}}])
        return JsonResponse(as_json(image), status=201)

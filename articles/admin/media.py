"""Pictures on the desk's screens: how one is shown, told to scripts, and chosen on other things' forms."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.contrib import admin
from django.contrib.admin.widgets import ForeignKeyRawIdWidget
from django.core.files.storage import default_storage
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from js_asset import Media, Script
from taggit.utils import edit_string_for_tags

from articles import pictures
from articles.forms import MODULES
from articles.imaging.renditions import Shape
from articles.models import Image

# So long before the rights end, the desk begins to say so.
SOON = timedelta(days=30)


def address(image: Image, shape: Shape, at_least: int) -> str:
    """Where the picture lies in about that width; the preview until the renditions are made."""
    if image.rendered_at is None or image.is_vector:
        return default_storage.url(image.preview_name)
    widths = image.rendition_widths(shape)
    width = next((each for each in widths if each >= at_least), widths[-1])
    return default_storage.url(image.rendition_name(shape, width, image.fallback))


def thumbnail(image: Image | None) -> str:
    if image is None:
        return ""
    return format_html(
        '<img class="thumb" src="{}" alt="" width="40" height="40" loading="lazy">',
        address(image, "1x1", 96),
    )


class PictureWidget(ForeignKeyRawIdWidget):
    """A picture from the library, shown; static/newsroom/picture.js adds choosing, uploading, dropping."""

    template_name = "admin/widgets/picture.html"

    @property
    def media(self) -> Media:
        return Media(
            importmap=MODULES,
            js=[Script("newsroom/picture.js", type="module")],
            css={"all": ["newsroom/library.css"]},
        )

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        image = Image.objects.filter(pk=value).first() if str(value or "").isdecimal() else None
        context["image"] = image
        context["image_url"] = address(image, "full", 640) if image else ""
        context["remarks"] = remarks(image) if image else []
        context["library_url"] = reverse("admin:articles_image_library")
        context["upload_url"] = reverse("admin:articles_image_upload")
        context["limit"] = pictures.MAX_BYTES
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


# What is to be said of a picture ------------------------------------------------------------------------


@dataclass(frozen=True)
class Remark:
    key: str  # a CSS modifier: "lacks", "ends", "ended", "fact"
    text: str


def remarks(image: Image) -> list[Remark]:
    """What somebody who is about to use the picture should know. Asks nothing of the database."""
    said = [
        Remark("lacks", "no description") if not image.alt_text else None,
        Remark("lacks", "no credit") if not image.full_credit else None,
        _rights(image),
        Remark("fact", "animated") if image.has_motion else None,
        Remark("fact", "SVG") if image.is_vector else None,
        Remark("fact", "being prepared") if image.rendered_at is None and not image.is_vector else None,
        # Known where the list asked for it: see ImageAdmin.
        Remark("fact", "unused") if getattr(image, "is_used", True) is False else None,
    ]
    return [remark for remark in said if remark]


def _rights(image: Image) -> Remark | None:
    now = timezone.now()
    if image.rights_expire_at is None or image.rights_expire_at > now + SOON:
        return None
    if image.rights_expired(now):
        return Remark("ended", "rights ended")
    end = timezone.localtime(image.rights_expire_at)
    is_this_year = end.year == timezone.localtime(now).year
    return Remark("ends", f"rights end {date_format(end, 'j F' if is_this_year else 'j F Y')}")


def name_of(image: Image) -> str:
    """What it is called among others: by what it says, before what its file was called."""
    return image.caption or image.alt_text or str(image)


def tags_of(image: Image) -> str:
    """The tags as one types them. Without a query where they were fetched beforehand."""
    return str(edit_string_for_tags(list(image.tags.all())))


def version(image: Image) -> str:
    """What a script read, to be sent back with what it wants to write."""
    return str(image.updated_at.isoformat())


def as_json(image: Image) -> dict[str, Any]:
    """What the library's dialog and the editor need to know of a picture."""
    return {
        "id": image.pk,
        "title": name_of(image),
        "thumbnail": address(image, "full", 320),
        "src": address(image, "full", 960),
        "width": image.width,
        "height": image.height,
        "alt": image.alt_text,
        "caption": image.caption,
        "credit": image.full_credit,
        "colour": image.colour,
        "warnings": [each.text for each in remarks(image) if each.key != "fact"],
    }


def words(image: Image) -> dict[str, str]:
    """What is edited in place in the grid, and what tells that somebody else did meanwhile."""
    return {
        "alt_text": image.alt_text,
        "caption": image.caption,
        "credit": image.credit,
        "tags": tags_of(image),
        "version": version(image),
    }


def tile(image: Image, may_change: bool) -> dict[str, Any]:
    """What templates/admin/articles/image/_tile.html shows of a picture."""
    return {
        "image": image,
        "name": name_of(image),
        "src": address(image, "full", 400),
        "url": reverse("admin:articles_image_change", args=[image.pk]),
        "describe_url": reverse("admin:articles_image_describe", args=[image.pk]) if may_change else "",
        "words": json.dumps(words(image)) if may_change else "",
        "remarks": remarks(image),
    }

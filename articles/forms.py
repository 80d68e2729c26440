"""The newsroom's forms, and the editor that bodies are written in."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.urls import reverse_lazy
from django.utils import timezone
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script
from taggit.forms import TagWidget

from articles import clearance, illustrations, pictures
from articles.models import Article, Category, Image, Permalink, Tag
from articles.rendering import LINK_SCHEMES
from articles.slugs import RESERVED

# Whatever the editor can produce, articles/rendering.py lets through, and whatever that lets through, the
# editor keeps when it opens a text: tests/browser/test_desk.py holds the two together.
EDITOR_EXTENSIONS = {
    "Heading": {"levels": [2, 3, 4]},
    "Bold": True,
    "Italic": True,
    "Strike": True,
    "Subscript": True,
    "Superscript": True,
    "HardBreak": True,
    "BulletList": True,
    "OrderedList": {"enableListAttributes": False},
    "ListItem": True,
    "Blockquote": True,
    "HorizontalRule": True,
    "Link": {"enableTarget": False, "protocols": sorted(LINK_SCHEMES - {"http", "https"})},
    "Table": True,
    "TableRow": True,
    "TableHeader": True,
    "TableCell": True,
    "Fullscreen": True,
    # From static/newsroom/figures.js.
    "Picture": {"libraryUrl": reverse_lazy("admin:articles_image_library")},
    "PictureImage": True,
    "PictureCaption": True,
    "Gallery": {"libraryUrl": reverse_lazy("admin:articles_image_library")},
    # From static/newsroom/dropped.js.
    "Upload": {"uploadUrl": reverse_lazy("admin:articles_image_upload")},
    # From static/newsroom/editor.js.
    "Embed": True,
    "Aside": True,
    "PullQuote": True,
    "Footnote": True,
    "Preformatted": True,
    "Abbreviation": True,
    "Cite": True,
    "InlineCode": True,
    "Quotation": True,
    "Time": True,
    "Span": True,
    "Language": True,
    "PasteFromWord": True,
    "Labelled": {"label": "Body"},
    "Menu": {
        "groups": [
            {"group": "blockType -lists", "type": "dropdown", "minItems": 2},
            {"group": "marks"},
            {"group": "link"},
            {"group": "lists"},
            {"group": "nodes -blockType -lists"},
            {"group": "insert"},
            {"group": "table"},
            {"group": "history"},
            {"group": "utility"},
        ]
    },
}


# What the editing screens' modules import from one another; collected files have other names.
MODULES = ImportMap(
    {
        f"newsroom/{name}": f"newsroom/{name}.js"
        for name in ("describe", "dropped", "elements", "figures", "library", "upload")
    }
)


class BodyWidget(AdminProseEditorWidget):
    """The rich text editor with the newsroom's own pictures and embeds in it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, preset="configurable")

    @property
    def media(self) -> Media:
        return super().media + Media(
            importmap=MODULES, css={"all": ["newsroom/editor.css", "newsroom/library.css"]}
        )

    def get_config(self) -> dict[str, Any]:
        return {
            "extensions": expand_extensions(EDITOR_EXTENSIONS),
            "js_modules": [static("newsroom/editor.js")],
        }

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        body, facts = illustrations.for_editor(value or "")
        context = super().get_context(name, body, attrs)
        context["widget"]["attrs"]["data-pictures"] = json.dumps(facts)
        return context


class TagsWidget(TagWidget):
    """Names separated by commas; static/newsroom/tags.js suggests the ones there are."""

    @property
    def media(self) -> Media:
        return Media(js=[Script("newsroom/tags.js", type="module")])

    def build_attrs(self, base_attrs: Any, extra_attrs: Any = None) -> dict[str, Any]:
        suggestions = {
            "data-suggestions": reverse_lazy("admin:articles_tag_suggestions"),
            "autocomplete": "off",
        }
        return super().build_attrs(base_attrs, {**(extra_attrs or {}), **suggestions})


class AddressedForm(forms.ModelForm):
    """Of a thing with an address of its own: says beforehand what the database would refuse."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        if slug := cleaned.get("slug"):
            self.check_address(f"{self.address_prefix()}{slug}")
        return cleaned

    def address_prefix(self) -> str:
        return self.instance.path_prefix

    def check_address(self, path: str) -> None:
        if path in RESERVED:
            self.add_error("slug", f"“{path}” is an address of the site itself. Choose another.")
        elif not Permalink.objects.is_free(path, self.instance):
            owner = Permalink.objects.target_of(path)
            self.add_error("slug", f"/{path}/ leads to “{owner}”, or did so once. Choose another address.")


class TaggedForm(forms.ModelForm):
    """Of a thing with tags; whether the person at the desk may coin new ones is for the admin to say."""

    may_coin_tags = True

    def clean_tags(self) -> list[str]:
        names: list[str] = self.cleaned_data["tags"]
        longest = Tag._meta.get_field("name").max_length
        if too_long := next((name for name in names if len(name) > longest), None):
            raise ValidationError(
                f"“{too_long[:40]}…” is too long for a tag; it takes {longest} letters at most."
            )
        if self.may_coin_tags:
            return names
        if unknown := next(
            (name for name in names if not Tag.objects.filter(name__iexact=name).exists()), None
        ):
            raise ValidationError(
                f"There is no tag “{unknown}” yet. Choose among the suggestions or ask an editor."
            )
        return names


class ArticleForm(TaggedForm, AddressedForm):
    class Meta:
        widgets = {
            "headline": forms.Textarea(attrs={"rows": 2, "class": "headline", "data-one-line": True}),
            "standfirst": forms.Textarea(attrs={"rows": 3}),
            "contributor_note": forms.Textarea(attrs={"rows": 2}),
            "withdrawal_note": forms.Textarea(attrs={"rows": 2}),
            "seo_description": forms.Textarea(attrs={"rows": 3}),
            "lead_caption": forms.Textarea(attrs={"rows": 2}),
            "body": BodyWidget,
            "tags": TagsWidget,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.fields["headline"].widget.attrs["autofocus"] = True

    def _get_validation_exclusions(self) -> set[str]:
        # The status is no field of the form, but half of the database's rules speak of it.
        return super()._get_validation_exclusions() - {"status"}

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean_breaking_until(self) -> datetime | None:
        until: datetime | None = self.cleaned_data["breaking_until"]
        if until and "breaking_until" in self.changed_data and until <= timezone.now():
            raise ValidationError("That moment is over. Choose a later one, or leave it empty.")
        return until

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        was_public = self.instance.status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN)
        if was_public and "published_at" in cleaned and not cleaned["published_at"]:
            self.add_error("published_at", "What was published keeps its publication time.")
        if was_public and "primary_category" in cleaned and not cleaned["primary_category"]:
            self.add_error("primary_category", "A published article stands in a category.")
        if self.instance.status == Article.Status.PUBLISHED:
            self._judge_new_pictures(cleaned)
        return cleaned

    def _judge_new_pictures(self, cleaned: dict[str, Any]) -> None:
        """What readers see gets no picture that could not be published.

        The pictures it had are left alone: a slip is to be corrected though an old one was never credited.
        """
        image = cleaned.get("lead_image")
        if image and {"lead_image", "lead_alt"} & set(self.changed_data):
            lead = clearance.lead(image, cleaned.get("lead_alt", ""))
            is_new = "lead_image" in self.changed_data
            self._refuse("lead_image", lead.wants() if is_new else lead.undescribed())
        if "body" in self.changed_data:
            added = clearance.in_text(cleaned.get("body", ""), but=self.initial["body"])
            self._refuse("body", [want for use in added for want in use.wants()])

    def _refuse(self, field: str, reasons: list[str]) -> None:
        if reasons:
            self.add_error(field, reasons)


class CategoryForm(AddressedForm):
    def address_prefix(self) -> str:
        parent = self.cleaned_data.get("parent")
        return f"{Category.path_prefix}{parent.stored_path}/" if parent else Category.path_prefix


class PageForm(AddressedForm):
    class Meta:
        widgets = {"body": BodyWidget, "seo_description": forms.Textarea(attrs={"rows": 3})}


class ImageForm(TaggedForm):
    """A picture with its file. The file is decoded and cleaned by `pictures`, never stored as it came."""

    file = forms.FileField(
        label="File",
        help_text=f"JPEG, PNG, WebP, AVIF, HEIC or GIF, at most {pictures.MAX_BYTES // 1024 // 1024} MB; "
        "a logo may be an SVG.",
        widget=forms.FileInput(attrs={"accept": "image/*,.heic,.heif", "data-limit": pictures.MAX_BYTES}),
    )

    class Meta:
        model = Image
        fields = [
            "kind",
            "plays",
            "alt_text",
            "caption",
            "credit",
            "agency",
            "taken_on",
            "rights",
            "rights_expire_at",
            "focal_x",
            "focal_y",
            "title",
            "tags",
        ]
        labels = {
            "focal_x": "Focal point, from the left",
            "focal_y": "Focal point, from the top",
            "rights_expire_at": "Rights end",
        }
        widgets = {
            "alt_text": forms.Textarea(attrs={"rows": 2, "data-one-line": True}),
            "caption": forms.Textarea(attrs={"rows": 2, "data-one-line": True}),
            "focal_x": forms.NumberInput(attrs={"step": "0.001", "min": 0, "max": 1}),
            "focal_y": forms.NumberInput(attrs={"step": "0.001", "min": 0, "max": 1}),
            "tags": TagsWidget,
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].required = False
            self.fields["file"].label = "Replace the file"

    def only(self, *names: str) -> ImageForm:
        """The same with some of its fields; what the others stand for stays as it is."""
        for name in set(self.fields) - set(names):
            del self.fields[name]
        return self

    def clean_alt_text(self) -> str:
        return " ".join(self.cleaned_data["alt_text"].split())

    def clean_caption(self) -> str:
        return " ".join(self.cleaned_data["caption"].split())

    def clean_kind(self) -> str:
        kind: str = self.cleaned_data["kind"]
        if (
            self.instance.pk
            and self.instance.is_vector
            and kind != Image.Kind.LOGO
            and "file" not in self.files
        ):
            raise ValidationError("This is an SVG, and only a logo may be one.")
        return kind

    def _post_clean(self) -> None:
        # After the model's own checks: a file is kept only for a picture that will be saved. The kind is
        # set by then, on which it depends what may be in the file.
        super()._post_clean()
        file = self.cleaned_data.get("file")
        if file and not self.errors:
            try:
                pictures.put_file(self.instance, file)
            except ValidationError as fault:
                self.add_error("file", fault)


class WithdrawForm(forms.Form):
    note = forms.CharField(
        label="Note for readers",
        max_length=Article._meta.get_field("withdrawal_note").max_length,
        widget=forms.Textarea(attrs={"rows": 4, "autofocus": True}),
        help_text="What readers who follow the old address are told, in a sentence or two.",
    )

"""The newsroom's forms, and the editor that bodies are written in."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.templatetags.static import static
from django.urls import reverse_lazy
from django_prose_editor.config import expand_extensions
from django_prose_editor.widgets import AdminProseEditorWidget
from js_asset import ImportMap, Media, Script
from taggit.forms import TagWidget

from articles import pictures
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
    # From static/newsroom/editor.js.
    "Picture": {"libraryUrl": reverse_lazy("admin:articles_image_library")},
    "PictureImage": True,
    "PictureCaption": True,
    "Embed": True,
    "Aside": True,
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
MODULES = ImportMap({"newsroom/library": "newsroom/library.js"})


class BodyWidget(AdminProseEditorWidget):
    """The rich text editor with the newsroom's own pictures and embeds in it."""

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs=attrs, preset="configurable")

    @property
    def media(self) -> Media:
        return super().media + Media(importmap=MODULES, css={"all": ["newsroom/editor.css"]})

    def get_config(self) -> dict[str, Any]:
        return {
            "extensions": expand_extensions(EDITOR_EXTENSIONS),
            "js_modules": [static("newsroom/editor.js")],
        }


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


class ArticleForm(AddressedForm):
    may_coin_tags = True

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

    def clean_headline(self) -> str:
        return " ".join(self.cleaned_data["headline"].split())

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        was_public = self.instance.status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN)
        if was_public and "published_at" in cleaned and not cleaned["published_at"]:
            self.add_error("published_at", "What was published keeps its publication time.")
        if was_public and "primary_category" in cleaned and not cleaned["primary_category"]:
            self.add_error("primary_category", "A published article stands in a category.")
        return cleaned


class CategoryForm(AddressedForm):
    def address_prefix(self) -> str:
        parent = self.cleaned_data.get("parent")
        return f"{Category.path_prefix}{parent.stored_path}/" if parent else Category.path_prefix


class PageForm(AddressedForm):
    class Meta:
        widgets = {"body": BodyWidget, "seo_description": forms.Textarea(attrs={"rows": 3})}


class ImageForm(forms.ModelForm):
    """A picture with its file. The file is decoded and cleaned by `pictures`, never stored as it came."""

    file = forms.FileField(
        label="File",
        help_text="JPEG, PNG, WebP, AVIF or GIF.",
        widget=forms.FileInput(attrs={"accept": "image/*"}),
    )

    class Meta:
        model = Image
        fields = [
            "alt_text",
            "caption",
            "credit",
            "agency",
            "rights",
            "rights_expire_at",
            "focal_x",
            "focal_y",
            "title",
        ]
        widgets = {"caption": forms.Textarea(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk and "file" in self.fields:
            self.fields["file"].required = False
            self.fields["file"].label = "Replace the file"

    def _post_clean(self) -> None:
        # After the model's own checks: a file is kept only for a picture that will be saved.
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

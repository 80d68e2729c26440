"""What stands on an article's form beside its own fields: credits, further categories, picks, corrections."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from articles.models import Article, Author, Correction, Credit, FurtherCategory, RelatedArticle


class CreditInline(admin.StackedInline):
    model = Credit
    verbose_name_plural = "Byline and credits"
    autocomplete_fields = ["author"]
    fields = ["author", ("role", "position"), "affiliation"]
    place = "side"

    def get_extra(self, request: HttpRequest, obj: Article | None = None, **kwargs: Any) -> int:
        return len(self.proposed(request)) if obj is None else 0

    def proposed(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Their own byline for a reporter who begins an article, to be taken out again where it is wrong.

        Only for the empty form: what is sent back counts as filled in by the reporter.
        """
        if request.method != "GET":
            return []
        authors = Author.objects.filter(user=request.user)
        return [{"author": author.pk, "role": Credit.Role.WRITER} for author in authors]


class FurtherCategoryInline(admin.TabularInline):
    model = FurtherCategory
    autocomplete_fields = ["category"]
    extra = 0
    place = "side"


class PickForm(forms.ModelForm):
    class Meta:
        model = RelatedArticle
        fields = ["other", "position"]

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        other = cleaned.get("other")
        if other and self.instance.article_id and not self.instance.pk:
            self._take_over(other)
        return cleaned

    def _take_over(self, other: Article) -> None:
        """Where the article was found related by itself already, that row becomes the editor's pick."""
        rows = RelatedArticle.objects.filter(article=self.instance.article_id, other=other, is_picked=False)
        if row := rows.first():
            self.instance.pk = row.pk
            self.instance._state.adding = False


class PickInline(admin.TabularInline):
    model = RelatedArticle
    form = PickForm
    fk_name = "article"
    verbose_name = "pick"
    verbose_name_plural = "You might also like: the editor's picks"
    autocomplete_fields = ["other"]
    extra = 0
    place = "more"

    def get_queryset(self, request: HttpRequest) -> QuerySet[RelatedArticle]:
        return super().get_queryset(request).filter(is_picked=True)

    def edited_rows(self) -> QuerySet[RelatedArticle]:
        """For the guard: the computed rows change by themselves."""
        return RelatedArticle.objects.filter(is_picked=True)


class CorrectionInline(admin.StackedInline):
    """A new one is printed by `workflow.correct`, so it wants that permission and a published article."""

    model = Correction
    fields = ["text", "corrected_at"]
    extra = 0
    place = "more"

    def formfield_for_dbfield(self, db_field: Any, request: HttpRequest | None, **kwargs: Any) -> Any:
        if db_field.name == "text":
            kwargs["widget"] = forms.Textarea(attrs={"rows": 3})
        return super().formfield_for_dbfield(db_field, request, **kwargs)

    def has_view_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _was_published(obj) and super().has_view_permission(request, obj)

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        is_published = obj is not None and obj.status == Article.Status.PUBLISHED
        return is_published and request.user.has_perm("articles.correct_article")

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _was_published(obj) and super().has_change_permission(request, obj)

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return _was_published(obj) and super().has_delete_permission(request, obj)


def _was_published(article: Article | None) -> bool:
    return article is not None and article.status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN)

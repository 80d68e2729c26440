"""Articles at the desk: the list, the form, and the acts that carry a piece from draft to archive."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.contrib.admin.views.main import ChangeList
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path, reverse
from django.utils.cache import add_never_cache_headers
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe
from js_asset import Script

from accounts.roles import Role, role_of
from articles import clearance, views, workflow
from articles.admin import acts, finding, state
from articles.admin.article_inlines import CorrectionInline, CreditInline, FurtherCategoryInline, PickInline
from articles.admin.filters import CategoryFilter, MineFilter, StateFilter
from articles.admin.media import PicturesOnForm, thumbnail
from articles.caching import site_locale
from articles.forms import ArticleForm, WithdrawForm
from articles.models import Article, Correction
from articles.querysets import ArticleQuerySet

OF_PUBLISHERS = {
    "published_at", "embargoed_until", "revised_at", "breaking_until", "withdrawal_note", "slug"
}  # fmt: skip


class DeskList(ChangeList):
    def get_queryset(self, request: HttpRequest, exclude_parameters: Any = None) -> ArticleQuerySet:
        return super().get_queryset(request, exclude_parameters).for_desk()


@admin.register(Article)
class ArticleAdmin(PicturesOnForm):
    form = ArticleForm
    inlines = [FurtherCategoryInline, CreditInline, PickInline, CorrectionInline]
    autocomplete_fields = ["primary_category", "outlet"]
    readonly_fields = ["lead_credit"]
    fieldsets = [
        (None, {"fields": ["headline", "standfirst", "body"], "classes": ["text"]}),
        (
            "Picture",
            {"fields": ["lead_image", "lead_credit", "lead_caption", "lead_alt"], "classes": ["side"]},
        ),
        ("Category and tags", {"fields": ["primary_category", "tags"], "classes": ["side", "then-inlines"]}),
        (
            "Where it comes from",
            {
                "fields": [
                    "origin",
                    "outlet",
                    "original_url",
                    "original_title",
                    ("original_language", "original_on"),
                    "contributor_note",
                ],
                "classes": ["side"],
            },
        ),
        (
            "Publication",
            {
                "fields": [
                    "published_at",
                    "embargoed_until",
                    "revised_at",
                    "breaking_until",
                    "withdrawal_note",
                ],
                "classes": ["side"],
            },
        ),
        ("On cards", {"fields": ["kicker", "short_headline"], "classes": ["side", "collapse"]}),
        (
            "Address and search engines",
            {"fields": ["slug", "seo_title", "seo_description", "language"], "classes": ["side", "collapse"]},
        ),
    ]
    change_form_template = "admin/articles/article/change_form.html"

    list_display = ["picture", "headline", "state_shown", "category", "byline", "publication", "changed"]
    list_display_links = ["headline"]
    list_filter = [MineFilter, StateFilter, CategoryFilter, "origin", "language", "published_at"]
    search_fields = ["headline"]  # shows the field; get_search_results() says what is searched
    search_help_text = (
        "Searches all words of what is published, headlines and addresses of the"
        f" {finding.MOST_SEARCHED:,} pieces last touched in each other state, and whole addresses of all."
    )
    ordering = ["-updated_at", "-pk"]
    list_per_page = 50
    show_full_result_count = False

    class Media:
        js = [Script("newsroom/desk.js", type="module")]

    # Who sees and changes what ------------------------------------------------------------------

    def get_queryset(self, request: HttpRequest) -> ArticleQuerySet:
        articles: ArticleQuerySet = super().get_queryset(request)
        visible = articles.visible_to(request.user)
        if request.resolver_match and request.resolver_match.url_name == "autocomplete":
            return visible | articles.published()  # what the public may read, everybody may pick
        return visible

    def get_search_results(
        self, request: HttpRequest, queryset: ArticleQuerySet, search_term: str
    ) -> tuple[ArticleQuerySet, bool]:
        if not search_term.strip():
            return queryset, False
        return queryset.filter(pk__in=finding.found(search_term)), False

    def has_change_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        if obj is None or not super().has_change_permission(request, obj):
            return super().has_change_permission(request, obj)
        if obj.status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN):
            return request.user.has_perm("articles.publish_article")
        return obj.status == Article.Status.DRAFT or request.user.has_perm("articles.change_others_article")

    def has_delete_permission(self, request: HttpRequest, obj: Article | None = None) -> bool:
        """What readers could link to is withdrawn, not deleted."""
        if obj and obj.status in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN):
            return role_of(request.user) == Role.ADMINISTRATOR
        return super().has_delete_permission(request, obj)

    def get_fieldsets(self, request: HttpRequest, obj: Article | None = None) -> Any:
        hidden = set() if request.user.has_perm("articles.publish_article") else OF_PUBLISHERS
        if obj is None or obj.status not in (Article.Status.PUBLISHED, Article.Status.WITHDRAWN):
            hidden = hidden | {"revised_at", "breaking_until"}
        if obj is None or obj.status != Article.Status.WITHDRAWN:
            hidden = hidden | {"withdrawal_note"}
        if obj is None or not obj.lead_image_id:
            hidden = hidden | {"lead_credit"}
        is_read_only = obj is not None and not self.has_change_permission(request, obj)
        shown = {"body": "text"} if is_read_only else {}
        fieldsets = [
            (
                name,
                options
                | {"fields": [shown.get(each, each) for each in options["fields"] if each not in hidden]},
            )
            for name, options in self.fieldsets
        ]
        return [(name, options) for name, options in fieldsets if options["fields"]]

    @admin.display(description="body")
    def text(self, article: Article) -> str:
        """The text for those who may only read it."""
        return mark_safe(article.body_html)  # noqa: S308 (cleaned when it was saved)

    @admin.display(description="credit")
    def lead_credit(self, article: Article) -> str:
        """Whose the picture is, as it is saved; what it lacks is said beside it and in the checklist."""
        return article.lead_image.full_credit or "Nobody yet"

    # The form -----------------------------------------------------------------------------------

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:
        form = super().get_form(request, obj, change=change, **kwargs)
        may_coin_tags = request.user.has_perm("articles.add_tag")
        return type(form.__name__, (form,), {"may_coin_tags": may_coin_tags})

    def get_formset_kwargs(
        self, request: HttpRequest, obj: Article, inline: Any, prefix: str
    ) -> dict[str, Any]:
        kwargs = super().get_formset_kwargs(request, obj, inline, prefix)
        if isinstance(inline, CreditInline) and obj.pk is None:
            kwargs["initial"] = inline.proposed(request)
        return kwargs

    def render_change_form(
        self, request: HttpRequest, context: Any, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        article: Article | None = kwargs.get("obj") or context.get("original")
        # As it is saved: a form that came back with faults has changed the object already.
        subject = Article.objects.get(pk=article.pk) if article else Article()
        missing = workflow.missing(subject) if article and not subject.is_public else []
        warnings = clearance.warnings(subject) if article and not subject.is_withdrawn else []
        context |= {
            "state": state.of(subject),
            "acts": acts.open_to(request.user, subject),
            "missing": missing,
            "warnings": [warning for warning in warnings if warning not in missing],
            "may_withdraw": subject.is_public and request.user.has_perm("articles.withdraw_article"),
        }
        return super().render_change_form(request, context, *args, **kwargs)

    def save_model(self, request: HttpRequest, obj: Article, form: Any, change: bool) -> None:
        if not change:
            obj.created_by = request.user
        super().save_model(request, obj, form, change)
        if change and obj.is_public and "slug" in form.changed_data:
            old = f"/{form.initial['slug']}/"
            text = f"The address is {obj.get_absolute_url()} now. Readers who follow {old} are sent on to it."
            self.message_user(request, text, messages.INFO)

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:
        if formset.model is not Correction:
            return super().save_formset(request, form, formset, change)
        formset.save(commit=False)
        for correction in formset.deleted_objects:
            correction.delete()
        for correction, _ in formset.changed_objects:
            correction.save()
        for correction in formset.new_objects:
            workflow.correct(form.instance, by=request.user, text=correction.text, at=correction.corrected_at)
        return None

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        super().save_related(request, form, formsets, change)
        workflow.settle(form.instance)

    def response_add(
        self, request: HttpRequest, obj: Article, post_url_continue: str | None = None
    ) -> HttpResponse:
        return self._act(request, obj) or super().response_add(request, obj, post_url_continue)

    def response_change(self, request: HttpRequest, obj: Article) -> HttpResponse:
        return self._act(request, obj) or super().response_change(request, obj)

    def _act(self, request: HttpRequest, article: Article) -> HttpResponse | None:
        """Do what the pressed button says to the article as just saved; that stays where it is refused."""
        act = next((act for act in acts.ACTS if act.button in request.POST), None)
        if act is None:
            return None
        if not self._perform(act, request, article):
            self.message_user(request, "What you wrote is saved.", messages.INFO)
        return HttpResponseRedirect(reverse("admin:articles_article_change", args=[article.pk]))

    def _perform(self, act: acts.Act, request: HttpRequest, article: Article) -> bool:
        try:
            with transaction.atomic():
                act.verb(article, by=request.user)
        except ValidationError as fault:
            reasons = " ".join(fault.messages)
            self.message_user(request, f"“{article}” could not be {act.done}. {reasons}", messages.ERROR)
            return False
        self.log_change(request, article, f"{act.done.capitalize()}.")
        self.message_user(request, acts.outcome(act, article), messages.SUCCESS)
        return True

    # The list -----------------------------------------------------------------------------------

    def get_changelist(self, request: HttpRequest, **kwargs: Any) -> type[ChangeList]:
        return DeskList

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        actions = super().get_actions(request)
        for act in acts.ACTS:
            if request.user.has_perm(f"articles.{act.permission}"):
                actions[act.name] = (_on_many(act), act.name, act.label)
        if request.user.has_perm("articles.withdraw_article"):
            actions["withdraw"] = (ask_for_note, "withdraw", "Withdraw…")
        return actions

    @admin.display(description="picture")
    def picture(self, article: Article) -> str:
        return thumbnail(article.lead_image)

    @admin.display(description="state")
    def state_shown(self, article: Article) -> str:
        now = state.of(article)
        detail = "" if article.published_at else now.detail  # the next column but two tells the time
        return format_html(
            '<span class="state state--{}">{}</span> <small>{}</small>', now.key, now.word, detail
        )

    @admin.display(description="category", ordering="primary_category__stored_path")
    def category(self, article: Article) -> str:
        return str(article.primary_category or "–")

    @admin.display(description="byline")
    def byline(self, article: Article) -> str:
        return ", ".join(str(credit.author) for credit in article.writers) or "–"

    @admin.display(description="publication", ordering="published_at")
    def publication(self, article: Article) -> str:
        return state.moment(article.published_at) if article.published_at else "–"

    @admin.display(description="changed", ordering="updated_at")
    def changed(self, article: Article) -> str:
        return state.moment(article.updated_at)

    # Preview and withdrawal ---------------------------------------------------------------------

    def get_urls(self) -> list[Any]:
        view = self.admin_site.admin_view
        return [
            path("withdraw/", view(self.withdraw), name="articles_article_withdraw"),
            path("<path:object_id>/preview/", view(self.preview), name="articles_article_preview"),
            *super().get_urls(),
        ]

    def preview(self, request: HttpRequest, object_id: str) -> HttpResponse:
        """The article as readers would see it, for those who may see it at the desk."""
        pk = unquote(object_id)
        article = self.get_queryset(request).for_page().filter(pk=pk).first() if pk.isdecimal() else None
        if article is None or not self.has_view_permission(request, article):
            raise Http404
        with site_locale(request):
            response = views.render_article(request, article, is_preview=True)
        add_never_cache_headers(response)
        response["X-Robots-Tag"] = "noindex"
        return response

    def withdraw(self, request: HttpRequest) -> HttpResponse:
        """Ask what readers are to be told, then withdraw the articles named in ?ids=."""
        if not request.user.has_perm("articles.withdraw_article"):
            raise PermissionDenied
        ids = re.findall(r"\b\d{1,18}\b", request.GET.get("ids", ""), re.ASCII)
        articles = self.get_queryset(request).filter(pk__in=ids)
        form = WithdrawForm(request.POST or None)
        if request.method == "POST" and form.is_valid():
            return self._withdraw(request, articles, form.cleaned_data["note"])
        context = {
            **self.admin_site.each_context(request),
            "title": "Withdraw",
            "articles": articles,
            "form": form,
            "opts": self.opts,
        }
        return TemplateResponse(request, "admin/articles/article/withdraw.html", context)

    def _withdraw(self, request: HttpRequest, articles: ArticleQuerySet, note: str) -> HttpResponse:
        act = acts.withdraw(note)
        rows = list(articles)
        for article in rows:
            self._perform(act, request, article)
        if len(rows) == 1:
            return redirect("admin:articles_article_change", rows[0].pk)
        return redirect("admin:articles_article_changelist")


def _on_many(act: acts.Act) -> Callable[..., None]:
    def action(model_admin: ArticleAdmin, request: HttpRequest, articles: ArticleQuerySet) -> None:
        for article in articles:
            model_admin._perform(act, request, article)

    return action


def ask_for_note(model_admin: ArticleAdmin, request: HttpRequest, articles: ArticleQuerySet) -> HttpResponse:
    ids = ",".join(str(pk) for pk in articles.values_list("pk", flat=True))
    return redirect(f"{reverse('admin:articles_article_withdraw')}?{urlencode({'ids': ids})}")

"""What the newsroom's desk costs: the list, its search, the form, saving and publishing; and an import."""

from __future__ import annotations

import io
import time
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from django.core.management import call_command
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from accounts.models import User
from articles.admin.article import ArticleAdmin
from articles.admin.finding import MOST_LISTED
from articles.models import Article, Author, Category
from benchmarks import wxr
from benchmarks.counting import Cost, Measured, cost_of, summary
from benchmarks.forms import fields
from benchmarks.newsroom import EDITOR
from benchmarks.pages import rare_word

ROUNDS = 12
IMPORTED = 2_000
LIST = "admin:articles_article_changelist"


class Desk:
    """An editor's browser."""

    def __init__(self) -> None:
        # The host that the site is set up for; a browser's address bar would hold it.
        self._client = Client(SERVER_NAME="localhost")
        self._client.force_login(User.objects.get(email=EDITOR))

    def see(self, address: str) -> tuple[HttpResponse, Cost]:
        return self._expect(200, address, lambda: self._client.get(address))

    def submit(self, address: str, form: dict[str, Any]) -> Cost:
        """The cost of the answer, without that of the page one is led to."""
        return self._expect(302, address, lambda: self._client.post(address, form))[1]

    def _expect(self, status: int, address: str, ask: Callable[[], Any]) -> tuple[HttpResponse, Cost]:
        response, cost = cost_of(ask)
        if response.status_code != status:
            raise RuntimeError(f"{address} answers {response.status_code}")
        return response, cost


def measure(rounds: int = ROUNDS) -> dict[str, Measured]:
    desk, listed, word = Desk(), reverse(LIST), rare_word()
    newest = Article.objects.published().newest_first().values_list("pk", flat=True)[: rounds + 1]
    forms = [_form(pk) for pk in newest]
    drafts = [_form(_draft(number).pk) for number in range(rounds + 1)]
    return {
        "admin list": _seen(desk, [listed] * len(forms)),
        "admin list, last page": _seen(desk, [f"{listed}?p={_last_page()}"] * len(forms)),
        "admin search": _seen(desk, [f"{listed}?q={word}"] * len(forms)),
        "admin form": _seen(desk, forms),
        "saving": _submitted(desk, forms, "_continue"),
        "publishing": _submitted(desk, drafts, "_publish"),
    }


def measure_import(posts: int = IMPORTED) -> Measured:
    with TemporaryDirectory(prefix="azemedia-export-") as folder:
        file = Path(folder) / "export.xml"
        wxr.write(file, posts)
        before, began = Article.objects.count(), time.perf_counter()
        call_command("import_wordpress", str(file), stdout=io.StringIO())
        took = time.perf_counter() - began
    if Article.objects.count() - before != posts:
        raise RuntimeError("The import did not bring in every post.")
    return {"posts": posts, "seconds": round(took, 2), "posts_per_second": round(posts / took)}


def _seen(desk: Desk, addresses: list[str]) -> Measured:
    costs = [desk.see(address)[1] for address in addresses]
    return summary(costs[1:])  # the first one warms up


def _submitted(desk: Desk, addresses: list[str], button: str) -> Measured:
    """Each form with a changed headline, by that button."""
    costs = []
    for address in addresses:
        form = fields(desk.see(address)[0].content.decode())
        form["headline"] = [f"{form['headline'][0]} again"]
        costs.append(desk.submit(address, {**form, button: "1"}))
    return summary(costs[1:])


def _form(pk: int) -> str:
    return reverse("admin:articles_article_change", args=[pk])


def _draft(number: int) -> Article:
    """As an author leaves it: all that publishing asks for is there."""
    like = Article.objects.published().newest_first()[number]
    category = Category.objects.filter(parent__isnull=False)[number % 10]
    draft = Article.objects.create(
        headline=f"{like.headline} {number}", standfirst=like.standfirst, body=like.body,
        primary_category=category,
    )  # fmt: skip
    draft.credits.create(author=Author.objects.order_by("pk")[number % 10])
    draft.tags.add(*like.tags.all())
    return draft


def _last_page() -> int:
    """The last one that is full: with fewer rows, it would seem to cost less in a small archive."""
    return min(Article.objects.count(), MOST_LISTED) // ArticleAdmin.list_per_page

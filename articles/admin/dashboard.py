"""What the index of the desk shows: the newsroom's day as far as one person may see it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib.admin.models import LogEntry
from django.utils import timezone

from articles import clearance
from articles.clearance import Ending
from articles.models import Article
from articles.querysets import ArticleQuerySet

LENGTH = 8


@dataclass(frozen=True)
class Shelf:
    """A titled list of articles, the column that dates them, and what stands there when it is empty."""

    title: str
    articles: list[Article]
    dated_by: str
    otherwise: str


@dataclass(frozen=True)
class Desk:
    shelves: list[Shelf]
    endings: list[Ending]
    changes: list[LogEntry]
    may_write: bool


def of(user: Any) -> Desk:
    visible = Article.objects.visible_to(user).for_desk()
    return Desk(
        _shelves(visible, user), _endings(user), _changes(user), user.has_perm("articles.add_article")
    )


def _shelves(visible: ArticleQuerySet, user: Any) -> list[Shelf]:
    if not user.has_perm("articles.view_article"):
        return []
    midnight = timezone.localtime().replace(hour=0, minute=0, second=0, microsecond=0)
    drafts = visible.filter(status=Article.Status.DRAFT, created_by=user).order_by("-updated_at")
    ready = visible.filter(status=Article.Status.READY).order_by("-updated_at")
    in_review = visible.awaiting_review().order_by("updated_at")
    scheduled = visible.scheduled().order_by("published_at")
    published = visible.published().filter(published_at__gte=midnight).newest_first()
    return [
        _shelf("In review", in_review, "updated_at", "Nothing waits for review."),
        _shelf("My drafts", drafts, "updated_at", "No draft of yours is open."),
        _shelf("Ready", ready, "updated_at", "Nothing waits to be published."),
        _shelf("Scheduled", scheduled, "published_at", "Nothing is scheduled."),
        _shelf("Published today", published, "published_at", "Nothing yet today."),
    ]


def _shelf(title: str, articles: ArticleQuerySet, dated_by: str, otherwise: str) -> Shelf:
    rows = list(articles[:LENGTH])
    for article in rows:
        article.desk_time = getattr(article, dated_by)  # type: ignore[attr-defined]
    return Shelf(title, rows, dated_by, otherwise)


def _endings(user: Any) -> list[Ending]:
    """The picture rights that run out, for those who can do something about it in anybody's piece."""
    may = user.has_perms(["articles.change_image", "articles.change_others_article"])
    return clearance.endings(LENGTH) if may else []


def _changes(user: Any) -> list[LogEntry]:
    """The newest changes to what the newsroom writes; other people's only for those who see their work."""
    entries = LogEntry.objects.select_related("user", "content_type").filter(
        content_type__app_label="articles"
    )
    if not user.has_perm("articles.change_others_article"):
        entries = entries.filter(user=user)
    return list(entries.order_by("-pk")[:LENGTH])

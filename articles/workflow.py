"""The verbs of the newsroom: what happens to an article between the first draft and the archive.

Each checks that the person may do it and that the article is fit for it, raises PermissionDenied or
ValidationError (messages for an editor to read) and otherwise does the whole of it in one transaction.
`by=None` stands for the machine: an importer, the demo.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.formats import date_format

from articles import clearance, filing, illustrations, related, search, sharing
from articles.models import Article, Correction

if TYPE_CHECKING:
    from accounts.models import User

Status = Article.Status
BREAKING_FOR = timedelta(hours=2)


def settle(article: Article) -> None:
    """Bring lists, search, card and relatives in line with the article; in the transaction that saved it."""
    illustrations.settle(article)
    filing.refile(article)
    search.index(article)
    sharing.settle(article)
    if article.status == Status.PUBLISHED:
        nearest = related.refresh(article)[article.pk][: related.SHOWN]
        related.refresh(*Article.objects.filter(pk__in=nearest).only("primary_category"))


def submit(article: Article, *, by: User | None) -> None:
    """Hand a draft to the editors."""
    _demand(by, "submit_article", "submit an article")
    _expect(article, {Status.DRAFT}, "Only a draft can be submitted.")
    _refuse(_missing_words(article))
    _change(article, Status.IN_REVIEW)


def send_back(article: Article, *, by: User | None) -> None:
    """Return an article to its author as a draft."""
    _demand(by, "review_article", "send an article back")
    _expect(article, {Status.IN_REVIEW, Status.READY}, "Only an article in review can be sent back.")
    _change(article, Status.DRAFT)


def approve(article: Article, *, by: User | None) -> None:
    """Note that the article may be published as it stands."""
    _demand(by, "review_article", "approve an article")
    _expect(
        article, {Status.DRAFT, Status.IN_REVIEW}, "Only a draft or an article in review can be approved."
    )
    _refuse(missing(article))
    _change(article, Status.READY)


def publish(article: Article, *, by: User | None, at: datetime | None = None) -> None:
    """Publish now, or schedule for the moment given; the article then appears by itself.

    Also moves the time of a scheduled article, and brings a withdrawn one back.
    """
    _demand(by, "publish_article", "publish an article")
    if article.is_public:
        # Once more would only move its time.
        raise ValidationError("This article is published already.")
    at = at or timezone.now()
    _refuse([*missing(article, at), *_too_early(article, at)])
    revised_at = article.revised_at if article.revised_at and article.revised_at >= at else None
    breaking_until = (
        article.breaking_until if article.breaking_until and article.breaking_until > at else None
    )
    _change(article, Status.PUBLISHED, published_at=at, revised_at=revised_at, breaking_until=breaking_until)


def withdraw(article: Article, *, by: User | None, note: str = "") -> None:
    """Take a published article back. Its address answers 410 with the note from then on."""
    _demand(by, "withdraw_article", "withdraw an article")
    if not article.is_public:
        # Nobody has read a scheduled one: its address has nothing to explain.
        raise ValidationError("Only an article that readers can see is withdrawn.")
    _change(article, Status.WITHDRAWN, withdrawal_note=note.strip() or article.withdrawal_note)


def unschedule(article: Article, *, by: User | None) -> None:
    """Take back a scheduled publication that has not happened yet."""
    _demand(by, "publish_article", "unschedule an article")
    if not article.is_scheduled:
        raise ValidationError("Only a scheduled article can be taken off the schedule.")
    _change(article, Status.READY)


def mark_breaking(article: Article, *, by: User | None, until: datetime | None = None) -> None:
    """Label a published article as breaking news until the moment given, or for as long as is usual."""
    _demand(by, "publish_article", "mark an article as breaking")
    if not article.is_public:
        raise ValidationError("Only an article that readers can see is breaking news.")
    until = until or timezone.now() + BREAKING_FOR
    if until <= timezone.now():
        raise ValidationError("That moment is over: choose one that is still to come.")
    _note(article, breaking_until=until)


def end_breaking(article: Article, *, by: User | None) -> None:
    """Take the label of breaking news away before its time."""
    _demand(by, "publish_article", "unmark breaking news")
    if not article.is_breaking:
        raise ValidationError("This article is not marked as breaking.")
    _note(article, breaking_until=None)


def _note(article: Article, **values: Any) -> None:
    """Write values that no list, index or relative is derived from."""
    for name, value in values.items():
        setattr(article, name, value)
    article.save(update_fields=["updated_at", *values])


@transaction.atomic
def correct(article: Article, *, by: User | None, text: str, at: datetime | None = None) -> Correction:
    """Print a correction under a published article, which also counts as an update."""
    _demand(by, "correct_article", "print a correction")
    if not article.is_public:
        raise ValidationError("Only an article that readers can see is corrected.")
    if not text.strip():
        raise ValidationError("Say what was wrong, and what is right.")
    at = at or timezone.now()
    article.revised_at = max(filter(None, (at, article.published_at, article.revised_at)))
    article.save(update_fields=["revised_at", "updated_at"])
    return article.corrections.create(text=text.strip(), corrected_at=at)


def missing(article: Article, at: datetime | None = None) -> list[str]:
    """What the article still needs before it can be published at that moment, each as a sentence."""
    wants = _missing_words(article)
    if not article.primary_category_id:
        wants.append("Choose a primary category.")
    if not article.credits.exists():
        wants.append("Name at least one author.")
    if article.origin != Article.Origin.EXCLUSIVE and not article.outlet_id:
        wants.append("Name the outlet that this piece comes from.")
    return [*wants, *clearance.wants(article, at)]


def _missing_words(article: Article) -> list[str]:
    return [] if article.word_count else ["The article has no text yet."]


def _too_early(article: Article, at: datetime) -> list[str]:
    if article.embargoed_until and at < article.embargoed_until:
        end = date_format(timezone.localtime(article.embargoed_until), "j F Y, H:i")
        return [f"Under embargo until {end}: choose a publication time from then on."]
    return []


def _keep_affiliations(article: Article) -> None:
    for credit in (
        article.credits.filter(affiliation="").exclude(author__affiliation="").select_related("author")
    ):
        credit.affiliation = credit.author.affiliation
        credit.save(update_fields=["affiliation"])


@transaction.atomic
def _change(article: Article, status: Status, **values: Any) -> None:
    # Others may still name it as their relative meanwhile: its key does not change.
    known = (
        Article.objects.select_for_update(no_key=True).filter(pk=article.pk).values_list("status", flat=True)
    )
    if known.first() != article.status:
        raise ValidationError("Somebody else has changed this article meanwhile. Open it again.")
    for name, value in {"status": status, **values}.items():
        setattr(article, name, value)
    article.save(update_fields=["status", "updated_at", *values])
    if status == Status.PUBLISHED:
        _keep_affiliations(article)
    settle(article)


def _demand(by: User | None, permission: str, act: str) -> None:
    if by is not None and not by.has_perm(f"articles.{permission}"):
        raise PermissionDenied(f"You may not {act}.")


def _expect(article: Article, statuses: set[Status], otherwise: str) -> None:
    if article.status not in statuses:
        raise ValidationError(otherwise)


def _refuse(reasons: list[str]) -> None:
    if reasons:
        raise ValidationError(reasons)

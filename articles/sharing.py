"""The cards of articles without a picture: drawn by the worker, kept in the storage, removed in good time."""

from __future__ import annotations

import hashlib
import logging
from dataclasses import astuple
from datetime import timedelta
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone, translation
from django_tasks import task

from articles.imaging import social_cards
from articles.imaging.social_cards import Card
from articles.models import Article, Image, SiteSettings

log = logging.getLogger(__name__)

FOLDER = "cards"
# How many are asked for in one go: an archive that was imported gets its cards over the hours.
AT_ONCE = 50


def settle(article: Article) -> None:
    """Have the card drawn that the saved article needs, and put away one that it does not need any more."""
    rows = Article.objects.filter(pk=article.pk)
    # As the row has it: the worker may have drawn one since the article was read.
    drawn = article.social_card = rows.values_list("social_card", flat=True).get()
    wanted = _wanted(article)
    if wanted and wanted != drawn:
        transaction.on_commit(partial(draw_card.enqueue, article.pk))
    elif drawn and not wanted:
        rows.update(social_card="")
        article.social_card = ""
        _remove(drawn)


@task()
def draw_card(pk: int) -> bool:
    """Draw the article's card where it has none that shows what the article says; whether one was drawn."""
    article = Article.objects.select_related("primary_category", "outlet").filter(pk=pk).first()
    wanted = _wanted(article) if article else ""
    if article is None or not wanted or wanted == article.social_card:
        return False
    try:
        if wanted != social_cards.UNDRAWABLE:
            _keep(wanted, _draw(article))
    except OSError:
        # A full disk, a font or a logo that is not there: the article is as good without, and is found again.
        log.exception("No card for article %s", pk)
        return False
    return _note(article, wanted)


def request_waiting() -> int:
    """Ask for the cards that are missing, the newest articles' first, some at a time; how many that are."""
    waiting = (
        Article.objects.published(at=timezone.now() + timedelta(days=1))  # before they come out
        .filter(lead_image=None, social_card="")
        .order_by("-published_at", "-pk")
        .values_list("pk", flat=True)[:AT_ONCE]
    )
    for pk in waiting:
        draw_card.enqueue(pk)
    return len(waiting)


def _wanted(article: Article) -> str:
    """The storage name of the card that shows what the article says now; empty where it needs none."""
    if article.status != Article.Status.PUBLISHED or article.lead_image_id:
        return ""
    if not social_cards.is_drawable(article.headline):
        return social_cards.UNDRAWABLE
    site = SiteSettings.load()
    logo = _logo(site)
    shown = (article.pk, social_cards.DESIGN, logo.key if logo else "", *astuple(_card(article, site)))
    # Over everything that is shown, so that an address never changes what it shows.
    name = hashlib.sha256(repr(shown).encode()).hexdigest()[:24]
    return f"{FOLDER}/{name[:2]}/{name}.{social_cards.EXTENSION}"


def _card(article: Article, site: SiteSettings) -> Card:
    label = article.primary_category.name if article.primary_category else ""
    with translation.override(site.language_code):
        return Card(article.headline, label, article.origin_label, site.name)


def _logo(site: SiteSettings) -> Image | None:
    return site.logo if site.logo and not site.logo.is_vector else None


def _draw(article: Article) -> bytes:
    site = SiteSettings.load()
    logo = _logo(site)
    if logo is None:
        return social_cards.draw(_card(article, site))
    with default_storage.open(logo.preview_name) as file:
        return social_cards.draw(_card(article, site), file.read())


def _keep(name: str, content: bytes) -> None:
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))


def _note(article: Article, name: str) -> bool:
    """Write the card's name to the article, unless that was saved meanwhile and asked for another itself."""
    rows = Article.objects.filter(pk=article.pk)
    before = article.social_card
    if rows.filter(updated_at=article.updated_at, social_card=before).update(social_card=name):
        _remove(before)
        return True
    if not rows.filter(social_card=name).exists():
        _remove(name)
    return False


def _remove(name: str) -> None:
    if name not in ("", social_cards.UNDRAWABLE):
        transaction.on_commit(partial(default_storage.delete, name), robust=True)

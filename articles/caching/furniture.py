"""What stands on every page, read once and remembered until it changes, and when the clock will change it."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from functools import cached_property
from zoneinfo import ZoneInfo

from django.db.models import Min, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone, translation

from articles import prepared, recording
from articles.caching.stores import store
from articles.models import Article, Category, Menu, MenuItem, PartnerLink, Placement, SiteSettings
from articles.recording import Recording


@dataclass(frozen=True)
class SiteFurniture:
    """What stands on every page: settings, menus, partner links; and how it was drawn, once it was."""

    settings: SiteSettings
    menus: dict[str, list[MenuItem]]
    partner_links: list[PartnerLink]
    drawn: dict[Hashable, str] = field(default_factory=dict, compare=False)

    @cached_property
    def language(self) -> str:
        return self.settings.language_code

    @cached_property
    def zone(self) -> ZoneInfo:
        return self.settings.zone

    @cached_property
    def addresses(self) -> set[str]:
        """Where the menus lead."""
        items = [item for menu in self.menus.values() for item in menu]
        return {each.address for item in items for each in (item, *item.entries)}


@dataclass(frozen=True)
class _Remembered:
    furniture: SiteFurniture
    shows: Recording
    generation: int | None


_remembered: _Remembered | None = None
_begun_with: ContextVar[SiteFurniture | None] = ContextVar("begun_with", default=None)


def site_furniture() -> SiteFurniture:
    """As of the last change that was told of, or as this page began with it.

    Shared by all threads of the process: only ever read.
    """
    return _begun_with.get() or _current()


def _current() -> SiteFurniture:
    global _remembered
    generation = store().generation()
    known = _remembered
    if known is None or generation is None or known.generation != generation or _is_over(known):
        # The generation was asked for before the rows, so that what is read here is never older than it says.
        known = _remembered = _read(generation)
    if page := recording.current():
        page.take(known.shows)
    return known.furniture


@contextmanager
def site_locale(request: HttpRequest) -> Iterator[None]:
    """The newsroom's language and time zone, whatever the reader's browser asks for: one site, one language.

    The desk stays outside: it speaks English.
    """
    furniture = site_furniture()
    settings, token = furniture.settings, _begun_with.set(furniture)
    request.LANGUAGE_CODE = settings.language_code  # type: ignore[attr-defined]
    try:
        with translation.override(settings.language_code), timezone.override(settings.zone):
            yield
    finally:
        _begun_with.reset(token)


def page_language() -> str | None:
    """The language of the page that is being made. Each word asks for it, and Django takes its time."""
    begun_with = _begun_with.get()
    return begun_with.language if begun_with else translation.get_language()


def page_zone() -> tzinfo:
    """Likewise."""
    begun_with = _begun_with.get()
    return begun_with.zone if begun_with else timezone.get_current_timezone()


def _is_over(known: _Remembered) -> bool:
    return known.shows.ends_at <= timezone.now().timestamp()


def _read(generation: int | None) -> _Remembered:
    prepared.forget()
    with recording.record(Recording()) as shows:
        recording.note("site")
        partners = PartnerLink.objects.current().select_related("logo")
        furniture = SiteFurniture(SiteSettings.load(), _read_menus(), list(partners))
    with recording.record(Recording()):  # looking ahead shows nothing
        for moment in _moments(furniture.settings.zone):
            shows.end(moment)
    return _Remembered(furniture, shows, generation)


def _read_menus() -> dict[str, list[MenuItem]]:
    """The shown items of each menu; each has its own shown items in `entries`."""
    menus: dict[str, list[MenuItem]] = {place: [] for place in Menu.Place.values}
    items = MenuItem.objects.select_related("menu", "category__parent", "page")
    shown = {item.pk: item for item in items if item.is_shown}
    for item in shown.values():
        item.entries = []
    for item in shown.values():
        if item.parent_id is None:
            menus[item.menu.place].append(item)
        elif item.parent_id in shown:
            shown[item.parent_id].entries.append(item)
    return menus


def _moments(zone: ZoneInfo) -> Iterator[datetime | None]:
    """When the clock alone will make some page another one: no page is kept beyond the first of them.

    At midnight, because pages say which day it is; when an article appears, a label or a period ends.
    """
    now = timezone.now()
    tomorrow = timezone.localtime(now, zone).date() + timedelta(days=1)
    yield datetime(tomorrow.year, tomorrow.month, tomorrow.day, tzinfo=zone)
    scheduled = Article.objects.scheduled(now).order_by("published_at")
    yield scheduled.values_list("published_at", flat=True).first()
    breaking = Article.objects.filter(breaking_until__gt=now).order_by("breaking_until")
    yield breaking.values_list("breaking_until", flat=True).first()
    yield from _next(Placement.objects.all(), now, "starts_at", "ends_at")
    yield from _next(PartnerLink.objects.all(), now, "starts_at", "ends_at")
    yield from _next(Category.objects.all(), now, "active_from", "active_until")


def _next(rows: QuerySet, now: datetime, *fields: str) -> list[datetime | None]:
    ahead = {field: Min(field, filter=Q(**{f"{field}__gt": now})) for field in fields}
    return list(rows.aggregate(**{f"next_{field}": least for field, least in ahead.items()}).values())

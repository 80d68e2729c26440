"""The only cache code: what is kept between requests, and for how long."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec

from django.core.cache import cache
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_safe

from articles.models import Menu, MenuItem, PartnerLink, SiteSettings

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]

SITE_KEY = "site-furniture"
# A bound for what changes by the clock alone: a category or partner whose period begins or ends.
SITE_SECONDS = 60


@dataclass(frozen=True)
class SiteFurniture:
    """What stands on every page: settings, menus, partner links."""

    settings: SiteSettings
    menus: dict[str, list[MenuItem]]
    partner_links: list[PartnerLink]


def public_page(view: View[P]) -> View[P]:
    """Mark a page that is the same for everybody, and only ever read.

    It is shown in the newsroom's language and time zone, and may be kept by browsers and proxies that ask
    again each time: an answer of 304 costs little, and nothing withdrawn is ever shown from a copy.
    """

    @csrf_exempt  # what cannot be written to has nothing to forge, and answers 405 rather than 403
    @require_safe
    @wraps(view)
    def wrapped(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if "\0" in request.path_info:
            raise Http404("PostgreSQL would not even be asked for such an address.")
        with site_locale(request):
            response = view(request, *args, **kwargs)
        response.setdefault("Cache-Control", "public, max-age=0, must-revalidate")
        return response

    return wrapped


@contextmanager
def site_locale(request: HttpRequest) -> Iterator[None]:
    """The newsroom's language and time zone, whatever the reader's browser asks for: one site, one language.

    The desk stays outside: it speaks English.
    """
    settings = site_furniture().settings
    request.LANGUAGE_CODE = settings.language_code  # type: ignore[attr-defined]
    with translation.override(settings.language_code), timezone.override(settings.zone):
        yield


def site_furniture() -> SiteFurniture:
    furniture = cache.get(SITE_KEY)
    if furniture is None:
        furniture = _read_site()
        cache.set(SITE_KEY, furniture, SITE_SECONDS)
    return furniture


def forget_site() -> None:
    """Read settings, menus and partner links anew once the present transaction is committed."""
    transaction.on_commit(lambda: cache.delete(SITE_KEY))


def _read_site() -> SiteFurniture:
    partners = PartnerLink.objects.current().select_related("logo")
    return SiteFurniture(SiteSettings.load(), _read_menus(), list(partners))


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

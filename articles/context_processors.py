"""Navigation and the site's identity for every template; nothing that depends on who asks."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import cached_property

from articles.caching import SiteFurniture, page_language, site_furniture
from articles.models import MenuItem, PartnerLink, SiteSettings


class Site:
    """Nothing is asked before something is shown of it."""

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def furniture(self) -> SiteFurniture:
        return site_furniture()

    @property
    def settings(self) -> SiteSettings:
        return self.furniture.settings

    @property
    def header_menu(self) -> list[MenuItem]:
        return self.furniture.menus["header"]

    @property
    def mobile_menu(self) -> list[MenuItem]:
        return self.furniture.menus["mobile"]

    @property
    def footer_menu(self) -> list[MenuItem]:
        return self.furniture.menus["footer"]

    @property
    def partner_links(self) -> list[PartnerLink]:
        return self.furniture.partner_links

    @property
    def path_in_menus(self) -> str:
        """Where one is, if a menu leads there: the one thing by which the frame of a page differs."""
        return self.path if self.path in self.furniture.addresses else ""

    @property
    def return_path(self) -> str:
        """Where signing in leads back to: the page one reads, but not one about signing in."""
        return "/" if self.path.startswith("/accounts/") else self.path

    @cached_property
    def quoted_return_path(self) -> str:
        return quote(self.return_path)

    @property
    def url(self) -> str:
        return settings.SITE_URL

    @property
    def today(self) -> datetime:
        return timezone.localtime(timezone=self.settings.zone)

    @cached_property
    def edition(self) -> tuple[str | None, date]:
        """What all that is drawn depends on beside its rows: the language, and which day it is."""
        return page_language(), self.today.date()

    @property
    def this_year(self) -> int:
        return self.today.year


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": Site(request.path)}

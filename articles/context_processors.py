"""Navigation and the site's identity for every template; nothing that depends on who asks."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from articles.caching import SiteFurniture, site_furniture
from articles.models import MenuItem, PartnerLink, SiteSettings


@dataclass(frozen=True)
class Site:
    furniture: SiteFurniture
    path: str

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
    def return_path(self) -> str:
        """Where signing in leads back to: the page one reads, but not one about signing in."""
        return "/" if self.path.startswith("/accounts/") else self.path

    @property
    def url(self) -> str:
        return settings.SITE_URL

    @property
    def today(self) -> datetime:
        return timezone.localtime(timezone=self.settings.zone)

    @property
    def this_year(self) -> int:
        return self.today.year


def site(request: HttpRequest) -> dict[str, Any]:
    return {"site": SimpleLazyObject(lambda: Site(site_furniture(), request.path))}

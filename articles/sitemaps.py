"""What search engines are shown: one part for each kind of page, articles in a part for each thousand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Page as PageOfKeys
from django.core.paginator import Paginator
from django.db.models import QuerySet, TextField
from django.db.models.functions import Cast
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.html import escape

from articles import recording
from articles.metadata import absolute
from articles.models import Article, Author, Category, Page, SitemapPart, Tag
from articles.querysets import ArticleQuerySet

NEWS_PERIOD = timedelta(days=2)
NEWS_AT_MOST = 1000
# Of so many it is known that they may have come by themselves, since somebody last wrote to their part.
NEWEST = 100
# As the index has it, in universal time: W3C's profile of ISO 8601, which sitemaps.org asks for.
MOMENT = "%Y-%m-%dT%H:%M:%SZ"
Line = tuple[str, datetime, datetime | None]
# Its number, and when it last changed, as the index says it.
Part = tuple[int, str]
INDEX = """<?xml version="1.0" encoding="UTF-8"?>
<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
{}
</sitemapindex>
"""
# What a part may tell of, by the names of `recording`: too many things to name them one by one.
LISTS = ("articles", "authors", "categories", "outlets", "pages", "sitemap", "tags")


class SiteSitemap(Sitemap):
    """Addresses on SITE_URL, whatever host the request named."""

    def get_domain(self, site: Any = None) -> str:
        return urlsplit(settings.SITE_URL).netloc

    def get_protocol(self, protocol: Any = None) -> str:
        return urlsplit(settings.SITE_URL).scheme

    @cached_property
    def paginator(self) -> Paginator:
        return Paginator(self._items(), self.limit)  # type: ignore[attr-defined]

    def parts(self) -> list[Part]:
        """Those that hold something. Of rows that fit into one, the first is looked at alone."""
        items = self.items()
        if isinstance(items, QuerySet) and items.model._default_manager.count() <= self.limit:
            numbers: Iterable[int] = [1] if items.exists() else []
        else:
            numbers = self.paginator.page_range if self.paginator.count else []
        changed_at = self.get_latest_lastmod() if numbers else None
        said = changed_at.astimezone(UTC).strftime(MOMENT) if changed_at else ""
        return [(number, said) for number in numbers]


class ByKeys(Paginator):
    """On each page the articles with the next so many keys, which are the same ones for good.

    Neither counts anything nor grows with the archive; pages by place in a list would have to be counted off.
    """

    def __init__(self, articles: QuerySet[Article, Any]) -> None:
        super().__init__(articles, SitemapPart.KEYS)

    @cached_property
    def num_pages(self) -> int:
        newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        return part_of(newest)

    def page(self, number: int | str) -> PageOfKeys:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        articles: QuerySet[Article, Any] = self.object_list  # type: ignore[assignment]
        return PageOfKeys(articles.filter(pk__gt=first, pk__lte=first + self.per_page), number, self)


class ArticleSitemap(SiteSitemap):
    """A slug, when it was published and when it was revised: a thousand objects would take their time."""

    @cached_property
    def paginator(self) -> Paginator:
        return ByKeys(self.items())

    def parts(self) -> list[Part]:
        """As the database has counted them: to look into each would take longer than all the rest."""
        now = timezone.now()
        to_come = Article.objects.scheduled(now).canonical_here().order_by().values_list("pk", flat=True)
        scheduled = Counter(map(part_of, to_come))
        # What was scheduled has changed its part without any change of a row.
        newest = Article.objects.published(now).newest_first()[:NEWEST]
        came: dict[int, str] = {}
        for pk, moment in newest.values_list("pk", _text("published_at")):
            came.setdefault(part_of(pk), _as_said(moment))
        counted = SitemapPart.objects.filter(count__gt=0)
        return [
            (number, max(_as_said(moment), came[number]) if number in came else _as_said(moment))
            for number, count, moment in counted.values_list("number", "count", _text("changed_at"))
            if number not in scheduled or count > scheduled[number]
        ]

    def items(self) -> QuerySet[Article, Any]:
        ours = Article.objects.published().canonical_here().order_by("pk")
        return ours.values_list("slug", "published_at", "revised_at")

    def location(self, item: Line) -> str:
        return f"/{item[0]}/"

    def lastmod(self, item: Line) -> datetime | None:
        return item[2] or item[1]


class NewsSitemap(SiteSitemap):
    """What Google News asks for: the last two days, at most a thousand."""

    limit = NEWS_AT_MOST

    def items(self) -> ArticleQuerySet:
        since = timezone.now() - NEWS_PERIOD
        recent = Article.objects.published().canonical_here().filter(published_at__gt=since).newest_first()
        recent = recent.only("slug", "headline", "language", "published_at")[:NEWS_AT_MOST]
        if recent:  # from the oldest one's two days on, it is another list
            recording.ends(list(recent)[-1].published_at + NEWS_PERIOD)
        return recent


class PageSitemap(SiteSitemap):
    def items(self) -> QuerySet[Page]:
        return Page.objects.filter(is_published=True).only("slug", "updated_at")

    def lastmod(self, item: Page) -> datetime:
        return item.updated_at


class CategorySitemap(SiteSitemap):
    def items(self) -> QuerySet[Category]:
        return Category.objects.listed().order_by("stored_path")


class AuthorSitemap(SiteSitemap):
    def items(self) -> QuerySet[Author]:
        return Author.objects.listed().order_by("slug")


class TagSitemap(SiteSitemap):
    def items(self) -> QuerySet[Tag]:
        return Tag.objects.listed().order_by("slug")


class FrontSitemap(SiteSitemap):
    def items(self) -> list[str]:
        return ["/"]

    def location(self, item: str) -> str:
        return item


PARTS: dict[str, Any] = {
    "front": FrontSitemap,
    "articles": ArticleSitemap,
    "categories": CategorySitemap,
    "authors": AuthorSitemap,
    "tags": TagSitemap,
    "pages": PageSitemap,
}


def index(request: HttpRequest) -> HttpResponse:
    """The parts that hold something: one without a single address would be a fault.

    Not Django's own view, which names the host that was asked instead of the site's.
    """
    recording.note(*LISTS)
    lines = [line for name, sitemap in PARTS.items() for line in _lines(name, sitemap().parts())]
    return HttpResponse(INDEX.format("\n".join(lines)), content_type="application/xml")


def _lines(name: str, parts: list[Part]) -> Iterator[str]:
    """Of a million articles a thousand: a template would take several times as long."""
    address = escape(absolute(reverse("sitemap-part", args=[name])))
    for number, changed_at in parts:
        asked = f"?p={number}" if number > 1 else ""
        dated = f"<lastmod>{changed_at}</lastmod>" if changed_at else ""
        yield f"<sitemap><loc>{address}{asked}</loc>{dated}</sitemap>"


def part_of(key: int) -> int:
    """The number of the part that lists the article with this key."""
    return -(-key // SitemapPart.KEYS)


def _text(moment: str) -> Cast:
    """In the database's own words, for there are thousands: "2026-07-03 14:05:00.123", universal time."""
    return Cast(moment, TextField())


def _as_said(moment: str) -> str:
    return f"{moment[:10]}T{moment[11:19]}Z"


def part(request: HttpRequest, section: str) -> HttpResponse:
    recording.note(*LISTS)
    return views.sitemap(request, PARTS, section, template_name="articles/sitemap.xml")


def news(request: HttpRequest) -> HttpResponse:
    recording.note("articles", "outlets", "sitemap")
    return views.sitemap(request, {"news": NewsSitemap}, template_name="articles/news_sitemap.xml")

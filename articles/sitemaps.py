"""What search engines are shown: one part for each kind of page, articles in a part for each thousand."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.sitemaps import Sitemap, views
from django.core.paginator import Page as Part
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import QuerySet, Value
from django.db.models.expressions import RawSQL
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property

from articles import recording
from articles.metadata import absolute
from articles.models import Article, Author, Category, Page, Tag
from articles.querysets import ArticleQuerySet

NEWS_PERIOD = timedelta(days=2)
NEWS_AT_MOST = 1000
KEYS_A_PART = 1000
Line = tuple[str, datetime, datetime | None]
Parts = tuple[str, list[str], str]
NUMBERS = """
    WITH RECURSIVE numbers (number) AS (SELECT 1 UNION ALL SELECT number + 1 FROM numbers WHERE number < %s)
    SELECT number FROM numbers WHERE EXISTS ({held})
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

    def numbers(self) -> Collection[int]:
        """Of the parts that hold something. Of rows that fit into one, the first is looked at alone."""
        items = self.items()
        if isinstance(items, QuerySet) and items.model._default_manager.count() <= self.limit:
            return [1] if items.exists() else []
        return self.paginator.page_range if self.paginator.count else []


class ByKeys(Paginator):
    """On each page the articles with the next so many keys, which are the same ones for good.

    Neither counts anything nor grows with the archive; pages by place in a list would have to be counted off.
    """

    def __init__(self, articles: QuerySet[Article, Any]) -> None:
        super().__init__(articles, KEYS_A_PART)

    @cached_property
    def num_pages(self) -> int:
        newest = Article.objects.order_by("-pk").values_list("pk", flat=True).first() or 1
        return -(-newest // KEYS_A_PART)

    @cached_property
    def page_range(self) -> list[int]:  # type: ignore[override]
        """The numbers of those that hold something."""
        within = self._of(RawSQL("number", [])).order_by().values("pk")
        held, parameters = within.query.sql_with_params()
        with connection.cursor() as cursor:
            cursor.execute(NUMBERS.format(held=held), [self.num_pages, *parameters])
            return [number for (number,) in cursor.fetchall()]

    @cached_property
    def count(self) -> int:
        return len(self.page_range)

    def page(self, number: int | str) -> Part:
        number = self.validate_number(number)
        return Part(self._of(Value(number)), number, self)

    def _of(self, number: Any) -> QuerySet[Article, Any]:
        articles: QuerySet[Article, Any] = self.object_list  # type: ignore[assignment]
        return articles.filter(pk__gt=(number - 1) * KEYS_A_PART, pk__lte=number * KEYS_A_PART)


class ArticleSitemap(SiteSitemap):
    """A slug, when it was published and when it was revised: a thousand objects would take their time."""

    @cached_property
    def paginator(self) -> Paginator:
        return ByKeys(self.items())

    def numbers(self) -> Collection[int]:
        return self.paginator.page_range

    def items(self) -> QuerySet[Article, Any]:
        ours = Article.objects.published().canonical_here().order_by("pk")
        return ours.values_list("slug", "published_at", "revised_at")

    def location(self, item: Line) -> str:
        return f"/{item[0]}/"

    def lastmod(self, item: Line) -> datetime | None:
        return item[2] or item[1]

    def get_latest_lastmod(self) -> datetime | None:
        # Django's own would load every article to find out. Only what was ever revised is in that index.
        newest = Article.objects.published().newest_first().values_list("published_at", flat=True)
        revised = Article.objects.filter(revised_at__isnull=False).order_by("-revised_at")
        latest = (newest.first(), revised.values_list("revised_at", flat=True).first())
        return max(filter(None, latest), default=None)


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
    kinds = [kind for name, sitemap in PARTS.items() if (kind := _parts(name, sitemap()))]
    return TemplateResponse(
        request, "articles/sitemap_index.xml", {"kinds": kinds}, content_type="application/xml"
    )


def _parts(name: str, sitemap: SiteSitemap) -> Parts | None:
    """Their address, what each asks of it, and when anything of that kind was last changed."""
    numbers = sitemap.numbers()
    if not numbers:
        return None
    changed_at = sitemap.get_latest_lastmod()
    said = timezone.localtime(changed_at).isoformat() if changed_at else ""
    asked = [f"?p={number}" if number > 1 else "" for number in numbers]
    return absolute(reverse("sitemap-part", args=[name])), asked, said


def part(request: HttpRequest, section: str) -> HttpResponse:
    recording.note(*LISTS)
    return views.sitemap(request, PARTS, section, template_name="articles/sitemap.xml")


def news(request: HttpRequest) -> HttpResponse:
    recording.note("articles", "outlets", "sitemap")
    return views.sitemap(request, {"news": NewsSitemap}, template_name="articles/news_sitemap.xml")

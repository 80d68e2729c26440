"""RSS and Atom of the site and of each category, author and tag."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed, Enclosure, Rss201rev2Feed, SyndicationFeed

from articles.caching import site_furniture
from articles.metadata import absolute
from articles.models import Article, Author, Category, Image, Tag
from articles.querysets import ArticleQuerySet
from articles.rendering import for_xml

LENGTH = 30


class SiteFeed(Feed):
    """The newest articles; the lists below only narrow them."""

    feed_type: type[SyndicationFeed] = Rss201rev2Feed
    suffix = "feed/"

    def title(self, subject: Any = None) -> str:
        name = site_furniture().settings.name
        return for_xml(f"{name}: {subject}" if subject else name)

    def description(self, subject: Any = None) -> str:
        settings = site_furniture().settings
        own = getattr(subject, "description", "")
        return for_xml(own or settings.mission or settings.tagline or settings.name)

    subtitle = description

    def link(self, subject: Any = None) -> str:
        return absolute(subject.get_absolute_url() if subject else "/")

    def feed_url(self, subject: Any = None) -> str:
        return f"{self.link(subject)}{self.suffix}"

    def feed_guid(self, subject: Any = None) -> str:
        return self.feed_url(subject)

    def items(self, subject: Any = None) -> ArticleQuerySet:
        return self.articles(subject).newest_first().for_feed()[:LENGTH]

    def articles(self, subject: Any) -> ArticleQuerySet:
        return Article.objects.published()

    def item_title(self, item: Article) -> str:
        return for_xml(item.headline)

    def item_link(self, item: Article) -> str:
        return absolute(item.get_absolute_url())

    def item_guid(self, item: Article) -> str:
        # Not the address: it may change, and readers' programs must not show the piece twice.
        return absolute(f"/#article-{item.pk}")

    item_guid_is_permalink = False

    def item_description(self, item: Article) -> str:
        return for_xml(item.standfirst or item.meta_description)

    def item_pubdate(self, item: Article) -> datetime | None:
        return item.published_at

    def item_updateddate(self, item: Article) -> datetime | None:
        return item.revised_at or item.published_at

    def item_author_name(self, item: Article) -> str:
        return for_xml(", ".join(credit.author.name for credit in item.writers))

    def item_categories(self, item: Article) -> list[str]:
        return [for_xml(each.name) for each in (*item.all_categories, *item.tags.all())]

    def item_enclosures(self, item: Article) -> list[Enclosure]:
        return [_enclosure(item.lead_image)] if item.lead_image else []


class CategoryFeed(SiteFeed):
    def get_object(self, request: HttpRequest, path: str) -> Category:
        return get_object_or_404(Category, stored_path=path)

    def articles(self, subject: Category) -> ArticleQuerySet:
        return super().articles(subject).in_category(subject)


class AuthorFeed(SiteFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Author:
        return get_object_or_404(Author.objects.listed(), slug=slug)

    def articles(self, subject: Author) -> ArticleQuerySet:
        return super().articles(subject).by_author(subject)


class TagFeed(SiteFeed):
    def get_object(self, request: HttpRequest, slug: str) -> Tag:
        return get_object_or_404(Tag.objects.listed(), slug=slug)

    def articles(self, subject: Tag) -> ArticleQuerySet:
        return super().articles(subject).tagged(subject)


class AtomFormat:
    feed_type: type[SyndicationFeed] = Atom1Feed
    suffix = "feed/atom/"


class SiteAtom(AtomFormat, SiteFeed):
    pass


class CategoryAtom(AtomFormat, CategoryFeed):
    pass


class AuthorAtom(AtomFormat, AuthorFeed):
    pass


class TagAtom(AtomFormat, TagFeed):
    pass


def _enclosure(image: Image) -> Enclosure:
    kind = "image/png" if str(image.original.name).endswith(".png") else "image/jpeg"
    return Enclosure(absolute(image.original.url), _size(image), kind)


def _size(image: Image) -> str:
    try:
        return str(image.original.size)
    except OSError:  # a picture that is lost must not take the feed with it
        return "0"

"""RSS and Atom of the site and of each category, author and tag."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from xml.sax.xmlreader import AttributesImpl

from django.contrib.syndication.views import Feed
from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed, SyndicationFeed
from django.utils.xmlutils import SimplerXMLGenerator

from articles.caching import site_furniture
from articles.gathering import along
from articles.metadata import absolute, picture
from articles.models import Article, Author, Category, Image, Tag
from articles.querysets import ArticleQuerySet
from articles.rendering import for_xml

LENGTH = 30
MEDIA_RSS = {"xmlns:media": "http://search.yahoo.com/mrss/"}


class WithPictures(SyndicationFeed):
    """Pictures by Media RSS, with size, words and credit.

    Not as enclosures: those are attachments that readers' programs download whole, and must tell a length
    in bytes, which of a rendition only the storage knows.
    """

    def rss_attributes(self) -> dict[str, str]:
        return super().rss_attributes() | MEDIA_RSS  # type: ignore[misc]

    def root_attributes(self) -> dict[str, str]:
        return super().root_attributes() | MEDIA_RSS

    def add_item_elements(self, handler: SimplerXMLGenerator, item: dict[str, Any]) -> None:
        super().add_item_elements(handler, item)
        article: Article = item["article"]
        if article.lead_image and not article.lead_image.is_vector:
            _print_picture(handler, article.lead_image, article.image_alt)


class Rss(WithPictures, Rss201rev2Feed):
    pass


class Atom(WithPictures, Atom1Feed):
    pass


class SiteFeed(Feed):
    """The newest articles; the lists below only narrow them."""

    feed_type: type[SyndicationFeed] = Rss
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
        return [for_xml(each.name) for each in (*item.all_categories, *along(item, "tags"))]

    def item_extra_kwargs(self, item: Article) -> dict[str, Any]:
        return super().item_extra_kwargs(item) | {"article": item}


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
    feed_type: type[SyndicationFeed] = Atom
    suffix = "feed/atom/"


class SiteAtom(AtomFormat, SiteFeed):
    pass


class CategoryAtom(AtomFormat, CategoryFeed):
    pass


class AuthorAtom(AtomFormat, AuthorFeed):
    pass


class TagAtom(AtomFormat, TagFeed):
    pass


def _print_picture(handler: SimplerXMLGenerator, image: Image, alt: str) -> None:
    shown = picture(image, "full")
    size = {"width": str(shown.width), "height": str(shown.height)}
    file = {"url": shown.url, "type": shown.mime_type, "medium": "image"}
    handler.startElement("media:content", AttributesImpl(file | size))
    if alt:
        handler.addQuickElement("media:description", for_xml(alt), {"type": "plain"})
    if image.full_credit:
        handler.addQuickElement("media:credit", for_xml(image.full_credit))
    handler.endElement("media:content")

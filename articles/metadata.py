"""What pages tell machines: canonical address, Open Graph, schema.org data. Dictionaries, no HTML.

Sources: schema.org NewsArticle and translationOfWork, Google's Article and Breadcrumb guides, ogp.me.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cache
from typing import Any

from django.conf import settings
from django.db.models import Model
from django.templatetags.static import static
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from articles import rendering, storage
from articles.gathering import along
from articles.imaging import renditions, social_cards
from articles.imaging.renditions import Shape
from articles.models import Article, Author, Category, Image, Page, SiteSettings, Tag
from articles.models.article import META_DESCRIPTION_LENGTH

MAX_HEADLINE = 110  # what Google reads of a headline
DEFAULT_IMAGE = "img/og-default.png"  # as large as a card
SHARED_WIDTH = 1280  # sharp wherever it is shown, and light enough for those who fetch it over a phone
SEARCH_SHAPES: tuple[Shape, ...] = ("16x9", "4x3", "1x1")  # what Google asks for

Crumbs = list[tuple[str, str]]


@dataclass
class Metadata:
    title: str
    description: str
    canonical_url: str
    og: dict[str, str] = field(default_factory=dict)
    json_ld: list[dict[str, Any]] = field(default_factory=list)
    robots: str = "max-image-preview:large"
    feeds: list[tuple[str, str, str]] = field(default_factory=list)


@dataclass(frozen=True)
class Picture:
    """A file that others fetch, with what they want to know beforehand."""

    url: str
    width: int
    height: int
    mime_type: str


def absolute(path: str) -> str:
    return path if "://" in path else f"{settings.SITE_URL}{path}"


def for_article(article: Article, site: SiteSettings) -> Metadata:
    canonical = (
        article.original_url if article.canonical_is_original else absolute(article.get_absolute_url())
    )
    description = article.meta_description or rendering.summary(article.body_html, META_DESCRIPTION_LENGTH)
    title = article.seo_title or article.headline
    lead = article.lead_image
    if lead and not lead.is_vector:
        meta = _metadata(site, title, description, canonical, image=lead, alt=article.image_alt)
    else:
        meta = _metadata(site, title, description, canonical)
        meta.og |= _card_properties(article)
    meta.og |= _article_properties(article)
    meta.json_ld = [_news_article(article, meta, site), _breadcrumb_list(article_crumbs(article, site))]
    return meta


def for_front(site: SiteSettings) -> Metadata:
    title = f"{site.name} – {site.tagline}" if site.tagline else site.name
    meta = _metadata(site, title, _short(site.mission) or title, absolute("/"), suffix=False)
    meta.feeds = _feeds(site.name, "/")
    meta.json_ld = [organization(site) | {"@context": "https://schema.org"}, _web_site(site)]
    return meta


def for_category(category: Category, site: SiteSettings, number: int = 1) -> Metadata:
    description = category.description or _("%(name)s: news and analysis from %(site)s.") % {
        "name": category.name,
        "site": site.name,
    }
    meta = _for_list(category, category.name, description, site, number, image=category.cover)
    meta.json_ld.append(_breadcrumb_list(category_crumbs(category, site)))
    return meta


def for_tag(tag: Tag, site: SiteSettings, number: int = 1) -> Metadata:
    description = tag.description or _("Everything %(site)s has published about %(name)s.") % {
        "site": site.name,
        "name": tag.name,
    }
    return _for_list(tag, tag.name, description, site, number)


def for_author(author: Author, site: SiteSettings, number: int = 1) -> Metadata:
    description = _short(author.biography) or _("Articles by %(name)s in %(site)s.") % {
        "name": author.name,
        "site": site.name,
    }
    meta = _for_list(author, author.name, description, site, number, image=author.photo)
    profile = {"@type": "ProfilePage", "mainEntity": _person(author, full=True)}
    meta.json_ld.append({"@context": "https://schema.org", **profile})
    return meta


def for_page(page: Page, site: SiteSettings) -> Metadata:
    description = page.meta_description or f"{page.title}: {site.name}."
    return _metadata(site, page.title, description, absolute(page.get_absolute_url()))


def for_search(query: str, site: SiteSettings) -> Metadata:
    title = _("“%(query)s” – search") % {"query": query} if query else pgettext("page", "Search")
    description = _("Search the articles of %(site)s.") % {"site": site.name}
    meta = _metadata(site, title, description, absolute("/search/"))
    if query:
        meta.robots = "noindex, follow"
    return meta


def for_nothing(title: str, site: SiteSettings) -> Metadata:
    """A page that says why there is none."""
    meta = _metadata(site, title, title, absolute("/"))
    meta.robots = "noindex"
    return meta


def article_crumbs(article: Article, site: SiteSettings) -> Crumbs:
    crumbs = category_crumbs(article.primary_category, site) if article.primary_category else _home(site)
    return [*crumbs, (article.card_headline, article.get_absolute_url())]


def category_crumbs(category: Category, site: SiteSettings) -> Crumbs:
    line = [category.parent, category] if category.parent else [category]
    return [*_home(site), *((each.name, each.get_absolute_url()) for each in line)]


def organization(site: SiteSettings) -> dict[str, Any]:
    return {
        "@type": "NewsMediaOrganization",
        "@id": absolute("/#organization"),
        "name": site.name,
        "url": absolute("/"),
        "logo": _logo(site),
        **({"description": site.mission} if site.mission else {}),
        **({"email": site.contact_email} if site.contact_email else {}),
        **({"sameAs": [url for _, url in site.social_links]} if site.social_links else {}),
    }


def picture(image: Image, shape: Shape = "16x9") -> Picture:
    """The rendition that others are shown; the preview until there is one. Not of an SVG: it has none."""
    mime_type = renditions.MIME_TYPES[image.fallback]
    if image.rendered_at is None:
        shape, width, name = "full", renditions.preview_width(image.width, image.height), image.preview_name
    else:
        widths = image.rendition_widths(shape)
        width = max((each for each in widths if each <= SHARED_WIDTH), default=widths[0])
        name = image.rendition_name(shape, width, image.fallback)
    return Picture(_media_url(name), width, image.rendition_height(shape, width), mime_type)


def _metadata(
    site: SiteSettings, title: str, description: str, canonical: str, *, image: Image | None = None,
    alt: str = "", suffix: bool = True,
) -> Metadata:  # fmt: skip
    og = {
        "og:type": "website",
        "og:site_name": site.name,
        "og:title": title,
        "og:description": description,
        "og:url": canonical,
        **_shared_picture(site, image, alt),
    }
    return Metadata(f"{title} – {site.name}" if suffix else title, description, canonical, og)


def _shared_picture(site: SiteSettings, image: Image | None, alt: str) -> dict[str, str]:
    """The picture itself, else the site's; social networks draw no SVG."""
    for each in (image, site.social_image):
        if each and not each.is_vector:
            return _picture_properties(picture(each), (each is image and alt) or each.alt_text)
    return _picture_properties(_default_picture(), site.name)


def _card_properties(article: Article) -> dict[str, str]:
    """The card drawn of the headline, once it is."""
    if article.social_card in ("", social_cards.UNDRAWABLE):
        return {}
    return _picture_properties(_drawn(_media_url(article.social_card)), article.headline)


def _picture_properties(shown: Picture, alt: str) -> dict[str, str]:
    properties = {
        "og:image": shown.url,
        "og:image:type": shown.mime_type,
        "og:image:width": str(shown.width),
        "og:image:height": str(shown.height),
    }
    return properties | ({"og:image:alt": alt} if alt else {})


def _drawn(url: str) -> Picture:
    return Picture(url, social_cards.WIDTH, social_cards.HEIGHT, social_cards.MIME_TYPE)


def _default_picture() -> Picture:
    return _drawn(absolute(_static(DEFAULT_IMAGE)))


# A release has one address for each of its files, and finding it takes a while.
_static = cache(static)


def _for_list(
    target: Model, name: str, description: str, site: SiteSettings, number: int, image: Image | None = None
) -> Metadata:
    path = target.get_absolute_url()  # type: ignore[attr-defined]
    title = _("%(name)s – page %(number)d") % {"name": name, "number": number} if number > 1 else name
    address = absolute(f"{path}?page={number}" if number > 1 else path)
    meta = _metadata(site, title, description, address, image=image)
    meta.feeds = _feeds(f"{site.name}: {name}", path)
    return meta


def _article_properties(article: Article) -> dict[str, str]:
    properties = {"og:type": "article", "og:locale": article.language}
    if article.published_at:
        properties["article:published_time"] = article.published_at.isoformat()
    if article.revised_at:
        properties["article:modified_time"] = article.revised_at.isoformat()
    if article.primary_category:
        properties["article:section"] = article.primary_category.name
    return properties


def _news_article(article: Article, meta: Metadata, site: SiteSettings) -> dict[str, Any]:
    published, revised = article.published_at, article.revised_at or article.published_at
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "mainEntityOfPage": meta.canonical_url,
        "url": meta.canonical_url,
        "headline": article.headline[:MAX_HEADLINE],
        "description": meta.description,
        "image": _article_images(article.lead_image, article.image_caption) or [meta.og["og:image"]],
        "datePublished": published.isoformat() if published else None,
        "dateModified": revised.isoformat() if revised else None,
        "author": [_person(credit.author) for credit in article.writers],
        "publisher": organization(site),
        "articleSection": [category.name for category in article.all_categories],
        "keywords": [tag.name for tag in along(article, "tags")],
        "inLanguage": article.language,
        "wordCount": article.word_count,
        "isAccessibleForFree": True,
        **_translators(article),
        **_original(article),
        **_corrections(article),
    }


def _article_images(image: Image | None, caption: str) -> list[Any]:
    """The picture in every shape that search results are laid out with, and whose it is."""
    if image is None or image.is_vector:
        return []
    shapes = SEARCH_SHAPES if image.rendered_at else SEARCH_SHAPES[:1]
    facts = {"caption": caption, "creditText": image.full_credit, **_rights(image)}
    known = {key: value for key, value in facts.items() if value}
    return [_image_object(picture(image, shape)) | known for shape in shapes]


def _rights(image: Image) -> dict[str, str]:
    """What was written of the rights, where it is for everybody: a licence's address, or a notice.

    Anything else may be an agreement that is nobody's business.
    """
    if image.rights.startswith(("https://", "http://")):
        return {"license": image.rights}
    is_notice = image.rights.lower().startswith(("©", "(c)", "copyright"))
    return {"copyrightNotice": image.rights} if is_notice else {}


def _image_object(shown: Picture) -> dict[str, Any]:
    size = {"width": shown.width, "height": shown.height}
    # Under both names: the first is what articles are asked for, the second what licences are read with.
    return {"@type": "ImageObject", "url": shown.url, "contentUrl": shown.url, **size}


def _logo(site: SiteSettings) -> dict[str, Any]:
    if site.logo and site.logo.is_vector:
        return {"@type": "ImageObject", "url": _media_url(site.logo.preview_name)}
    shown = picture(site.logo, "full") if site.logo else _default_picture()
    return _image_object(shown)


def _translators(article: Article) -> dict[str, Any]:
    translators = [each.author for each in along(article, "credits") if each.role == each.Role.TRANSLATOR]
    return {"translator": [_person(author) for author in translators]} if translators else {}


def _original(article: Article) -> dict[str, Any]:
    """The piece that this one is made from: translationOfWork or isBasedOn."""
    if not article.outlet:
        return {}
    work = {
        "@type": "NewsArticle",
        "headline": article.original_title,
        "url": article.original_url,
        "inLanguage": article.original_language,
        "datePublished": article.original_on.isoformat() if article.original_on else "",
        "publisher": {"@type": "Organization", "name": article.outlet.name, "url": article.outlet.url},
    }
    relation = "translationOfWork" if article.origin == Article.Origin.TRANSLATION else "isBasedOn"
    # Inside another node it is a mention, not an article of this page.
    known = {key: value for key, value in work.items() if value}
    return {relation: known | {"@type": "CreativeWork"}}


def _corrections(article: Article) -> dict[str, Any]:
    corrections = [
        {"@type": "CorrectionComment", "text": each.text, "datePublished": each.corrected_at.isoformat()}
        for each in along(article, "corrections")
    ]
    return {"correction": corrections} if corrections else {}


def _person(author: Author, *, full: bool = False) -> dict[str, Any]:
    kind = "Organization" if author.is_house else "Person"
    person: dict[str, Any] = {"@type": kind, "name": author.name, "url": absolute(author.get_absolute_url())}
    if full:
        details: dict[str, Any] = {
            "jobTitle": "" if author.is_house else author.affiliation,
            "description": author.biography,
            "sameAs": [url for _, url in author.link_list],
            "image": _portrait(author),
        }
        person |= {key: value for key, value in details.items() if value}
    return person


def _web_site(site: SiteSettings) -> dict[str, Any]:
    target = {"@type": "EntryPoint", "urlTemplate": absolute("/search/?q={search_term_string}")}
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": site.name,
        "url": absolute("/"),
        "potentialAction": {
            "@type": "SearchAction",
            "target": target,
            "query-input": "required name=search_term_string",
        },
    }


def _breadcrumb_list(crumbs: Crumbs) -> dict[str, Any]:
    return {
        "@context": "https://schema.org",
        "@type": "BreadcrumbList",
        "itemListElement": [
            {"@type": "ListItem", "position": place, "name": name, "item": absolute(address)}
            for place, (name, address) in enumerate(crumbs, 1)
        ],
    }


def _home(site: SiteSettings) -> Crumbs:
    return [(site.name, "/")]


def _feeds(title: str, path: str) -> list[tuple[str, str, str]]:
    return [(title, f"{path}feed/", f"{path}feed/atom/")]


def _portrait(author: Author) -> str:
    photo = author.photo
    return picture(photo, "1x1").url if photo and not photo.is_vector else ""


def _media_url(name: str) -> str:
    return absolute(storage.address(name))


def _short(text: str) -> str:
    return rendering.shortened(text, META_DESCRIPTION_LENGTH)

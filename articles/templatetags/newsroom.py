"""How things are shown: pictures, dates, read time, structured data. Never queries."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any

from django import template
from django.core.files.storage import default_storage
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles.front import Block
from articles.models import Article, Credit, Image, SiteSettings
from articles.rendering import for_xml
from articles.renditions import Shape, rendition_height

register = template.Library()

DAY = "j F Y"
DAY_OF_THIS_YEAR = "j F"
CLOCK = "H:i"
RHYTHMS = {
    1: ["single", "turned"],
    2: ["pair", "uneven"],
    3: ["across"],
    4: ["led", "strip"],
    5: ["led", "across", "led", "text"],
}
DEEDS = {
    Credit.Role.WRITER: "By",
    Credit.Role.TRANSLATOR: "Translated by",
    Credit.Role.PHOTOGRAPHER: "Photographs by",
    Credit.Role.EDITOR: "Edited by",
}
# What HTML could take for markup. As JSON escapes they mean the same.
MARKUP = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


register.filter("for_xml", for_xml)


@register.filter
def read_time(article: Article, speed: int) -> str:
    """ "10 min read": whole minutes, rounded half down, at least one."""
    minutes, rest = divmod(article.word_count, speed)
    minutes += rest * 2 > speed
    return f"{max(minutes, 1)} min read"


@register.filter
def rhythm(block: Block, place: int) -> str:
    """How a block of the front page is set: as its number of stories wants it, and not like its neighbour."""
    ways = RHYTHMS[min(len(block.articles), max(RHYTHMS))]
    return ways[place % len(ways)]


@register.filter
def deed(credit: Credit) -> str:
    """ "Translated by": what comes before the name in a byline."""
    return DEEDS[Credit.Role(credit.role)]


@register.simple_tag
def news_date(moment: datetime) -> SafeString:
    """ "3 July 2025", in the newsroom's time zone."""
    return _time(moment, DAY)


@register.simple_tag
def timestamp(moment: datetime) -> SafeString:
    """ "14:05" for today's, "3 July" for this year's, "3 July 2024" for older ones."""
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() == now.date():
        return _time(moment, CLOCK)
    return _time(moment, DAY_OF_THIS_YEAR if local.year == now.year else DAY)


def _time(moment: datetime, style: str) -> SafeString:
    """A <time> that tells machines, and whoever hovers over it, the minute."""
    local = timezone.localtime(moment)
    return format_html(
        '<time datetime="{}" title="{}">{}</time>',
        local.isoformat(timespec="minutes"),
        date_format(local, f"{DAY}, {CLOCK}"),
        date_format(local, style),
    )


@register.simple_tag
def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block. Never run, so it needs no nonce, which would make every copy of the page differ."""
    text = json.dumps(data, ensure_ascii=False).translate(MARKUP)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


@register.inclusion_tag("components/_wordmark.html")
def wordmark(settings: SiteSettings, logo: Image | None = None) -> dict[str, Any]:
    """The logo where there is one, else the name in type, its dot in colour."""
    before, dot, after = settings.name.partition(".")
    shown = logo or settings.logo
    on_dark = None if logo else settings.logo_dark
    return {"logo": shown, "logo_dark": on_dark, "name": settings.name, "parts": (before, dot, after)}


@register.inclusion_tag("components/_picture.html")
def picture(image: Image, shape: Shape, sizes: str, **options: Any) -> dict[str, Any]:
    """An <img> of the sizes that were made of the picture; the original while they are being made.

    Options: `alt` (else the picture's own), `class`, and `priority` for the picture that readers see first.
    """
    return {
        **(_renditions(image, shape, sizes) if image.rendered_at else _original(image)),
        "alt": options.get("alt", image.alt_text),
        "css_class": options.get("class", ""),
        "priority": options.get("priority", False),
    }


def _renditions(image: Image, shape: Shape, sizes: str) -> dict[str, Any]:
    widths = image.rendition_widths(shape)
    urls = {width: default_storage.url(image.rendition_name(shape, width)) for width in widths}
    largest = widths[-1]
    return {
        "src": urls[_middle(widths)],
        "srcset": ", ".join(f"{url} {width}w" for width, url in urls.items()),
        "sizes": sizes,
        "width": largest,
        "height": rendition_height(image.width, image.height, shape, largest),
    }


def _middle(widths: list[int]) -> int:
    return widths[len(widths) // 2]


def _original(image: Image) -> dict[str, Any]:
    return {"src": image.original.url, "width": image.width, "height": image.height}

"""What the public templates call: pictures, dates, read time, structured data. Never queries."""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from datetime import date, datetime
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.core.files.storage import default_storage
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import conditional_escape, format_html, format_html_join, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, gettext, gettext_lazy, ngettext, pgettext, pgettext_lazy
from jinja2.runtime import Macro
from markupsafe import Markup

from articles.imaging import renditions
from articles.imaging.renditions import Format, Shape
from articles.models import Article, Author, Credit, Image
from articles.models.languages import RIGHT_TO_LEFT
from articles.rendering import for_xml

# The parts of a <picture>, and when browsers are to fetch it. Markup escapes what it is filled with, as
# format_html does, and takes less time for it: a front page has fifty of them.
PICTURE = Markup("<picture>%s%s%s</picture>")
MOTION = Markup(
    '<source media="(prefers-reduced-motion: no-preference)" type="image/webp" srcset="%s" sizes="%s">'
)
SOURCE = Markup('<source type="%s" srcset="%s" sizes="%s">')
IMG = Markup('<img%s src="%s"%s width="%s" height="%s" alt="%s" decoding="async" %s>')
CLASS, RESPONSIVE = Markup(' class="%s"'), Markup(' srcset="%s" sizes="%s"')
AT_ONCE, WHEN_NEAR = Markup('fetchpriority="high"'), Markup('loading="lazy"')

# By their names in azemedia/formats, in the order and the words of the page's language.
DAY = "DATE_FORMAT"
WEEKDAY = "WEEKDAY_DATE_FORMAT"
DAY_OF_THIS_YEAR = "MONTH_DAY_FORMAT"
CLOCK = "TIME_FORMAT"
MINUTE = "MINUTE_FORMAT"
# Between one tint of the style sheet and the next, of 255.
TINT_STEP = 51
# A fixed width in `sizes`, and how many dots the densest screens have for each of its pixels.
LENGTH = re.compile(r"([\d.]+)(rem|px)\s*$")
IN_PIXELS = {"rem": 16, "px": 1}
DENSEST = 3
CREDITS = {
    Credit.Role.WRITER: gettext_lazy("By {name}"),
    Credit.Role.TRANSLATOR: gettext_lazy("Translated by {name}"),
    Credit.Role.PHOTOGRAPHER: gettext_lazy("Photographs by {name}"),
    Credit.Role.EDITOR: gettext_lazy("Edited by {name}"),
}
# What HTML could take for markup. As JSON escapes they mean the same.
MARKUP = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


# Stands in drawn furniture for what differs with each page.
RETURN_PATH = "RETURN_PATH"


def read_time(article: Article, speed: int) -> str:
    """ "10 min read": whole minutes, rounded half down, at least one."""
    minutes, rest = divmod(article.word_count, speed)
    minutes += rest * 2 > speed
    minutes = max(minutes, 1)
    return ngettext("%(minutes)d min read", "%(minutes)d min read", minutes) % {"minutes": minutes}


def in_pieces(number: int) -> str:
    """ "23 pieces"."""
    return ngettext("%(number)s piece", "%(number)s pieces", number) % {"number": number}


def pieces_found(number: int, query: str) -> str:
    counted = ngettext("%(number)s piece for “%(query)s”", "%(number)s pieces for “%(query)s”", number)
    return counted % {"number": number, "query": query}


def in_suggestions(number: int) -> str:
    return ngettext("%(number)s suggestion", "%(number)s suggestions", number) % {"number": number}


def corrections_title(number: int) -> str:
    return ngettext("Correction", "Corrections", number)


def credit_line(credit: Credit) -> SafeString:
    """ "Translated by Aysel Məmmədova", the name leading to its page."""
    return format_html(str(CREDITS[Credit.Role(credit.role)]), name=_author_link(credit.author, ""))


def byline(writers: list[Credit], *, linked: bool = False) -> str:
    """ "By A, B and C"."""
    names = [_author_link(each.author, "author") if linked else each.author.name for each in writers]
    return format_html(gettext("By {name}"), name=_enumerated(names)) if names else ""


def _enumerated(names: list[Any]) -> SafeString:
    *first, last = names
    if not first:
        return conditional_escape(last)
    comma = pgettext("between the names of a list", ", ")
    return format_html(
        gettext("{names} and {last}"), names=format_html_join(comma, "{}", zip(first)), last=last
    )


def _author_link(author: Author, rel: str) -> SafeString:
    rel_html = format_html(' rel="{}"', rel) if rel else ""
    return format_html(
        '<a class="byline__name" href="{}"{}>{}</a>', author.get_absolute_url(), rel_html, author.name
    )


def lang(language: str) -> str:
    """The attributes of words in that language, where it is not the page's: ` lang="fa" dir="rtl"`."""
    here = (get_language() or "").partition("-")[0]
    if not language or language.partition("-")[0] == here:
        return ""
    return format_html(' lang="{}" dir="rtl"' if language in RIGHT_TO_LEFT else ' lang="{}"', language)


def lang_of_page(around: str) -> str:
    """The attributes of the page's own words amid text of another language."""
    if not lang(around):
        return ""
    return format_html(' lang="{}" dir="ltr"' if around in RIGHT_TO_LEFT else ' lang="{}"', get_language())


def day(date: date) -> SafeString:
    """ "3 July 2025" of a day that has no hour."""
    return format_html('<time datetime="{}">{}</time>', date.isoformat(), date_format(date, DAY))


def news_date(moment: datetime) -> SafeString:
    """ "3 July 2025", in the newsroom's time zone."""
    return _time(moment, DAY)


def weekday(moment: datetime) -> str:
    """ "Friday, 3 July 2026"."""
    return date_format(moment, WEEKDAY)


def timestamp(moment: datetime) -> SafeString:
    """ "14:05" for today's, "3 July" for this year's, "3 July 2024" for older ones."""
    local, now = timezone.localtime(moment), timezone.localtime()
    if local.date() == now.date():
        return _time(moment, CLOCK)
    return _time(moment, DAY_OF_THIS_YEAR if local.year == now.year else DAY)


def exact_date(moment: datetime, id: str) -> SafeString:  # noqa: A002 (as the attribute is called)
    """A date that tells the minute to whoever presses it, by finger or by key, too."""
    return format_html(
        '<button class="exact" type="button" popovertarget="{0}">{1}</button>'
        '<span class="exact__time" id="{0}" popover>{2}</span>',
        id,
        _time(moment, DAY),
        _minute(moment),
    )


def _time(moment: datetime, style: str) -> SafeString:
    """A <time> that tells machines, and whoever hovers over it, the minute."""
    local = timezone.localtime(moment)
    # The text for the clock's sake: the same moment is equal to itself in every time zone.
    return _printed(local, local.isoformat(timespec="minutes"), style, get_language())


@lru_cache(maxsize=2048)
def _printed(local: datetime, iso: str, style: str, language: str | None) -> SafeString:
    """Of the same few moments, over and over, wherever an article is shown."""
    printed = date_format(local, style)
    return format_html('<time datetime="{}" title="{}">{}</time>', iso, _minute(local), printed)


def _minute(moment: datetime) -> str:
    """ "3 July 2025, 14:05 (UTC+04:00)"."""
    local = timezone.localtime(moment)
    return f"{date_format(local, MINUTE)} (UTC{local.isoformat()[-6:]})"


def json_ld(data: dict[str, Any]) -> SafeString:
    """A data block. Never run, so it needs no nonce, which would make every copy of the page differ."""
    text = json.dumps(data, ensure_ascii=False).translate(MARKUP)
    return format_html('<script type="application/ld+json">{}</script>', mark_safe(text))  # noqa: S308


def furniture(site: Any, name: str) -> SafeString:
    """The part of that name of the frame around every page, drawn once for all of them, day by day.

    It may show the site and where in its menus one is, nothing else of the page; but it may say RETURN_PATH
    for the place that signing in leads back to.
    """
    drawn, key = site.furniture.drawn, (name, get_language(), site.today.date(), site.path_in_menus)
    if key not in drawn:
        drawn[key] = get_template(f"components/_{name}.html").render({"site": site})
    return mark_safe(drawn[key].replace(RETURN_PATH, quote(site.return_path)))  # noqa: S308 (by a template)


def drawn(macro: Macro, article: Article, *how: Any, **more: Any) -> Markup:
    """The article as the macro draws it; where it is remembered (see `prepared`), that was done before.

    It may depend on the article, the site's settings and the day, and on nothing else.
    """
    if article.drawn is None:
        return Markup(macro(article, *how, **more))  # noqa: S704 (by a template)
    labels = article.is_live, article.is_breaking
    key = (macro.name, how, tuple(more.items()), labels, get_language(), timezone.localdate())
    if key not in article.drawn:
        article.drawn[key] = Markup(macro(article, *how, **more))  # noqa: S704 (by a template)
    return article.drawn[key]


def picture(
    image: Image,
    shape: Shape,
    sizes: str,
    *,
    alt: str | None = None,
    css_class: str = "",
    priority: bool = False,
    highest: int = 0,
) -> Markup:
    """A <picture> of what was made of the image in that shape; until then its preview, in the same place.

    `alt` instead of the picture's own, `priority` for the picture that readers see first, and `highest` for
    how many rem a picture may take upwards, where its style sets `.picture--high` such a limit.
    """
    if highest and _is_high(image):
        sizes = f"(min-width: 40rem) {highest * image.width / image.height:.1f}rem, {sizes}"
    files, classes = _files(image, shape, sizes), " ".join(_classes(image, shape, css_class))
    img = IMG % (
        CLASS % classes if classes else "",
        files["src"],
        RESPONSIVE % (files["srcset"], sizes) if "srcset" in files else "",
        files["width"],
        files["height"],
        image.alt_text if alt is None else alt,
        AT_ONCE if priority else WHEN_NEAR,
    )
    if "sources" not in files:
        return img
    motion = MOTION % (files["motion"], sizes) if files["motion"] else ""
    sources = Markup("").join(SOURCE % (kind, srcset, sizes) for kind, srcset in files["sources"])
    return PICTURE % (motion, sources, img)


def zoom(image: Image) -> SafeString:
    """The attributes of a link that opens the picture at its largest, and what the lightbox shows of it.

    No words: it stands in bodies, which are printed once and for every language of the site. lightbox.js says
    what the link does.
    """
    at, name, srcset = _address_of_files(), image.preview_name, ""
    if _has_renditions(image):
        name = image.rendition_name("full", image.rendition_widths("full")[-1], image.fallback)
        srcset = _srcset(image, "full", "avif", at, image.rendition_widths("full"))
    return format_html('href="{}" data-zoom="{}"', at + name, srcset)


def _files(image: Image, shape: Shape, sizes: str) -> dict[str, Any]:
    """What an <img> and the sources beside it name."""
    at = _address_of_files()
    if image.is_vector:
        return {"src": at + image.preview_name, "width": image.width, "height": image.height}
    widths = image.rendition_widths(shape)
    box = {"width": widths[-1], "height": image.rendition_height(shape, widths[-1])}
    if not _has_renditions(image):
        return {"src": at + image.preview_name, **box}
    lightest, *others = renditions.formats(image.fallback)
    widths = _wanted(widths, sizes)
    srcset = _srcset(image, shape, lightest, at, widths)
    # They differ by their endings only, and there are too many on a page to spell each anew.
    srcsets = {lightest: srcset} | {kind: srcset.replace(f".{lightest} ", f".{kind} ") for kind in others}
    return {
        "motion": _moving(image, at) if shape == "full" and image.has_motion else "",
        "srcset": srcsets.pop(image.fallback),
        "sources": [(renditions.MIME_TYPES[kind], each) for kind, each in srcsets.items()],
        "src": at + image.rendition_name(shape, widths[len(widths) // 2], image.fallback),
        **box,
    }


def _srcset(image: Image, shape: Shape, kind: Format, at: str, widths: list[int]) -> str:
    return ", ".join(f"{at}{image.rendition_name(shape, width, kind)} {width}w" for width in widths)


def _moving(image: Image, at: str) -> str:
    return _srcset(image, "motion", "webp", at, image.rendition_widths("motion"))


@lru_cache(maxsize=100)
def _most_dots(sizes: str) -> float:
    """How wide it is at most on the densest screens, unless that depends on the window."""
    lengths = [LENGTH.search(each) for each in sizes.split(",")]
    if not all(lengths):
        return math.inf
    return DENSEST * max(float(each[1]) * IN_PIXELS[each[2]] for each in lengths if each)


def _wanted(widths: list[int], sizes: str) -> list[int]:
    """No more of them than any screen could choose: a page names many pictures."""
    most = _most_dots(sizes)
    enough = next((width for width in widths if width >= most), widths[-1])
    return [width for width in widths if width <= enough]


def _address_of_files() -> str:
    """What stands before each storage name. Asked once: the storage takes its time to answer."""
    return _before_names(settings.MEDIA_URL)


@lru_cache(maxsize=1)
def _before_names(media_url: str) -> str:
    return default_storage.url("name").removesuffix("name")


def _has_renditions(image: Image) -> bool:
    return image.rendered_at is not None and not image.is_vector


def _is_high(image: Image) -> bool:
    """Higher than a page wants it at full width."""
    return image.width < image.height * 1.4


def _classes(image: Image, shape: Shape, own: str) -> Iterator[str]:
    """How it is framed and, until it has come, tinted: classes, for the policy takes no style from a page."""
    if own:
        yield own
    if image.is_vector:
        return
    if shape != "full":
        yield f"picture picture--{shape}"
        if not _has_renditions(image):
            yield f"picture--at-{_crop_position(image, shape)}"
    elif _is_high(image):
        yield "picture--high"
    # Through anything transparent it would show for good.
    if image.colour and image.fallback == "jpg":
        red, green, blue = (round(channel / TINT_STEP) for channel in bytes.fromhex(image.colour[1:]))
        yield f"tint tint--r{red} tint--g{green} tint--b{blue}"


def _crop_position(image: Image, shape: Shape) -> int:
    """Where the crop lies in what it leaves over, in tenths: the preview is shown through the same window."""
    ratio = renditions.RATIOS[shape] or 1
    length, focus = (
        (image.height * ratio / image.width, image.focal_x)
        if image.width > image.height * ratio
        else (image.width / ratio / image.height, image.focal_y)
    )
    return 5 if length >= 1 else round(min(max((focus - length / 2) / (1 - length), 0), 1) * 10)


def paragraphs(text: str) -> SafeString:
    """Text that was typed with empty lines between its paragraphs."""
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 (escaped there)


def quoted(text: str) -> str:
    """As part of an address, slashes and all."""
    return quote(text, safe="")


def words(text: str) -> Markup:
    """The site's own words, in its language; they may hold markup, and what is put into them is escaped."""
    return Markup(gettext(text))  # noqa: S704 (our catalogues)


# What templates call these by.
GLOBALS: dict[str, Any] = {
    "_": words,
    "language": get_language,
    "search_heading": pgettext_lazy("page", "Search"),
    "to_search": pgettext_lazy("verb", "Search"),
    **{
        each.__name__: each
        for each in (
            byline, corrections_title, credit_line, day, drawn, exact_date, furniture, in_pieces,
            in_suggestions, json_ld, lang, lang_of_page, news_date, picture, pieces_found, read_time,
            timestamp, weekday, zoom,
        )
    },
}  # fmt: skip
FILTERS: dict[str, Any] = {each.__name__: each for each in (for_xml, paragraphs, quoted, timezone.localtime)}

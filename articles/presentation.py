"""What the public templates call: pictures, dates, read time, structured data. Never queries."""

from __future__ import annotations

import json
from datetime import date, datetime, time
from functools import lru_cache
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.template.loader import get_template
from django.utils import timezone
from django.utils.formats import date_format, time_format
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.utils.translation.trans_real import DjangoTranslation, translation
from jinja2 import pass_context
from jinja2.runtime import Context, Macro
from markupsafe import Markup, escape

from articles.caching import page_language, page_zone, site_furniture
from articles.gathering import along
from articles.models import Article, Author, Credit
from articles.models.languages import RIGHT_TO_LEFT
from articles.rendering import for_xml
from articles.responsive import picture, zoom

A_DAY = Markup('<time datetime="%s">%s</time>')
# Filled with figures and names of months: there is nothing to escape, and a page has dozens.
A_TIME = '<time datetime="%s" title="%s">%s</time>'

# By their names in azemedia/formats, in the order and the words of the page's language.
DAY = "DATE_FORMAT"
WEEKDAY = "WEEKDAY_DATE_FORMAT"
DAY_OF_THIS_YEAR = "MONTH_DAY_FORMAT"
CLOCK = "TIME_FORMAT"
CREDITS = {
    Credit.Role.WRITER: gettext_lazy("By {name}"),
    Credit.Role.TRANSLATOR: gettext_lazy("Translated by {name}"),
    Credit.Role.PHOTOGRAPHER: gettext_lazy("Photographs by {name}"),
    Credit.Role.EDITOR: gettext_lazy("Edited by {name}"),
}
# What HTML could take for markup. As JSON escapes they mean the same.
MARKUP = {"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"}
JSON = json.JSONEncoder(ensure_ascii=False)
DATA = Markup('<script type="application/ld+json">%s</script>')


# Stands in drawn furniture for what differs with each page.
RETURN_PATH = "RETURN_PATH"


def read_time(article: Article) -> str:
    """ "10 min read", by the speed in the site's settings: whole minutes, rounded half down, at least one."""
    speed = site_furniture().settings.reading_speed
    minutes, rest = divmod(article.word_count, speed)
    minutes += rest * 2 > speed
    return _in_minutes(max(minutes, 1), _catalogue())


@lru_cache(maxsize=1024)
def _in_minutes(minutes: int, catalogue: DjangoTranslation) -> str:
    return catalogue.ngettext("%(minutes)d min read", "%(minutes)d min read", minutes) % {"minutes": minutes}


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


def credit_line(credit: Credit) -> Markup:
    """ "Translated by Aysel Məmmədova", the name leading to its page."""
    words = str(CREDITS[Credit.Role(credit.role)])
    return Markup(words.format(name=_author_link(credit.author)))  # noqa: S704 (escaped)


def byline(writers: list[Credit], *, linked: bool = False) -> Markup:
    """ "By A, B and C"."""
    if not writers:
        return Markup()
    names = [
        _author_link(each.author, ' rel="author"') if linked else escape(each.author.name) for each in writers
    ]
    return Markup(gettext("By {name}").format(name=_enumerated(names)))  # noqa: S704 (escaped)


def _enumerated(names: list[str]) -> str:
    *first, last = names
    if not first:
        return last
    comma = pgettext("between the names of a list", ", ")
    return gettext("{names} and {last}").format(names=comma.join(first), last=last)


def _author_link(author: Author, rel: str = "") -> str:
    address, name = author.get_absolute_url(), escape(author.name)
    return f'<a class="byline__name" href="{address}"{rel}>{name}</a>'


def lang(language: str) -> str:
    """The attributes of words in that language, where it is not the page's: ` lang="fa" dir="rtl"`."""
    here = (page_language() or "").partition("-")[0]
    if not language or language.partition("-")[0] == here:
        return ""
    return format_html(' lang="{}" dir="rtl"' if language in RIGHT_TO_LEFT else ' lang="{}"', language)


def lang_of_page(around: str) -> str:
    """The attributes of the page's own words amid text of another language."""
    if not lang(around):
        return ""
    return format_html(' lang="{}" dir="ltr"' if around in RIGHT_TO_LEFT else ' lang="{}"', page_language())


def day(date: date) -> Markup:
    """ "3 July 2025" of a day that has no hour."""
    return A_DAY % (date.isoformat(), _in_words(date, DAY, page_language()))


def news_date(moment: datetime) -> Markup:
    """ "3 July 2025", in the newsroom's time zone."""
    return _time(moment.astimezone(page_zone()), DAY)


def weekday(moment: datetime) -> str:
    """ "Friday, 3 July 2026"."""
    return date_format(moment, WEEKDAY)


def timestamp(moment: datetime) -> Markup:
    """ "14:05" for today's, "3 July" for this year's, "3 July 2024" for older ones."""
    local, today = moment.astimezone(page_zone()), datetime.now(page_zone()).date()
    if local.date() == today:
        return _time(local, CLOCK)
    return _time(local, DAY_OF_THIS_YEAR if local.year == today.year else DAY)


def exact_date(moment: datetime, id: str) -> SafeString:  # noqa: A002 (as the attribute is called)
    """A date that tells the minute to whoever presses it, by finger or by key, too."""
    local = moment.astimezone(page_zone())
    return format_html(
        '<button class="exact" type="button" popovertarget="{0}">{1}</button>'
        '<span class="exact__time" id="{0}" popover>{2}</span>',
        id,
        _time(local, DAY),
        _minute(local, page_language()),
    )


def _time(local: datetime, style: str) -> Markup:
    """A <time> that tells machines, and whoever hovers over it, the minute."""
    language = page_language()
    shown = _clock(local, language) if style == CLOCK else _in_words(local.date(), style, language)
    minute = _minute(local, language)
    return Markup(A_TIME % (local.isoformat(timespec="minutes"), minute, shown))  # noqa: S704


def _minute(local: datetime, language: str | None) -> str:
    """ "3 July 2025, 14:05 (UTC+04:00)"."""
    day = _in_words(local.date(), DAY, language)
    return f"{day}, {_clock(local, language)} (UTC{local.isoformat()[-6:]})"


def _clock(local: datetime, language: str | None) -> str:
    return _in_words(local.time().replace(second=0, microsecond=0), CLOCK, language)


@lru_cache(maxsize=4096)
def _in_words(when: date | time, style: str, language: str | None) -> str:
    """Django takes its time over each, and the same few days are told of over and over."""
    return time_format(when, style) if isinstance(when, time) else date_format(when, style)


def json_ld(data: dict[str, Any]) -> Markup:
    """A data block. Never run, so it needs no nonce, which would make every copy of the page differ."""
    text = JSON.encode(data)
    for sign, code in MARKUP.items():
        text = text.replace(sign, code)
    return DATA % Markup(text)  # noqa: S704 (no sign of markup is left in it)


def furniture(site: Any, name: str) -> SafeString:
    """The part of that name of the frame around every page, drawn once for all of them, day by day.

    It may show the site and where in its menus one is, nothing else of the page; but it may say RETURN_PATH
    for the place that signing in leads back to.
    """
    drawn, key = site.furniture.drawn, (name, site.edition, site.path_in_menus)
    if key not in drawn:
        drawn[key] = get_template(f"components/_{name}.html").render({"site": site})
    return mark_safe(drawn[key].replace(RETURN_PATH, site.quoted_return_path))  # noqa: S308 (by a template)


@pass_context
def drawn(context: Context, macro: Macro, article: Article, *how: Any, **more: Any) -> Markup:
    """The article as the macro draws it; where it is remembered (see `prepared`), that was done before.

    It may depend on the article, the site's settings and the day, and on nothing else.
    """
    if article.drawn is None:
        return Markup(macro(article, *how, **more))  # noqa: S704 (by a template)
    labels = article.is_live, article.is_breaking
    key = (macro.name, how, tuple(more.items()), labels, context["site"].edition)
    if key not in article.drawn:
        article.drawn[key] = Markup(macro(article, *how, **more))  # noqa: S704 (by a template)
    return article.drawn[key]


def paragraphs(text: str) -> SafeString:
    """Text that was typed with empty lines between its paragraphs."""
    return mark_safe(linebreaks(text, autoescape=True))  # noqa: S308 (escaped there)


def quoted(text: str) -> str:
    """As part of an address, slashes and all."""
    return quote(text, safe="")


def words(text: str) -> Markup:
    """The site's own words, in its language; they may hold markup, and what is put into them is escaped."""
    return _translated(text, _catalogue())


@lru_cache(maxsize=1024)
def _translated(text: str, catalogue: DjangoTranslation) -> Markup:
    return Markup(catalogue.gettext(text))  # noqa: S704 (our catalogues)


def _catalogue() -> DjangoTranslation:
    """What gettext asks: for a variety of a language, as en-gb, one catalogue after another, word by word."""
    return translation(page_language() or settings.LANGUAGE_CODE)


# What templates call these by.
GLOBALS: dict[str, Any] = {
    "_": words,
    "language": page_language,
    "search_heading": pgettext_lazy("page", "Search"),
    "to_search": pgettext_lazy("verb", "Search"),
    **{
        each.__name__: each
        for each in (
            along, byline, corrections_title, credit_line, day, drawn, exact_date, furniture, in_pieces,
            in_suggestions, json_ld, lang, lang_of_page, news_date, picture, pieces_found, read_time,
            timestamp, weekday, zoom,
        )
    },
}  # fmt: skip
FILTERS: dict[str, Any] = {each.__name__: each for each in (for_xml, paragraphs, quoted, timezone.localtime)}

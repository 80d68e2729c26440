from datetime import UTC, datetime

import pytest
import time_machine
from django.template import engines
from django.utils import timezone, translation
from lxml import html

from articles import presentation
from articles.models import Article, Author, Credit, Menu, MenuItem, SiteSettings
from tests import factories, pages

WORDMARK = '{% from "components/_wordmark.html" import wordmark %}{{ wordmark(settings) }}'
NOON = datetime(2026, 7, 3, 12, 5, tzinfo=UTC)


def rendered(source, **context):
    return engines["jinja2"].from_string(source).render(context)


def element(source, **context):
    return html.fragment_fromstring(rendered(source, **context).strip())


@pytest.mark.parametrize(
    ("words", "speed", "shown"),
    [
        (1044, 100, "10 min read"),
        (1050, 100, "10 min read"),
        (1051, 100, "11 min read"),
        (1044, 130, "8 min read"),
        (12, 100, "1 min read"),
        (0, 100, "1 min read"),
    ],
)
@pytest.mark.django_db
def test_read_time_is_whole_minutes_and_never_none(words, speed, shown):
    SiteSettings.objects.create(pk=1, reading_speed=speed)

    assert presentation.read_time(Article(word_count=words)) == shown


def test_a_date_is_shown_in_the_newsrooms_zone_and_tells_the_minute():
    with timezone.override("Asia/Baku"):
        time = element("{{ news_date(moment) }}", moment=datetime(2025, 7, 2, 22, 5, tzinfo=UTC))

    assert time.text == "3 July 2025"
    assert time.get("datetime") == "2025-07-03T02:05+04:00"
    assert time.get("title") == "3 July 2025, 02:05 (UTC+04:00)"


@pytest.mark.parametrize(
    ("language", "shown", "of_this_year", "weekday"),
    [
        ("en-gb", "3 July 2025", "2 July", "Thursday, 3 July 2025"),
        ("az", "3 iyul 2025", "2 iyul", "Cümə axşamı, 3 iyul 2025"),
        ("ru", "3 июля 2025", "2 июля", "Четверг, 3 июля 2025"),
    ],
)
def test_dates_are_written_as_the_language_writes_them(language, shown, of_this_year, weekday):
    moment = datetime(2025, 7, 3, 12, 0, tzinfo=UTC)
    with translation.override(language), timezone.override("Asia/Baku"):
        assert element("{{ news_date(moment) }}", moment=moment).text == shown
        assert element("{{ day(moment) }}", moment=moment.date()).text == shown
        assert rendered("{{ weekday(moment) }}", moment=moment) == weekday
        with time_machine.travel(NOON, tick=False):
            shown_this_year = element("{{ timestamp(moment) }}", moment=datetime(2026, 7, 2, tzinfo=UTC))
    assert shown_this_year.text == of_this_year


@pytest.mark.parametrize(
    ("language", "minutes", "shown"),
    [
        ("ru", 1, "1 минута чтения"),
        ("ru", 2, "2 минуты чтения"),
        ("ru", 5, "5 минут чтения"),
        ("ru", 11, "11 минут чтения"),
        ("ru", 21, "21 минута чтения"),
        ("az", 1, "1 dəqiqəlik oxu"),
        ("az", 5, "5 dəqiqəlik oxu"),
    ],
)
@pytest.mark.django_db
def test_minutes_are_counted_as_the_language_counts(language, minutes, shown):
    SiteSettings.objects.create(pk=1, reading_speed=100)

    with translation.override(language):
        assert presentation.read_time(Article(word_count=minutes * 100)) == shown


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        (datetime(2026, 7, 3, 1, 5, tzinfo=UTC), "05:05"),
        (datetime(2026, 7, 2, 19, 59, tzinfo=UTC), "2 July"),
        (datetime(2025, 7, 3, 12, 0, tzinfo=UTC), "3 July 2025"),
    ],
)
def test_a_timestamp_says_no_more_than_is_needed(moment, shown):
    with timezone.override("Asia/Baku"), time_machine.travel(NOON, tick=False):
        assert element("{{ timestamp(moment) }}", moment=moment).text == shown


def test_paragraphs_are_made_of_lines_and_escaped():
    assert rendered("{{ text|paragraphs }}", text="a <b>\n\nc") == "<p>a &lt;b&gt;</p>\n\n<p>c</p>"


def test_structured_data_cannot_leave_its_element():
    data = {"headline": "</script><script>alert(1)</script> & <!--"}

    printed = rendered("{{ json_ld(data) }}", data=data)

    assert printed.count("<") == printed.count(">") == 2
    assert "\\u003C/script\\u003E" in printed
    assert "nonce" not in printed


def test_structured_data_keeps_every_letter():
    assert '"Gəncə"' in rendered("{{ json_ld(data) }}", data={"name": "Gəncə"})


def test_a_name_is_set_in_type_with_its_dot_in_colour():
    mark = element(WORDMARK, settings=SiteSettings(name="Aze.Media"))

    assert mark.text_content() == "Aze.Media"
    assert mark.find("span").text == "."


def test_a_name_without_a_dot_is_set_as_it_is():
    assert element(WORDMARK, settings=SiteSettings(name="R&D")).text_content() == "R&D"


def test_a_logo_takes_the_place_of_the_name(photograph):
    settings = SiteSettings(name="Aze.Media", logo=photograph)

    assert element(WORDMARK, settings=settings).find(".//img").get("alt") == "Aze.Media"


@pytest.mark.parametrize(
    ("role", "words"),
    [("translator", "Translated by "), ("photographer", "Photographs by "), ("editor", "Edited by ")],
)
def test_a_credit_says_what_was_done(role, words):
    credit = Credit(role=role, author=Author(name="Aysel & Co", slug="aysel"))
    link = '<a class="byline__name" href="/author/aysel/">Aysel &amp; Co</a>'
    assert presentation.credit_line(credit) == words + link


@pytest.mark.parametrize(
    ("names", "line"),
    [
        ([], ""),
        (["Aysel"], "By Aysel"),
        (["Aysel", "Rauf"], "By Aysel and Rauf"),
        (["Aysel", "Rauf <Jr>", "Nigar"], "By Aysel, Rauf &lt;Jr&gt; and Nigar"),
    ],
)
def test_a_byline_names_everybody(names, line):
    assert presentation.byline([Credit(author=Author(name=name)) for name in names]) == line


def test_a_linked_byline_leads_to_its_authors():
    writers = [Credit(author=Author(name="Aysel", slug="aysel"))]
    line = 'By <a class="byline__name" href="/author/aysel/" rel="author">Aysel</a>'
    assert presentation.byline(writers, linked=True) == line


@pytest.mark.parametrize(
    ("language", "amid_the_page", "amid_the_text"),
    [
        ("en", "", ""),
        ("az", ' lang="az"', ' lang="en-gb"'),
        ("fa", ' lang="fa" dir="rtl"', ' lang="en-gb" dir="ltr"'),
    ],
)
def test_words_of_another_language_say_so(language, amid_the_page, amid_the_text):
    assert presentation.lang(language) == amid_the_page
    assert presentation.lang_of_page(language) == amid_the_text


def test_words_in_the_language_of_the_page_need_no_mark():
    with translation.override("ru"):
        assert presentation.lang("ru") == ""
        assert presentation.lang("en") == ' lang="en"'


def test_every_role_has_its_words():
    assert set(presentation.CREDITS) == set(Credit.Role)


@pytest.mark.django_db
def test_the_frame_of_a_page_says_where_one_is_and_where_signing_in_leads_back_to(client):
    section = factories.category("Tea & sea", slug="tea")
    for place in ("header", "mobile"):
        MenuItem.objects.create(menu=Menu.objects.create(place=place), category=section)

    def frame(address):
        page = pages.tree(client.get(address))
        here = page.xpath("//*[@aria-current='page']/@href")
        return set(here), set(page.xpath("//a[@data-sign-in]/@href"))

    for _ in range(2):  # drawn, and drawn already
        assert frame("/category/tea/") == ({"/category/tea/"}, {"/accounts/login/?next=/category/tea/"})
        assert frame("/search/") == (set(), {"/accounts/login/?next=/search/"})

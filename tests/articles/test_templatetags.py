from datetime import UTC, datetime
from types import SimpleNamespace

import pytest
import time_machine
from django.template import Context, Template
from django.utils import timezone
from lxml import html

from articles.models import Article, Credit, Image, SiteSettings
from articles.templatetags import newsroom

NOON = datetime(2026, 7, 3, 12, 5, tzinfo=UTC)


def rendered(source, **context):
    return Template("{% load newsroom %}" + source).render(Context(context))


def element(source, **context):
    return html.fragment_fromstring(rendered(source, **context).strip())


@pytest.fixture
def photograph():
    """Two thousand by one thousand pixels, its renditions made."""
    return Image(
        key="abcdef",
        original="images/ab/abcdef.jpg",
        width=2000,
        height=1000,
        alt_text="A bay",
        rendered_at=NOON,
    )


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
def test_read_time_is_whole_minutes_and_never_none(words, speed, shown):
    assert newsroom.read_time(Article(word_count=words), speed) == shown


def test_a_date_is_shown_in_the_newsrooms_zone_and_tells_the_minute():
    with timezone.override("Asia/Baku"):
        time = element("{% news_date moment %}", moment=datetime(2025, 7, 2, 22, 5, tzinfo=UTC))

    assert time.text == "3 July 2025"
    assert time.get("datetime") == "2025-07-03T02:05+04:00"
    assert time.get("title") == "3 July 2025, 02:05"


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
        assert element("{% timestamp moment %}", moment=moment).text == shown


def test_structured_data_cannot_leave_its_element():
    data = {"headline": "</script><script>alert(1)</script> & <!--"}

    printed = rendered("{% json_ld data %}", data=data)

    assert printed.count("<") == printed.count(">") == 2
    assert "\\u003C/script\\u003E" in printed
    assert "nonce" not in printed


def test_structured_data_keeps_every_letter():
    assert '"Gəncə"' in rendered("{% json_ld data %}", data={"name": "Gəncə"})


def test_a_picture_offers_the_sizes_that_were_made(photograph):
    img = element("{% picture image 'wide' '50vw' %}", image=photograph)

    offered = [
        f"/media/{photograph.rendition_name('wide', width)} {width}w" for width in (240, 360, 640, 960, 1280)
    ]
    assert img.get("srcset").split(", ") == offered
    assert img.get("sizes") == "50vw"
    assert (img.get("width"), img.get("height")) == ("1280", "853")
    assert img.get("alt") == "A bay"


def test_a_picture_in_the_making_shows_its_original(photograph):
    photograph.rendered_at = None

    img = element("{% picture image 'wide' '50vw' %}", image=photograph)

    assert img.get("src") == "/media/images/ab/abcdef.jpg"
    assert img.get("srcset") is None
    assert (img.get("width"), img.get("height")) == ("2000", "1000")


def test_only_the_first_picture_of_a_page_is_hurried(photograph):
    first = element("{% picture image 'wide' '50vw' priority=True %}", image=photograph)
    other = element("{% picture image 'wide' '50vw' alt='' class='face' %}", image=photograph)

    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert (other.get("fetchpriority"), other.get("loading")) == (None, "lazy")
    assert (other.get("alt"), other.get("class")) == ("", "face")


def test_a_name_is_set_in_type_with_its_dot_in_colour():
    mark = element("{% wordmark settings %}", settings=SiteSettings(name="Aze.Media"))

    assert mark.text_content() == "Aze.Media"
    assert mark.find("span").text == "."


def test_a_name_without_a_dot_is_set_as_it_is():
    assert element("{% wordmark settings %}", settings=SiteSettings(name="R&D")).text_content() == "R&D"


def test_a_logo_takes_the_place_of_the_name(photograph):
    settings = SiteSettings(name="Aze.Media", logo=photograph)

    assert element("{% wordmark settings %}", settings=settings).get("alt") == "Aze.Media"


@pytest.mark.parametrize(
    ("role", "words"),
    [("translator", "Translated by"), ("photographer", "Photographs by"), ("editor", "Edited by")],
)
def test_a_credit_says_what_was_done(role, words):
    assert newsroom.deed(Credit(role=role)) == words


def test_every_role_has_its_words():
    assert set(newsroom.DEEDS) == set(Credit.Role)


@pytest.mark.parametrize("count", [1, 2, 4, 5])
def test_two_blocks_of_a_size_are_not_set_alike_one_after_the_other(count):
    block = SimpleNamespace(articles=["story"] * count)

    assert newsroom.rhythm(block, 0) != newsroom.rhythm(block, 1)

from datetime import UTC, datetime
from pathlib import Path

import pytest
import time_machine
from django.template import engines
from django.utils import timezone, translation
from lxml import html

from articles import presentation
from articles.imaging import renditions
from articles.models import Article, Author, Credit, Image, Menu, MenuItem, SiteSettings
from tests import factories, pages

WORDMARK = '{% from "components/_wordmark.html" import wordmark %}{{ wordmark(settings) }}'
NOON = datetime(2026, 7, 3, 12, 5, tzinfo=UTC)


def rendered(source, **context):
    return engines["jinja2"].from_string(source).render(context)


def element(source, **context):
    return html.fragment_fromstring(rendered(source, **context).strip())


def picture_of(image, shape="3x2", sizes="50vw", **options):
    """What `picture()` prints: its sources and its <img>."""
    printed = html.fragment_fromstring(f"<div>{presentation.picture(image, shape, sizes, **options)}</div>")
    return printed.findall(".//source"), printed.find(".//img")


@pytest.fixture
def photograph():
    """Two thousand by one thousand pixels, its renditions made."""
    return Image(
        key="abcdef",
        original="images/ab/abcdef/original.jpg",
        width=2000,
        height=1000,
        colour="#3080ff",
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
    assert presentation.read_time(Article(word_count=words), speed) == shown


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
def test_minutes_are_counted_as_the_language_counts(language, minutes, shown):
    with translation.override(language):
        assert presentation.read_time(Article(word_count=minutes * 100), 100) == shown


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


def test_a_picture_offers_every_file_that_was_made_and_the_lightest_first(photograph):
    sources, img = picture_of(photograph)

    offered = {
        kind: ", ".join(
            f"/media/{photograph.rendition_name('3x2', width, kind)} {width}w"
            for width in photograph.rendition_widths("3x2")
        )
        for kind in ("avif", "webp", "jpg")
    }
    assert [(source.get("type"), source.get("srcset")) for source in sources] == [
        ("image/avif", offered["avif"]),
        ("image/webp", offered["webp"]),
    ]
    assert img.get("srcset") == offered["jpg"]
    assert img.get("src") in img.get("srcset")
    assert {each.get("sizes") for each in (*sources, img)} == {"50vw"}
    assert (img.get("width"), img.get("height")) == ("1280", "853")
    assert img.get("alt") == "A bay"


@pytest.mark.parametrize(
    ("sizes", "widest"),
    [
        ("80px", 240),
        ("7rem", 360),
        ("(min-width: 40rem) 15rem, 7rem", 800),
        ("(min-width: 40rem) 15rem, 40vw", 1280),
        ("100rem", 1280),
    ],
)
def test_a_picture_of_a_fixed_width_offers_what_the_densest_screen_could_use(sizes, widest, photograph):
    sources, img = picture_of(photograph, sizes=sizes)

    for each in (*sources, img):
        assert each.get("srcset").split()[-1] == f"{widest}w"
    assert (img.get("width"), img.get("height")) == ("1280", "853")


def test_a_picture_in_the_making_shows_its_preview_where_its_crop_will_stand(photograph):
    _, ready = picture_of(photograph)
    photograph.rendered_at = None

    sources, img = picture_of(photograph)

    assert sources == []
    assert img.get("src") == f"/media/{photograph.preview_name}"
    assert img.get("srcset") is None
    assert (img.get("width"), img.get("height")) == (ready.get("width"), ready.get("height"))
    assert "picture--3x2" in img.get("class").split()


@pytest.mark.parametrize(
    ("size", "focus", "place"),
    [
        ((2000, 1000), (0.5, 0.9), 5),
        ((2000, 1000), (0.0, 0.5), 0),
        ((2000, 1000), (0.4, 0.5), 1),  # 500 pixels are left over; 50 of them stand to the left of the crop
        ((1000, 2000), (0.9, 1.0), 10),
        ((1000, 2000), (0.1, 0.4), 4),  # of 1,333 that are left over, 467 stand above it: 3.5 tenths
        ((1500, 1000), (0.0, 0.0), 5),
    ],
)
def test_a_preview_is_cut_where_the_crop_will_be(photograph, size, focus, place):
    photograph.rendered_at = None
    photograph.width, photograph.height = size
    photograph.focal_x, photograph.focal_y = focus

    _, img = picture_of(photograph)

    assert f"picture--at-{place}" in img.get("class").split()


def test_only_the_first_picture_of_a_page_is_hurried(photograph):
    _, first = picture_of(photograph, priority=True)
    _, other = picture_of(photograph, alt="", css_class="face")

    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert (other.get("fetchpriority"), other.get("loading")) == (None, "lazy")
    assert other.get("alt") == ""
    assert "face" in other.get("class").split()


def test_a_picture_lends_its_colour_to_its_place_until_it_comes(photograph):
    _, img = picture_of(photograph)

    assert {"tint", "tint--r1", "tint--g3", "tint--b5"} <= set(img.get("class").split())


def test_nothing_shows_through_what_is_transparent(photograph):
    photograph.original = "images/ab/abcdef/original.png"

    sources, img = picture_of(photograph)

    assert "tint" not in img.get("class")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    assert ".png 240w" in img.get("srcset")


def test_a_moving_picture_stands_still_for_those_who_ask_for_it(photograph):
    photograph.is_animated = True

    (motion, *stills), _ = picture_of(photograph, "full")
    assert motion.get("media") == "(prefers-reduced-motion: no-preference)"
    assert motion.get("srcset").split()[0] == f"/media/{photograph.rendition_name('motion', 480, 'webp')}"
    assert [source.get("media") for source in stills] == [None, None]

    assert [source.get("media") for source in picture_of(photograph, "3x2")[0]] == [None, None]
    photograph.plays = False
    assert [source.get("media") for source in picture_of(photograph, "full")[0]] == [None, None]


def test_a_drawing_in_lines_needs_no_sizes():
    logo = Image(
        key="abcdef", original="images/ab/abcdef/original.svg", width=300, height=80, colour="#000000"
    )

    sources, img = picture_of(logo, "full", alt="The firm")

    assert sources == []
    assert img.get("src") == "/media/images/ab/abcdef/original.svg"
    assert (img.get("width"), img.get("height"), img.get("alt")) == ("300", "80", "The firm")
    assert (img.get("srcset"), img.get("class")) == (None, None)


def test_a_high_picture_takes_no_more_width_than_its_height_allows(photograph):
    _, wide = picture_of(photograph, "full", priority=True, highest=42)
    photograph.width, photograph.height = 1000, 2000
    _, high = picture_of(photograph, "full", priority=True, highest=42)

    assert (wide.get("sizes"), wide.get("class").split()[0]) == ("50vw", "tint")
    assert (high.get("sizes"), high.get("class").split()[0]) == (
        "(min-width: 40rem) 21.0rem, 50vw",
        "picture--high",
    )


def test_a_picture_links_to_its_largest_file(photograph):
    link = element("<a {{ zoom(image) }}></a>", image=photograph)
    assert link.get("href") == f"/media/{photograph.rendition_name('full', 1920, 'jpg')}"
    assert link.get("data-zoom").endswith(f"/media/{photograph.rendition_name('full', 1920, 'avif')} 1920w")

    photograph.rendered_at = None
    link = element("<a {{ zoom(image) }}></a>", image=photograph)
    assert (link.get("href"), link.get("data-zoom")) == (f"/media/{photograph.preview_name}", "")


def test_every_class_that_a_picture_may_have_is_styled(photograph):
    styles = (Path(__file__).parents[2] / "static/css/components.css").read_text()
    classes = {f"picture--{shape}" for shape, ratio in renditions.RATIOS.items() if ratio}
    classes |= {f"picture--at-{place}" for place in range(11) if place != 5}  # which is the browser's own
    classes |= {f"tint--{channel}{step}" for channel in "rgb" for step in range(6)}

    assert {each for each in classes if f".{each} {{" not in styles} == set()


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

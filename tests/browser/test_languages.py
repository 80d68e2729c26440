"""What only a browser shows of other languages: direction, quotes, and whether long words fit."""

import pytest

from articles.caching import catch_up
from articles.models import Menu, MenuItem, SiteSettings
from tests.factories import category, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PERSIAN = "آب رفت و ما ماندیم."
WIDE = {"width": 1440, "height": 900}


def side_of(page, selector):
    """Where a text begins: the gaps that its words leave to the left and to the right of their block."""
    return page.locator(selector).first.evaluate(
        """block => {
          const range = document.createRange();
          range.selectNodeContents(block);
          const words = range.getClientRects()[0];
          const box = block.parentElement.getBoundingClientRect();
          return words.left - box.left > box.right - words.right ? "right" : "left";
        }"""
    )


def test_a_quotation_from_right_to_left_begins_at_the_right(page):
    body = f"<p>He read aloud:</p><blockquote lang='fa' dir='rtl'><p>{PERSIAN}</p></blockquote><p>Short.</p>"
    page.set_viewport_size(WIDE)
    page.goto(published("What the poets knew", body=body).get_absolute_url())

    assert side_of(page, "blockquote p") == "right"
    assert side_of(page, ".prose > p") == "left"
    rule = page.locator("blockquote").evaluate("each => getComputedStyle(each).borderRightWidth")
    assert rule != "0px"


@pytest.mark.parametrize("width", [390, 1440])
def test_an_article_from_right_to_left_is_set_so_and_the_pages_own_words_are_not(page, width):
    story = published("خزر عقب می‌نشیند", language="fa", standfirst=PERSIAN, body=f"<p>{PERSIAN}</p>")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(story.get_absolute_url())

    assert side_of(page, ".article__headline") == "right"
    assert side_of(page, ".prose > p") == "right"
    assert side_of(page, ".byline__writers") == "left"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    label = page.locator(".article__labels").bounding_box()
    assert label["x"] >= 0
    assert label["x"] + label["width"] <= width


def test_its_headline_begins_at_the_right_on_other_pages_too(page):
    published("خزر عقب می‌نشیند", language="fa", standfirst=PERSIAN)
    page.set_viewport_size(WIDE)
    page.goto("/")

    headline = page.locator("a.headline").first
    assert headline.get_attribute("dir") == "rtl"
    assert headline.evaluate("each => getComputedStyle(each).direction") == "rtl"


@pytest.mark.parametrize("language", ["az", "ru"])
@pytest.mark.parametrize(
    "address", ["/", "/search/?q=nothing", "/nothing/", "/accounts/login/", "/accounts/signup/"]
)
def test_long_words_fit_a_narrow_phone(page, language, address):
    SiteSettings.objects.create(pk=1, language=language)
    menu = Menu.objects.create(place="mobile")
    MenuItem.objects.create(menu=menu, category=category("Внешнеполитические"))
    catch_up()
    page.set_viewport_size({"width": 320, "height": 700})
    page.goto(address)

    assert page.locator("html").get_attribute("lang") == language
    assert page.evaluate("document.documentElement.scrollWidth") <= 320
    clipped = page.evaluate(
        """() => [...document.querySelectorAll("main :is(a, button, h1, h2, p, label)")]
          .filter((each) => each.checkVisibility() && each.getBoundingClientRect().right > innerWidth + 1)
          .map((each) => each.textContent)"""
    )
    assert clipped == []


def test_turkic_letters_are_never_forced_into_another_case(page):
    """Azerbaijani has two letters i: only a browser that knows the language could tell them apart."""
    published("Bir başlıq", language="az")
    page.goto("/")

    assert (
        page.evaluate(
            """[...document.querySelectorAll("body *")].filter(
          (each) => getComputedStyle(each).textTransform !== "none").map((each) => each.className)"""
        )
        == []
    )

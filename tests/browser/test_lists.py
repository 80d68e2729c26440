"""Reading on in a list, and finding by typing."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from tests.factories import author, category, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1440, "height": 900}


@pytest.fixture
def news(transactional_db):
    """A section whose list has two pages: 20 and 5."""
    section, now = category("News"), timezone.now()
    for number in range(25):
        published(f"Story {number}", primary_category=section, at=now - timedelta(hours=1 + number))
    return section


def headlines(page):
    return page.locator("main .headline").all_text_contents()


def read_on(page):
    more = page.get_by_role("link", name="More articles")
    more.focus()
    page.keyboard.press("Enter")
    expect(more).to_be_hidden()


def test_more_articles_join_the_list_and_the_first_of_them_has_the_focus(page, news):
    page.goto("/category/news/")
    read_on(page)

    assert headlines(page) == [f"Story {number}" for number in range(25)]
    expect(page.get_by_role("link", name="Story 20")).to_be_focused()
    expect(page.get_by_role("status")).to_have_text("Page 2 of 2")
    expect(page).to_have_url(re.compile(r"/category/news/\?page=2$"))


def test_back_and_reload_lead_to_where_the_reader_was(page, news):
    page.goto("/category/news/")
    read_on(page)
    story = page.get_by_role("link", name="Story 22")
    story.scroll_into_view_if_needed()
    before = story.bounding_box()["y"]
    story.click()
    expect(page.get_by_role("heading", name="Story 22", level=1)).to_be_visible()

    for way_back in (page.go_back, page.reload):
        way_back()
        expect(page.locator("main .headline")).to_have_count(25)
        expect(story).to_be_in_viewport()
        assert abs(story.bounding_box()["y"] - before) < 60


def test_what_is_published_meanwhile_shows_nothing_twice(page, news):
    page.goto("/category/news/")
    published("Just in", primary_category=news, at=timezone.now())
    read_on(page)

    assert headlines(page) == [f"Story {number}" for number in range(25)]


def test_a_shared_page_of_a_list_is_that_page(page, news):
    page.goto("/category/news/?page=2")

    assert headlines(page) == [f"Story {number}" for number in range(20, 25)]
    expect(page.get_by_role("link", name="Newer")).to_be_visible()


def test_without_javascript_the_pages_are_links(open_window, news):
    plain = open_window(java_script_enabled=False)
    plain.goto("/category/news/")
    plain.get_by_role("link", name="More articles").click()
    assert headlines(plain) == [f"Story {number}" for number in range(20, 25)]
    plain.get_by_role("link", name="Page 1").click()
    assert headlines(plain)[0] == "Story 0"


@pytest.fixture
def field(page, transactional_db):
    """The field of the search overlay, opened by keyboard."""
    carpets = category("Carpets")
    published("Gəncə weaves", primary_category=carpets, authors=[author("Gena Weaver")])
    published("A ferry leaves", primary_category=carpets, authors=[author("Aysel")])
    page.set_viewport_size(WIDE)
    page.goto("/")
    page.get_by_role("link", name="Search", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("combobox")
    expect(field).to_be_focused()
    return field


def test_suggestions_are_walked_and_followed_by_keyboard(page, field):
    expect(field).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("gen")
    options = page.get_by_role("option")
    expect(options).to_have_count(2)
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("dialog").get_by_role("status")).to_have_text("2 suggestions")

    page.keyboard.press("ArrowUp")
    expect(options.nth(1)).to_have_attribute("aria-selected", "true")
    page.keyboard.press("ArrowDown")
    expect(field).not_to_have_attribute("aria-activedescendant", re.compile(".+"))
    page.keyboard.press("ArrowDown")
    expect(field).to_have_attribute("aria-activedescendant", options.first.get_attribute("id"))
    expect(field).to_be_focused()
    page.keyboard.press("Enter")

    expect(page.get_by_role("heading", name="Gəncə weaves", level=1)).to_be_visible()


def test_escape_puts_the_suggestions_away_and_then_the_search(page, field):
    page.keyboard.type("fer")
    expect(page.get_by_role("option")).to_have_count(1)

    page.keyboard.press("Escape")
    expect(page.get_by_role("option")).to_have_count(0)
    expect(field).to_have_value("fer")
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog")).to_be_hidden()


def test_enter_without_a_choice_searches(page, field):
    page.keyboard.type("ferry")
    expect(page.get_by_role("option")).to_have_count(1)
    page.keyboard.press("Enter")

    expect(page).to_have_url(re.compile(r"/search/\?q=ferry$"))


def test_a_suggestion_is_touched(page, field):
    page.keyboard.type("ferry")
    page.get_by_role("option", name="A ferry leaves").click()

    expect(page.get_by_role("heading", name="A ferry leaves", level=1)).to_be_visible()


def test_every_suggestion_is_large_enough_for_a_thumb(page, field):
    page.set_viewport_size({"width": 320, "height": 640})
    page.keyboard.type("gen")
    expect(page.get_by_role("option")).to_have_count(2)

    assert all(option.bounding_box()["height"] >= 44 for option in page.get_by_role("option").all())
    assert page.evaluate("document.documentElement.scrollWidth") <= 320

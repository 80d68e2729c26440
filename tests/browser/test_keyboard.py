"""What a page offers is used with the keyboard alone: no test here clicks, hovers or sets the focus."""

import pytest
from playwright.sync_api import expect

from articles.caching import catch_up
from articles.models import Category, Menu, MenuItem, SiteSettings
from tests.factories import image, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def story(transactional_db):
    SiteSettings.objects.create(pk=1, consent_text="We set no cookie for reading.")
    news = Category.objects.create(name="News")
    economy = Category.objects.create(name="Economy", parent=news)
    for place in ("header", "mobile"):
        menu = Menu.objects.create(place=place)
        top = MenuItem.objects.create(menu=menu, category=news, position=1)
        MenuItem.objects.create(menu=menu, category=economy, parent=top)
    catch_up()
    body = "<p>The quay was empty by noon.</p>" * 12
    return published("A ferry leaves", body=body, lead_image=image(), primary_category=news)


def walk_to(page, target, key="Tab", most=80):
    """Press the key until the target has the focus; it must show that it has."""
    for _ in range(most):
        page.keyboard.press(key)
        if target.evaluate("each => each === document.activeElement"):
            break
    expect(target).to_be_focused()
    assert target.evaluate("each => getComputedStyle(each).outlineStyle") != "none", "nothing shows the focus"


def test_the_first_stop_leads_past_the_menus_to_the_text(page, story):
    page.goto(story.get_absolute_url())
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.locator("main").evaluate("main => main.contains(document.activeElement)")


def test_the_notice_is_accepted(page, story):
    page.goto("/")
    notice = page.get_by_role("complementary", name="Privacy notice")
    walk_to(page, notice.get_by_role("button", name="Accept"))
    page.keyboard.press("Enter")
    expect(notice).to_be_hidden()
    page.reload()
    expect(notice).to_be_hidden()


def test_text_size_and_night_are_chosen(page, story):
    page.set_viewport_size(WIDE)
    page.goto(story.get_absolute_url())
    opener = page.get_by_role("button", name="Text size and colours")
    walk_to(page, opener)
    page.keyboard.press("Enter")
    panel = page.get_by_role("dialog", name="Text size and colours")
    for choice in ("Largest text", "Night"):
        button = panel.get_by_role("button", name=choice)
        walk_to(page, button)
        page.keyboard.press("Space")
        expect(button).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("Escape")
    expect(panel).to_be_hidden()
    root = page.locator("html")
    expect(root).to_have_attribute("data-text-size", "4")
    expect(root).to_have_attribute("data-theme", "dark")


def test_a_link_is_copied(page, story):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(WIDE)
    page.goto(story.get_absolute_url())
    walk_to(page, page.locator(".share summary"))
    page.keyboard.press("Enter")
    walk_to(page, page.get_by_role("button", name="Copy the link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".share summary")).to_be_focused()


def test_a_child_of_the_menu_is_opened(page, story):
    page.set_viewport_size(WIDE)
    page.goto("/search/")
    bar = page.get_by_role("navigation", name="Main")
    walk_to(page, bar.get_by_role("button", name="More in News"))
    page.keyboard.press("Enter")
    walk_to(page, bar.get_by_role("link", name="Economy"), most=2)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Economy", level=1)).to_be_visible()


def test_the_drawer_is_walked_through(page, story):
    page.set_viewport_size(PHONE)
    page.goto("/search/")
    walk_to(page, page.locator("details.drawer summary"))
    page.keyboard.press("Enter")
    sections = page.get_by_role("navigation", name="Sections", exact=True)
    walk_to(page, sections.get_by_role("link", name="Economy"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Economy", level=1)).to_be_visible()


def test_the_search_is_opened_and_left(page, story):
    page.set_viewport_size(WIDE)
    page.goto("/")
    opener = page.get_by_role("banner").get_by_role("link", name="Search", exact=True)
    walk_to(page, opener)
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Search")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.get_by_role("dialog", name="Search")).to_be_hidden()
    expect(opener).to_be_focused()


def test_signing_in_is_begun_and_given_up(page, story):
    page.set_viewport_size(WIDE)
    page.goto("/")
    link = page.get_by_role("banner").get_by_role("link", name="Sign in")
    walk_to(page, link)
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Welcome back")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_a_picture_is_enlarged_and_put_back(page, story):
    page.goto(story.get_absolute_url())
    link = page.locator("main a[data-zoom]").first
    walk_to(page, link)
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Pictures")
    expect(box).to_be_visible()
    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()

"""What a reader does with the pages: by hand, by keyboard, and without JavaScript."""

import pytest
from playwright.sync_api import expect

from articles.caching import catch_up
from articles.models import Category, Menu, MenuItem, Page, SiteSettings
from tests.factories import image, published

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 800}


@pytest.fixture
def site(transactional_db):
    """Two sections, one of them with a child, in both menus."""
    news = Category.objects.create(name="News")
    economy = Category.objects.create(name="Economy", parent=news)
    culture = Category.objects.create(name="Culture")
    for place in ("header", "mobile"):
        menu = Menu.objects.create(place=place)
        top = MenuItem.objects.create(menu=menu, category=news, position=1)
        MenuItem.objects.create(menu=menu, category=economy, parent=top)
        MenuItem.objects.create(menu=menu, category=culture, position=2)
    settings = SiteSettings.objects.create(
        pk=1,
        consent_text="We set no cookie for reading.",
        privacy_page=Page.objects.create(title="Privacy policy", body="<p>Nothing is kept.</p>"),
    )
    catch_up()
    return settings


@pytest.fixture
def story(site):
    return published("A ferry leaves", body="<p>The quay was empty by noon.</p>", lead_image=image())


@pytest.fixture
def plain_page(open_window):
    """A window whose reader has turned JavaScript off."""
    return open_window(java_script_enabled=False, viewport=WIDE)


def text_size(page):
    return page.locator(".prose p").first.evaluate("each => parseFloat(getComputedStyle(each).fontSize)")


def test_a_chosen_text_size_is_kept_on_every_page(page, story):
    page.set_viewport_size(WIDE)
    page.goto(story.get_absolute_url())
    before = text_size(page)
    page.get_by_role("button", name="Text size", exact=True).click()
    page.get_by_role("button", name="Largest text").click()
    assert text_size(page) > before * 1.3

    page.goto("/")
    page.goto(story.get_absolute_url())
    assert text_size(page) > before * 1.3
    page.get_by_role("button", name="Text size", exact=True).click()
    expect(page.get_by_role("button", name="Largest text")).to_have_attribute("aria-pressed", "true")


def test_night_is_kept_and_given_back_to_the_device(page, story):
    page.set_viewport_size(WIDE)
    page.goto("/")
    paper = "getComputedStyle(document.documentElement).backgroundColor"
    day = page.evaluate(paper)
    page.get_by_role("button", name="Text size and colours").click()
    page.get_by_role("button", name="Night").click()
    page.goto(story.get_absolute_url())
    assert page.evaluate(paper) != day

    page.get_by_role("button", name="Text size and colours").click()
    page.get_by_role("button", name="As my device").click()
    assert page.evaluate(paper) == day


def test_the_notice_is_accepted_once_and_asked_again_when_its_text_changes(page, site):
    notice = page.get_by_role("complementary", name="Privacy notice")
    page.goto("/")
    expect(notice).to_contain_text("We set no cookie for reading.")
    expect(notice.get_by_role("link", name="Privacy policy")).to_be_visible()
    notice.get_by_role("button", name="Accept").click()
    expect(notice).to_be_hidden()
    page.goto("/search/")
    expect(notice).to_be_hidden()
    assert page.context.cookies() == []

    site.consent_version += 1
    site.save()
    catch_up()
    page.goto("/")
    expect(notice).to_be_visible()


def test_the_notice_moves_nothing(page, story):
    page.goto("/")
    notice = page.get_by_role("complementary", name="Privacy notice")
    headline = page.get_by_role("heading", name="A ferry leaves")
    expect(notice).to_be_visible()
    before = headline.bounding_box()
    notice.get_by_role("button", name="Accept").click()
    expect(notice).to_be_hidden()
    assert headline.bounding_box() == before


def test_a_drop_down_opens_by_keyboard_and_escape_gives_the_focus_back(page, site):
    page.set_viewport_size(WIDE)
    page.goto("/search/")
    bar = page.get_by_role("navigation", name="Main")
    toggle = bar.get_by_role("button", name="More in News")
    child = bar.get_by_role("link", name="Economy")
    expect(child).to_be_hidden()

    toggle.focus()
    page.keyboard.press("Enter")
    expect(toggle).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Tab")
    expect(child).to_be_focused()
    page.keyboard.press("Escape")
    expect(child).to_be_hidden()
    expect(toggle).to_be_focused()

    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Economy", level=1)).to_be_visible()


def test_hovering_opens_a_drop_down(page, site):
    page.set_viewport_size(WIDE)
    page.goto("/search/")
    bar = page.get_by_role("navigation", name="Main")
    bar.get_by_role("link", name="News").hover()
    expect(bar.get_by_role("link", name="Economy")).to_be_visible()


def test_the_drawer_is_used_by_keyboard(page, site):
    page.set_viewport_size(PHONE)
    page.goto("/search/")
    drawer = page.locator("details.drawer")
    toggle = drawer.locator("summary")
    sections = drawer.get_by_role("navigation", name="Sections")
    expect(sections).to_be_hidden()

    toggle.focus()
    page.keyboard.press("Enter")
    expect(sections.get_by_role("link", name="Culture")).to_be_visible()
    page.keyboard.press("Escape")
    expect(sections).to_be_hidden()
    expect(toggle).to_be_focused()

    page.keyboard.press("Enter")
    sections.get_by_role("link", name="Culture").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Culture", level=1)).to_be_visible()


def test_the_search_field_comes_to_the_reader(page, story):
    page.set_viewport_size(WIDE)
    page.goto("/")
    page.get_by_role("link", name="Search", exact=True).focus()
    page.keyboard.press("Enter")
    field = page.get_by_role("dialog", name="Search").get_by_role("combobox")
    expect(field).to_be_focused()
    page.keyboard.type("quay")
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="A ferry leaves")).to_be_visible()
    expect(page.locator("mark")).to_have_text("quay")


def test_the_bar_leaves_while_reading_and_returns_when_scrolling_up(page, site):
    page.set_viewport_size(WIDE)
    long = published("A long way", body="<p>One step after the other.</p>" * 200)
    page.goto(long.get_absolute_url())
    bar = page.get_by_role("navigation", name="Main")
    page.mouse.wheel(0, 3000)
    expect(bar).not_to_be_in_viewport()
    page.mouse.wheel(0, -400)
    expect(bar).to_be_in_viewport()


def test_the_link_of_an_article_is_copied(page, story):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.set_viewport_size(WIDE)
    page.goto(story.get_absolute_url())
    page.get_by_text("Share", exact=True).click()
    page.get_by_role("button", name="Copy the link").click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    assert page.evaluate("navigator.clipboard.readText()").endswith(story.get_absolute_url())


def test_everything_is_read_without_javascript(plain_page, story):
    plain_page.goto("/")
    plain_page.get_by_role("link", name="A ferry leaves").click()
    expect(plain_page.get_by_text("The quay was empty by noon.")).to_be_visible()
    expect(plain_page.get_by_role("img", name="A square of one colour")).to_be_visible()
    expect(plain_page.get_by_role("button", name="Text size")).to_have_count(0)
    expect(plain_page.get_by_role("complementary", name="Privacy notice")).to_have_count(0)

    plain_page.get_by_text("Share", exact=True).click()
    expect(plain_page.get_by_role("link", name="Telegram")).to_be_visible()
    plain_page.get_by_role("link", name="Search", exact=True).click()
    plain_page.get_by_role("main").get_by_role("searchbox").fill("quay")
    plain_page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(plain_page.get_by_role("link", name="A ferry leaves")).to_be_visible()


def test_the_menus_work_without_javascript(plain_page, site):
    plain_page.goto("/search/")
    bar = plain_page.get_by_role("navigation", name="Main")
    bar.get_by_role("link", name="News").focus()
    plain_page.keyboard.press("Tab")
    expect(bar.get_by_role("link", name="Economy")).to_be_focused()

    plain_page.set_viewport_size(PHONE)
    plain_page.locator("details.drawer summary").click()
    plain_page.get_by_role("navigation", name="Sections", exact=True).get_by_role(
        "link", name="Culture"
    ).click()
    expect(plain_page.get_by_role("heading", name="Culture", level=1)).to_be_visible()


def test_no_page_is_wider_than_the_smallest_phone(page, story):
    page.set_viewport_size({"width": 320, "height": 640})
    for address in ("/", story.get_absolute_url(), "/category/news/", "/search/?q=quay", "/no-such-page/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320, address


def test_a_page_asks_nothing_of_another_host(page, live_server, story):
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(story.get_absolute_url())
    page.wait_for_load_state("networkidle")

    assert [url for url in asked if not url.startswith((live_server.url, "data:"))] == []

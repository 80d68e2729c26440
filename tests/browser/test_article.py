"""What a reader finds in a long piece: by hand, by keyboard, and without JavaScript."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles.caching import catch_up
from articles.models import SiteSettings
from tests.factories import published
from tests.pages import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDE = {"width": 1440, "height": 900}
PHONE = {"width": 390, "height": 800}
CELLS = "".join(f"<td>figure-{number}</td>" for number in range(12))
BODY = (
    '<aside class="key-points"><h2>Key points</h2><ul><li>The sea falls.</li></ul></aside>'
    '<h2>First</h2><p>It fell.<span class="footnote">By <a href="/by/">two</a> metres.</span></p>'
    f"{'<p>One word after the other.</p>' * 120}<h2>Second</h2><table><tbody><tr>{CELLS}</tr></tbody></table>"
    f"{'<p>One word after the other.</p>' * 130}<h2>Third</h2><p>The end.</p>"
)


@pytest.fixture
def piece(transactional_db):
    SiteSettings.objects.create(pk=1)
    return published("A falling sea", short_headline="The sea", body=BODY)


@pytest.fixture
def plain_page(open_window):
    """A window whose reader has turned JavaScript off."""
    return open_window(java_script_enabled=False, viewport=WIDE)


def test_a_footnote_opens_by_key_and_gives_the_focus_back(page, piece):
    page.set_viewport_size(WIDE)
    page.goto(piece.get_absolute_url())
    sign = page.get_by_role("main").locator("[role=doc-noteref]")
    note = page.get_by_role("dialog", name="Notes 1")

    sign.focus()
    page.keyboard.press("Enter")
    expect(note).to_have_text("By two metres. ")
    page.keyboard.press("Tab")
    expect(note.get_by_role("link", name="two")).to_be_focused()
    page.keyboard.press("Escape")
    expect(note).to_be_hidden()
    expect(sign).to_be_focused()
    assert "#note" not in page.url


def test_without_javascript_a_footnote_is_a_link_there_and_back(plain_page, piece):
    plain_page.goto(piece.get_absolute_url())
    plain_page.locator("[role=doc-noteref]").click()
    expect(plain_page.locator("#note-1")).to_be_in_viewport()
    plain_page.get_by_role("link", name="Back to the text").click()
    expect(plain_page.get_by_text("It fell.")).to_be_in_viewport()


@pytest.mark.parametrize("size", [WIDE, PHONE])
def test_the_contents_lead_to_the_sections_without_javascript(plain_page, piece, size):
    plain_page.set_viewport_size(size)
    plain_page.goto(piece.get_absolute_url())
    contents = plain_page.get_by_role("navigation", name="In this article")
    link = contents.get_by_role("link", name="Third")
    if size == PHONE:
        expect(link).to_be_hidden()
        contents.get_by_text("In this article").last.click()
    link.click()
    expect(plain_page.get_by_role("heading", name="Third")).to_be_in_viewport()
    assert plain_page.url.endswith("#section-third")


def test_the_short_headline_and_a_line_tell_where_one_is(page, piece):
    page.goto(piece.get_absolute_url())
    reading = page.locator(".reading")
    line = "document.querySelector('.reading__progress').getBoundingClientRect().width / innerWidth"
    expect(reading).to_be_hidden()

    page.locator("#section-second").evaluate("each => each.scrollIntoView()")
    expect(reading).to_be_visible()
    expect(reading).to_have_text("The sea")
    assert 0.3 < page.evaluate(line) < 0.7
    assert page.get_by_text("The sea", exact=True).and_(page.get_by_role("paragraph")).count() == 0


def test_who_asks_for_less_motion_gets_no_line(page, piece):
    page.emulate_media(reduced_motion="reduce")
    page.goto(piece.get_absolute_url())
    page.locator("#section-second").evaluate("each => each.scrollIntoView()")
    expect(page.locator(".reading")).to_be_hidden()


def test_the_typeface_is_kept_on_the_next_page(page, piece):
    page.set_viewport_size(WIDE)
    page.goto(piece.get_absolute_url())
    page.get_by_role("button", name="Text size", exact=True).click()
    page.get_by_role("button", name="Without").click()

    page.goto("/")
    page.goto(piece.get_absolute_url())
    typeface = page.locator(".prose").evaluate("each => getComputedStyle(each).fontFamily")
    assert typeface.startswith('"Public Sans"')


def test_a_wide_table_scrolls_by_key_and_the_page_does_not(page, piece):
    page.set_viewport_size(PHONE)
    page.goto(piece.get_absolute_url())
    table = page.get_by_role("region", name=re.compile("Table: figure-0"))
    table.focus()
    page.keyboard.press("ArrowRight")
    wait_until(page, "document.querySelector('.table').scrollLeft > 0")
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]


def test_a_fresh_date_is_in_the_reader_s_words_and_the_minute_is_a_key_away(page, piece):
    fresh = published("Fresh", at=timezone.now() - timedelta(hours=2, minutes=5))
    page.goto(fresh.get_absolute_url())
    date = page.get_by_role("button", name="2 hours ago")
    date.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#published-at")).to_have_text(re.compile(r"\d{4}, \d\d:\d\d \(UTC\+04:00\)"))
    page.keyboard.press("Escape")
    expect(page.locator("#published-at")).to_be_hidden()
    expect(date).to_be_focused()


def test_a_language_that_the_browser_does_not_know_keeps_the_plain_date(page, piece):
    SiteSettings.objects.update(language="az")
    catch_up()
    page.goto(published("Fresh", at=timezone.now() - timedelta(hours=2)).get_absolute_url())
    expect(page.locator(".exact")).to_have_text(re.compile(r"^\d+ [a-z]+ \d{4}$|^\d+ saat "))


def test_an_older_date_stays_a_date(page, piece):
    page.goto(published("Old", at=timezone.now() - timedelta(days=40)).get_absolute_url())
    expect(page.locator(".exact")).to_have_text(re.compile(r"^\d+ \w+ \d{4}$"))


def test_on_a_phone_sharing_is_one_tap(open_window, piece):
    page = open_window(viewport=PHONE, has_touch=True, is_mobile=True)
    # The sheet itself is the device's: what it is handed is what can be seen from here.
    page.add_init_script("navigator.share = (data) => { window.handed = data; return Promise.resolve() }")
    page.goto(piece.get_absolute_url())
    page.get_by_text("Share", exact=True).tap()
    wait_until(page, "window.handed?.title === 'A falling sea'")
    expect(page.get_by_role("link", name="Telegram")).to_be_hidden()


def test_scripts_of_an_article_are_light(page, piece):
    sizes = []
    page.on("response", lambda answer: answer.url.endswith(".js") and sizes.append(len(answer.body())))
    page.goto(piece.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert 0 < sum(sizes) <= 15 * 1024

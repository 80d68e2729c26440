"""What is kept of the paper on a device, and what must never be."""

import pytest
from playwright.sync_api import expect

from articles import workflow
from tests.factories import PASSWORD, image, published, user
from tests.pages import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

STORE = """
    const paths = async (name) =>
        (await (await caches.open(name)).keys()).map((each) => new URL(each.url).pathname);
    const copy = async (address) => (await caches.open("articles")).match(address, { ignoreVary: true });
"""


@pytest.fixture
def story(transactional_db):
    return published("A ferry leaves", body="<p>The quay was empty by noon.</p>", lead_image=image())


def kept(page, name="articles"):
    return page.evaluate(f"async (name) => {{ {STORE} return paths(name); }}", name)


def wait_for_store(page, condition, *given):
    wait_until(page, condition, *given, using=STORE)


def read(page, article):
    """Open it, and wait until its copy is there."""
    page.goto(article.get_absolute_url())
    wait_for_store(page, "await copy(given[0])", article.get_absolute_url())
    wait_for_store(page, "(await paths('pictures')).length >= given[0]", 1 if article.lead_image else 0)


def test_the_last_article_can_be_read_without_a_network(page, story):
    read(page, story)
    page.context.set_offline(True)

    page.goto(story.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("A ferry leaves")
    assert page.evaluate("getComputedStyle(document.querySelector('.article__head')).maxWidth") != "none"
    assert page.evaluate('document.fonts.check("16px Newsreader Text")')
    assert page.locator(".article__lead img").evaluate("each => each.decode().then(() => each.naturalWidth)")


def test_an_address_never_seen_says_so_and_lists_what_is_kept(page, story):
    read(page, story)
    page.context.set_offline(True)

    page.goto("/never-seen/")

    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()
    page.get_by_role("link", name="A ferry leaves").click()
    expect(page.locator(".prose")).to_contain_text("The quay was empty by noon.")


def test_online_nothing_is_shown_from_a_copy(page, story):
    read(page, story)
    story.headline = "A ferry returns"
    story.save()

    page.goto(story.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("A ferry returns")


def test_a_withdrawn_article_goes_from_the_device_with_its_picture(page, story):
    read(page, story)
    workflow.withdraw(story, by=user("editor"), note="A mistake.")

    page.goto(story.get_absolute_url())

    expect(page.get_by_role("heading", level=1)).to_have_text("This piece is no longer published")
    wait_for_store(page, "!(await paths('articles')).length && !(await paths('pictures')).length")
    page.context.set_offline(True)
    page.goto(story.get_absolute_url())
    expect(page.get_by_role("heading", name="You are offline")).to_be_visible()


def test_a_withdrawn_article_goes_even_if_nobody_opens_it_again(page, story):
    read(page, story)
    workflow.withdraw(story, by=user("editor"), note="A mistake.")

    page.goto("/")

    wait_for_store(page, "!(await paths('articles')).length && !(await paths('pictures')).length")


def test_nothing_personal_and_no_list_is_kept(page, story):
    member = user("editor")
    read(page, story)
    page.goto("/accounts/login/")
    page.get_by_label("E-mail").fill(member.email)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.locator("main").get_by_role("button", name="Sign in", exact=True).click()
    section = story.primary_category.get_absolute_url()
    for address in ("/accounts/profile/", "/admin/", "/", "/search/?q=ferry", section):
        page.goto(address)
    read(page, story)

    assert kept(page) == [story.get_absolute_url()]
    files = kept(page, "files")
    assert [path for path in files if path != "/offline/" and not path.startswith("/static/")] == []


def test_only_the_last_twenty_are_kept(page, transactional_db):
    articles = [published(f"Story {number}") for number in range(22)]
    for article in articles:
        read(page, article)

    wait_for_store(page, "(await paths('articles')).length <= 20")
    assert kept(page) == [article.get_absolute_url() for article in articles[2:]]


def test_the_site_can_be_installed(page, story):
    read(page, story)
    session = page.context.new_cdp_session(page)

    manifest = session.send("Page.getAppManifest")
    faults = session.send("Page.getInstallabilityErrors")["installabilityErrors"]

    assert manifest["errors"] == []
    # A window of a test is one that leaves no trace.
    assert [fault["errorId"] for fault in faults if fault["errorId"] != "in-incognito"] == []

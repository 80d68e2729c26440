import re

import pytest
from playwright.sync_api import expect

from accounts.models import User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "correct-horse-battery"


@pytest.fixture
def reader(db):
    user = User.objects.create_user("leyla@example.com", PASSWORD, display_name="Leyla")
    user.confirm_email()
    return user


@pytest.fixture
def header(page):
    """The account corner of the header, on a wide window."""
    page.set_viewport_size({"width": 1440, "height": 900})
    return page.locator("header [data-account]").first


def sign_in(page):
    page.goto("/accounts/login/")
    page.get_by_label("E-mail address").fill("leyla@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_a_reader_signs_in_with_the_keyboard_alone(page, header, reader):
    page.goto("/search/")
    header.get_by_role("link", name="Sign in").focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Welcome back")
    expect(dialog.get_by_label("E-mail address")).to_be_focused()
    page.keyboard.type("leyla@example.com")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(header.get_by_text("Leyla")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/search/$"))


def test_escape_closes_the_dialog_and_gives_the_focus_back(page, header):
    page.goto("/")
    link = header.get_by_role("link", name="Sign in")
    link.focus()
    page.keyboard.press("Enter")
    dialog = page.get_by_role("dialog", name="Welcome back")
    expect(dialog).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialog).to_have_count(0)
    expect(link).to_be_focused()


def test_a_wrong_password_in_the_dialog_ends_on_the_plain_page_with_what_was_typed(page, header, reader):
    page.goto("/")
    header.get_by_role("link", name="Sign in").click()
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("E-mail address").fill("leyla@example.com")
    dialog.get_by_label("Password").fill("not it")
    dialog.get_by_role("button", name="Sign in").click()
    expect(page.get_by_text("do not belong together")).to_be_visible()
    expect(page.get_by_label("E-mail address")).to_have_value("leyla@example.com")


def test_where_the_dialog_cannot_be_fetched_the_link_leads_to_the_plain_page(page, header):
    page.route("**/accounts/sign-in/**", lambda route: route.abort())
    page.goto("/")
    header.get_by_role("link", name="Sign in").click()
    expect(page).to_have_url(re.compile(r"/accounts/login/\?next="))


def test_the_menu_opens_closes_and_signs_out(page, header, reader):
    sign_in(page)
    page.goto("/")
    name = header.get_by_text("Leyla")
    name.click()
    expect(header.get_by_role("link", name="Your account")).to_be_visible()
    page.keyboard.press("Escape")
    expect(header.get_by_role("link", name="Your account")).to_be_hidden()
    name.click()
    header.get_by_role("button", name="Sign out").click()
    expect(header.get_by_role("link", name="Sign in")).to_be_visible()
    assert {cookie["name"] for cookie in page.context.cookies()}.isdisjoint({"signed_in", "session"})


def test_a_reader_of_public_pages_has_no_cookie_and_fetches_no_menu(page):
    fetched = []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto("/")
    page.wait_for_load_state("networkidle")
    assert page.context.cookies() == []
    assert not [url for url in fetched if "/accounts/" in url]


def test_a_passkey_is_added_and_signs_in_without_the_password(page, live_server, reader):
    # Passkeys belong to a name, and browsers allow them on localhost without TLS.
    home = live_server.url.replace("127.0.0.1", "localhost")
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": options})

    page.goto(f"{home}/accounts/login/")
    page.get_by_label("E-mail address").fill("leyla@example.com")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.goto(f"{home}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Continue").click()
    page.get_by_label("Sign in with this key alone").check()
    page.get_by_role("button", name="Add the key").click()
    expect(page.get_by_role("heading", name="Recovery codes")).to_be_visible()

    page.goto(f"{home}/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto(f"{home}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", name="Your account")).to_be_visible()

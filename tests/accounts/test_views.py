import pytest
from allauth.usersessions.models import UserSession
from django.test import Client

from accounts.models import User
from accounts.roles import Role, assign

pytestmark = pytest.mark.django_db

PASSWORD = "correct-horse-battery"
PHONE = "Mozilla/5.0 (Android 15; Mobile; rv:145.0) Gecko/145.0 Firefox/145.0"


def text(answer):
    return answer.content.decode()


def test_the_profile_asks_a_stranger_to_sign_in(client):
    assert client.get("/accounts/").url == "/accounts/login/?next=/accounts/"


def test_a_reader_changes_the_name_that_others_see(client, reader):
    client.force_login(reader)
    answer = client.post("/accounts/", {"display_name": "Leyla M."}, follow=True)
    assert "Your name is saved." in text(answer)
    reader.refresh_from_db()
    assert reader.display_name == "Leyla M."


def test_a_name_cannot_be_empty(client, reader):
    client.force_login(reader)
    assert client.post("/accounts/", {"display_name": " "}).context["form"].errors
    reader.refresh_from_db()
    assert reader.display_name == "Leyla"


def test_the_way_to_the_newsroom_is_shown_to_staff_only(client, reader):
    client.force_login(reader)
    assert "Go to the newsroom" not in text(client.get("/accounts/"))
    assign(reader, Role.CONTRIBUTOR)
    page = text(client.get("/accounts/"))
    assert "Go to the newsroom" in page
    assert "contributor" in page


def test_the_menu_of_a_stranger_is_a_link_to_sign_in(client):
    menu = client.get("/accounts/menu/", {"next": "/some-article/"})
    assert 'href="/accounts/login/?next=/some-article/"' in text(menu)
    assert "<html" not in text(menu)


def test_the_menu_of_a_reader_has_the_name_and_the_way_out(client, reader):
    client.force_login(reader)
    menu = text(client.get("/accounts/menu/", {"next": "/some-article/"}))
    assert "Leyla" in menu
    assert 'action="/accounts/logout/"' in menu
    assert 'name="next" value="/some-article/"' in menu
    assert "Newsroom" not in menu


def test_the_menu_of_staff_leads_to_the_newsroom(client, reader):
    assign(reader, Role.EDITOR)
    client.force_login(reader)
    assert 'href="/admin/"' in text(client.get("/accounts/menu/"))


def test_a_name_is_text_and_never_markup(client, reader):
    User.objects.update(display_name="<script>alert(1)</script>")
    client.force_login(reader)
    assert "<script>" not in text(client.get("/accounts/menu/"))


def test_the_sign_in_dialog_is_the_form_of_the_plain_page(client):
    fragment = text(client.get("/accounts/sign-in/", {"next": "/some-article/"}))
    assert "<html" not in fragment
    assert "Welcome back" in fragment
    assert 'action="/accounts/login/"' in fragment
    assert 'name="next" value="/some-article/"' in fragment
    for words in ["E-mail address", "Password", "Remember me", "Lost your password?", "Register"]:
        assert words in fragment
        assert words in text(client.get("/accounts/login/"))


@pytest.mark.parametrize("address", ["/accounts/menu/", "/accounts/sign-in/"])
def test_fragments_drop_an_address_that_leads_elsewhere(client, address):
    assert "evil.example" not in text(client.get(address, {"next": "https://evil.example/"}))


def test_every_field_says_what_it_is_for(client):
    page = text(client.post("/accounts/signup/", {"email": "not an address"}))
    assert 'autocomplete="name"' in page
    assert 'autocomplete="email"' in page
    assert 'autocomplete="new-password"' in page
    assert 'aria-invalid="true"' in page
    assert "id_email_error" in page
    assert 'id="id_password1_helptext"' in page


@pytest.fixture
def other_device(reader):
    device = Client(HTTP_USER_AGENT=PHONE)
    device.post("/accounts/login/", {"login": reader.email, "password": PASSWORD})
    return device


def test_sessions_are_listed_and_one_of_them_ended(client, reader, sign_in, other_device):
    sign_in()
    page = text(client.get("/accounts/sessions/"))
    assert "Unknown browser</strong> (you are here)" in page
    assert "Firefox on Android</strong>" in page
    client.post(f"/accounts/sessions/{UserSession.objects.get(user_agent=PHONE).pk}/end/")
    assert other_device.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_all_other_sessions_end_at_once(client, reader, sign_in, other_device):
    sign_in()
    client.post("/accounts/sessions/")
    assert other_device.get("/accounts/").status_code == 302
    assert client.get("/accounts/").status_code == 200


def test_nobody_ends_the_session_of_somebody_else(client, reader, other_device):
    client.force_login(User.objects.create_user("rival@example.com"))
    assert client.post(f"/accounts/sessions/{UserSession.objects.get().pk}/end/").status_code == 404
    assert other_device.get("/accounts/").status_code == 200


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/",
        "/accounts/email/",
        "/accounts/logout/",
        "/accounts/password/change/",
        "/accounts/reauthenticate/",
        "/accounts/sessions/",
        "/accounts/2fa/",
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/",
        "/accounts/2fa/webauthn/add/",
    ],
)
def test_every_personal_page_wears_our_frame_and_stays_out_of_search_engines(
    client, reader, sign_in, confirm, address
):
    sign_in()
    confirm()
    page = client.get(address)
    assert page.status_code == 200
    assert 'class="account-nav"' in text(page) or 'class="account"' in text(page)
    assert '<meta name="robots" content="noindex">' in text(page)


@pytest.mark.parametrize("address", ["login", "signup", "password/reset", "inactive"])
def test_every_page_before_the_door_wears_our_frame_too(client, address):
    page = text(client.get(f"/accounts/{address}/"))
    assert 'class="account"' in page
    assert '<meta name="robots" content="noindex">' in page

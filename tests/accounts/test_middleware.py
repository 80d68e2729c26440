import pytest

pytestmark = pytest.mark.django_db


def test_a_public_page_leaves_no_cookie_and_can_be_cached(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")
    assert "no-store" not in answer.headers.get("Cache-Control", "")


def test_a_public_page_is_the_same_for_somebody_signed_in(client, reader, sign_in):
    anonymous = client.get("/").content
    sign_in()
    answer = client.get("/")
    assert answer.content == anonymous
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_a_personal_page_is_never_cached(client, reader, sign_in):
    sign_in()
    for page in ["", "email/", "sessions/", "2fa/", "menu/"]:
        assert "no-store" in client.get(f"/accounts/{page}").headers["Cache-Control"], page


def test_signing_in_leaves_a_hint_and_signing_out_takes_it_away(client, reader, sign_in):
    hint = sign_in().cookies["signed_in"]
    assert hint.value == "1"
    assert not hint["httponly"]
    assert hint["max-age"] == ""
    assert client.post("/accounts/logout/").cookies["signed_in"].value == ""


def test_the_hint_lasts_as_long_as_the_session(reader, sign_in, settings):
    cookies = sign_in(remember="on").cookies
    assert cookies["signed_in"]["max-age"] == cookies[settings.SESSION_COOKIE_NAME]["max-age"]


def test_a_hint_that_outlived_its_session_is_taken_away(client, db):
    client.cookies["signed_in"] = "1"
    assert client.get("/accounts/menu/").cookies["signed_in"].value == ""


def test_a_lost_hint_comes_back_with_the_next_personal_page(client, reader, sign_in):
    sign_in()
    del client.cookies["signed_in"]
    assert client.get("/accounts/").cookies["signed_in"].value == "1"
    assert "signed_in" not in client.get("/accounts/").cookies

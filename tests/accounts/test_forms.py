"""The doors as people use them: through the pages, with the codes from real e-mails."""

import pytest
from django.core import mail

from accounts.models import User

pytestmark = pytest.mark.django_db

PASSWORD = "correct-horse-battery"
NEWCOMER = {"display_name": "Orkhan", "email": "Orkhan@Example.com", "password1": PASSWORD}


def signed_in(client):
    return "_auth_user_id" in client.session


def test_a_reader_registers_with_a_code_from_an_e_mail(client, code):
    answer = client.post("/accounts/signup/", NEWCOMER)
    assert answer.url == "/accounts/confirm-email/"
    assert not signed_in(client)
    assert mail.outbox[0].to == ["orkhan@example.com"]
    assert code() in mail.outbox[0].subject

    answer = client.post("/accounts/confirm-email/", {"code": code()}, follow=True)
    assert signed_in(client)
    assert answer.redirect_chain[-1][0] == "/accounts/"
    user = User.objects.get()
    assert (user.email, user.display_name, user.is_staff) == ("orkhan@example.com", "Orkhan", False)


def test_an_e_mail_never_carries_a_name_that_a_stranger_typed(client):
    client.post("/accounts/signup/", NEWCOMER | {"display_name": "Win a car at evil.example"})
    assert "evil" not in mail.outbox[0].subject + mail.outbox[0].body


def test_a_wrong_code_is_refused_and_the_third_ends_it(client, code):
    client.post("/accounts/signup/", NEWCOMER)
    answer = client.post("/accounts/confirm-email/", {"code": "WRONG"})
    assert "This code is not right." in answer.content.decode()
    client.post("/accounts/confirm-email/", {"code": "WRONG"})
    client.post("/accounts/confirm-email/", {"code": "WRONG"})
    client.post("/accounts/confirm-email/", {"code": code()})
    assert not signed_in(client)


def test_registering_needs_a_name_and_a_password_worth_the_word(client):
    answer = client.post("/accounts/signup/", NEWCOMER | {"display_name": "", "password1": "12345"})
    assert {"display_name", "password1"} == set(answer.context["form"].errors)
    assert not User.objects.exists()


def test_registering_with_a_known_address_looks_the_same_and_tells_only_its_owner(client, reader):
    known = client.post("/accounts/signup/", NEWCOMER | {"email": reader.email})
    client.cookies.clear()
    unknown = client.post("/accounts/signup/", NEWCOMER)
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    to_owner = mail.outbox[0]
    assert to_owner.to == [reader.email]
    assert "It has an account already" in to_owner.body
    assert User.objects.filter(email=reader.email).count() == 1


def test_signing_in_does_not_care_for_capitals(client, reader, sign_in):
    assert sign_in("LEYLA@Example.com").status_code == 302
    assert signed_in(client)


@pytest.mark.parametrize("email", ["leyla@example.com", "nobody@example.com"])
def test_a_wrong_password_and_an_unknown_address_read_the_same(client, reader, sign_in, email):
    answer = sign_in(email, "wrong")
    assert "do not belong together" in answer.content.decode()
    assert f'value="{email}"' in answer.content.decode()
    assert not signed_in(client)


def test_a_closed_account_cannot_sign_in(client, reader, sign_in):
    User.objects.update(is_active=False)
    sign_in()
    assert not signed_in(client)


def test_guessing_passwords_is_stopped_even_for_the_right_one(client, reader, sign_in):
    for _ in range(5):
        sign_in(password="wrong")
    assert "Too many attempts" in sign_in().content.decode()
    assert not signed_in(client)


def test_a_flood_from_one_machine_gets_429(reader, sign_in):
    answers = [sign_in(f"someone{n}@example.com", "wrong") for n in range(31)]
    assert answers[-1].status_code == 429
    assert "Too many attempts" in answers[-1].content.decode()


def test_signing_in_leads_back_to_where_one_was(reader, sign_in):
    assert sign_in(next="/some-article/?page=2").url == "/some-article/?page=2"


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"])
def test_signing_in_never_leads_to_another_site(reader, sign_in, address):
    assert sign_in(next=address).url == "/accounts/"


def test_signing_out_takes_a_click(client, reader):
    client.force_login(reader)
    assert client.get("/accounts/logout/").status_code == 200
    assert signed_in(client)
    assert client.post("/accounts/logout/").url == "/"
    assert not signed_in(client)


def test_a_lost_password_is_replaced_with_a_code(client, reader, sign_in, code):
    client.post("/accounts/password/reset/", {"email": "Leyla@example.com"})
    client.post("/accounts/password/reset/confirm/", {"code": code()})
    new = "staple-and-paper-clip"
    client.post("/accounts/password/reset/complete/", {"password1": new, "password2": new})
    assert "A new password was chosen" in mail.outbox[-1].body
    assert signed_in(client)
    client.logout()
    sign_in()
    assert not signed_in(client)
    sign_in(password=new)
    assert signed_in(client)


def test_a_lost_password_does_not_tell_who_has_an_account(client, reader):
    known = client.post("/accounts/password/reset/", {"email": reader.email}, follow=True)
    client.cookies.clear()
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.com"}, follow=True)
    assert known.redirect_chain == unknown.redirect_chain
    assert [message.to for message in mail.outbox] == [[reader.email], ["nobody@example.com"]]
    assert "There is no account with this address" in mail.outbox[1].body


def test_the_password_is_changed_with_the_old_one(client, reader, sign_in):
    sign_in()
    new = "staple-and-paper-clip"
    change = {"oldpassword": "not it", "password1": new, "password2": new}
    answer = client.post("/accounts/password/change/", change)
    assert "This is not your current password." in answer.content.decode()
    client.post("/accounts/password/change/", change | {"oldpassword": PASSWORD})
    reader.refresh_from_db()
    assert reader.check_password(new)
    assert signed_in(client)


def test_a_new_address_counts_once_its_code_is_typed_in(client, reader, sign_in, confirm, code):
    sign_in()
    client.post("/accounts/email/", {"email": "New@example.com", "action_add": ""})
    confirm(then="/accounts/email/")
    assert mail.outbox[-1].to == ["new@example.com"]
    reader.refresh_from_db()
    assert reader.email == "leyla@example.com"

    client.post("/accounts/confirm-email/", {"code": code()})
    reader.refresh_from_db()
    assert reader.email == "new@example.com"
    assert any(m.to == ["leyla@example.com"] and "new@example.com" in m.body for m in mail.outbox)


def test_what_changes_the_door_asks_for_the_password_again(client, reader):
    client.force_login(reader)
    answer = client.post("/accounts/email/", {"email": "new@example.com", "action_add": ""})
    assert answer.url.startswith("/accounts/reauthenticate/")
    assert mail.outbox == []


def test_being_remembered_outlives_the_browser(client, reader, sign_in):
    sign_in()
    assert client.session.get_expire_at_browser_close()
    client.logout()
    sign_in(remember="on")
    assert not client.session.get_expire_at_browser_close()

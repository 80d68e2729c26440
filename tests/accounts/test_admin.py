import pytest
from allauth.account.models import EmailAddress
from lxml import html

from accounts.models import User
from accounts.roles import Role, assign, role_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    """Enter the newsroom in a role."""

    def staff(role):
        user = User.objects.create_user(f"{role.name}@example.com", "x", display_name=role.label)
        assign(user, role)
        client.force_login(user)
        return user

    return staff


def change(client, user, **fields):
    """Open somebody's page in the newsroom, and save it with these fields changed."""
    address = f"/admin/accounts/user/{user.pk}/change/"
    form = html.fromstring(client.get(address).content).get_element_by_id("user_form")
    filled = {name: value for name, value in form.form_values() if value}
    return client.post(address, {**filled, **fields})


def test_the_newsroom_is_entered_through_the_one_door(client):
    arrived_at, _status = client.get("/admin/", follow=True).redirect_chain[-1]
    assert arrived_at == "/accounts/login/?next=%2Fadmin%2F"
    assert client.post("/admin/login/", {"username": "a", "password": "b"}).status_code == 302


def test_a_reader_at_the_newsroom_is_told_so_and_not_sent_in_circles(client, reader):
    client.force_login(reader)
    answer = client.get("/admin/", follow=True)
    assert answer.status_code == 403
    assert len(answer.redirect_chain) <= 1


def test_an_administrator_gives_a_role(client, reader, staff):
    staff(Role.ADMINISTRATOR)
    assert change(client, reader, role="editor").status_code == 302
    reader = User.objects.get(pk=reader.pk)
    assert role_of(reader) == Role.EDITOR
    assert reader.is_staff


def test_an_administrator_takes_a_role_away(client, reader, staff):
    assign(reader, Role.EDITOR)
    staff(Role.ADMINISTRATOR)
    change(client, reader, role="")
    assert not User.objects.get(pk=reader.pk).is_staff


def test_a_new_colleague_chooses_a_password_of_their_own(client, staff, code):
    staff(Role.ADMINISTRATOR)
    new = {"email": "Nigar@example.com", "display_name": "Nigar", "role": "author", "is_active": "on"}
    assert client.post("/admin/accounts/user/add/", new).status_code == 302
    nigar = User.objects.get(email="nigar@example.com")
    assert role_of(nigar) == Role.AUTHOR
    assert not nigar.has_usable_password()

    client.logout()
    client.post("/accounts/password/reset/", {"email": nigar.email})
    client.post("/accounts/password/reset/confirm/", {"code": code()})
    own = {"password1": "staple-and-paper-clip", "password2": "staple-and-paper-clip"}
    client.post("/accounts/password/reset/complete/", own)
    assert client.get("/admin/").status_code == 200


def test_after_a_changed_address_the_old_one_no_longer_opens(client, reader, staff):
    staff(Role.ADMINISTRATOR)
    assert change(client, reader, email="new@example.com").status_code == 302
    assert not EmailAddress.objects.filter(email="leyla@example.com").exists()


def test_a_chief_editor_sees_people_and_changes_nobody(client, reader, staff):
    staff(Role.CHIEF_EDITOR)
    page = client.get(f"/admin/accounts/user/{reader.pk}/change/")
    assert page.status_code == 200
    assert 'name="email"' not in page.content.decode()
    assert client.post(f"/admin/accounts/user/{reader.pk}/change/", {"role": "editor"}).status_code == 403


def test_an_editor_sees_nothing_of_people_or_plumbing(client, staff):
    staff(Role.EDITOR)
    for address in ["accounts/user", "account/emailaddress", "mfa/authenticator"]:
        assert client.get(f"/admin/{address}/").status_code == 403, address


@pytest.mark.parametrize(
    ("role", "found"), [("editor", "editor@example.com"), ("reader", "leyla@example.com")]
)
def test_people_are_listed_by_role(client, reader, staff, role, found):
    assign(User.objects.create_user("editor@example.com", "x"), Role.EDITOR)
    staff(Role.ADMINISTRATOR)
    page = client.get("/admin/accounts/user/", {"role": role})
    assert [user.email for user in page.context["cl"].result_list] == [found]


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_people_costs_the_same_however_long(client, staff, django_assert_num_queries, count):
    staff(Role.ADMINISTRATOR)
    for n in range(count):
        assign(User.objects.create_user(f"editor{n}@example.com", "x"), Role.EDITOR)
    client.get("/admin/")  # what all pages share is remembered from here on
    with django_assert_num_queries(9):
        client.get("/admin/accounts/user/")

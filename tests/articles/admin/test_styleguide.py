import pytest

from tests import factories, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def staff(client):
    client.force_login(factories.user("editor"))
    return client


def test_nobody_but_staff_sees_it(client):
    assert client.get("/styleguide/").url == "/accounts/login/?next=/styleguide/"
    client.force_login(factories.user())
    assert client.get("/styleguide/").status_code == 403


def test_it_stands_without_a_picture_and_without_an_article(staff):
    response = staff.get("/styleguide/")
    assert response.status_code == 200
    assert "<img" not in pages.tree(response).xpath("string(//main)")
    assert "Set in type" in pages.text(response)


def test_it_shows_the_librarys_own_pictures(staff):
    image = factories.image()
    sources = pages.tree(staff.get("/styleguide/")).xpath("//main//img/@src")
    assert sources
    assert all(image.folder in source for source in sources)


def test_search_engines_are_told_to_leave_it_alone(staff):
    response = staff.get("/styleguide/")
    assert "noindex" in pages.meta(response)["robots"]
    assert "no-store" in response["Cache-Control"]


def test_no_two_things_in_it_have_the_same_id(staff):
    factories.image()
    ids = pages.tree(staff.get("/styleguide/")).xpath("//@id")
    assert len(ids) == len(set(ids))


def test_its_articles_are_asked_of_no_database(staff):
    factories.image()
    staff.get("/styleguide/")  # the settings and menus are kept from now on
    few = pages.query_count(staff, "/styleguide/")
    for _ in range(3):
        factories.image()
    assert pages.query_count(staff, "/styleguide/") == few

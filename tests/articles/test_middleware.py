import pytest
from django.utils import timezone, translation

from articles import caching
from articles.middleware import AccountsInSiteLanguage
from articles.models import Change, SiteSettings
from tests import factories, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def spoken():
    """The language and the time zone in which a request to the path is answered."""
    SiteSettings.objects.create(pk=1, language="ru", time_zone="Asia/Tokyo")
    caching.catch_up()

    def answer(request):
        return translation.get_language(), str(timezone.get_current_timezone())

    def spoken(rf, path):
        return AccountsInSiteLanguage(answer)(rf.get(path, headers={"accept-language": "az"}))

    return spoken


def test_accounts_speak_the_language_of_the_site_in_its_time_zone(rf, spoken):
    assert spoken(rf, "/accounts/login/") == ("ru", "Asia/Tokyo")


@pytest.mark.parametrize("path", ["/admin/", "/media/x.jpg", "/accountsx/"])
def test_the_desk_and_files_are_left_alone(rf, spoken, path):
    assert spoken(rf, path) == ("en-gb", "Asia/Baku")


def test_the_language_does_not_stay_behind(rf, spoken):
    spoken(rf, "/accounts/login/")
    assert translation.get_language() == "en-gb"


def test_asking_costs_no_query_once_the_site_is_known(client, spoken, django_assert_num_queries):
    client.get("/accounts/login/")
    with django_assert_num_queries(0):
        page = client.get("/accounts/login/")
    assert pages.tree(page).get("lang") == "ru"


@pytest.mark.django_db(transaction=True)
def test_what_is_saved_at_the_desk_shows_at_once(client):
    caching.catch_up()
    assert "Gündəm" not in client.get("/").content.decode()
    client.force_login(factories.user("administrator"))

    form = {"name": "Gündəm", "url": "https://example.com/", "position": "0"}
    assert client.post("/admin/articles/partnerlink/add/", form).status_code == 302

    assert not Change.objects.exists()
    assert "Gündəm" in client.get("/").content.decode()


@pytest.mark.parametrize("address", ["/", "/feed/", "/nothing-here/"])
def test_public_pages_are_tagged_by_the_store_where_one_keeps_them(client, settings, address):
    assert "ETag" not in client.get(address)
    settings.PAGE_CACHE = False
    assert "ETag" in client.get(address)

import pytest

from articles.context_processors import site
from articles.models import Menu, MenuItem, PartnerLink, SiteSettings

pytestmark = pytest.mark.django_db


def test_every_page_knows_the_site_it_belongs_to(rf, settings, time_machine):
    time_machine.move_to("2025-12-31T21:00:00+00:00", tick=False)
    settings.SITE_URL = "https://news.example"
    SiteSettings.objects.create(pk=1, name="Gündəm")
    for place in Menu.Place.values:
        MenuItem.objects.create(menu=Menu.objects.create(place=place), url="/", label=place)
    PartnerLink.objects.create(name="Partner", url="https://example.com")

    here = site(rf.get("/tag/tea/?page=2"))["site"]

    assert here.settings.name == "Gündəm"
    assert [
        menu[0].text for menu in (here.header_menu, here.mobile_menu, here.footer_menu)
    ] == Menu.Place.values
    assert [each.name for each in here.partner_links] == ["Partner"]
    assert (here.url, here.path) == ("https://news.example", "/tag/tea/")
    assert here.this_year == 2026  # in Baku the new year has begun


def test_a_page_that_shows_nothing_of_the_site_asks_for_nothing(rf, django_assert_num_queries):
    with django_assert_num_queries(0):
        site(rf.get("/"))


def test_signing_in_leads_back_to_the_page_one_reads_and_never_to_another_sign_in(rf):
    assert site(rf.get("/tag/tea/"))["site"].return_path == "/tag/tea/"
    assert site(rf.get("/accounts/login/"))["site"].return_path == "/"

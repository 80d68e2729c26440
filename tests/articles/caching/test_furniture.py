from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.db import transaction
from django.utils import timezone

from articles import caching
from articles.models import Menu, MenuItem, Page, PartnerLink, SiteSettings
from tests import factories, pages

pytestmark = pytest.mark.django_db


def texts(items):
    return [item.text for item in items]


@pytest.fixture
def header():
    return Menu.objects.create(place="header")


def test_menus_keep_their_order_and_their_two_levels(header):
    news = MenuItem.objects.create(menu=header, category=factories.category("News"), position=2)
    MenuItem.objects.create(menu=header, url="/who-we-are/", label="Us", position=1)
    MenuItem.objects.create(menu=header, parent=news, category=factories.category("World"), position=2)
    MenuItem.objects.create(menu=header, parent=news, category=factories.category("Economy"), position=1)
    MenuItem.objects.create(menu=Menu.objects.create(place="mobile"), url="/", label="Home")

    menus = caching.site_furniture().menus

    assert texts(menus["header"]) == ["Us", "News"]
    assert texts(menus["header"][1].entries) == ["Economy", "World"]
    assert texts(menus["mobile"]) == ["Home"]
    assert menus["footer"] == []


def test_an_event_that_is_over_leaves_the_menus_with_all_below_it_and_keeps_its_page(
    client, header, time_machine
):
    end = timezone.now() + timedelta(hours=1)
    event = factories.category("COP29", active_until=end)
    item = MenuItem.objects.create(menu=header, category=event)
    MenuItem.objects.create(menu=header, parent=item, category=factories.category("Below"))
    assert "/category/cop29/" in pages.links(client.get("/"), "//body")

    time_machine.move_to(end, tick=False)

    assert caching.site_furniture().menus["header"] == []
    assert "/category/cop29/" not in pages.links(client.get("/"), "//body")
    assert client.get("/category/cop29/").status_code == 200


def test_a_page_that_is_not_published_leaves_the_menus(header):
    page = Page.objects.create(title="Terms", is_published=False)
    MenuItem.objects.create(menu=header, page=page)

    assert caching.site_furniture().menus["header"] == []


def test_partners_are_shown_during_their_period():
    now = timezone.now()
    for name, period in {
        "Now": {},
        "Then": {"ends_at": now - timedelta(days=1)},
        "Later": {"starts_at": now + timedelta(days=1)},
    }.items():
        PartnerLink.objects.create(name=name, url="https://example.com", **period)

    assert [each.name for each in caching.site_furniture().partner_links] == ["Now"]


@pytest.mark.django_db(transaction=True)
def test_a_change_of_the_settings_shows_once_it_is_committed():
    assert caching.site_furniture().settings.name == "Aze.Media"
    with transaction.atomic():
        SiteSettings.objects.create(pk=1, name="Gündəm")
        assert caching.site_furniture().settings.name == "Aze.Media"
    caching.catch_up()

    assert caching.site_furniture().settings.name == "Gündəm"


def test_what_is_remembered_is_read_once(django_assert_num_queries):
    with django_assert_num_queries(8):
        caching.site_furniture()
    with django_assert_num_queries(0):
        caching.site_furniture()


def test_it_is_read_anew_when_the_day_is_over(time_machine):
    time_machine.move_to(datetime(2026, 3, 1, 23, 59, tzinfo=ZoneInfo("Asia/Baku")), tick=False)
    caching.site_furniture()
    PartnerLink.objects.create(name="New", url="https://example.com")

    time_machine.move_to(datetime(2026, 3, 2, tzinfo=ZoneInfo("Asia/Baku")), tick=False)

    assert [each.name for each in caching.site_furniture().partner_links] == ["New"]

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from articles.models import Menu, MenuItem, Page
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def header():
    return Menu.objects.create(place="header")


def refused(name, **fields):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        MenuItem.objects.bulk_create([MenuItem(**fields)])
    return True


def test_an_item_leads_to_one_thing(header):
    section, page = factories.category(), Page.objects.create(title="Terms")

    assert refused("menu_item_has_one_target", menu=header)
    assert refused("menu_item_has_one_target", menu=header, category=section, page=page)
    assert refused("menu_item_has_one_target", menu=header, category=section, url="/")


@pytest.mark.parametrize(
    "url", ["javascript:alert(1)", "data:text/html,x", "example.com", "", "ftp://example.com"]
)
def test_an_address_is_one_that_a_reader_can_follow(header, url):
    assert refused("menu_address_is_usable", menu=header, url=url)


def test_a_place_has_one_menu(header):
    with pytest.raises(IntegrityError), transaction.atomic():
        Menu.objects.bulk_create([Menu(place="header")])


def test_an_item_is_called_what_it_leads_to_unless_it_has_a_label(header):
    section = factories.category("News")

    assert MenuItem(menu=header, category=section).text == "News"
    assert MenuItem(menu=header, category=section, label="All news").text == "All news"
    assert MenuItem(menu=header, category=section).address == "/category/news/"
    assert MenuItem(menu=header, url="https://example.com").address == "https://example.com"


def test_items_have_two_levels_within_one_menu(header):
    top = MenuItem.objects.create(menu=header, url="/a/")
    below = MenuItem.objects.create(menu=header, url="/b/", parent=top)
    elsewhere = MenuItem.objects.create(menu=Menu.objects.create(place="footer"), url="/c/")

    for parent in (below, elsewhere):
        with pytest.raises(ValidationError):
            MenuItem(menu=header, url="/d/", parent=parent).clean()

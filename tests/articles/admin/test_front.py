import pytest
from django.utils import timezone

from articles.models import Menu, MenuItem, Page, PartnerLink, Placement, SiteSettings
from tests import factories


def line(number, **fields):
    empty = {"position": "0", "label": "", "category": "", "page": "", "url": "", "parent": "", "id": ""}
    values = {f"items-{number}-{name}": value for name, value in (empty | fields).items()}
    return {**values, "items-TOTAL_FORMS": str(number + 1)}


def test_the_settings_are_one_form_and_show_at_once(desk, save, client):
    window = desk("chief editor")
    assert client.get("/").status_code == 200
    assert window.get("/admin/articles/sitesettings/").url.endswith("/1/change/")

    save(window, SiteSettings.objects.get(), name="The Caspian Post")

    assert "The Caspian Post" in client.get("/").content.decode()


@pytest.mark.parametrize(("role", "status"), [("editor", 403), ("chief editor", 302), ("administrator", 302)])
def test_the_settings_are_the_chief_s(role, status, desk):
    assert desk(role).get("/admin/articles/sitesettings/").status_code == status


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"time_zone": "Baku"}, "“Baku” is not a time zone"),
        ({"reading_speed": "0"}, "greater than or equal to 20"),
        ({"social_profiles": "Facebook"}, "Line 1 must end with a web address"),
        ({"start_year": "99999"}, "less than or equal to 2200"),
    ],
)
def test_a_setting_that_makes_no_sense_is_said_on_the_form(changes, message, desk, save, errors_of):
    response = save(desk("chief editor"), SiteSettings.objects.create(pk=1), **changes)

    assert message in errors_of(response)


def test_a_menu_has_two_levels_and_shows_at_once(desk, save, client):
    menu, window = Menu.objects.create(place="header"), desk("chief editor")
    economy = factories.category("Economy")
    save(window, menu, **line(0, category=economy.pk))
    first = MenuItem.objects.get()

    save(window, menu, **line(1, url="/energy-week/", label="Energy week", parent=first.pk))

    assert [item.label for item in first.children.all()] == ["Energy week"]
    assert "Energy week" in client.get("/").content.decode()


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({}, "Choose a category, a page or an address: one of them."),
        ({"label": "Nowhere"}, "Choose a category, a page or an address: one of them."),
        ({"url": "javascript:alert(1)"}, "An address starts with /, https:// or mailto:."),
    ],
    ids=["empty", "label only", "script"],
)
def test_a_line_that_leads_nowhere_is_said_on_the_form(fields, message, desk, save, errors_of):
    menu = Menu.objects.create(place="header")

    response = save(desk("chief editor"), menu, **line(0, **{"position": "1", **fields}))

    assert message in errors_of(response)
    assert not MenuItem.objects.exists()


def test_a_line_stands_only_under_one_of_its_own_menu(desk, save, errors_of):
    header, footer = Menu.objects.create(place="header"), Menu.objects.create(place="footer")
    elsewhere = footer.items.create(url="/x/")

    response = save(desk("chief editor"), header, **line(0, url="/y/", parent=elsewhere.pk))

    assert "Select a valid choice" in errors_of(response)


def test_a_partner_shows_and_leaves_at_once(desk, add, address, client, django_capture_on_commit_callbacks):
    window = desk("chief editor")
    client.get("/")

    add(window, PartnerLink, name="Orbit Wire", url="https://example.com/")
    assert "Orbit Wire" in client.get("/").content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        window.post(address(PartnerLink.objects.get(), "delete"), {"post": "yes"})

    assert "Orbit Wire" not in client.get("/").content.decode()


def test_a_period_that_ends_before_it_starts_is_said_on_the_form(desk, add, errors_of):
    period = {
        "starts_at_0": "2026-01-02",
        "starts_at_1": "10:00",
        "ends_at_0": "2026-01-01",
        "ends_at_1": "10:00",
    }

    response = add(desk("chief editor"), PartnerLink, name="Orbit Wire", url="https://example.com/", **period)

    assert "The period ends before it starts." in errors_of(response)


def test_an_editor_places_an_article_on_the_front_page(desk, add, client):
    article = factories.published("The one that leads")
    factories.published("The newest", at=timezone.now())

    add(desk("editor"), Placement, article=article.pk, slot="lead", position="0")

    page = client.get("/").content.decode()
    assert page.index("The one that leads") < page.index("The newest")


def test_an_article_stands_once_in_a_slot(desk, add, errors_of):
    article = factories.published()
    Placement.objects.create(article=article)

    response = add(desk("editor"), Placement, article=article.pk, slot="lead", position="0")

    assert "This article stands in this slot already." in errors_of(response)


def test_a_page_takes_no_article_s_address(desk, add, errors_of):
    factories.published("About us", slug="about-us")

    response = add(desk("chief editor"), Page, title="About us", slug="about-us")

    assert "/about-us/ leads to “About us”, or did so once." in errors_of(response)


def test_a_page_is_written_in_the_same_editor(desk, add, client):
    window = desk("chief editor")

    add(window, Page, title="Who we are", body="<h2>Some people</h2><p>in Baku.</p>", is_published="on")

    assert "Some people" in client.get("/who-we-are/").content.decode()


def test_a_picture_in_a_page_is_printed_with_its_credit(desk, add, client):
    image = factories.image(caption="The office", credit="Aynur Hasan")
    body = f'<p>We</p><figure data-image="{image.pk}"><img src="/a.jpg" alt=""></figure>'

    add(desk("chief editor"), Page, title="Who we are", body=body, is_published="on")

    page = client.get("/who-we-are/").content.decode()
    assert "The office" in page
    assert "Aynur Hasan" in page
    assert Page.objects.get().illustrations.get().image == image


@pytest.mark.parametrize("model", [Menu, PartnerLink, Page])
@pytest.mark.parametrize("role", ["author", "editor"])
def test_the_site_itself_is_shaped_by_the_chief(role, model, desk, address):
    assert desk(role).get(address(model, "changelist")).status_code == 403


def test_a_live_placement_says_until_when(desk, add, errors_of, client):
    article, window = factories.published("The vote is counted"), desk("editor")
    fields = {"article": article.pk, "slot": "lead", "position": "0", "is_live": "on"}

    response = add(window, Placement, **fields)
    assert "Nothing is live for ever: say until when." in errors_of(response)
    assert not Placement.objects.exists()

    add(window, Placement, **fields, ends_at_0="2040-01-01", ends_at_1="10:00")
    assert "Live" in client.get("/").content.decode()

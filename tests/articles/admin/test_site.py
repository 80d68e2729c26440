from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Menu, Page, PartnerLink, Placement, SiteSettings
from tests import factories

MACHINERY = ["Sessions", "Authenticators", "Email addresses", "Task results", "Permalinks", "Log entries"]


def rooms(window):
    """The sidebar as it reads: {group: [names]}."""
    context = window.get(reverse("admin:index")).context
    return {group["name"]: [str(model["name"]) for model in group["models"]] for group in context["app_list"]}


@pytest.fixture
def a_full_newsroom():
    article = factories.published(tags=["energy"], lead_image=factories.image())
    workflow.correct(article, by=None, text="It was Tuesday.")
    Placement.objects.create(article=article)
    Menu.objects.create(place="header").items.create(category=article.primary_category)
    PartnerLink.objects.create(name="Partner", url="https://example.com/")
    Page.objects.create(title="Who we are", body="<p>Some people.</p>")
    SiteSettings.objects.create(pk=1)
    factories.outlet()


@pytest.mark.parametrize("model", admin.site._registry, ids=lambda model: model._meta.label)
def test_every_list_and_form_opens(model, desk, address, a_full_newsroom):
    window, model_admin = desk(), admin.site._registry[model]

    changelist = window.get(address(model, "changelist"), follow=True)
    assert changelist.status_code == 200
    if model_admin.get_search_fields(changelist.wsgi_request):
        assert window.get(address(model, "changelist"), {"q": "Ağdam"}).status_code == 200
    added = window.get(address(model, "add")).status_code
    assert added == (200 if model_admin.has_add_permission(changelist.wsgi_request) else 403)
    for thing in model._default_manager.all()[:3]:
        assert window.get(address(thing)).status_code == 200
        assert window.get(address(thing, "history")).status_code == 200
        assert window.get(address(thing, "delete"), follow=True).status_code in (200, 403)


def test_the_sidebar_speaks_the_newsroom_s_words(desk):
    assert rooms(desk("editor")) == {
        "Writing": ["Articles", "Authors", "Tags"],
        "Pictures": ["Images"],
        "Front page": ["Placements"],
        "Sections and sources": ["Categories", "Outlets"],
    }


@pytest.mark.parametrize("role", ["contributor", "author", "editor", "chief editor"])
def test_machinery_is_for_administrators_only(role, desk):
    assert "Machinery" not in rooms(desk(role))
    for model in admin.site._registry:
        if model._meta.app_label not in ("articles", "accounts"):
            response = desk(role).get(
                reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
            )
            assert response.status_code == 403


def test_an_administrator_finds_the_machinery(desk):
    shown = rooms(desk("administrator"))["Machinery"]

    assert len(shown) == 7  # with the groups of people who may do the same
    assert not any("aggit" in name for name in shown)


def test_the_desk_is_entered_through_the_site_s_own_door(client):
    response = client.get("/admin/articles/article/", follow=True)

    assert unquote(response.redirect_chain[-1][0]) == "/accounts/login/?next=/admin/articles/article/"


def test_a_reader_has_no_business_here(desk):
    assert desk("").get("/admin/", follow=True).status_code == 403


def test_signing_out_and_passwords_are_the_site_s_own_too(desk):
    window = desk("author")

    assert window.get("/admin/logout/").url == reverse("account_logout")
    assert window.get("/admin/password_change/").url == reverse("account_change_password")
    assert window.get("/admin/articles/").url == reverse("admin:index")


def test_the_day_shows_what_waits_and_what_is_done(desk):
    window = desk("editor")
    factories.article("Waiting for a second pair of eyes", status=Article.Status.IN_REVIEW)
    factories.article("Half a thought", created_by=window.user)
    factories.article("Somebody else's thought")
    factories.published("Out since this morning")

    page = window.get("/admin/").content.decode()

    assert "Waiting for a second pair of eyes" in page
    assert "Half a thought" in page
    assert "Somebody else" not in page
    assert "New article" in page


def test_the_day_of_a_contributor_holds_nobody_else_s_work(desk, form_of, address):
    editor, contributor = desk("editor"), desk("contributor")
    article = factories.article("The secret of the editors", status=Article.Status.IN_REVIEW)
    editor.post(address(article), form_of(editor.get(address(article))))
    assert LogEntry.objects.count() == 1

    assert "The secret of the editors" in editor.get("/admin/").content.decode()
    assert "The secret of the editors" not in contributor.get("/admin/").content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_the_day_costs_the_same_however_much_happens(rows, desk, django_assert_num_queries):
    window = desk("editor")
    for _ in range(rows):
        factories.article(status=Article.Status.IN_REVIEW, lead_image=factories.image())
        factories.published(lead_image=factories.image(rights_expire_at=timezone.now() + timedelta(days=2)))
    window.get("/admin/")

    with django_assert_num_queries(14):
        window.get("/admin/")


def test_the_day_names_the_picture_rights_that_end(desk):
    image = factories.image(title="The pier", rights_expire_at=timezone.now() + timedelta(days=2))
    factories.published("Out with the pier", lead_image=image)

    for role, is_told in (("author", False), ("editor", True)):
        page = desk(role).get("/admin/").content.decode()
        assert ("Picture rights ending" in page) is is_told
        assert ("The pier" in page and "Out with the pier" in page) is is_told


def test_the_desk_keeps_the_newsroom_s_time(desk, address):
    SiteSettings.objects.create(pk=1, time_zone="Pacific/Auckland")

    response = desk("editor").get("/admin/")

    assert f'data-admin-utc-offset="{13 * 3600}"' in response.content.decode() or (
        f'data-admin-utc-offset="{12 * 3600}"' in response.content.decode()
    )


def test_what_is_in_use_cannot_be_deleted_and_says_by_what(desk, address, messages_of):
    article, window = factories.article(lead_image=factories.image()), desk("administrator")

    for thing in (article.primary_category, article.credits.get().author, article.lead_image):
        response = window.post(address(thing, "delete"), {"post": "yes"}, follow=True)

        assert type(thing).objects.filter(pk=thing.pk).exists()
        assert "cannot be deleted: 1 " in messages_of(response)[0]


def test_what_belongs_to_a_thing_goes_with_it(desk, address):
    tag, window = factories.tag(), desk("chief editor")

    window.post(address(tag, "delete"), {"post": "yes"})

    assert not type(tag).objects.exists()


def test_an_address_can_be_freed_unless_it_is_in_use(desk, address):
    article, window = factories.published(), desk("administrator")
    article.slug = "another"
    article.save()
    old, new = article.permalinks.order_by("created_at")

    assert window.post(address(old, "delete"), {"post": "yes"}).status_code == 302
    assert window.post(address(new, "delete"), {"post": "yes"}).status_code == 403

import pytest
from django.db import models

from articles import illustrations
from articles.admin import uses
from articles.models import Image, Page, PartnerLink, SiteSettings
from tests import factories

FIGURE = '<figure data-image="{}"><img src="/x.jpg" alt=""></figure><p>Text.</p>'


def named(image, user, **options):
    return [(use.what, use.role, use.name) for use in uses.of(image, user, **options).shown]


@pytest.fixture
def chief(db):
    return factories.user("chief editor")


def test_every_field_that_holds_a_picture_counts():
    """Whoever adds one need not think of it here, but of its row in this list."""
    known = {(relation.related_model.__name__, relation.field.name) for relation in uses.relations()}

    assert known == {
        ("Article", "lead_image"), ("Author", "photo"), ("Category", "cover"), ("Illustration", "image"),
        ("Outlet", "logo"), ("PartnerLink", "logo"), ("SiteSettings", "logo"), ("SiteSettings", "logo_dark"),
        ("SiteSettings", "logo_footer"), ("SiteSettings", "social_image"),
    }  # fmt: skip


def test_a_picture_knows_all_its_places(chief):
    image = factories.image()
    factories.article("It leads here", lead_image=image)
    inside = factories.article("It stands here", body=FIGURE.format(image.pk))
    page = Page.objects.create(title="Who we are", body=FIGURE.format(image.pk))
    illustrations.settle(inside, page)
    factories.article("Not here", body=FIGURE.format(f"{image.pk}9"))
    factories.author("Leyla", photo=image)
    factories.category("Energy", cover=image)
    factories.outlet("Trend", logo=image)
    PartnerLink.objects.create(name="Partner", url="https://example.com/", logo=image)
    SiteSettings.objects.update_or_create(pk=SiteSettings.load().pk, defaults={"logo": image})

    places = named(image, chief)

    assert ("article", "lead image", "It leads here") in places
    assert ("article", "in the text", "It stands here") in places
    assert ("page", "in the text", "Who we are") in places
    assert {place[0] for place in places} == {
        "article", "page", "author", "category", "outlet", "partner link", "site settings",
    }  # fmt: skip
    assert len(places) == 8


def test_the_state_of_an_article_is_told(chief):
    image = factories.image()
    factories.published(lead_image=image)

    assert uses.of(image, chief).shown[0].state.word == "Published"


def test_there_are_no_more_lines_than_fit(chief):
    image = factories.image()
    for _ in range(uses.SHOWN + 3):
        factories.article(lead_image=image)

    found = uses.of(image, chief)

    assert (len(found.shown), found.more, len(found)) == (uses.SHOWN, 3, uses.SHOWN + 3)


def test_nobody_learns_of_other_people_s_drafts(db):
    image = factories.image()
    hidden = factories.article("A secret", lead_image=image, body=FIGURE.format(image.pk))
    illustrations.settle(hidden)
    factories.published("For everybody", lead_image=image)

    found = uses.of(image, factories.user("contributor"))

    assert [use.name for use in found.shown] == ["For everybody"]
    assert found.more == 2


def test_who_may_not_open_a_place_gets_no_link_to_it(db):
    image = factories.image()
    PartnerLink.objects.create(name="Partner", url="https://example.com/", logo=image)

    assert uses.of(image, factories.user("contributor")).shown[0].url == ""
    assert uses.of(image, factories.user("chief editor")).shown[0].url


def test_what_a_deletion_would_empty_is_told_apart_from_what_forbids_it(chief):
    image = factories.image()
    factories.article("It leads here", lead_image=image)
    factories.author("Leyla", photo=image)

    assert [use[2] for use in named(image, chief, on_delete=models.SET_NULL)] == ["Leyla"]
    assert [use[2] for use in named(image, chief, on_delete=models.PROTECT)] == ["It leads here"]


def test_a_list_asks_which_pictures_are_in_use(db):
    used, left_over = factories.image(), factories.image()
    factories.author(photo=used)

    assert list(Image.objects.filter(uses.in_use())) == [used]
    assert list(Image.objects.filter(~uses.in_use())) == [left_over]

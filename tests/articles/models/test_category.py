from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils import timezone

from articles.models import Category
from tests import factories

pytestmark = pytest.mark.django_db


def refused(change, name):
    with pytest.raises(IntegrityError, match=name), transaction.atomic():
        change()
    return True


def test_a_path_tells_the_way_down_to_it():
    economy = factories.category("Economy", parent=factories.category("News"))

    assert economy.stored_path == "news/economy"


def test_two_sections_never_share_a_path():
    factories.category("News")
    other = factories.category("Other")

    assert refused(lambda: Category.objects.filter(pk=other.pk).update(stored_path="news"), "stored_path")
    assert refused(lambda: factories.category("X", slug="news"), "stored_path")
    assert factories.category("News").stored_path == "news-2"


def test_a_section_does_not_stand_under_itself_and_ends_after_it_begins():
    news, now = factories.category("News"), timezone.now()
    row = Category.objects.filter(pk=news.pk)

    assert refused(lambda: row.update(parent=news.pk), "category_is_not_its_own_parent")
    assert refused(lambda: row.update(active_from=now, active_until=now), "category_period_ends_after_start")


def test_there_are_two_levels():
    news = factories.category("News")
    economy = factories.category("Economy", parent=news)

    for parent, section in (
        (economy, factories.category("Oil")),
        (factories.category("Top"), news),
        (news, news),
    ):
        section.parent = parent
        with pytest.raises(ValidationError):
            section.clean()


@pytest.mark.parametrize(
    ("begins", "ends", "is_active"), [(None, None, True), (-1, 1, True), (1, None, False), (None, -1, False)]
)
def test_a_period_is_asked_of_the_row_and_of_the_database_alike(begins, ends, is_active):
    now = timezone.now()
    section = factories.category(
        active_from=begins and now + timedelta(hours=begins),
        active_until=ends and now + timedelta(hours=ends),
    )

    assert section.is_active is is_active
    assert Category.objects.active().filter(pk=section.pk).exists() is is_active


def test_sections_are_listed_while_they_have_something_to_show():
    news, culture = factories.category("News"), factories.category("Culture")
    economy = factories.category("Economy", parent=news)
    factories.published(primary_category=economy)
    factories.published(primary_category=culture, at=timezone.now() + timedelta(hours=1))

    assert set(Category.objects.listed()) == {news, economy}
    assert set(Category.objects.listed(timezone.now() + timedelta(hours=2))) == {news, economy, culture}

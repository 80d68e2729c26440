import pytest

from articles.models import Tag
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_tag_added_in_other_letter_case_is_the_same_tag():
    first, second = factories.article(tags=["Caspian"]), factories.article(tags=["caspian"])

    assert first.tags.get() == second.tags.get()


def test_tags_that_differ_by_a_letter_alone_have_addresses_of_their_own():
    factories.article(tags=["çay", "cay", "🍵"])

    assert set(Tag.objects.values_list("slug", flat=True)) == {"cay", "cay-2", "tag"}


def test_tags_are_listed_once_something_under_them_is_public():
    factories.article(tags=["quiet"])
    factories.published(tags=["tea"])

    assert [each.name for each in Tag.objects.listed()] == ["tea"]

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import workflow
from articles.gathering import along
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    photographer = factories.author("Elchin", photo=factories.image())
    piece = factories.published(
        "Tea",
        further=[factories.category("Culture"), factories.category("Books")],
        authors=[factories.author("Leyla", is_house=True), photographer],
        tags=["tea", "sea"],
    )
    workflow.correct(piece, by=None, text="Two piers.", at=timezone.now() - timedelta(microseconds=1))
    return piece


def test_what_comes_along_is_what_would_be_asked_for(piece, django_assert_num_queries):
    with django_assert_num_queries(1):
        shown = Article.objects.for_page().get()
        relations = {name: list(getattr(shown, name).all()) for name in ("credits", "tags", "corrections")}
        sections = [str(each) for each in shown.further_categories.all()]
        names = [(each.role, each.author.name, bool(each.author.is_house)) for each in shown.credits.all()]
        portraits = [each.author.photo and each.author.photo.preview_name for each in shown.credits.all()]
        moments = [each.corrected_at for each in shown.corrections.all()]

    asked = Article.objects.get()
    assert relations == {name: list(getattr(asked, name).all()) for name in relations}
    assert sections == ["Culture", "Books"]  # as the editors ordered them
    assert names == [("writer", "Leyla", True), ("writer", "Elchin", False)]
    assert portraits == [None, asked.credits.last().author.photo.preview_name]
    assert moments == [each.corrected_at for each in asked.corrections.all()]


def test_a_relation_without_rows_asks_nothing_either(django_assert_num_queries):
    factories.published()
    with django_assert_num_queries(1):
        shown = Article.objects.for_page().get()
        assert list(shown.corrections.all()) == list(shown.tags.all()) == []


def test_what_is_narrowed_later_is_asked_of_the_database(piece):
    others = {"further": [factories.category("Economy")], "tags": ["sea", "salt"]}
    factories.published("Coffee", authors=[factories.author("Orkhan")], **others)
    shown = Article.objects.for_page().get(pk=piece.pk)

    assert [each.author.name for each in shown.credits.filter(author__name__in=["Leyla", "Orkhan"])] == [
        "Leyla"
    ]
    assert shown.credits.count() == 2
    assert [each.name for each in shown.tags.filter(name__in=["sea", "salt"])] == ["sea"]
    sections = shown.further_categories.filter(name__in=["Books", "Economy"])
    assert [each.name for each in sections] == ["Books"]


def test_a_list_may_still_be_counted_and_read_for_its_values(piece):
    cards = Article.objects.published().for_cards()

    assert cards.count() == 1
    assert list(cards.values_list("headline", flat=True)) == ["Tea"]


def test_what_is_prefetched_beside_stays(piece, django_assert_num_queries):
    with django_assert_num_queries(2):
        shown = Article.objects.for_cards().prefetch_related("corrections").get()
        assert [each.text for each in shown.corrections.all()] == ["Two piers."]
        assert [each.author.name for each in shown.credits.all()] == ["Leyla", "Elchin"]


def test_what_is_added_later_is_among_what_came_along(piece):
    shown = Article.objects.for_page().get()
    shown.further_categories.add(factories.category("Economy"))

    assert {each.name for each in along(shown, "further_categories")} == {"Culture", "Books", "Economy"}

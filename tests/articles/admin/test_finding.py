import pytest

from articles import workflow
from articles.admin import finding
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


def headlines(term):
    return {each.headline for each in Article.objects.filter(pk__in=finding.found(term))}


def test_what_is_published_is_found_by_its_words_and_a_draft_by_its_headline_or_address():
    factories.published("Out", body="<p>A pomegranate.</p>")
    factories.article("A pomegranate in draft", slug="harvest", body="<p>Wheat.</p>")

    assert headlines("pomegranates") == {"Out"}
    assert headlines("pomegr") == {"Out", "A pomegranate in draft"}
    assert headlines("harves draf") == {"A pomegranate in draft"}
    assert headlines("wheat") == set()


@pytest.mark.parametrize(
    "term", ["out-in-the-open", "/out-in-the-open/", "https://example.com/out-in-the-open/"]
)
def test_an_address_finds_its_article(term):
    factories.published("Something else altogether", slug="out-in-the-open")

    assert "Something else altogether" in headlines(term)


def test_the_desk_counts_and_leads_no_further_than_anybody_turns_pages(monkeypatch):
    monkeypatch.setattr(finding, "MOST_LISTED", 3)
    for _ in range(5):
        factories.article()

    pages = finding.DeskPaginator(Article.objects.for_desk(), 2)

    assert (pages.count, pages.num_pages) == (3, 2)


def test_a_page_of_the_list_has_its_rows_in_their_order():
    articles = [factories.article() for _ in range(5)]

    page = finding.DeskPaginator(Article.objects.order_by("-pk").for_desk(), 2).page(2)

    assert list(page) == [articles[2], articles[1]]


def test_of_each_state_those_last_touched_are_looked_through(monkeypatch):
    monkeypatch.setattr(finding, "MOST_SEARCHED", 2)
    for number in range(3):
        factories.article(f"A quince, number {number}")
    workflow.submit(Article.objects.get(headline="A quince, number 0"), by=None)
    factories.article("A quince, number 3")

    assert headlines("quince") == {f"A quince, number {number}" for number in (0, 2, 3)}

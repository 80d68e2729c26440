import pytest
from django.http import Http404

from articles.models import Article
from articles.pagination import paginate
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def articles():
    for _ in range(5):
        factories.article()
    return Article.objects.order_by("pk")


def page_of(rf, articles, address, per_page=2):
    return paginate(rf.get(address), articles, per_page)


def test_the_first_page_has_no_number_in_its_address(rf, articles):
    first, second, last = (page_of(rf, articles, f"/tag/tea/?page={number}") for number in (1, 2, 3))

    assert (first.previous_url, first.next_url) == ("", "/tag/tea/?page=2")
    assert (second.previous_url, second.next_url) == ("/tag/tea/", "/tag/tea/?page=3")
    assert (last.previous_url, last.next_url) == ("/tag/tea/?page=2", "")


def test_a_search_keeps_its_words_on_every_page(rf, articles):
    page = page_of(rf, articles, "/search/?q=tea+%26+çay&page=2&utm_source=x")

    assert page.previous_url == "/search/?q=tea+%26+%C3%A7ay"
    assert page.next_url == "/search/?q=tea+%26+%C3%A7ay&page=3"


def test_of_many_pages_only_those_near_and_at_the_ends_are_linked(rf, articles):
    for _ in range(7):
        factories.article()

    page = page_of(rf, articles, "/tag/tea/?page=6", per_page=1)

    assert [number for number, _ in page.numbers] == [1, None, 5, 6, 7, None, 12]
    assert page.numbers[0] == (1, "/tag/tea/")
    assert page.numbers[1] == (None, "")
    assert page.numbers[-1] == (12, "/tag/tea/?page=12")


@pytest.mark.parametrize(
    "number", ["0", "-1", "4", "99999999999999999999", "two", "", "1.5", "last", "\0", "9" * 5000]
)
def test_a_page_that_is_not_there_is_a_404(rf, articles, number):
    with pytest.raises(Http404):
        paginate(rf.get("/tag/tea/", {"page": number}), articles, 2)


def test_an_empty_list_has_one_page(rf):
    page = paginate(rf.get("/tag/tea/"), Article.objects.order_by("pk"))

    assert list(page) == []
    assert page.numbers == [(1, "/tag/tea/")]
    with pytest.raises(Http404):
        paginate(rf.get("/tag/tea/?page=2"), Article.objects.order_by("pk"))

import pytest
from django.core.exceptions import ValidationError

from articles.models import Author
from articles.models.author import check_links
from tests import factories

pytestmark = pytest.mark.django_db


def test_links_are_a_label_and_an_address_or_the_address_alone():
    author = Author(links="On the web https://leyla.example/about\n\nhttps://www.social.example/@leyla\n")

    assert author.link_list == [
        ("On the web", "https://leyla.example/about"),
        ("social.example", "https://www.social.example/@leyla"),
    ]


@pytest.mark.parametrize("line", ["leyla.example", "Web javascript:alert(1)", "https://", "Just words"])
def test_a_line_without_a_web_address_is_named(line):
    with pytest.raises(ValidationError, match="Line 2 must end with a web address"):
        check_links(f"https://leyla.example\n{line}")


def test_a_byline_outlives_the_account_behind_it():
    person = factories.user("author")
    author = factories.author(user=person)

    person.delete()

    author.refresh_from_db()
    assert author.user is None


def test_authors_are_listed_once_something_of_theirs_is_public():
    quiet, leyla = factories.author("Quiet"), factories.author("Leyla")
    factories.article(authors=[quiet])
    factories.published(authors=[leyla])

    assert list(Author.objects.listed()) == [leyla]

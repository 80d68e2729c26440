from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import suggestions, workflow
from tests import factories

pytestmark = pytest.mark.django_db


def suggested(query):
    found = suggestions.suggest(query)
    return [each.headline for each in found.articles], [each.name for each in found.names]


def test_headlines_are_suggested_by_the_beginnings_of_their_words_the_newest_first():
    now = timezone.now()
    factories.published("A carpet from Gəncə", at=now - timedelta(days=2))
    factories.published("The Caspian is falling", at=now - timedelta(days=1))
    factories.published("Tea", body="<p>Caspian carpets.</p>")

    assert suggested("ca")[0] == ["The Caspian is falling", "A carpet from Gəncə"]
    assert suggested("GENC carp")[0] == ["A carpet from Gəncə"]
    assert suggested("aspian")[0] == []


def test_a_word_that_databases_know_is_a_word_like_any_other():
    factories.published("Null and void")

    assert suggested("null")[0] == suggested("null voi")[0] == ["Null and void"]


def test_sections_authors_and_tags_are_suggested_by_any_word_of_their_name():
    culture = factories.category("Mədəniyyət")
    factories.published("Tea", primary_category=culture, authors=[factories.author("Leyla Məmmədova")])
    factories.published("Sea", primary_category=culture, tags=["medicine"])
    factories.author("Meddler")  # has published nothing
    factories.category("Medals")

    assert suggested("med")[1] == ["Mədəniyyət", "medicine"]
    assert suggested("məmm")[1] == ["Leyla Məmmədova"]
    addresses = [each.address for each in suggestions.suggest("med").names]
    assert addresses == [culture.get_absolute_url(), "/tag/medicine/"]


def test_names_are_suggested_by_words_in_any_order_and_alphabet():
    factories.published("Tea", tags=["Caspian Sea"], authors=[factories.author("Leyla Məmmədova")])

    assert suggested("sea casp")[1] == ["Caspian Sea"]
    assert suggested("мамм")[1] == suggested("caspian air")[1] == []
    assert suggested("Лейл")[1] == ["Leyla Məmmədova"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no other way to them")
@pytest.mark.parametrize("thing", ["author", "category", "tag"])
def test_names_are_looked_up_in_their_index(thing):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")  # or a table as small as here is read whole
        question = suggestions.NAMED["postgresql"].format(f"articles_{thing}")
        cursor.execute(f"EXPLAIN {question}", ["'casp':*", 5])
        plan = " ".join(line for (line,) in cursor.fetchall())

    assert f"articles_{thing}_words" in plan


def test_what_is_not_public_is_not_suggested():
    factories.article("Caspian draft")
    factories.published("Caspian tomorrow", at=timezone.now() + timedelta(days=1))
    workflow.withdraw(factories.published("Caspian withdrawn"), by=None)

    assert suggested("caspian") == ([], [])


def test_a_headline_is_suggested_letter_by_letter_whatever_the_stems_of_its_words():
    factories.published("Governing the oldest volcanoes")
    for word in ("governing", "oldest", "volcanoes"):
        for length in range(2, len(word) + 1):
            assert suggested(word[:length])[0] == ["Governing the oldest volcanoes"]
    assert suggested("old volc gov")[0] == ["Governing the oldest volcanoes"]
    assert suggested("governs")[0] == []


def test_a_corrected_headline_is_suggested_by_its_new_words_alone():
    piece = factories.published("Caspian falls")
    piece.headline = "Volcanoes rise"
    piece.save()
    workflow.settle(piece)

    assert suggested("volc")[0] == ["Volcanoes rise"]
    assert suggested("casp")[0] == []


def test_headlines_that_wait_hide_none_that_are_public(monkeypatch):
    monkeypatch.setattr(suggestions, "CANDIDATES", 5)
    factories.published("Caspian today")
    for day in range(1, 4):
        factories.published(f"Caspian in {day} days", at=timezone.now() + timedelta(days=day))

    assert suggested("caspian")[0] == ["Caspian today"]


def test_names_with_nothing_public_hide_none_that_have_something():
    for number in range(10):
        factories.author(f"Caspian {number}")
    factories.published("Tea", authors=[factories.author("Caspian Air")])

    assert suggested("caspian")[1] == ["Caspian Air"]


def test_suggestions_are_few_and_cost_two_questions(django_assert_num_queries):
    for number in range(9):
        factories.published(f"Caspian {number}", tags=[f"caspian {number}"])

    with django_assert_num_queries(2):
        headlines, names = suggested("caspian")
    assert (len(headlines), len(names)) == (suggestions.SUGGESTED, suggestions.SUGGESTED_NAMES)
    with django_assert_num_queries(0):
        assert suggested("c") == suggested("") == suggested("?!") == ([], [])

import csv
import json
from itertools import islice

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from articles.slugs import MAX_LENGTH, PATTERN, RESERVED, candidates, slugify


def slug(text):
    return slugify(text, fallback="article")


def test_a_newsrooms_own_slugs_are_met_in_nineteen_of_twenty_headlines(corpora):
    with (corpora / "slugs" / "az-headlines-200.csv").open(encoding="utf-8", newline="") as file:
        headlines = list(csv.DictReader(file))
    met = [row for row in headlines if slug(row["title"]) == row["slug"]]

    assert len(headlines) == 200
    assert len(met) >= 0.95 * len(headlines)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Əliyev Şuşada: “Çay, bağ və yol”", "eliyev-susada-cay-bag-ve-yol"),
        ("ILIQ ılıq İLİQ iliq", "iliq-iliq-iliq-iliq"),
        ("Ağır gün Gəncədə", "agir-gun-gencede"),
        ("Don’t ask, O'Neill", "dont-ask-oneill"),
        ("“Qarabağ”ın oyunu", "qarabag-in-oyunu"),
        ("Нефть и газ Каспия", "neft-i-gaz-kaspiya"),
        ("خط أنابيب جديد", "kht-nbyb-jdyd"),
        ("里海石油", "lihaishiyou"),
        ("Straße & café: 50 % off", "strasse-cafe-50-off"),
        ("Up 👍 and away 🚀", "up-and-away"),
        ("©2025 — snake_case/and\\slashes", "2025-snake-case-and-slashes"),
        ("e\u0301te\u0301", "ete"),
    ],
)
def test_words_of_any_script_become_plain_letters(text, expected):
    assert slug(text) == expected


@pytest.mark.parametrize("text", ["", "   ", "👍🎉", "— … —", "🇦🇿", "\u200d\ufe0f"])
def test_a_headline_without_letters_gets_the_fallback(text):
    assert slug(text) == "article"


def test_a_long_headline_is_cut_between_two_words():
    text = "caspian " * 40
    assert slug(text) == "-".join(["caspian"] * 25)
    assert len(slug(text)) == MAX_LENGTH - 1


def test_one_endless_word_is_cut_where_it_must_be():
    assert slug("a" * 500) == "a" * MAX_LENGTH


def test_candidates_count_up_from_two():
    assert list(islice(candidates("baku"), 3)) == ["baku", "baku-2", "baku-3"]


def test_a_reserved_word_is_no_candidate():
    assert list(islice(candidates("search"), 2)) == ["search-2", "search-3"]


def test_below_a_list_only_the_lists_own_words_are_reserved():
    assert next(candidates("media", "category/")) == "media"
    assert next(candidates("feed", "category/news/")) == "feed-2"


def test_a_numbered_candidate_is_no_longer_than_the_column():
    first, second = islice(candidates("b" * MAX_LENGTH), 2)
    assert len(first) == MAX_LENGTH
    assert second == "b" * (MAX_LENGTH - 2) + "-2"


@settings(deadline=None)
@given(st.text())
def test_whatever_the_headline_its_address_is_usable(text):
    address = next(candidates(slug(text)))

    assert PATTERN.fullmatch(address)
    assert len(address) <= MAX_LENGTH
    assert address not in RESERVED


@settings(deadline=None)
@given(st.text())
def test_a_slug_slugs_to_itself(text):
    assert slug(slug(text)) == slug(text)


def test_naughty_strings_get_a_slug(corpora):
    for text in json.loads((corpora / "naughty" / "blns.json").read_text(encoding="utf-8")):
        assert PATTERN.fullmatch(slug(text))

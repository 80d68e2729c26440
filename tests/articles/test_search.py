import json

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from articles import search, workflow
from articles.models import Article, SearchEntry
from tests import factories

pytestmark = pytest.mark.django_db


def found(query):
    return [each.headline for each in search.find(query)]


@settings(deadline=None)
@given(st.text())
def test_what_is_folded_is_folded_for_good(text):
    folded = search.fold(text)

    assert search.fold(folded) == folded
    assert "".join(map(search.fold, text)) == folded


def text_of(snippet):
    return "".join(text for text, _ in snippet)


def marked(snippet):
    return [text for text, is_match in snippet if is_match]


@pytest.mark.parametrize(
    "query", ["Gəncə", "gəncə", "GƏNCƏ", "Gence", "gence", "GENCE", "Gǝncǝ", "Gənc", "gencə"]
)
def test_a_reader_without_an_azerbaijani_keyboard_finds_the_town(query):
    factories.published("Carpets of Gəncə")
    factories.published("Carpets of Quba")

    assert found(query) == ["Carpets of Gəncə"]


@pytest.mark.parametrize(
    ("written", "asked"),
    [
        ("İstanbul", ["istanbul", "ISTANBUL", "İSTANBUL", "ıstanbul"]),
        ("Xınalıq", ["xinaliq", "XINALIQ", "xınalıq"]),
        ("Şuşa", ["susa", "şuşa", "ŞUŞA"]),
        ("Göyçay", ["goycay", "GÖYÇAY"]),
        ("Qarabağ", ["qarabag"]),
        ("Łódź", ["lodz"]),
        ("Straße", ["strasse", "STRASSE"]),
        ("Каспий", ["каспий", "КАСПИЙ"]),
        ("café", ["cafe", "cafe\u0301"]),
    ],
)
def test_letters_are_found_however_they_are_typed(written, asked):
    factories.published(f"On {written} again")

    assert {query: found(query) for query in asked} == {query: [f"On {written} again"] for query in asked}


@pytest.mark.parametrize("query", ["negotiations", "negotiation", "negotiating", "negotiate", "negotiated"])
def test_a_word_is_found_in_its_other_forms(query):
    factories.published("They were negotiating")

    assert found(query) == ["They were negotiating"]


def test_the_last_word_may_be_a_beginning_and_every_word_must_be_there():
    factories.published("Railway bridge opens")
    factories.published("Railway timetable")

    assert found("railway bri") == ["Railway bridge opens"]
    assert set(found("railw")) == {"Railway bridge opens", "Railway timetable"}
    assert found("bri railway") == []
    assert found("railway airport") == []


def test_a_word_in_the_headline_weighs_more_than_one_in_the_text():
    factories.published("Weather", body="<p>A long piece about rain, wind and a pomegranate.</p>")
    factories.published("The pomegranate", body="<p>Rain and wind.</p>")

    assert found("pomegranate") == ["The pomegranate", "Weather"]


def test_names_are_found():
    factories.published(
        "Nameless",
        authors=[factories.author("Aysel Quliyeva")],
        tags=["zeppelins"],
        primary_category=factories.category("Aviation"),
        further=[factories.category("Museums")],
        outlet=factories.outlet("Orbit Wire"),
        origin="agency",
        kicker="Longread",
    )

    for query in ("quliyeva", "zeppelins", "aviation", "museums", "orbit wire", "longread"):
        assert found(query) == ["Nameless"], query


@pytest.mark.parametrize(
    "query", ["and", "or", "river", "lake", "media", "aze", "well", "known", "o'neill", "18"]
)
def test_both_engines_see_the_same_words_around_signs(query):
    factories.published("Signs", body="<p>River/lake and/or aze.media, well-known O'Neill; 18% of it.</p>")

    assert found(query) == ["Signs"]


def test_of_many_matches_the_newest_are_ranked(monkeypatch):
    monkeypatch.setattr(search, "MOST_RANKED", 3)
    factories.published("Caspian", body="<p>The oldest.</p>")
    for number in range(3):
        factories.published(f"Tea {number}", body="<p>By the Caspian.</p>")

    findings = search.find("caspian")

    assert [each.headline for each in findings] == ["Tea 0", "Tea 1", "Tea 2"]
    assert (len(findings), findings.has_more) == (3, True)
    assert not search.find("oldest").has_more


def test_the_newest_are_found_however_far_apart_they_are():
    keys = [2**power + power for power in range(22)]
    for key in keys:
        factories.published("Tea and sugar" if key % 2 else "Tea", pk=key)
    newest, sweet = keys[::-1], [key for key in keys[::-1] if key % 2]

    for count in (1, 2, 3, 5, 10, 21, 22, 23):
        assert search.newest_matches("tea", count) == newest[:count]
        assert search.newest_matches("sugar tea", count) == sweet[:count]


def test_a_word_that_many_pieces_have_is_not_taken_for_a_beginning(monkeypatch):
    monkeypatch.setattr(search, "FEW", 2)
    factories.published("A car in Baku")
    factories.published("A carpet from Quba")
    assert set(found("car")) == {"A car in Baku", "A carpet from Quba"}

    factories.published("Cars in Ganja")

    assert set(found("car")) == {"A car in Baku", "Cars in Ganja"}


def test_a_search_costs_the_same_however_much_it_finds(django_assert_max_num_queries):
    for number in range(3):
        factories.published(f"Caspian {number}")

    with django_assert_max_num_queries(6):
        assert len(search.find("caspian")[:20]) == 3


HOSTILE = [
    '"', '""', '"unclosed', "'", "''", "*", "**", "a*", "*a", "-", "--", "- -", "NOT", "AND", "OR", "NEAR",
    "a AND", "AND b", "a OR OR b", "NEAR(a b)", "NEAR(a, b, 5)", "headline:a",
    "{headline text}: a", "^a", "a^b",
    "(", ")", "((a)", "a:*", ":*", "a & b", "a | b", "!a", "a <-> b", "a <1000000> b", "\\", "a\\", "%", "_",
    "a_b", "; DROP TABLE articles_article", "' OR 1=1 --", "\0", "a\0b", "\x01\x02", "😀",
    "😀 caspian", "👨‍👩‍👧‍👦",
    "²", "½", "ﷺ" * 200, "\u3316" * 200, "a" * 100_000, "a " * 5_000, "\u202e", "\ufeff", "\u0301", "ⅷ", "①",
    "the", "the of", "ʼ", "q=", "%s", "%(x)s", "{}", "${x}", "1e5", "1.5", "-1", "0x1F", "a@b.c",
    "http://a.b/c?d=e", "a\u19b0b", "\u19b0",
]  # fmt: skip


@pytest.mark.parametrize("query", HOSTILE, ids=[f"{place}" for place in range(len(HOSTILE))])
def test_no_query_is_an_error(client, query):
    factories.published("On the Caspian", body="<p>a b headline 1 15 😀 ² 8 the of and</p>")

    for address in ("/search/", "/search/suggestions/"):
        assert client.get(address, {"q": query}).status_code == 200
    list(search.find(query))


def test_naughty_strings_are_harmless_as_text_and_as_query(client, corpora):
    strings = json.loads((corpora / "naughty" / "blns.json").read_text(encoding="utf-8"))
    strings += (corpora / "naughty" / "utf-8.txt").read_text(encoding="utf-8", errors="replace").splitlines()
    text = " ".join(strings).replace("\0", "")
    piece = factories.article("Naughty", body="<p>x</p>", standfirst=text[:600])
    Article.objects.filter(pk=piece.pk).update(body_html=text.replace("<", "&lt;"))
    workflow.publish(Article.objects.get(pk=piece.pk), by=None)

    for query in strings:
        list(search.find(query))
    assert client.get("/search/", {"q": strings[-1]}).status_code == 200


def test_the_longest_text_fits_into_the_index():
    body = "".join(f"<p>{' '.join(f'w{number}x{part}' for part in range(100))}</p>" for number in range(2500))

    factories.published("Very long", body=body)

    assert found("w1x1") == ["Very long"]


def test_the_index_follows_every_change():
    piece = factories.published("First words", tags=["tea"], standfirst="", body="<p>Text.</p>")
    assert found("first") == found("tea") == ["First words"]

    piece.headline = "Other words"
    piece.save()
    piece.tags.clear()
    workflow.settle(piece)
    assert (found("first"), found("tea"), found("other")) == ([], [], ["Other words"])

    workflow.withdraw(piece, by=None)
    assert found("other") == []

    workflow.publish(piece, by=None)
    assert found("other") == ["Other words"]

    piece.delete()
    assert found("other") == []
    assert not SearchEntry.objects.exists()


def test_the_index_is_sound_after_changes():
    for number in range(5):
        piece = factories.published(f"Number {number}")
        workflow.settle(piece)
    Article.objects.filter(headline__in=["Number 1", "Number 3"]).delete()

    assert len(found("number")) == 3
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:  # raises where the index and the rows disagree
            for index in ("articles_search", "articles_search_headlines"):
                cursor.execute(f"INSERT INTO {index} ({index}, rank) VALUES ('integrity-check', 1)")


def test_a_batch_is_indexed_in_few_statements(django_assert_max_num_queries):
    pieces = [factories.published() for _ in range(3)]

    with django_assert_max_num_queries(14):
        search.index(*pieces)


def test_a_snippet_shows_the_stretch_around_the_first_match():
    body = f"<p>{'lorem ' * 100} The Gəncə fair {'ipsum ' * 100}</p>"
    snippet = search.snippet("", body, "gence fai")

    assert marked(snippet) == ["Gəncə", "fair"]
    text = text_of(snippet)
    assert text.startswith("… lorem ")
    assert text.endswith("ipsum …")
    assert "The Gəncə fair ipsum" in text


def test_a_snippet_of_an_article_that_matches_elsewhere_is_its_beginning():
    snippet = search.snippet("", "<p>It begins here.</p>", "nothing")

    assert text_of(snippet).strip() == "It begins here."
    assert marked(snippet) == []


def test_a_snippet_begins_with_the_paragraph_where_it_can():
    body = "<p>All about coffee.</p><h2>Tea &amp; <em>sugar</em></h2><p>Tea again.</p>"
    snippet = search.snippet("A < B & tea leaves &lt;", body, "sugar")

    assert text_of(snippet) == "… Tea & sugar Tea again. "
    assert marked(snippet) == ["sugar"]
    snippet = search.snippet("A < B & tea leaves &lt;", body, "tea")
    assert text_of(snippet).startswith("A < B & tea leaves &lt; All about coffee. ")
    assert marked(snippet) == ["tea", "Tea", "Tea"]


def test_what_only_a_tag_says_is_not_in_a_snippet():
    body = '<p>It <a href="/tea/">begins</a> here.</p><p>And has <img alt="" src="/tea.jpg">tea later.</p>'
    snippet = search.snippet("", body, "tea")

    assert text_of(snippet) == "… And has tea later. "


def test_a_word_in_quotes_or_behind_a_hyphen_is_marked():
    body = "<p>The “Caspian” and trans-Caspian lines.</p>"

    assert marked(search.snippet("", body, "caspian")) == ["“Caspian”", "trans-Caspian"]


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite packs nothing")
def test_long_texts_are_packed_the_quick_way():
    factories.published(body=f"<p>{'Tea and no sugar. ' * 400}</p>")

    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_column_compression(text), pg_column_compression(body_html) "
            "FROM articles_searchentry JOIN articles_article ON id = article_id"
        )
        assert cursor.fetchall() == [("lz4", "lz4")]

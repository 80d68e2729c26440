from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from articles.importers import wordpress, wxr
from articles.importers.records import (
    ArticleRecord,
    AuthorRecord,
    CategoryRecord,
    MenuRecord,
    PageRecord,
    SkippedRecord,
    TagRecord,
)

EXPORT = Path(__file__).parents[2] / "data" / "newsroom.xml"
BAKU = ZoneInfo("Asia/Baku")


@pytest.fixture(scope="module")
def records():
    return list(wordpress.records(wxr.elements(EXPORT), BAKU))


def of_kind(records, kind):
    return [record for record in records if isinstance(record, kind)]


@pytest.fixture(scope="module")
def articles(records):
    return {record.headline: record for record in of_kind(records, ArticleRecord)}


def test_what_is_named_comes_before_what_names_it(records):
    seen = set()
    for record in records:
        if isinstance(record, CategoryRecord):
            assert not record.parent or ("category", record.parent) in seen
        if isinstance(record, ArticleRecord):
            assert {("category", key) for key in record.categories} <= seen
            assert {("tag", key) for key in record.tags} <= seen
            assert {("author", key) for key in record.authors} <= seen
        if isinstance(record, AuthorRecord | CategoryRecord | TagRecord):
            seen.add((type(record).__name__.removesuffix("Record").lower(), record.key))


def test_categories_come_with_parent_and_description(records):
    found = {record.key: record for record in of_kind(records, CategoryRecord)}
    assert (found["economy"].parent, found["economy"].description) == ("", "Money, trade and work.")
    assert (found["energy"].parent, found["energy"].name) == ("economy", "Energy & Climate")


def test_a_login_that_is_an_address_is_not_told(records):
    authors = {record.name: record.slug for record in of_kind(records, AuthorRecord)}
    assert authors == {
        "Leyla Həsənova": "leyla", "Rauf Qasımov": "rauf-qasimov", "Guest Writer": "guest-writer",
    }  # fmt: skip


def test_co_authors_take_the_place_of_the_creator(articles):
    assert articles["Şəhər bağı"].authors == ("leyla", "guest-writer")
    assert articles["A pipeline & its neighbours"].authors == ("leyla",)


def test_the_primary_category_is_yoasts_or_the_most_specific(articles):
    assert articles["Şəhər bağı"].categories == ("media", "oil")
    assert articles["A pipeline & its neighbours"].categories == ("energy", "economy")


def test_tags_are_found_on_items_too(records, articles):
    assert {record.key: record.name for record in of_kind(records, TagRecord)} == {
        "gas": "Gas", "caspian-sea": "Caspian Sea",
    }  # fmt: skip
    assert articles["A pipeline & its neighbours"].tags == ("gas", "caspian-sea")


def test_times_are_those_of_greenwich_or_else_of_the_sites_clock(articles):
    assert articles["A pipeline & its neighbours"].published_at == datetime(2015, 6, 10, 9, 30, tzinfo=UTC)
    assert articles["Şəhər bağı"].published_at == datetime(2019, 5, 2, 5, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("item", "expected"),
    [
        ({"wp:post_date": "2020-02-30", "pubDate": "Fri, 07 Jun 2013 03:00:44 +0000"}, (2013, 6, 7, 3)),
        ({"wp:post_date": "2014-07-01 12:00:00"}, (2014, 7, 1, 7)),  # Baku had summer time then
        ({"wp:post_date_gmt": "0000-00-00 00:00:00", "pubDate": "Wed, 30 Nov -0001 00:00:00 +0000"}, None),
        ({"pubDate": "Some day in 2013 or so"}, None),
        ({}, None),
    ],
)
def test_a_wrong_date_is_no_date(item, expected):
    found = wordpress.moment(item, BAKU)
    assert (found and found.timetuple()[:4]) == expected


def test_status_is_taken_over_honestly(articles):
    status = {headline: record.status for headline, record in articles.items()}
    assert status == {
        "A pipeline & its neighbours": "published",
        "Şəhər bağı": "published",
        "Next century": "published",
        "Half written": "draft",
        "For the editor": "in_review",
        "Among ourselves": "draft",
        "Behind a word": "draft",
        "A second pipeline": "published",
        "A third pipeline": "published",
    }
    assert "password" in articles["Behind a word"].notes[0]
    assert articles["Behind a word"].published_at is None


def test_an_address_in_other_letters_is_kept_as_an_old_one(articles):
    record = articles["Şəhər bağı"]
    assert (record.slug, record.old_slugs) == ("seher-bagi", ("şəhər-bağı",))


@pytest.mark.parametrize(
    ("name", "link", "expected"),
    [
        ("basic-post.html", "/blog/basic-post.html", ("basic-post", ("basic-post.html",))),
        ("Snake_Case--x", "", ("snake_case--x", ())),
        ("taken", "https://courier.example/free/", ("taken", ("free",))),
        ("", "https://courier.example/?p=4", ("", ())),
        ("child", "https://courier.example/parent/child/", ("child", ())),
    ],
)
def test_slugs_are_kept_where_they_can_be(name, link, expected):
    item = {"wp:post_name": name, "link": link}
    assert wordpress.addresses(item, "https://courier.example") == expected


def test_excerpts_are_standfirsts_without_tags(articles):
    assert articles["A pipeline & its neighbours"].standfirst == "What the line means for those beside it."


def test_words_for_search_engines_come_in_but_not_templates(articles):
    record = articles["A pipeline & its neighbours"]
    assert (record.seo_title, record.seo_description) == ("", "Gas, and who lives beside it.")


def test_refs_tell_the_site_and_the_number(articles):
    assert articles["Next century"].ref == "wordpress:courier.example:post:103"


def test_pages_are_pages(records):
    (page,) = of_kind(records, PageRecord)
    assert (page.title, page.slug, page.body) == ("About us", "about", "<p>We write.</p>")
    assert page.is_published


def test_what_does_not_come_in_is_told_with_the_reason(records):
    assert [(each.kind, each.title, each.count) for each in of_kind(records, SkippedRecord)] == [
        ("comment", "A pipeline & its neighbours", 2),
        ("article", "Thrown away", 1),
        ("picture", "park", 1),
        ("other item", "A slider", 1),
        ("term", "Letters from the coast", 1),
    ]
    assert all(each.reason for each in of_kind(records, SkippedRecord))


def test_menus_come_in_their_own_order(records):
    (menu,) = of_kind(records, MenuRecord)
    assert menu.name == "Main menu"
    assert [(item.key, item.parent, item.category, item.page[-3:], item.url) for item in menu.items] == [
        ("401", "", "energy", "", ""),
        ("402", "", "", "", "/archive/"),
        ("403", "", "", "", ""),
        ("404", "403", "", "201", ""),
        ("405", "404", "", "", ""),
    ]

from datetime import UTC, datetime
from pathlib import Path

import pytest

from articles.importers import wordpress, wxr
from articles.importers.loading import import_records
from articles.importers.records import ArticleRecord, MenuItemRecord, MenuRecord, TagRecord
from articles.importers.report import Report
from articles.models import Article, Author, Category, Menu, MenuItem, Page, Tag

pytestmark = pytest.mark.django_db

EXPORT = Path(__file__).parents[2] / "data" / "newsroom.xml"


def load(*records):
    report = Report()
    import_records(records, report)
    return report


def load_export():
    return load(*wordpress.records(wxr.elements(EXPORT)))


def article_record(number=1, **fields):
    fields = {"slug": f"story-{number}", "headline": f"Story {number}", "body": "<p>Text.</p>"} | fields
    return ArticleRecord(ref=f"test:post:{number}", status=fields.pop("status", "draft"), **fields)


def published_record(number=1, **fields):
    return article_record(number, status="published", published_at=datetime(2020, 1, 2, tzinfo=UTC), **fields)


def test_the_report_tells_everything_the_file_held():
    report = load_export()

    assert report.came_in == {"author": 3, "category": 4, "tag": 2, "article": 9, "page": 1, "menu": 1}
    assert {kind: report.skipped_of(kind) for kind in report.kinds if report.skipped_of(kind)} == {
        "comment": 2, "article": 1, "picture": 1, "other item": 1, "term": 1,
    }  # fmt: skip
    assert not report.already_here


def test_an_article_comes_in_whole():
    load_export()
    article = Article.objects.get(slug="a-pipeline")

    assert article.headline == "A pipeline & its neighbours"
    assert article.status == "published"
    assert article.language == "az"
    assert article.published_at == datetime(2015, 6, 10, 9, 30, tzinfo=UTC)
    assert [each.stored_path for each in article.all_categories] == ["economy/energy", "economy"]
    assert sorted(article.tags.names()) == ["Caspian Sea", "Gas"]
    assert [(str(each.author), each.role) for each in article.credits.all()] == [("Leyla Həsənova", "writer")]
    assert '<a href="/about/">' in article.body
    assert "youtube-nocookie" in article.body_html
    assert article.word_count > 5


def test_what_was_imported_is_listed_and_found(client):
    load_export()
    for address in ("/category/economy/", "/category/economy/energy/", "/tag/gas/", "/author/leyla/"):
        assert "A pipeline &amp; its neighbours" in client.get(address).content.decode(), address
    assert "A pipeline &amp; its neighbours" in client.get("/search/?q=neighbours").content.decode()


def test_what_was_not_public_does_not_become_so(client):
    load_export()
    for slug in ("next-century", "half-written", "for-the-editor", "among-ourselves", "behind-a-word"):
        assert Article.objects.filter(slug=slug).exists(), slug
        assert client.get(f"/{slug}/").status_code == 404, slug


def test_a_category_of_the_third_level_moves_to_the_second(client):
    report = load_export()

    oil = Category.objects.get(slug="oil")
    assert oil.stored_path == "economy/oil"
    assert "a category of the third level, on the second now" in report.notes


def test_an_old_address_in_other_letters_leads_to_the_new_one(client):
    load_export()
    assert client.get("/şəhər-bağı/").headers["Location"] == "/seher-bagi/"


def test_of_two_with_one_address_the_second_takes_the_one_in_its_link_or_a_number():
    report = load_export()

    slugs = dict(Article.objects.filter(headline__endswith="pipeline").values_list("headline", "slug"))
    assert slugs == {"A second pipeline": "second-pipeline", "A third pipeline": "a-pipeline-2"}
    note = "the address /a-pipeline/ was not free: it is /a-pipeline-2/ now"
    assert report.notes[note] == ["A third pipeline"]


def test_an_address_that_stands_for_something_else_here_is_not_taken():
    Page.objects.create(title="Mine", slug="story-1")
    load(article_record(1), article_record(2, slug="search"))

    assert set(Article.objects.values_list("slug", flat=True)) == {"story-1-2", "search-2"}
    assert Page.objects.get(slug="story-1").title == "Mine"


def test_a_post_without_category_is_filed_under_uncategorized():
    report = load(published_record())

    assert Article.objects.get().primary_category.name == "Uncategorized"
    assert report.notes["filed under Uncategorized, having no category"] == ["Story 1"]


def test_a_post_without_a_date_is_dated_by_the_import():
    load(article_record(status="published"))
    assert Article.objects.published().count() == 1


def test_an_edited_article_is_left_as_the_editor_has_it():
    load_export()
    article = Article.objects.get(slug="a-pipeline")
    article.headline, article.slug = "Rewritten", "rewritten"
    article.save()

    report = load_export()

    assert Article.objects.get(pk=article.pk).headline == "Rewritten"
    assert not report.came_in
    assert report.already_here["article"] == 9


def test_terms_and_authors_that_are_here_are_used_and_left_alone():
    category = Category.objects.create(name="Our economy", slug="economy")
    tag = Tag.objects.create(name="Gas", slug="natural-gas")
    author = Author.objects.create(name="L. Həsənova", slug="leyla")

    report = load_export()

    article = Article.objects.get(slug="a-pipeline")
    assert article.primary_category.parent == category
    assert tag in article.tags.all()
    assert article.credits.get().author == author
    assert Category.objects.get(slug="economy").name == "Our economy"
    assert report.already_here == {"category": 1, "tag": 1, "author": 1}


def test_a_tag_whose_address_leads_elsewhere_gets_another_one(client):
    renamed = Tag.objects.create(name="Oil and gas", slug="gas")
    renamed.slug = "oil-and-gas"
    renamed.save()

    report = load(
        TagRecord(ref="t:1", key="gas", slug="gas", name="Gas"),
        TagRecord(ref="t:2", key="gas-2", slug="gas-2", name="Another gas"),
        TagRecord(ref="t:3", key="unnamed", slug="", name="?!"),
        published_record(tags=("gas", "gas-2", "unnamed")),
    )

    assert report.came_in["tag"] == 3
    slugs = dict(Article.objects.get().tags.values_list("name", "slug"))
    assert slugs == {"Gas": "gas-2", "Another gas": "gas-2-2", "?!": "unnamed"}
    for slug in slugs.values():
        assert client.get(f"/tag/{slug}/").status_code == 200


def test_many_tags_are_asked_for_together(django_assert_max_num_queries):
    records = [TagRecord(ref=f"t:{n}", key=f"tag-{n}", slug=f"tag-{n}", name=f"Tag {n}") for n in range(250)]

    with django_assert_max_num_queries(20):
        load(*records)

    assert Tag.objects.count() == 250


def test_a_second_tag_of_the_same_name_is_the_same_tag(client):
    report = load(
        TagRecord(ref="t:1", key="gas", slug="gas", name="Gas"),
        TagRecord(ref="t:2", key="gas-2", slug="gas-2", name="Gas"),
        published_record(tags=("gas", "gas-2")),
    )
    assert report.came_in["tag"] == report.skipped_of("tag") == 1
    assert [str(tag) for tag in Article.objects.get().tags.all()] == ["Gas"]
    assert client.get("/tag/gas-2/").headers["Location"] == "/tag/gas/"


def test_two_items_of_one_number_are_told_apart_from_a_second_run():
    report = load(article_record(1), article_record(1, headline="Twin"))
    assert report.skipped["article", "it bears the same number as another one of the file"] == 1


def test_a_stranger_with_a_known_number_is_told():
    load(article_record(1))
    report = load(article_record(1, headline="Another site's", slug="another"))
    assert report.skipped["article", "it bears the number of another one here: is it from another site?"] == 1


def test_long_words_are_cut_to_what_fits():
    load(article_record(headline="long " * 100, standfirst="longer " * 200, seo_title="x" * 500, slug=""))
    article = Article.objects.get()
    article.full_clean()
    assert article.headline.endswith("long…")


def test_a_trial_changes_nothing_and_says_what_would_have_been():
    report = Report()
    import_records(wordpress.records(wxr.elements(EXPORT)), report, is_trial=True)

    assert report.came_in["article"] == 9
    assert not Article.objects.exists()
    assert not Category.objects.exists()


def test_a_failure_half_way_leaves_nothing_behind():
    def records():
        yield article_record(1)
        raise wxr.UnreadableError("gone")

    with pytest.raises(wxr.UnreadableError):
        import_records(records(), Report())
    assert not Article.objects.exists()


def test_a_menu_comes_in_with_two_levels():
    load_export()
    lines = MenuItem.objects.filter(menu__place=Menu.Place.HEADER).order_by("position")

    assert [(line.text, line.address, line.parent and line.parent.text) for line in lines] == [
        ("Energy & Climate", "/category/economy/energy/", None),
        ("Archive", "/archive/", None),
        ("More", "/about/", None),  # a heading leads where its first line leads
        ("About us", "/about/", "More"),
        ("Pipeline", "/a-pipeline/", "More"),
    ]


def menu(name, *urls):
    return MenuRecord(name=name, items=tuple(MenuItemRecord(key=url, label=url, url=url) for url in urls))


def test_menus_go_where_their_names_say():
    menus = menu("Footer links", "/a/"), menu("Mobile", "/b/"), menu("Primary", "/c/"), menu("Social", "/d/")
    report = load(*menus)

    assert dict(MenuItem.objects.values_list("menu__place", "url")) == {
        "footer": "/a/", "mobile": "/b/", "header": "/c/",
    }  # fmt: skip
    assert report.notes["a menu left out"] == ["Social"]


def test_a_menu_without_a_place_in_its_name_becomes_the_header_where_there_is_none():
    load(menu("All the pages", "/a/"), menu("Others", "/b/"))
    assert MenuItem.objects.get().menu.place == Menu.Place.HEADER


def test_a_menu_that_is_here_is_left_alone():
    load(menu("Header", "/a/"))
    report = load(menu("Header", "/b/"))
    assert MenuItem.objects.get().url == "/a/"
    assert report.skipped["menu", "the header menu has items already"] == 1


def test_a_menu_item_that_leads_nowhere_is_left_out():
    report = load(menu("Header", "javascript:alert(1)", "/a/"))
    assert MenuItem.objects.get().url == "/a/"
    assert report.notes["a menu item that leads nowhere left out"] == ["Header: javascript:alert(1)"]

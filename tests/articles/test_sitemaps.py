from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Article, Page
from tests import factories, pages

pytestmark = pytest.mark.django_db

NEWS = "{http://www.google.com/schemas/sitemap-news/0.9}"


@pytest.fixture
def site():
    section = factories.category("News")
    factories.category("Empty")
    Page.objects.create(title="Who we are")
    Page.objects.create(title="Unpublished", is_published=False)
    factories.author("Nobody yet")
    leyla = factories.author("Leyla")
    return factories.published(slug="piece", primary_category=section, authors=[leyla], tags=["tea"])


@pytest.mark.usefixtures("one_sitemap_part")
def test_the_index_lists_the_parts_that_hold_something(client, site):
    parts = pages.locations(client.get("/sitemap.xml"))

    assert parts == [
        f"http://testserver/sitemap-{name}.xml"
        for name in ("front", "articles", "categories", "authors", "tags", "pages")
    ]


def test_a_new_site_lists_its_front_page_only(client):
    assert pages.locations(client.get("/sitemap.xml")) == ["http://testserver/sitemap-front.xml"]


def test_all_that_is_public_is_listed_once_and_answers(client, site):
    listed = []
    for part in pages.locations(client.get("/sitemap.xml")):
        listed += pages.locations(client.get(part))

    assert sorted(listed) == sorted(
        f"http://testserver{path}"
        for path in ("/", "/piece/", "/category/news/", "/author/leyla/", "/tag/tea/", "/who-we-are/")
    )
    for address in listed:
        response = client.get(address)
        assert response.status_code == 200
        assert pages.canonical(response) == address
        assert "noindex" not in pages.meta(response)["robots"]


@pytest.mark.usefixtures("one_sitemap_part")
def test_a_piece_whose_original_is_to_be_listed_is_not(client, site):
    outlet = factories.outlet(canonical="original")
    for number, address in enumerate(("https://example.com/x", "")):
        factories.published(slug=f"reprint-{number}", origin="reprint", outlet=outlet, original_url=address)

    for sitemap in ("/sitemap-articles.xml", "/news-sitemap.xml"):
        listed = pages.locations(client.get(sitemap))
        assert "http://testserver/reprint-0/" not in listed
        assert "http://testserver/reprint-1/" in listed


@pytest.mark.usefixtures("one_sitemap_part")
def test_addresses_are_the_sites_own_whatever_host_was_asked(client, site, settings):
    settings.SITE_URL = "https://news.example"

    assert pages.locations(client.get("/sitemap-pages.xml")) == ["https://news.example/who-we-are/"]
    assert "https://news.example/sitemap-articles.xml" in pages.locations(client.get("/sitemap.xml"))


def test_articles_come_in_a_part_for_each_thousand_keys_so_that_one_that_is_full_stays(client):
    for key in (1, 1_000, 1_001, 5_000):
        factories.published(pk=key, slug=f"piece-{key}")
    factories.article(pk=3_500)

    parts = pages.locations(client.get("/sitemap.xml"))
    assert [each for each in parts if "-articles" in each] == [
        f"http://testserver/sitemap-articles.xml{page}" for page in ("", "?p=2", "?p=5")
    ]
    listed = [pages.locations(client.get(f"/sitemap-articles.xml?p={part}")) for part in (1, 2, 5)]
    assert [[each.rsplit("/", 2)[1] for each in part] for part in listed] == [
        ["piece-1", "piece-1000"], ["piece-1001"], ["piece-5000"],
    ]  # fmt: skip
    assert client.get("/sitemap-articles.xml?p=6").status_code == 404


@pytest.mark.usefixtures("one_sitemap_part")
def test_an_article_is_dated_by_its_last_real_change(client, site):
    modified = f"{pages.SITEMAP}lastmod"
    before = ElementTree.fromstring(client.get("/sitemap-articles.xml").content).find(f".//{modified}").text
    workflow.correct(site, by=None, text="A correction.")
    after = ElementTree.fromstring(client.get("/sitemap-articles.xml").content).find(f".//{modified}").text

    assert after > before
    index = ElementTree.fromstring(client.get("/sitemap.xml").content)
    assert any(each.text.startswith(after) for each in index.iter(modified))


def test_google_news_is_told_of_the_last_two_days(client, site):
    factories.published("Old", at=timezone.now() - timedelta(days=2, minutes=1))
    factories.published("Çay & şəkər", slug="tea", language="az", at=timezone.now() - timedelta(minutes=5))

    response = client.get("/news-sitemap.xml")

    assert pages.locations(response) == ["http://testserver/tea/", "http://testserver/piece/"]
    first = ElementTree.fromstring(response.content)[0].find(f"{NEWS}news")
    assert first.find(f"{NEWS}publication/{NEWS}name").text == "Aze.Media"
    assert first.find(f"{NEWS}publication/{NEWS}language").text == "az"
    assert first.find(f"{NEWS}title").text == "Çay & şəkər"
    assert timezone.datetime.fromisoformat(first.find(f"{NEWS}publication_date").text).tzinfo


def test_characters_that_xml_refuses_are_left_out(client, site):
    Article.objects.update(headline="Pasted\x0b from slides")

    assert b"Pasted from slides" in client.get("/news-sitemap.xml").content


def test_a_part_that_is_none_is_a_404(client):
    assert client.get("/sitemap-drafts.xml").status_code == 404
    assert client.get("/sitemap-articles.xml?p=x").status_code == 404

import random
from collections import Counter
from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, Outlet, Page, SitemapPart
from articles.sitemaps import part_of
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


def test_the_index_lists_the_parts_that_hold_something(client, site):
    parts = pages.locations(client.get("/sitemap.xml"))

    assert parts == [
        f"http://testserver{part}"
        for part in (
            "/sitemap-front.xml", pages.sitemap_part(site), "/sitemap-categories.xml",
            "/sitemap-authors.xml", "/sitemap-tags.xml", "/sitemap-pages.xml",
        )
    ]  # fmt: skip


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


def test_a_piece_whose_original_is_to_be_listed_is_not(client, site):
    outlet = factories.outlet(canonical="original")
    for number, address in enumerate(("https://example.com/x", "")):
        piece = factories.published(
            slug=f"reprint-{number}", origin="reprint", outlet=outlet, original_url=address
        )

    for sitemap in (pages.sitemap_part(piece), "/news-sitemap.xml"):
        listed = pages.locations(client.get(sitemap))
        assert "http://testserver/reprint-0/" not in listed
        assert "http://testserver/reprint-1/" in listed


def test_addresses_are_the_sites_own_whatever_host_was_asked(client, site, settings):
    settings.SITE_URL = "https://news.example"

    assert pages.locations(client.get("/sitemap-pages.xml")) == ["https://news.example/who-we-are/"]
    assert f"https://news.example{pages.sitemap_part(site)}" in pages.locations(client.get("/sitemap.xml"))


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


def test_an_article_is_dated_by_its_last_real_change(client, site):
    part = pages.sitemap_part(site)
    (before,) = dates(client, part).values()
    workflow.correct(site, by=None, text="A correction.")
    (after,) = dates(client, part).values()

    assert after > before


def dates(client, address):
    """When what a sitemap lists was last changed, by the address."""
    listed = ElementTree.fromstring(client.get(address).content)
    return {each.findtext(f"{pages.SITEMAP}loc"): each.findtext(f"{pages.SITEMAP}lastmod") for each in listed}


def date_of(client, piece):
    return dates(client, "/sitemap.xml").get(f"http://testserver{pages.sitemap_part(piece)}")


CHANGES = {
    "revised": lambda piece: workflow.correct(piece, by=None, text="A correction."),
    "withdrawn": lambda piece: workflow.withdraw(piece, by=None),
    "moved": lambda piece: Article.objects.filter(pk=piece.pk).update(slug="moved"),
    "deleted": lambda piece: piece.delete(),
    "elsewhere": lambda piece: Outlet.objects.update(canonical="original"),
}


@pytest.mark.parametrize("change", CHANGES)
def test_the_index_dates_a_part_by_the_last_change_in_it_and_no_other(client, change):
    """A search engine would fetch the whole archive again."""
    reprint = {"origin": "reprint", "outlet": factories.outlet(), "original_url": "https://example.com/x"}
    piece = factories.published(**reprint)
    pk = piece.pk
    neighbour = factories.published(pk=pk + 1)
    other = factories.published(pk=pk + 5 * SitemapPart.KEYS)
    long_ago = datetime(2024, 2, 3, 4, 5, 6, tzinfo=UTC)
    Article.objects.update(published_at=long_ago - timedelta(days=1))
    SitemapPart.objects.update(changed_at=long_ago)
    CHANGES[change](piece)

    assert date_of(client, other) == "2024-02-03T04:05:06Z"
    if part_of(neighbour.pk) == part_of(pk):  # no edge between their keys
        told = datetime.fromisoformat(date_of(client, neighbour))
        assert abs(told - timezone.now()) < timedelta(minutes=1)


def test_the_index_dates_a_part_by_what_appeared_in_it_by_itself(client, time_machine):
    piece = factories.published()
    soon = timezone.now().replace(microsecond=0) + timedelta(days=2)
    workflow.publish(factories.article(pk=piece.pk + 1), by=None, at=soon)
    workflow.publish(alone := factories.article(pk=piece.pk + 9_000), by=None, at=soon)
    assert date_of(client, piece) < f"{soon:%Y-%m-%d}"
    assert date_of(client, alone) is None, "nothing in it is public yet"

    time_machine.move_to(soon, tick=False)

    assert date_of(client, alone) == f"{soon:%Y-%m-%dT%H:%M:%SZ}"
    if part_of(piece.pk) == part_of(piece.pk + 1):
        assert date_of(client, piece) == f"{soon:%Y-%m-%dT%H:%M:%SZ}"


def test_parts_are_counted_whatever_happens_to_articles_and_outlets():
    dice = random.Random(11)
    outlets = [factories.outlet(canonical=canonical) for canonical in ("ours", "original")]
    factories.category("News")
    keys = range(1_995, 2_005)
    for _ in range(120):
        _change_something(dice, dice.choice(keys), outlets)
        listed = (Article.objects.published() | Article.objects.scheduled()).canonical_here()
        expected = Counter(part_of(pk) for pk in listed.values_list("pk", flat=True))
        counted = {part.number: part.count for part in SitemapPart.objects.filter(count__gt=0)}
        assert counted == expected


def _change_something(dice, pk, outlets):
    piece = Article.objects.filter(pk=pk).first()
    act = dice.choice(["publish", "publish", "schedule", "withdraw", "delete", "source", "outlet"])
    if act == "outlet":
        Outlet.objects.filter(pk=dice.choice(outlets).pk).update(canonical=dice.choice(["ours", "original"]))
    elif piece is None:
        address = dice.choice(["", "https://example.com/x"])
        source = {"origin": "reprint", "outlet": dice.choice(outlets), "original_url": address}
        factories.article(pk=pk, **source)
    elif act == "delete":
        piece.delete()
    elif act == "withdraw" and piece.is_public:
        workflow.withdraw(piece, by=None)
    elif act == "source":
        address = dice.choice(["", "https://example.com/x"])
        Article.objects.filter(pk=pk).update(outlet=dice.choice(outlets), original_url=address)
    elif act in ("publish", "schedule") and not piece.is_public:
        days = dice.randrange(1, 60) * (1 if act == "schedule" else -1)
        workflow.publish(piece, by=None, at=timezone.now() + timedelta(days=days))


def test_the_database_still_counts_the_parts():
    """A migration that rebuilt one of the tables would have dropped its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%part%'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%part%'")
        assert len({name for (name,) in cursor.fetchall() if "_part_" in name}) == 4


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

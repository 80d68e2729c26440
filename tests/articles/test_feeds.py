import shutil
from datetime import UTC, datetime, timedelta

import feedparser
import pytest
from django.utils import timezone

from articles import feeds, pictures, workflow
from articles.models import Article, Category, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db

LISTS = ["/", "/category/news/", "/category/news/economy/", "/author/leyla/", "/tag/tea/"]
FEEDS = [f"{each}{suffix}" for each in LISTS for suffix in ("feed/", "feed/atom/")]


def feed(client, address):
    response = client.get(address)
    assert response.status_code == 200, address
    parsed = feedparser.parse(response.content)
    assert not parsed.bozo, (address, parsed.get("bozo_exception"))
    return parsed


@pytest.fixture
def piece():
    economy = factories.category("Economy", parent=factories.category("News"))
    return factories.published(
        "Tea & “sugar” <b>",
        slug="tea",
        standfirst="A pear-shaped glass.",
        primary_category=economy,
        authors=[factories.author("Leyla"), factories.author("Tural")],
        tags=["tea"],
        lead_image=factories.image(),
    )


@pytest.mark.parametrize("address", FEEDS)
def test_every_list_has_its_feed_in_both_formats(client, piece, address):
    parsed = feed(client, address)

    assert parsed.version == ("atom10" if "atom" in address else "rss20")
    assert parsed.feed.title.startswith("Aze.Media")
    assert {link.href for link in parsed.feed.links if link.rel == "self"} == {f"http://testserver{address}"}
    (entry,) = parsed.entries
    assert entry.title == "Tea & “sugar” <b>" or entry.title == "Tea &amp; “sugar” &lt;b&gt;"
    assert entry.link == "http://testserver/tea/"
    assert entry.summary == "A pear-shaped glass."
    assert entry.author == "Leyla, Tural"
    assert [each.term for each in entry.tags] == ["Economy", "tea"]
    assert datetime(*entry.published_parsed[:6], tzinfo=UTC) == piece.published_at.replace(microsecond=0)


def test_a_feed_narrows_to_its_list(client, piece):
    factories.published(
        "Elsewhere", primary_category=factories.category("Culture"), authors=[factories.author("Aysel")]
    )

    assert len(feed(client, "/feed/").entries) == 2
    for address in FEEDS[2:]:
        assert [entry.link for entry in feed(client, address).entries] == ["http://testserver/tea/"]


def test_the_newest_come_first_and_only_so_many(client):
    for number in range(feeds.LENGTH + 2):
        factories.published(f"Number {number}")

    entries = feed(client, "/feed/").entries

    assert [entry.title for entry in entries] == [f"Number {number}" for number in range(feeds.LENGTH)]


def test_an_entry_keeps_its_identity_when_its_address_changes(client, piece):
    before = feed(client, "/feed/").entries[0]
    piece.slug = "tea-and-sugar"
    piece.save()
    after = feed(client, "/feed/").entries[0]

    assert after.link != before.link
    assert after.id == before.id


def test_an_update_is_told_in_atom(client, piece):
    workflow.correct(piece, by=None, text="It was two spoons.")

    entry = feed(client, "/feed/atom/").entries[0]

    assert entry.updated_parsed > entry.published_parsed


@pytest.mark.parametrize("address", ["/feed/", "/feed/atom/"])
def test_the_picture_comes_along_with_its_size_its_words_and_its_credit(client, piece, address):
    image = piece.lead_image
    pictures.make_renditions(image)

    (entry,) = feed(client, address).entries

    (shown,) = entry.media_content
    assert shown["url"] == f"http://testserver/media/{image.rendition_name('full', 90, 'jpg')}"
    assert (shown["width"], shown["height"]) == ("90", "60")
    assert (shown["type"], shown["medium"]) == ("image/jpeg", "image")
    assert [each["content"] for each in entry.media_credit] == ["Elchin Rahmanov"]
    assert "A square of one colour" in client.get(address).content.decode()
    assert not entry.enclosures


def test_a_large_picture_is_not_sent_as_it_is(client):
    image = pictures.intake(factories.picture_file((2600, 1300)), alt_text="A bridge", credit="Leyla")
    pictures.make_renditions(image)
    factories.published(lead_image=image)

    (shown,) = feed(client, "/feed/").entries[0].media_content

    assert (shown["width"], shown["height"]) == ("1280", "640")


def test_a_feed_asks_the_storage_nothing(client, piece, settings):
    shutil.rmtree(settings.MEDIA_ROOT)

    assert feed(client, "/feed/").entries[0].media_content


def test_a_piece_without_a_picture_comes_without(client):
    factories.published()

    assert "media_content" not in feed(client, "/feed/").entries[0]


def test_characters_that_xml_refuses_are_left_out(client, piece):
    Article.objects.update(headline="Pasted\x0b from\x00\x1f slides".replace("\x00", ""), standfirst="A\x08B")
    Category.objects.filter(name="News").update(name="News\x0c", description="All\x01 of it")

    assert feed(client, "/feed/").entries[0].title == "Pasted from slides"
    assert feed(client, "/category/news/feed/atom/").feed.title == "Aze.Media: News"


def test_the_feed_of_a_site_that_published_nothing_is_valid(client):
    SiteSettings.objects.create(pk=1, name="Gündəm", tagline="", mission="")

    for address in ("/feed/", "/feed/atom/"):
        parsed = feed(client, address)
        assert parsed.feed.title == "Gündəm"
        assert parsed.entries == []


@pytest.mark.parametrize("address", ["/category/none/feed/", "/author/none/feed/", "/tag/none/feed/atom/"])
def test_a_list_that_is_not_there_has_no_feed(client, address):
    assert client.get(address).status_code == 404


def test_a_feed_can_be_asked_whether_there_is_anything_new(client, piece, settings):
    settings.PAGE_CACHE = False  # who keeps pages is asked before they come to Django (see caching.answers)
    first = client.get("/feed/")

    again = client.get("/feed/", headers={"If-None-Match": first["ETag"]})
    assert again.status_code == 304

    factories.published("News", at=timezone.now() - timedelta(minutes=1))
    assert client.get("/feed/", headers={"If-None-Match": first["ETag"]}).status_code == 200

import shutil
from datetime import date, datetime, timedelta

import pytest
from django.core.files.storage import default_storage
from PIL import Image as Picture

from articles import metadata, pictures, workflow
from articles.models import Article, Image, Page, SiteSettings
from tests import factories, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def site():
    return SiteSettings.objects.create(
        pk=1, name="Aze.Media", mission="News of the Caspian.", social_profiles="X https://x.example/azemedia"
    )


def news_article(response):
    return next(block for block in pages.json_ld(response) if block["@type"] == "NewsArticle")


def translation(**fields):
    outlet = factories.outlet("Orbit Wire", canonical=fields.pop("canonical", "ours"))
    fields = {
        "origin": "translation",
        "outlet": outlet,
        "original_url": "https://orbit.example/piece",
        "original_title": "Körpü",
        "original_language": "az",
        "original_on": date(2025, 7, 3),
    } | fields
    return factories.published("The bridge", **fields)


def test_an_article_tells_machines_what_readers_see(client, site):
    writer = factories.author("Leyla Huseynova")
    section = factories.category("Economy", parent=factories.category("News"))
    piece = factories.published(
        "A bridge & a “tower” </script><b>", primary_category=section, authors=[writer], tags=["bridges"],
        lead_image=factories.image(), slug="bridge",
    )  # fmt: skip
    workflow.correct(piece, by=None, text="It has two piers.")
    piece = Article.objects.get(pk=piece.pk)

    response = client.get("/bridge/")

    data = news_article(response)
    assert data["headline"] == "A bridge & a “tower” </script><b>" == pages.text(response, "//h1")
    assert data["url"] == data["mainEntityOfPage"] == pages.canonical(response) == "http://testserver/bridge/"
    assert datetime.fromisoformat(data["datePublished"]) == piece.published_at
    assert datetime.fromisoformat(data["dateModified"]) == piece.revised_at > piece.published_at
    assert data["author"] == [
        {"@type": "Person", "name": "Leyla Huseynova", "url": "http://testserver/author/leyla-huseynova/"}
    ]
    assert data["articleSection"] == ["Economy"]
    assert data["keywords"] == ["bridges"]
    assert data["publisher"]["name"] == "Aze.Media"
    assert data["publisher"]["sameAs"] == ["https://x.example/azemedia"]
    assert data["correction"][0]["text"] == "It has two piers."
    assert data["isAccessibleForFree"] is True
    assert data["wordCount"] == piece.word_count > 0
    assert b"</script><b>" not in response.content


# Pictures -------------------------------------------------------------------------------------------


def ready(**fields):
    """A picture with its renditions."""
    image = pictures.intake(factories.picture_file((1600, 1200)), **{"alt_text": "A bridge"} | fields)
    pictures.make_renditions(image)
    return Image.objects.get(pk=image.pk)


def shared(response):
    return {key: value for key, value in pages.meta(response).items() if key.startswith("og:image")}


def served(address):
    """The size and the type of the file that lies there."""
    with default_storage.open(address.removeprefix("http://testserver/media/")) as file:
        picture = Picture.open(file)
        return *picture.size, picture.get_format_mimetype()


def told(properties):
    return (
        int(properties["og:image:width"]),
        int(properties["og:image:height"]),
        properties["og:image:type"],
    )


def test_networks_are_shown_a_light_rendition_and_told_its_size_and_type(client, site):
    image = ready(credit="Leyla")
    factories.published(slug="bridge", lead_image=image)

    properties = shared(client.get("/bridge/"))

    assert properties["og:image"] == f"http://testserver/media/{image.rendition_name('16x9', 1280, 'jpg')}"
    assert told(properties) == served(properties["og:image"]) == (1280, 720, "image/jpeg")
    assert properties["og:image:alt"] == "A bridge"
    assert pages.meta(client.get("/bridge/"))["twitter:card"] == "summary_large_image"


def test_until_the_renditions_are_made_the_preview_is_shown(client, site):
    image = pictures.intake(factories.picture_file((1600, 1200)), alt_text="A bridge", credit="Leyla")
    factories.published(slug="bridge", lead_image=image, lead_alt="The bridge at dusk")
    response = client.get("/bridge/")

    properties = shared(response)

    assert told(properties) == served(properties["og:image"]) == (960, 720, "image/jpeg")
    assert properties["og:image:alt"] == "The bridge at dusk"
    assert [each["url"] for each in news_article(response)["image"]] == [properties["og:image"]]


def test_a_piece_without_a_picture_shows_its_card(client, site, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.published("A bridge & a tower", slug="bridge")
    response = client.get("/bridge/")

    properties = shared(response)

    assert "/media/cards/" in properties["og:image"]
    assert told(properties) == served(properties["og:image"]) == (1200, 630, "image/png")
    assert properties["og:image:alt"] == "A bridge & a tower"
    assert news_article(response)["image"] == [properties["og:image"]]


def test_without_a_card_the_site_s_own_picture_is_shown(client, site):
    image = ready(alt_text="The newsroom", credit="Leyla")
    SiteSettings.objects.update(social_image=image)
    for slug, card in (("waiting", ""), ("hopeless", "undrawable")):
        factories.published(slug=slug)
        Article.objects.filter(slug=slug).update(social_card=card)

        properties = shared(client.get(f"/{slug}/"))

        assert properties["og:image"].endswith(image.rendition_name("16x9", 1280, "jpg"))
        assert properties["og:image:alt"] == "The newsroom"


def test_a_site_without_a_picture_has_one_all_the_same(client, site):
    properties = shared(client.get("/"))

    assert properties["og:image"] == "http://testserver/static/img/og-default.png"
    assert told(properties) == (1200, 630, "image/png")
    assert properties["og:image:alt"] == "Aze.Media"


def test_no_network_is_offered_an_svg(client, site):
    logo = factories.image()
    Image.objects.filter(pk=logo.pk).update(original=f"{logo.folder}/original.svg")
    logo.refresh_from_db()
    SiteSettings.objects.update(social_image=logo, logo=logo)
    factories.published(slug="piece", lead_image=logo)

    response = client.get("/piece/")

    assert shared(response)["og:image"].endswith("og-default.png")
    assert news_article(response)["image"] == [shared(response)["og:image"]]
    assert news_article(response)["publisher"]["logo"]["url"].endswith("original.svg")


def test_search_engines_get_every_shape_and_whose_picture_it_is(client, site):
    image = ready(credit="Leyla", agency="Orbit", caption="A bridge at dawn", rights="© 2026 Orbit")
    factories.published(slug="bridge", lead_image=image)

    objects = news_article(client.get("/bridge/"))["image"]

    assert [(each["width"], each["height"]) for each in objects] == [(1280, 720), (1280, 960), (768, 768)]
    for each in objects:
        assert served(each["url"])[:2] == (each["width"], each["height"])
        assert each["contentUrl"] == each["url"]
        assert each["creditText"] == "Leyla / Orbit"
        assert each["caption"] == "A bridge at dawn"
        assert each["copyrightNotice"] == "© 2026 Orbit"
        assert "license" not in each


@pytest.mark.parametrize(
    ("rights", "said"),
    [
        ("https://licences.example/by/4.0/", {"license": "https://licences.example/by/4.0/"}),
        ("(c) Orbit", {"copyrightNotice": "(c) Orbit"}),
        ("Bought from Orbit for 40 AZN, contract 12", {}),
        ("", {}),
    ],
)
def test_agreements_about_rights_stay_in_the_house(client, site, rights, said):
    factories.published(slug="bridge", lead_image=factories.image(rights=rights))

    (shown,) = news_article(client.get("/bridge/"))["image"]

    assert {key: shown[key] for key in ("license", "copyrightNotice") if key in shown} == said


def test_the_logo_is_a_rendition_with_its_size(client, site):
    SiteSettings.objects.update(logo=ready(kind="logo", credit="Aze.Media"))

    logo = pages.json_ld(client.get("/"))[0]["logo"]

    assert (logo["width"], logo["height"]) == served(logo["url"])[:2] == (1280, 960)


def test_pages_ask_the_storage_nothing_about_their_pictures(client, site, settings):
    image = ready(credit="Leyla")
    factories.published(slug="bridge", lead_image=image)
    shutil.rmtree(settings.MEDIA_ROOT)

    assert shared(client.get("/bridge/"))["og:image"].endswith("1280.jpg")


# Data -----------------------------------------------------------------------------------------------


def test_nothing_is_said_in_json_ld_that_is_null_or_empty(client, site):
    factories.published(slug="plain")

    for block in pages.json_ld(client.get("/plain/")):
        assert None not in block.values()
        assert "" not in block.values()
        assert [] not in [value for key, value in block.items() if key != "keywords"]


def test_the_breadcrumbs_lead_home_by_way_of_the_section(client, site):
    section = factories.category("Economy", parent=factories.category("News"))
    factories.published("A bridge", short_headline="Bridge", primary_category=section, slug="bridge")

    crumbs = next(
        block for block in pages.json_ld(client.get("/bridge/")) if block["@type"] == "BreadcrumbList"
    )

    assert [(each["position"], each["name"], each["item"]) for each in crumbs["itemListElement"]] == [
        (1, "Aze.Media", "http://testserver/"),
        (2, "News", "http://testserver/category/news/"),
        (3, "Economy", "http://testserver/category/news/economy/"),
        (4, "Bridge", "http://testserver/bridge/"),
    ]


def test_canonical_is_the_original_where_the_outlet_asks_for_it(client, site):
    piece = translation(canonical="original")

    response = client.get(piece.get_absolute_url())

    assert pages.canonical(response) == "https://orbit.example/piece"
    assert pages.meta(response)["og:url"] == "https://orbit.example/piece"
    assert news_article(response)["mainEntityOfPage"] == "https://orbit.example/piece"


def test_canonical_is_ours_where_it_does_not_or_the_originals_address_is_unknown(client, site):
    ours = translation(slug="ours")
    unknown = factories.published(
        slug="unknown", origin="reprint", outlet=factories.outlet(canonical="original"), original_url=""
    )

    assert pages.canonical(client.get("/ours/")) == f"http://testserver{ours.get_absolute_url()}"
    assert pages.canonical(client.get("/unknown/")) == f"http://testserver{unknown.get_absolute_url()}"


def test_a_translation_names_the_work_it_translates(client, site):
    response = client.get(translation().get_absolute_url())

    assert news_article(response)["translationOfWork"] == {
        "@type": "CreativeWork",
        "headline": "Körpü",
        "url": "https://orbit.example/piece",
        "inLanguage": "az",
        "datePublished": "2025-07-03",
        "publisher": {"@type": "Organization", "name": "Orbit Wire", "url": "https://example.com/"},
    }


def test_a_reprint_is_based_on_another_work(client, site):
    response = client.get(translation(origin="reprint").get_absolute_url())

    assert "translationOfWork" not in news_article(response)
    assert news_article(response)["isBasedOn"]["url"] == "https://orbit.example/piece"


def test_a_translator_and_a_house_byline_are_told_apart_from_the_writer(client, site):
    house = factories.author("AzeMedia", is_house=True)
    piece = factories.published(authors=[house], slug="piece")
    piece.credits.create(author=factories.author("Tural"), role="translator", position=1)

    data = news_article(client.get("/piece/"))

    assert [(each["@type"], each["name"]) for each in data["author"]] == [("Organization", "AzeMedia")]
    assert [each["name"] for each in data["translator"]] == ["Tural"]


def test_the_description_is_the_editors_or_the_standfirst_or_the_beginning(client, site):
    factories.published(slug="a", seo_description="For engines.", standfirst="For readers.")
    factories.published(slug="b", standfirst="For readers.")
    factories.published(slug="c", standfirst="", body=f"<p>{'A long text. ' * 40}</p>")

    a, b, c = (pages.meta(client.get(f"/{slug}/"))["description"] for slug in "abc")

    assert (a, b) == ("For engines.", "For readers.")
    assert c.startswith("A long text. A long")
    assert c.endswith("…")
    assert len(c) <= 161


def test_a_title_for_search_engines_replaces_the_headline_there(client, site):
    factories.published("A headline for readers", seo_title="A title for engines", slug="piece")

    response = client.get("/piece/")

    assert pages.text(response, "//title") == "A title for engines – Aze.Media"
    assert pages.text(response, "//h1") == "A headline for readers"


def test_every_list_names_its_feeds_and_its_own_page(client, site, settings):
    factories.author("Leyla")
    section = factories.category("News")
    for _ in range(21):
        factories.published(primary_category=section, tags=["tea"])

    for path in ("/category/news/", "/tag/tea/", "/author/leyla/"):
        first, second = client.get(path), client.get(f"{path}?page=2")
        assert pages.canonical(first) == f"http://testserver{path}"
        assert pages.canonical(second) == f"http://testserver{path}?page=2"
        assert pages.text(first, "//title") != pages.text(second, "//title")
        feeds = pages.tree(first).xpath("//link[@rel='alternate']/@href")
        assert feeds == [f"{path}feed/", f"{path}feed/atom/"]
        assert all(client.get(feed).status_code == 200 for feed in feeds)


def test_the_front_page_says_who_publishes_it(client, site):
    organisation, web_site = pages.json_ld(client.get("/"))

    assert organisation["@type"] == "NewsMediaOrganization"
    assert organisation["description"] == "News of the Caspian."
    assert web_site["potentialAction"]["target"]["urlTemplate"].endswith("/search/?q={search_term_string}")


def test_an_author_has_a_profile(client, site):
    leyla = factories.author(
        "Leyla", affiliation="Reporter", biography="Born in Sheki.", links="https://leyla.example"
    )
    factories.published(authors=[leyla])

    profile = pages.json_ld(client.get("/author/leyla/"))[0]["mainEntity"]

    assert profile["jobTitle"] == "Reporter"
    assert profile["sameAs"] == ["https://leyla.example"]


def test_search_results_and_errors_are_not_for_search_engines_but_the_way_to_search_is(client, site):
    for address in ("/search/?q=tea", "/nothing-here/"):
        assert "noindex" in pages.meta(client.get(address))["robots"], address
    assert "noindex" not in pages.meta(client.get("/search/"))["robots"]
    rules = client.get("/robots.txt").content.decode()
    assert "Disallow: /search/?\n" in rules
    assert "Disallow: /search/\n" not in rules


def test_a_standfirst_is_no_markup(client, site):
    factories.published(slug="a", standfirst="Why <b> stands for bold,\n& 3 <4 &amp; so on.")

    assert pages.meta(client.get("/a/"))["description"] == "Why <b> stands for bold, & 3 <4 &amp; so on."


def test_a_page_has_a_description_of_its_own(client, site):
    Page.objects.create(title="Who we are", slug="who-we-are", body="<p>A digest of the Caspian.</p>")

    response = client.get("/who-we-are/")

    assert pages.meta(response)["description"] == "A digest of the Caspian."
    assert pages.canonical(response) == "http://testserver/who-we-are/"


def test_times_carry_their_zone_and_an_update_is_never_before_publication(client, site):
    piece = factories.published(slug="piece")
    Article.objects.filter(pk=piece.pk).update(revised_at=piece.published_at + timedelta(hours=1))

    data = news_article(client.get("/piece/"))

    published, modified = (datetime.fromisoformat(data[key]) for key in ("datePublished", "dateModified"))
    assert published.tzinfo
    assert modified - published == timedelta(hours=1)


def test_addresses_become_absolute_on_the_sites_own_host(settings):
    settings.SITE_URL = "https://news.example"

    assert metadata.absolute("/bridge/") == "https://news.example/bridge/"
    assert metadata.absolute("https://cdn.example/a.jpg") == "https://cdn.example/a.jpg"

from datetime import timedelta

import pytest
from django.shortcuts import render
from django.test import Client
from django.utils import timezone

from articles import front, views, workflow
from articles.caching import catch_up
from articles.models import Menu, MenuItem, Page, PartnerLink, Placement
from tests import factories, pages

pytestmark = pytest.mark.django_db

RELATED, NEWEST = "//section[@class='related']", "//section[@class='newest']"
LEAD, RIVER = "//article[contains(@class, 'card--section-lead')]", "//ol[@class='river']"


@pytest.fixture
def section():
    return factories.category("News")


def rich(number, section, **fields):
    """An article with everything that a page may have to fetch for it."""
    photographer = factories.author(photo=factories.image())
    piece = factories.published(
        f"Rich {number}",
        slug=f"rich-{number}",
        primary_category=section,
        further=[factories.category(), factories.category(parent=section)],
        tags=["tea", f"tag {number}"],
        authors=[factories.author("Leyla") if number == 0 else type(photographer).objects.get(slug="leyla")],
        lead_image=factories.image(),
        origin="translation",
        outlet=factories.outlet(),
        original_language="az",
        original_url="https://example.com/original",
        body="<p>The text about tea.</p>",
        **fields,
    )
    piece.credits.create(author=photographer, role="photographer", position=1)
    workflow.correct(piece, by=None, text="A correction.")
    workflow.settle(piece)
    return piece


# The number of queries, whatever the number of rows. What stands on every page (menus, settings, partners) is
# remembered between requests and counted once, below.
QUERIES = {
    "/": 6,
    "/category/news/": 6,
    "/author/leyla/": 5,
    "/tag/tea/": 5,
    "/search/?q=tea": 4,
    "/search/suggestions/?q=rich": 2,
    "/rich-0/": 2,
    "/who-we-are/": 2,
    "/feed/": 1,
    "/feed/atom/": 1,
    "/category/news/feed/": 2,
    "/author/leyla/feed/atom/": 2,
    "/tag/tea/feed/": 2,
    "/sitemap.xml": 12,
    "/sitemap-articles.xml": 2,
    "/sitemap-categories.xml": 2,
    "/sitemap-authors.xml": 2,
    "/sitemap-tags.xml": 2,
    "/sitemap-pages.xml": 2,
    "/news-sitemap.xml": 1,
}


def test_pages_ask_the_same_number_of_questions_of_one_article_and_of_three(client, section):
    Page.objects.create(title="Who we are", body="<p>Us.</p>")
    factories.published("No relative", primary_category=factories.category(), further=[factories.category()])
    counts = []
    for number in range(3):
        Placement.objects.create(slot="secondary", article=rich(number, section))
        if number in (0, 2):
            client.get("/robots.txt")  # remembers what stands on every page
            counts.append({address: pages.query_count(client, address) for address in QUERIES})

    assert counts == [QUERIES, QUERIES]


def test_what_stands_on_every_page_and_until_when_costs_eight_questions_once(client):
    header = Menu.objects.create(place="header")
    for _ in range(3):
        item = MenuItem.objects.create(menu=header, category=factories.category())
        MenuItem.objects.create(menu=header, parent=item, category=factories.category(parent=item.category))
        MenuItem.objects.create(menu=header, page=Page.objects.create(title="A page"))
        PartnerLink.objects.create(name="Partner", url="https://example.com", logo=factories.image())

    catch_up()
    assert pages.query_count(client, "/search/") == 8
    assert pages.query_count(client, "/search/") == 0


# No story twice on one page.


@pytest.fixture
def crowd(section):
    """Many articles in overlapping sections, of one author and tag, picked as each other's relatives."""
    economy, opinion = factories.category("Economy", parent=section), factories.category("Opinion")
    leyla = factories.author("Leyla")
    pieces = [
        factories.published(
            f"Tea story {number}",
            primary_category=[section, economy, opinion][number % 3],
            further=[section, economy, opinion],
            tags=["tea", "sea"],
            authors=[leyla],
        )
        for number in range(30)
    ]
    for slot in Placement.Slot.values:
        for piece in pieces[10:13]:
            Placement.objects.create(slot=slot, article=piece)
    for piece in pieces[:5]:
        pieces[0].related_rows.update_or_create(other=pieces[-1], defaults={"is_picked": True})
        piece.related_rows.update_or_create(other=pieces[20], defaults={"is_picked": True})
    return pieces


def test_no_story_stands_twice_on_a_page(client, crowd):
    for address in (
        "/", "/category/news/", "/category/news/?page=2", "/category/news/economy/", "/category/opinion/",
        "/author/leyla/", "/tag/tea/", "/tag/tea/?page=2", "/search/?q=tea", "/search/?q=tea&page=2",
        "/tea-story-0/", "/tea-story-29/", "/no-such-page/",
    ):  # fmt: skip
        shown = pages.article_links(client.get(address))
        assert len(shown) >= 5, address
        assert len(shown) == len(set(shown)), address


def test_an_article_page_shows_neither_itself_nor_a_relative_among_the_newest(client, crowd):
    response = client.get("/tea-story-0/")

    related, newest = pages.article_links(response, RELATED), pages.article_links(response, NEWEST)
    assert len(related) == 8
    assert len(newest) == 10
    assert len({"/tea-story-0/", *related, *newest}) == 19


def test_an_article_page_leads_to_its_neighbours_in_the_section_unless_it_shows_them_already(client, crowd):
    response = client.get("/tea-story-27/")

    shown = {*pages.article_links(response, RELATED), *pages.article_links(response, NEWEST)}
    neighbours = pages.article_links(response, "//nav[contains(@class, 'neighbours')]")
    assert neighbours == ["/tea-story-28/", "/tea-story-26/"]
    assert not shown & set(neighbours)
    assert pages.text(response, "//nav[contains(@class, 'neighbours')]/h2") == "More in News"


# What a page shows.


def test_a_long_piece_in_sections_has_contents_and_a_shorter_one_none(client, section):
    sections = "".join(f"<h2>Part {number}</h2><p>{'word ' * 500}</p>" for number in "abc")
    factories.published("Long", primary_category=section, body=sections)
    factories.published("Short", primary_category=section, body=sections.replace("word ", ""))
    factories.published("Whole", primary_category=section, body=f"<h2>Part</h2><p>{'word ' * 1500}</p>")

    contents = "//nav[contains(@class, 'contents')]"
    assert pages.links(client.get("/long/"), contents) == [
        "#section-part-a", "#section-part-b", "#section-part-c",
    ]  # fmt: skip
    assert pages.links(client.get("/short/"), contents) == pages.links(client.get("/whole/"), contents) == []


def test_no_id_stands_twice_on_an_article_page_and_every_name_is_there(client, section):
    body = (
        "<h2>Content</h2><h2>Content</h2><table><tbody><tr><td>a</td></tr></tbody></table>"
        '<p>b<span class="footnote">c</span></p>'
    )
    page = pages.tree(client.get(factories.published("Ids", body=body).get_absolute_url()))

    ids = page.xpath("//@id")
    assert len(ids) == len(set(ids))
    assert {name for names in page.xpath("//@aria-labelledby") for name in names.split()} <= set(ids)


def test_a_category_page_leads_with_its_newest_and_lists_its_childrens(client, section):
    economy = factories.category("Economy", parent=section)
    factories.published("Older", primary_category=economy, at=timezone.now() - timedelta(days=9))
    factories.published("Newer", primary_category=section)

    response = client.get("/category/news/")

    assert pages.text(response, f"{LEAD}//h2") == "Newer"
    assert pages.text(response, f"{RIVER}//h2") == "Older"
    assert pages.text(response, "//nav[@class='breadcrumbs']") == "Aze.Media News"
    assert pages.links(response, "//nav[@class='breadcrumbs']") == ["/"]
    assert "/category/news/economy/" in pages.links(response)


def test_the_second_page_of_a_section_has_no_lead(client, section):
    for _ in range(22):
        factories.published(primary_category=section)

    response = client.get("/category/news/?page=2")

    assert pages.text(response, LEAD) == ""
    assert len(pages.article_links(response, RIVER)) == 2


def test_an_article_says_where_it_comes_from(client, section):
    factories.published(
        slug="translated",
        origin="translation",
        outlet=factories.outlet("Orbit Wire"),
        original_language="az",
        original_title="Körpü",
        original_url="https://orbit.example/korpu",
    )

    response = client.get("/translated/")

    assert "Translated from Azerbaijani. First published by Orbit Wire as “Körpü”." in pages.text(response)
    assert "https://orbit.example/korpu" in pages.links(response)


def test_the_outlets_own_wording_wins(client, section):
    outlet = factories.outlet("Orbit Wire", credit_wording="Courtesy of {outlet}; “{title}”.")
    factories.published(slug="reprint", origin="reprint", outlet=outlet, original_title="Bridge")

    assert "Courtesy of Orbit Wire; “Bridge”." in pages.text(client.get("/reprint/"))


def test_a_correction_is_printed(client, section):
    piece = factories.published(slug="piece")
    workflow.correct(piece, by=None, text="The bridge has two piers.")

    assert "The bridge has two piers." in pages.text(client.get("/piece/"))


def test_search_says_how_many_it_found_and_marks_the_words(client, section):
    factories.published("Tea in Lankaran")
    factories.published("Weather")

    response = client.get("/search/?q=lankaran")

    assert pages.text(response, "//p[@class='search-head__count']") == "1 piece for “lankaran”"
    assert pages.article_links(response) == ["/tea-in-lankaran/"]
    assert {each.text for each in pages.tree(response).xpath("//mark")} == {"Lankaran."}


@pytest.mark.parametrize("query", ["", "   ", "!!!", "\0"])
def test_a_search_for_nothing_asks_for_words(client, query):
    response = client.get("/search/", {"q": query})

    assert response.status_code == 200
    assert "Type what you are looking for" in pages.text(response)
    assert "Nothing found" not in pages.text(response)


def test_times_are_the_newsrooms(client, section):
    factories.published(slug="late", at=timezone.now().replace(year=2024, month=7, day=3, hour=21, minute=30))

    assert "4 July 2024" in pages.text(client.get("/late/"))  # Baku is four hours ahead
    assert "4 July 2024" in pages.text(client.get("/nothing-at-all/"))


def test_a_page_of_a_list_that_is_not_there_is_a_404(client, section):
    factories.published(primary_category=section, tags=["tea"])

    for address in ("/category/news/", "/tag/tea/", "/search/?q=headline"):
        for number in ("2", "0", "x", "-1"):
            joined = f"{address}{'&' if '?' in address else '?'}page={number}"
            assert client.get(joined).status_code == 404, joined


# Addresses.


def test_a_slug_changed_twice_redirects_in_one_hop_from_both_old_addresses(client, section):
    piece = factories.published("A", slug="first")
    static_page = Page.objects.create(title="B", slug="page-first")
    leyla = factories.author("Leyla", slug="first")
    piece.credits.create(author=leyla)
    piece.tags.add("first")
    workflow.settle(piece)
    tag = piece.tags.get()

    for thing, prefix in ((piece, ""), (static_page, "page-"), (leyla, ""), (tag, "")):
        for slug in ("second", "third"):
            thing.slug = f"{prefix}{slug}"
            thing.save()
        for old in ("first", "second"):
            response = client.get(f"/{thing.path_prefix}{prefix}{old}/")
            assert (response.status_code, response["Location"]) == (
                301,
                f"/{thing.path_prefix}{prefix}third/",
            )
        assert client.get(thing.get_absolute_url()).status_code == 200


def test_an_article_may_take_back_an_address_it_had(client, section):
    piece = factories.published(slug="first")
    for slug in ("second", "first"):
        piece.slug = slug
        piece.save()

    assert client.get("/first/").status_code == 200
    assert client.get("/second/")["Location"] == "/first/"


@pytest.mark.parametrize("headline", ["🚀🚀🚀", "خط أنابيب جديد", "里海石油", "— … —", "Search", "ŞƏKİ"])
def test_a_headline_of_any_kind_gets_an_address_that_answers(client, section, headline):
    piece = factories.published(headline)

    assert client.get(piece.get_absolute_url()).status_code == 200


def test_the_old_address_of_a_withdrawn_article_leads_to_the_note(client, section):
    piece = factories.published(slug="first")
    piece.slug = "second"
    piece.save()
    workflow.withdraw(piece, by=None, note="It was not true.")

    assert client.get("/first/", follow=True).redirect_chain == [("/second/", 301)]
    assert client.get("/second/").status_code == 410


def test_a_page_that_is_not_published_is_not_there(client):
    hidden = Page.objects.create(title="Terms", slug="terms", is_published=False)
    hidden.slug = "new-terms"
    hidden.save()

    assert client.get("/terms/").status_code == client.get("/new-terms/").status_code == 404


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("/?s=tea+%26+çay", "/search/?q=tea+%26+%C3%A7ay"),
        ("/?s=", "/search/?q="),
        ("/page/2/", "/?page=2"),
        ("/page/1/", "/"),
        ("/category/news/page/3/", "/category/news/?page=3"),
        ("/category/news/economy/page/12/", "/category/news/economy/?page=12"),
        ("/category/news/page/1/", "/category/news/"),
        ("/tag/tea/page/2/", "/tag/tea/?page=2"),
        ("/author/leyla/page/2/", "/author/leyla/?page=2"),
        ("/search/page/2/?q=tea", "/search/?q=tea&page=2"),
        ("/page/2/?s=tea", "/?s=tea&page=2"),
        ("/bridge", "/bridge/"),
        ("/category/news", "/category/news/"),
        ("/feed", "/feed/"),
        ("/search?q=tea", "/search/?q=tea"),
    ],
)
def test_wordpress_addresses_are_sent_on(client, old, new):
    response = client.get(old)

    assert (response.status_code, response["Location"]) == (301, new)


@pytest.mark.parametrize(
    "address",
    [
        "/\\evil.example/page/2/", "/category//evil.example/page/2/", "/homepage/2/",
        "/https://evil.example/page/2/", "/nothing/page/2/", "/category/news/page/two/", "/page/-1/",
        "/wp-login.php/", "/category/", "/tag/", "/author/", "/category/none/", "/tag/none/", "/author/none/",
        "/None/", "/%00/", "/category/%00/", "/tag/a%00/", "/a/b/c/", "/feed/none/", "/sitemap-none.xml",
        "/category/none/feed/",
    ],
)  # fmt: skip
def test_other_addresses_lead_nowhere_least_of_all_elsewhere(client, address):
    assert client.get(address).status_code == 404


@pytest.mark.parametrize("address", ["//evil.example/page/2/", "//evil.example/page/2", "//evil.example"])
def test_two_slashes_do_not_lead_to_another_host(client, address):
    response = client.get("/", PATH_INFO=address)

    assert response.status_code == 404 or response["Location"].startswith("/%2Fevil.example")


# How a page may be asked for, and kept.

PUBLIC = [
    "/", "/category/news/", "/author/leyla/", "/tag/tea/", "/search/?q=tea", "/rich-0/", "/who-we-are/",
    "/feed/", "/feed/atom/", "/category/news/feed/", "/sitemap.xml", "/sitemap-articles.xml",
    "/news-sitemap.xml", "/robots.txt",
]  # fmt: skip


@pytest.fixture
def site(section):
    Page.objects.create(title="Who we are", body="<p>Us.</p>")
    return rich(0, section)


def test_a_reader_who_only_reads_gets_no_cookie_and_pages_that_can_be_kept(client, site):
    for address in [*PUBLIC, "/nothing-here/"]:
        response = client.get(address)
        assert not response.cookies, address
        assert "Cookie" not in response.get("Vary", ""), address
        if response.status_code == 200:
            assert response["Cache-Control"] == "public, max-age=0, must-revalidate", address


def test_a_page_that_has_not_changed_is_not_sent_again_where_none_are_kept(client, site, settings):
    settings.PAGE_CACHE = False
    for address in PUBLIC:
        etag = client.get(address)["ETag"]
        assert client.get(address, headers={"If-None-Match": etag}).status_code == 304, address


def test_public_pages_answer_head_and_refuse_everything_that_writes(site):
    strict = Client(enforce_csrf_checks=True)
    for address in PUBLIC:
        head = strict.head(address)
        assert (head.status_code, head.content) == (200, b""), address
        for method in (strict.post, strict.put, strict.delete, strict.patch):
            assert method(address).status_code == 405, address


def test_robots_txt_leads_to_the_sitemaps_and_away_from_the_desk(client):
    text = client.get("/robots.txt").content.decode()

    assert "Disallow: /admin/" in text
    assert "Sitemap: http://testserver/sitemap.xml" in text
    assert "Sitemap: http://testserver/news-sitemap.xml" in text


# Errors.


def test_the_404_page_offers_the_newest(client, section):
    factories.published("Something to read")

    response = client.get("/no/such/page/")

    assert response.status_code == 404
    assert pages.article_links(response) == ["/something-to-read/"]


def test_the_500_page_needs_nothing_that_could_be_broken(client, site):
    response = views.server_error(None)

    assert response.status_code == 500
    assert b"<html" in response.content


def test_a_category_that_has_nothing_yet_says_so(client, section):
    response = client.get("/category/news/")

    assert response.status_code == 200
    assert "Nothing has been published in News yet." in pages.text(response)


def test_the_most_read_are_printed_on_the_front_page_once_they_are_known(rf, section):
    pieces = [factories.published(primary_category=section) for _ in range(20)]
    composed = front.compose(most_read=[pieces[-1].pk, pieces[-2].pk])

    response = render(rf.get("/"), "articles/front.html", {"front": composed})

    column = pages.article_links(response, "//section[@aria-labelledby='most-read-title']")
    assert column == [pieces[-1].get_absolute_url(), pieces[-2].get_absolute_url()]
    shown = pages.article_links(response)
    assert len(shown) == len(set(shown))
    assert "Most read" not in pages.text(
        render(rf.get("/"), "articles/front.html", {"front": front.compose()})
    )


# Lists that are empty, and what is suggested to somebody who types.


def test_an_empty_section_leads_to_the_others_and_to_the_newest(client, section):
    elsewhere = factories.published("Elsewhere", primary_category=section)
    factories.category("Quiet")
    MenuItem.objects.create(menu=Menu.objects.create(place="mobile"), category=section)

    response = client.get("/category/quiet/")

    assert "Nothing has been published in Quiet yet." in pages.text(response)
    assert section.get_absolute_url() in pages.links(response)
    assert pages.article_links(response) == [elsewhere.get_absolute_url()]


def test_a_search_without_hits_offers_its_words_alone_and_the_newest(client, section):
    newest = factories.published("Elsewhere", primary_category=section)

    response = client.get("/search/?q=çay+&+zeppelin")

    assert {"/search/?q=%C3%A7ay", "/search/?q=zeppelin"} <= set(
        pages.links(client.get("/search/", {"q": "çay zeppelin"}))
    )
    assert newest.get_absolute_url() in pages.links(response)


def test_suggestions_are_a_fragment_that_caches_keep_and_search_engines_do_not(client, section):
    piece = factories.published("Tea in a glass", primary_category=section)

    response = client.get("/search/suggestions/?q=tea")

    assert piece.get_absolute_url() in pages.links(response, "")
    assert "<html" not in response.content.decode()
    assert response["Cache-Control"] == "public, max-age=60"
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies
    assert "Vary" not in response or "Cookie" not in response["Vary"]
    assert client.get("/search/suggestions/?q=t").content.strip() == b""
    assert client.post("/search/suggestions/", {"q": "tea"}).status_code == 405


def test_what_the_text_leads_to_is_recommended_nowhere_else_on_the_page(client, section):
    linked = [factories.published(f"Tea {number}", primary_category=section) for number in range(3)]
    links = "".join(f'<p><a href="{each.get_absolute_url()}">See also</a></p>' for each in linked)
    piece = factories.published("All of it", primary_category=section, body=f"<p>Text.</p>{links}")

    shown = pages.article_links(client.get(piece.get_absolute_url()))

    assert sorted(shown) == sorted(each.get_absolute_url() for each in linked)

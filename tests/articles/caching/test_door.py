import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.utils import timezone
from django.utils.http import http_date

from articles import caching, recording, workflow
from articles.caching.stores import Told, store
from articles.models import Category, Menu, MenuItem, Page, Placement, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def section():
    return factories.category("News")


@pytest.fixture
def piece(section):
    return factories.published("Tea prices rise", slug="tea-prices-rise", tags=["tea"])


def test_a_page_is_made_once_and_the_same_for_everybody(site, piece):
    first = site.get("/tea-prices-rise/")
    second = site.get("/tea-prices-rise/", HTTP_COOKIE="session=abc", HTTP_ACCEPT_LANGUAGE="ru")

    assert site.made == ["/tea-prices-rise/"]
    assert first.status == second.status == 200
    assert first.content == second.content == Client().get("/tea-prices-rise/").content


@pytest.mark.parametrize(
    "address",
    [
        "/", "/category/news/", "/tag/tea/", "/author/leyla/", "/tea-prices-rise/", "/who-we-are/", "/feed/",
        "/category/news/feed/", "/feed/atom/", "/sitemap.xml", "/sitemap-articles.xml", "/news-sitemap.xml",
        "/robots.txt", "/manifest.webmanifest", "/sw.js", "/offline/", "/search/",
    ],
)  # fmt: skip
def test_every_kind_of_public_page_is_kept(site, piece, address):
    Page.objects.create(title="Who we are", body="<p>Us.</p>")
    factories.published(authors=[factories.author("Leyla")])

    assert site.get(address).status == 200

    assert site.keeps(address)


def test_a_kept_page_has_the_headers_that_django_gave_it(site, piece):
    site.get("/tea-prices-rise/")
    kept = site.get("/tea-prices-rise/").headers
    made = dict(Client().get("/tea-prices-rise/").headers)

    own = {"Content-Length", "ETag", "Last-Modified", "X-Request-ID", "Vary"}
    told = {name: set(value.split("; ")) for name, value in kept.items() if name not in own}
    assert told == {name: set(value.split("; ")) for name, value in made.items() if name not in own}
    assert "Set-Cookie" not in kept


@pytest.mark.parametrize(
    ("accepted", "coding"),
    [
        ("gzip, deflate, br, zstd", "br"),
        ("gzip", "gzip"),
        ("br;q=0, gzip;q=0.5", "gzip"),
        ("identity", None),
        ("", None),
    ],
)
def test_a_page_comes_as_the_reader_takes_it(site, piece, accepted, coding):
    plain = Client().get("/tea-prices-rise/").content
    for _ in range(2):
        answer = site.get("/tea-prices-rise/", HTTP_ACCEPT_ENCODING=accepted)

        assert answer.headers.get("Content-Encoding") == coding
        assert answer.headers["Vary"] == "Accept-Encoding"
        assert answer.content == plain
    assert len(site.made) == 1


def test_who_has_the_page_already_is_told_so(site, piece):
    site.get("/feed/")
    known = site.get("/feed/", HTTP_ACCEPT_ENCODING="gzip").headers

    for condition in (
        {"HTTP_IF_NONE_MATCH": known["ETag"]},
        {"HTTP_IF_NONE_MATCH": f'"other", W/{known["ETag"]}'},
        {"HTTP_IF_MODIFIED_SINCE": known["Last-Modified"]},
    ):
        answer = site.get("/feed/", HTTP_ACCEPT_ENCODING="gzip", **condition)
        assert (answer.status, answer.raw) == (304, b"")
        assert answer.headers["ETag"] == known["ETag"]
    stale = {"HTTP_IF_NONE_MATCH": '"other"', "HTTP_IF_MODIFIED_SINCE": http_date(2**31)}
    assert site.get("/feed/", **stale).status == 200


def test_two_versions_of_one_second_are_told_apart(site, piece):
    site.get("/tea-prices-rise/")
    before = site.get("/tea-prices-rise/").headers["ETag"]
    piece.standfirst = piece.standfirst[::-1]
    piece.save()
    caching.catch_up()

    site.get("/tea-prices-rise/")

    assert site.get("/tea-prices-rise/").headers["ETag"] != before


def test_a_question_for_the_headers_is_answered_without_a_body(site, piece):
    for _ in range(2):
        answer = site.get("/tea-prices-rise/", method="HEAD")
        assert (answer.status, answer.raw) == (200, b"")
        assert int(answer.headers["Content-Length"]) > 1000


# What changes ------------------------------------------------------------------------------------


def test_a_change_goes_from_every_page_that_shows_it_and_from_no_other(site, piece, kept):
    old = [
        factories.published(f"Old {number}", at=timezone.now() - timedelta(days=9)) for number in range(12)
    ]
    other = factories.published("Other", primary_category=factories.category("Far"))
    shown = ["/", "/tea-prices-rise/", "/category/news/", "/feed/", "/tag/tea/"]
    for address in [*shown, "/robots.txt", "/category/far/", "/who-we-are/"]:
        site.get(address)

    workflow.correct(piece, by=None, text="It was coffee.")
    caching.catch_up()

    assert kept() == {"/robots.txt", "/category/far/"}
    assert "It was coffee." in site.get("/tea-prices-rise/").text
    assert other
    assert old


def test_what_happens_among_old_articles_leaves_the_newest_alone(site, section, kept):
    for number in range(40):
        factories.published(f"Piece {number}", slug=f"piece-{number}")
    site.get("/piece-0/")
    site.get("/category/news/")

    workflow.withdraw(section.primary_articles.get(slug="piece-38"), by=None)
    caching.catch_up()

    assert kept() == {"/piece-0/"}


def test_an_old_piece_that_moves_to_another_section_leads_that_section_on_the_front_page(site, section):
    empty = factories.category("Quiet")
    pieces = [factories.published(f"Piece {number}", primary_category=section) for number in range(40)]
    assert "Piece 30" not in site.get("/").text

    pieces[30].primary_category = empty
    pieces[30].save()
    workflow.settle(pieces[30])
    caching.catch_up()

    assert "Piece 30" in site.get("/").text


def test_a_withdrawn_article_is_gone_everywhere(site, piece):
    for address in ("/", "/tea-prices-rise/", "/feed/"):
        site.get(address)

    workflow.withdraw(piece, by=None)
    caching.catch_up()

    assert not any(store().stale(key, "gzip") for key in ("/", "/tea-prices-rise/", "/feed/"))
    assert site.get("/tea-prices-rise/").status == 410
    assert "Tea prices" not in site.get("/").text + site.get("/feed/").text


@pytest.mark.parametrize(
    "change",
    [
        lambda: SiteSettings.objects.create(pk=1, name="Gündəm"),
        lambda: MenuItem.objects.create(menu=Menu.objects.create(place="header"), url="/x/", label="Gündəm"),
        lambda: Category.objects.update(name="Gündəm"),
        lambda: Placement.objects.create(article=factories.published("Gündəm")),
        lambda: factories.published("Gündəm"),
    ],
    ids=["settings", "menu", "category", "placement", "article"],
)
def test_what_changes_on_the_front_page_shows_at_once(site, piece, change):
    Menu.objects.all().delete()
    assert "Gündəm" not in site.get("/").text

    change()
    caching.catch_up()

    assert "Gündəm" in site.get("/").text


def test_what_was_forgotten_while_a_page_was_made_is_not_kept_in_it(site, piece):
    django = site.django

    def change_meanwhile(environ, start):
        answered = django(environ, start)
        workflow.correct(piece, by=None, text="It was coffee.")
        caching.catch_up()
        return answered

    site.django = change_meanwhile
    assert "coffee" not in site.get("/tea-prices-rise/").text
    site.django = django

    assert "coffee" in site.get("/tea-prices-rise/").text


def test_an_article_appears_by_itself_when_its_time_has_come(site, piece, time_machine):
    soon = timezone.now() + timedelta(minutes=5)
    workflow.publish(factories.article("Later"), by=None, at=soon)
    caching.catch_up()
    assert "Later" not in site.get("/").text
    assert site.keeps("/")

    time_machine.move_to(soon + timedelta(seconds=1))

    assert "Later" in site.get("/").text


def test_no_page_outlives_a_placement_a_label_or_the_day(site, piece, time_machine):
    now = timezone.now()
    for moment, begin in {
        now + timedelta(minutes=3): lambda at: Placement.objects.create(article=piece, ends_at=at),
        now + timedelta(minutes=2): lambda at: workflow.mark_breaking(piece, by=None, until=at),
        now + timedelta(minutes=1): lambda at: Category.objects.update(active_until=at),
    }.items():
        begin(moment)
        caching.catch_up()
        site.get("/")
        assert store().find("/", "gzip").ends_at == moment.timestamp()


# What nobody can put in ---------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [
        {"HTTP_X_FORWARDED_HOST": "evil.example"},
        {"HTTP_FORWARDED": "host=evil.example;proto=https"},
        {"HTTP_X_ORIGINAL_URL": "/admin/"},
        {"HTTP_X_REWRITE_URL": "/admin/"},
        {"HTTP_X_HTTP_METHOD_OVERRIDE": "POST"},
        {"HTTP_X_FORWARDED_PROTO": "https"},
        {"HTTP_X_FORWARDED_PREFIX": "/evil"},
        {"HTTP_COOKIE": "signed_in=1; session=evil; csrf=evil"},
        {"HTTP_ACCEPT_LANGUAGE": "az"},
        {"HTTP_USER_AGENT": "evil"},
        {"HTTP_AUTHORIZATION": "Basic ZXZpbDpldmls"},
        {"HTTP_RANGE": "bytes=0-10"},
        {"HTTP_ACCEPT": "application/json"},
        {"HTTP_REFERER": "https://evil.example/"},
        {"HTTP_HOST": "localhost:8123"},
        {"HTTP_X_REQUEST_ID": "evil"},
    ],
    ids=lambda headers: next(iter(headers)),
)
def test_no_header_leaves_a_trace_in_what_others_get(site, piece, headers):
    for address in ("/", "/feed/", "/tea-prices-rise/"):
        poisoned = site.get(address, **headers)
        clean = site.get(address)

        assert clean.status == poisoned.status == 200
        assert clean.content == Client().get(address).content
        assert "evil" not in str(clean.headers)


@pytest.mark.parametrize(
    ("address", "given"),
    [
        ("/tea-prices-rise/", {"method": "POST"}),
        ("/tea-prices-rise/", {"body": b"q=evil"}),
        ("/tea-prices-rise/", {"HTTP_TRANSFER_ENCODING": "chunked"}),
        ("/tea-prices-rise/", {"HTTP_HOST": "evil.example"}),
        ("/tea-prices-rise/", {"HTTP_HOST": ""}),
        ("/tea-prices-rise/", {"RAW_URI": "/tea%2dprices-rise/"}),
        ("/tea-prices-rise/", {"RAW_URI": "http://evil.example/tea-prices-rise/"}),
        ("/tea-prices-rise/", {"SCRIPT_NAME": "/evil"}),
        ("/Tea-Prices-Rise/", {}),
        ("/tea-prices-rise", {}),
        ("//tea-prices-rise/", {}),
        ("/./tea-prices-rise/", {}),
        ("/category/../tea-prices-rise/", {}),
        ("/tea-prices-rise/x.css", {}),
        ("/accounts/x.css", {}),
        ("/accounts/login/", {}),
        ("/admin/login/", {}),
        ("/styleguide/", {}),
        ("/media/x.jpg", {}),
        ("/nothing/", {}),
        ("/search/?q=tea", {}),
        ("/?s=tea", {}),
        ("/category/news/?page=2", {}),
        ("/category/news/?page=0", {}),
        ("/category/news/?page=01", {}),
        ("/category/news/?page=2&page=3", {}),
        ("/category/news/page/2/", {}),
        ("/" + "a" * 300 + "/", {}),
        ("/" + "a/" * 30, {}),
    ],
)
def test_what_is_no_plain_question_for_a_page_is_never_kept(site, piece, kept, address, given):
    for _ in range(2):
        site.get(address, **given)

    assert kept() == set()


def test_nothing_unknown_in_a_query_makes_another_page(site, piece, kept):
    for number in range(5):
        answer = site.get(f"/tea-prices-rise/?utm_source={number}&page=2&p=7&x=%3Cscript%3E")
        assert answer.content == Client().get("/tea-prices-rise/").content

    assert kept() == {"/tea-prices-rise/"}
    assert len(site.made) == 1


def test_pages_of_a_list_are_kept_one_by_one(site, section, kept):
    for number in range(21):
        factories.published(f"Piece {number}")
    texts = {site.get(f"/category/news/?page={number}&utm_source=x").text for number in (1, 2, 3)}

    assert len(texts) == 3
    assert kept() == {"/category/news/", "/category/news/?page=2"}


def test_plain_http_is_redirected_however_long_the_page_has_been_kept(site, piece, settings):
    settings.HTTPS = settings.SECURE_SSL_REDIRECT = True
    settings.SITE = settings.SITE._replace(scheme="https")
    secure = {"wsgi.url_scheme": "https"}
    plain = {"HTTP_X_FORWARDED_PROTO": "https"}
    fresh = type(site)()
    assert fresh.get("/tea-prices-rise/", **secure).status == 200
    assert fresh.keeps("/tea-prices-rise/", **secure)

    assert fresh.get("/tea-prices-rise/", **plain).status == 301
    settings.TRUSTED_PROXY_COUNT = 1
    assert fresh.get("/tea-prices-rise/", **plain).status == 200


# Many at once, and nobody to ask -------------------------------------------------------------------


class Press:
    """Makes one page, slowly; or is broken."""

    def __init__(self):
        self.made, self.is_broken, self.lasts = 0, False, 3600.0

    def __call__(self, environ, start):
        self.made += 1
        text = f"Edition {self.made}"
        time.sleep(0.15)
        if self.is_broken:
            start("500 Internal Server Error", [("Content-Type", "text/html")])
            return [b"Sorry"]
        recording.current().is_public = True
        recording.note("article:1")
        recording.ends(timezone.now() + timedelta(seconds=self.lasts))
        start("200 OK", [("Content-Type", "text/html"), ("Cache-Control", "public")])
        return [text.encode()]


@pytest.fixture
def press(site):
    site.django = Press()
    return site.django


def all_at_once(site, count=200):
    def ask(_):
        try:
            return site.get("/robots.txt")
        finally:
            connection.close()

    with ThreadPoolExecutor(count) as pool:
        answers = list(pool.map(ask, range(count)))
    assert {answer.status for answer in answers} == {200}
    return {answer.text for answer in answers}


def test_a_page_that_everybody_wants_is_made_once(site, press):
    assert all_at_once(site) == {"Edition 1"}
    assert press.made == 1


def test_while_a_page_is_made_anew_others_get_the_old_one(site, press):
    press.lasts = 0.3
    site.get("/robots.txt")
    time.sleep(0.35)
    press.lasts = 3600.0

    assert all_at_once(site) <= {"Edition 1", "Edition 2"}
    assert press.made == 2

    store().forget([Told("article:1")])
    assert all_at_once(site) == {"Edition 2", "Edition 3"}
    assert press.made == 3


def test_an_old_copy_stands_in_for_a_page_that_cannot_be_made(site, press):
    site.get("/robots.txt")
    store().forget([Told("article:1")])
    press.is_broken = True

    answer = site.get("/robots.txt")

    assert (answer.status, answer.text) == (200, "Edition 1")


def test_nothing_stands_in_for_what_was_taken_back(site, press):
    site.get("/robots.txt")
    store().forget([Told("article:1")])
    store().forget([Told("article:1", is_hard=True)])
    press.is_broken = True

    assert site.get("/robots.txt").status == 500


@pytest.mark.parametrize("reason", ["moved", "no room"])
def test_an_old_copy_is_not_shown_for_ever_where_no_new_one_can_be_kept(site, press, settings, reason):
    site.get("/robots.txt")
    store().forget([Told("article:1")])

    if reason == "moved":
        site.django = lambda environ, start: start("301 Moved Permanently", [("Location", "/")]) or [b""]
    else:
        settings.PAGE_CACHE_BYTES = 1
    site.get("/robots.txt")

    assert store().stale("/robots.txt", "gzip") is None


def test_a_page_that_is_not_the_same_for_all_is_not_kept(site, press, kept):
    def personal(*headers):
        def answer(environ, start):
            recording.current().is_public = True
            start("200 OK", [("Cache-Control", "public"), *headers])
            return [b"You"]

        return answer

    for headers in [
        [("Set-Cookie", "session=1")],
        [("Vary", "Accept-Encoding, Cookie")],
        [("Content-Security-Policy", "script-src 'nonce-abc'")],
        [("Cache-Control", "private, no-store")],
    ]:
        site.django = personal(*headers)
        site.get("/robots.txt")
        assert kept() == set()

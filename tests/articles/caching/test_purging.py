import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from articles import caching
from articles.caching import purging
from articles.models import Change
from tests import factories

pytestmark = pytest.mark.django_db(transaction=True)


class Cache(ThreadingHTTPServer):
    """Somebody's cache: notes what it is told, and does not always feel like it."""

    def __init__(self):
        self.told, self.refuses = [], False
        super().__init__(("127.0.0.1", 0), Listener)


class Listener(BaseHTTPRequestHandler):
    def do_POST(self):
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.told.append((self.path, self.headers, body))
        self.send_response(503 if self.server.refuses else 200)
        self.end_headers()

    do_PURGE = do_POST  # noqa: N815 (the method's name)

    def log_message(self, *args):
        pass


@pytest.fixture
def cache(monkeypatch):
    monkeypatch.setattr(purging, "_waits_until", float("-inf"))
    with Cache() as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield server
        server.shutdown()


@pytest.fixture
def fastly(cache, settings):
    settings.PURGE_URL = f"fastly://key@service?api=http://127.0.0.1:{cache.server_port}"


@pytest.fixture
def piece():
    piece = factories.published("Tea prices rise", slug="tea-prices-rise")
    Change.objects.all().delete()
    return piece


def test_what_was_forgotten_here_is_passed_on_by_name(site, piece, cache, fastly):
    piece.save()
    caching.catch_up()
    assert cache.told == []

    assert purging.purge() > 0

    ((path, headers, _),) = cache.told
    assert path == "/service/service/purge"
    assert headers["Fastly-Key"] == "key"
    assert {f"article:{piece.pk}", "everything"} <= set(headers["Surrogate-Key"].split())
    assert not Change.objects.exists()
    assert purging.purge() == 0


def test_what_failed_is_told_again(site, piece, cache, fastly, monkeypatch):
    piece.save()
    caching.catch_up()
    cache.refuses = True
    assert purging.purge() == 0
    assert Change.objects.filter(is_applied=True).exists()

    cache.refuses = False
    assert purging.purge() == 0, "not at once"
    monkeypatch.setattr(purging, "_waits_until", float("-inf"))

    assert purging.purge() > 0
    assert not Change.objects.exists()


def test_cloudflare_is_told_in_json_some_names_at_a_time(cache, settings):
    settings.PURGE_URL = f"cloudflare://key@zone?api=http://127.0.0.1:{cache.server_port}"
    Change.objects.bulk_create(
        Change(name=f"article:{number}", is_hard=False, is_applied=True) for number in range(40)
    )

    purging.purge()

    tags = [json.loads(body)["tags"] for _, _, body in cache.told]
    assert {path for path, _, _ in cache.told} == {"/zones/zone/purge_cache"}
    assert [len(each) for each in tags] == [30, 11]


def test_varnish_is_asked_by_its_own_method(cache, settings):
    settings.PURGE_URL = f"varnish://127.0.0.1:{cache.server_port}"
    Change.objects.create(name="article:1", is_hard=False, is_applied=True)

    purging.purge()

    assert cache.told[0][1]["xkey-purge"] == "article:1 everything"


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("fastly://key@service", "https://api.fastly.com/service/service/purge_all"),
        ("cloudflare://key@zone", "https://api.cloudflare.com/client/v4/zones/zone/purge_cache"),
        ("varnish://cache:6081", "http://cache:6081/"),
    ],
)
def test_everything_goes_by_one_word(url, told):
    (request,) = purging.requests(url, ["article:1", "everything"])

    assert request.full_url == told


def test_pages_name_what_they_show_only_where_somebody_is_to_be_told(site, piece, settings):
    named = {"Surrogate-Key", "Cache-Tag", "CDN-Cache-Control", "Surrogate-Control"}
    site.get("/tea-prices-rise/")
    assert not named & site.get("/tea-prices-rise/").headers.keys()

    settings.PURGE_URL = "varnish://cache:6081"
    headers = site.get("/tea-prices-rise/").headers

    assert f"article:{piece.pk}" in headers["Surrogate-Key"].split()
    assert "stale-while-revalidate=60" in headers["CDN-Cache-Control"]
    assert headers["Cache-Control"] == "public, max-age=0, must-revalidate"

"""The store in a real Redis: what the one on disk promises, from several machines."""

import socket
import subprocess
import time

import pytest

from articles.caching.stores.base import Told
from articles.caching.stores.redis import BELIEVED, RedisStore

pytestmark = pytest.mark.xdist_group("redis")


class Server:
    def __init__(self, command, folder):
        self.command, self.folder = command, folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def start(self):
        options = ["--port", str(self.port), "--save", "", "--appendonly", "no", "--dir", str(self.folder)]
        self.process = subprocess.Popen([self.command, *options], stdout=subprocess.DEVNULL)
        until = time.monotonic() + 10
        while time.monotonic() < until:
            try:
                return socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
            except OSError:
                time.sleep(0.02)
        raise AssertionError("Redis does not start")

    def stop(self, save=False):
        subprocess.run(
            ["redis-cli", "-p", str(self.port), "shutdown", "save" if save else "nosave"], check=False
        )
        self.process.wait(timeout=10)


@pytest.fixture(scope="module")
def server(program, tmp_path_factory):
    program("redis-cli")
    server = Server(program("redis-server"), tmp_path_factory.mktemp("redis"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def store(server):
    store = RedisStore(server.url)
    store.clear()
    return store


@pytest.fixture
def elsewhere(server):
    return RedisStore(server.url)


def test_what_is_kept_is_found_in_every_coding_on_every_machine(store, elsewhere, keep):
    assert keep("/tea/", "article:1", text="Çay")

    for each in (store, elsewhere):
        assert each.find("/tea/", "br").bodies["br"]
        assert each.find("/tea/", "gzip").bodies["gzip"]
        assert each.find("/tea/", "identity").bodies["identity"].decode() == "Çay"
    assert store.find("/tea/", "br").modified == elsewhere.find("/tea/", "br").modified
    assert store.find("/coffee/", "br") is None


def test_a_change_drops_what_shows_it_on_every_machine(store, elsewhere, keep, text_of):
    keep("/tea/", "article:1")
    keep("/coffee/", "article:2")
    assert elsewhere.find("/tea/", "br")

    store.forget([Told("article:1")])
    time.sleep(BELIEVED)

    assert elsewhere.find("/tea/", "br") is None
    assert elsewhere.find("/coffee/", "br")
    assert text_of("/tea/", store.stale) == "Tea"

    store.forget([Told("article:1", None, is_hard=True)])
    assert text_of("/tea/", elsewhere.stale) is None


def test_a_list_is_dropped_only_for_what_moves_where_it_was_read(store, keep):
    moment = 1_700_000_000.123457
    keep("/newest/", spans={"articles": (moment, float("inf"))})

    store.forget([Told("articles", moment - 0.000001)])
    assert store.find("/newest/", "br")
    store.forget([Told("articles", moment)])
    assert store.find("/newest/", "br") is None


def test_a_page_begun_before_a_change_is_not_kept_after_it(store, keep):
    begun = store.generation()
    store.forget([Told("article:1"), Told("articles", 50.0), Told("article:1")])

    assert not keep("/tea/", "article:1", generation=begun)
    assert not keep("/newest/", spans={"articles": (10.0, 60.0)}, generation=begun)
    assert keep("/old/", spans={"articles": (10.0, 40.0)}, generation=begun)
    assert not keep("/sitemap.xml", "everything", generation=begun)
    assert keep("/tea/", "article:1")
    store.forget([Told("everything", None, is_hard=True)])
    assert store.all_keys() == []


def test_an_old_copy_can_be_dropped(store, keep):
    keep("/tea/", "article:1")
    store.forget([Told("article:1")])

    store.drop("/tea/")

    assert store.stale("/tea/", "br") is None
    assert store.all_keys() == []


def test_two_versions_of_one_second_are_told_apart(store, keep):
    keep("/tea/", "article:1")
    before = store.find("/tea/", "br").modified
    keep("/tea/", "article:1")
    store._believed.clear()

    assert store.find("/tea/", "br").modified == before + 1


def test_pages_whose_time_is_over_are_put_away(store, keep, text_of):
    keep("/now/", "article:1", lasts=0.05)
    keep("/later/", "article:1")
    time.sleep(0.06)

    assert store.find("/now/", "br") is None
    assert store.sweep(time.time()) == ["/now/"]
    assert text_of("/now/", store.stale) == "Tea"


def test_it_never_grows_beyond_its_bounds_and_leaves_nothing_behind(store, keep, settings):
    settings.PAGE_CACHE_PAGES = 20
    for number in range(60):
        keep(f"/page-{number}/", f"article:{number}")
    assert len(store.all_keys()) == 20

    settings.PAGE_CACHE_BYTES = 100
    keep("/last/", "article:1")
    assert "/last/" in store.all_keys()
    assert int(store.redis.get("azemedia:bytes")) <= 100
    assert len(store.redis.keys("azemedia:shows:*")) == len(store.all_keys())


def test_one_machine_at_a_time_makes_a_page(store, elsewhere):
    assert store.take_turn("/tea/")
    assert not elsewhere.take_turn("/tea/")
    assert elsewhere.take_turn("/coffee/")

    store.end_turn("/tea/")
    assert elsewhere.take_turn("/tea/")


def test_without_redis_nothing_is_kept_and_nothing_waits_to_be_forgotten_unheard(server, keep, store):
    keep("/tea/", "article:1")
    server.stop()
    try:
        assert store.generation() is None
        assert store.find("/coffee/", "br") is None
        assert store.take_turn("/tea/")
        with pytest.raises(OSError, match="does not forget"):
            store.forget([Told("article:1")])
    finally:
        server.start()


def test_what_redis_had_written_down_before_it_was_restarted_is_not_believed(server, keep, store):
    keep("/tea/", "article:1")
    server.stop(save=True)
    server.start()

    again = RedisStore(server.url)

    assert again.all_keys() == ["/tea/"]
    assert again.find("/tea/", "br") is again.stale("/tea/", "br") is None

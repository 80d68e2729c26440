"""The store on disk, and what may happen to a disk and to those who write to it."""

import gc
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from articles.caching.release import release
from articles.caching.stores.base import Told
from articles.caching.stores.disk import DiskStore

ROOT = Path(__file__).resolve().parents[4]


def test_what_is_kept_is_found_in_every_coding_and_by_every_process(store, keep):
    assert keep("/tea/", "article:1", text="Çay")

    for found in (store.find, DiskStore(Path(store.root)).find):
        assert {coding: bool(found("/tea/", coding)) for coding in ("br", "gzip", "identity")} == {
            "br": True, "gzip": True, "identity": True,
        }  # fmt: skip
    assert found("/tea/", "identity").bodies["identity"].decode() == "Çay"
    assert store.find("/coffee/", "br") is None


def test_a_change_drops_what_shows_it_in_every_process(store, keep, text_of):
    keep("/tea/", "article:1")
    keep("/coffee/", "article:2")
    elsewhere = DiskStore(Path(store.root))
    assert elsewhere.find("/tea/", "br")

    store.forget([Told("article:1")])

    assert elsewhere.find("/tea/", "br") is None
    assert elsewhere.find("/coffee/", "br")
    assert text_of("/tea/", store.stale) == "Tea"


def test_a_list_is_dropped_only_for_what_moves_where_it_was_read(store, keep):
    keep("/newest/", spans={"articles": (100.0, float("inf"))})

    store.forget([Told("articles", 99.0)])
    assert store.find("/newest/", "br")
    store.forget([Told("articles", 100.0)])
    assert store.find("/newest/", "br") is None


def test_no_copy_is_left_of_what_was_taken_back(store, keep, text_of):
    keep("/tea/", "article:1")
    store.forget([Told("article:1")])
    keep("/front/", "article:1")

    store.forget([Told("article:1", None, is_hard=True)])

    assert text_of("/tea/", store.stale) is text_of("/front/", store.stale) is None


@pytest.mark.parametrize("is_hard", [False, True])
def test_what_is_on_every_page_takes_them_all_in_one_go(store, keep, text_of, is_hard, monkeypatch):
    monkeypatch.setattr("articles.caching.stores.disk.MANY", 10)
    for number in range(20):
        keep(f"/page-{number}/", "site", f"article:{number}")
    store.forget([Told("article:0")])
    keep("/robots.txt", "nothing")

    store.forget([Told("site", None, is_hard)])

    assert not list(Path(store.fresh).rglob("*.br"))
    assert text_of("/page-1/", store.stale) == (None if is_hard else "Tea")
    assert keep("/page-1/", "site")
    assert store.find("/page-1/", "br")
    store.sweep(time.time())
    assert not list(Path(store.root).glob("gone-*"))
    if not is_hard:
        store.forget([Told("article:2", None, is_hard=True)])
        assert text_of("/page-2/", store.stale) is None


def test_a_page_begun_before_a_change_is_not_kept_after_it(store, keep):
    begun = store.generation()
    store.forget([Told("article:1"), Told("articles", 50.0)])

    assert not keep("/tea/", "article:1", generation=begun)
    assert not keep("/newest/", spans={"articles": (10.0, 60.0)}, generation=begun)
    assert keep("/old/", spans={"articles": (10.0, 40.0)}, generation=begun)
    assert keep("/coffee/", "article:2", generation=begun)
    assert keep("/tea/", "article:1")


def test_a_page_that_shows_too_much_to_name_goes_with_anything(store, keep):
    keep("/sitemap.xml", "everything")

    store.forget([Told("tag:7")])

    assert store.find("/sitemap.xml", "br") is None


def test_pages_whose_time_is_over_are_put_away(store, keep, text_of):
    keep("/now/", "article:1", lasts=0.05)
    keep("/later/", "article:1")
    time.sleep(0.06)
    assert store.find("/now/", "br") is None

    assert store.sweep(time.time()) == ["/now/"]

    assert not list(Path(store.fresh).rglob("now/*"))
    assert text_of("/now/", store.stale) == "Tea"


def test_it_never_grows_beyond_its_bounds(store, keep, settings):
    settings.PAGE_CACHE_PAGES = 50
    for number in range(200):
        keep(f"/page-{number}/", "article:1")

    files = [path for path in Path(store.fresh).rglob("*") if path.is_file()]
    assert len(store.all_keys()) <= 50
    assert len(files) == 3 * len(store.all_keys())
    assert len(os.listdir(store.fresh)) == len(store.all_keys())

    settings.PAGE_CACHE_BYTES = 2000
    for number in range(50):
        keep(f"/other-{number}/", "article:1", text=random.randbytes(500).hex())
    size = sum(path.stat().st_size for path in Path(store.fresh).rglob("index.[bg]*"))
    assert size <= 2000


@pytest.mark.parametrize("part", ["br", "page"])
def test_what_rots_on_the_disk_is_not_served(store, keep, part):
    keep("/tea/", "article:1")
    file = Path(store.fresh, "tea", f"index.{part}")
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    assert DiskStore(Path(store.root)).find("/tea/", "br") is None
    assert keep("/tea/", "article:1")
    assert store.find("/tea/", "br")


@pytest.mark.parametrize("damage", [b"", b"no database", None])
def test_a_broken_index_is_made_anew_with_nothing_in_the_store(store, keep, damage):
    keep("/tea/", "article:1")
    store._close()
    for suffix in ("-wal", "-shm"):
        Path(f"{store.index_path}{suffix}").unlink(missing_ok=True)
    index = Path(store.index_path)
    if damage is None:
        index.unlink()
    else:
        index.write_bytes(damage * 1000)

    again = DiskStore(Path(store.root))
    begun = again.generation()

    assert begun
    assert again.find("/tea/", "br") is None
    assert keep("/tea/", "article:1", generation=begun)
    assert store.find("/tea/", "br")


def test_another_release_begins_with_nothing(store, keep, monkeypatch):
    keep("/tea/", "article:1")
    begun = store.generation()
    time.sleep(0.01)

    monkeypatch.setattr("articles.caching.stores.disk.release", lambda: "another")
    newer = DiskStore(Path(store.root))
    assert newer.generation() != begun
    assert newer.find("/tea/", "br") is None

    monkeypatch.setattr("articles.caching.stores.disk.release", release)
    assert not keep("/tea/", "article:1"), "the older one keeps nothing any more"


@pytest.mark.parametrize("damage", [False, True])
def test_no_index_that_was_removed_takes_up_room_any_more(store, keep, damage, uncollected):
    """A connection left to itself ends when the collector comes round; the disk may be full by then."""
    keep("/tea/", "article:1")
    store._close()
    index = Path(store.index_path)
    if damage:
        index.write_bytes(b"no database" * 1000)
    else:
        with sqlite3.connect(index) as database:
            database.execute("UPDATE fact SET value = 'another' WHERE name = 'state'")
        database.close()

    again = DiskStore(Path(store.root))

    assert again.generation()
    assert again.all_keys() == []
    held = [os.readlink(each) for each in Path("/proc/self/fd").iterdir() if each.is_symlink()]
    assert [name for name in held if name.startswith(store.root) and name.endswith("(deleted)")] == []


@pytest.fixture
def uncollected():
    gc.disable()
    yield
    gc.enable()


# Processes that die, disks that are full ----------------------------------------------------------

WRITER = """
import itertools, random, sys
from pathlib import Path
import django
django.setup()
from articles.caching.stores.base import Told
from articles.caching.stores.disk import DiskStore
from tests.articles.caching.stores.conftest import page
store = DiskStore(Path(sys.argv[1]))
print("begun", flush=True)
for number in itertools.count():
    text = f"{number} " + random.randbytes(200_000).hex()
    store.keep("/tea/", page(text + " end"), {"article:1": (float("-inf"), float("inf"))}, store.generation())
    if number % 3 == 2:
        store.forget([Told("article:1")])
"""
FULL = """
import random, resource, signal, sys
from pathlib import Path
import django
django.setup()
from articles.caching.stores.base import Told
from articles.caching.stores.disk import DiskStore
from tests.articles.caching.stores.conftest import page
store = DiskStore(Path(sys.argv[1]))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
shown = {"article:1": (float("-inf"), float("inf"))}
begun = store.generation()

def limit(size):
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))

limit(100)  # no body fits
print(store.keep("/new/", page(random.randbytes(5000).hex()), shown, begun))
limit(40_000)  # but the index does not
print(all(store.keep(f"/new-{number}/", page(), shown, begun) for number in range(100)))
store.forget([Told("article:1")])
print(store.find("/tea/", "br"))
limit(resource.RLIM_INFINITY)
print(store.keep("/new/", page(), shown, store.generation()))
"""


def child(code, store):
    return subprocess.Popen(
        [sys.executable, "-c", code, store.root],
        cwd=ROOT,
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "azemedia.settings",
            "DEBUG": "true",
            "PYTHONPATH": str(ROOT),
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def test_a_process_killed_while_it_writes_leaves_no_torn_page_and_no_lock(store, keep, text_of, monkeypatch):
    # The child has other settings: here, that is no other release.
    monkeypatch.setattr("articles.caching.stores.disk.release", lambda: "one")
    code = WRITER.replace(
        "store = ", "import articles.caching.stores.disk as d; d.release = lambda: 'one'\nstore = "
    )
    for _ in range(4):
        writer = child(code, store)
        assert writer.stdout.readline() == "begun\n", writer.stderr.read()
        until = time.monotonic() + random.uniform(0.2, 0.6)
        while time.monotonic() < until:
            text = text_of("/tea/")
            assert text is None or text.endswith(" end")
        writer.send_signal(signal.SIGKILL)
        writer.communicate()
        text = text_of("/tea/")
        assert text is None or text.endswith(" end")

    store.forget([Told("article:1", None, is_hard=True)])
    assert text_of("/tea/") is None
    assert keep("/tea/", "article:1")
    assert text_of("/tea/") == "Tea"
    assert sqlite3.connect(store.index_path).execute("PRAGMA integrity_check").fetchone() == ("ok",)
    store.sweep(time.time() + 120)
    assert os.listdir(f"{store.root}/new") == []


def test_a_full_disk_keeps_no_page_and_forgets_all_the_same(store, keep, monkeypatch):
    monkeypatch.setattr("articles.caching.stores.disk.release", lambda: "one")
    keep("/tea/", "article:1")
    code = FULL.replace(
        "store = ", "import articles.caching.stores.disk as d; d.release = lambda: 'one'\nstore = "
    )

    out, error = child(code, store).communicate(timeout=60)

    assert out.split() == ["False", "False", "None", "True"], error
    assert store.find("/tea/", "br") is None
    assert keep("/tea/", "article:1")


def test_a_folder_that_nobody_can_write_to_is_no_fault_of_the_page(tmp_path):
    blocked = tmp_path / "pages"
    blocked.write_text("a file stands in the way")
    store = DiskStore(blocked)

    assert store.generation() is None
    assert store.find("/tea/", "br") is None

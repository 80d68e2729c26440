import os
import time

import pytest

from articles.caching import release


@pytest.fixture
def rooms(tmp_path, settings, monkeypatch):
    """A small house of our own: a template and a module."""
    for name in ("templates/base.html", "articles/views.py"):
        path = tmp_path / name
        path.parent.mkdir()
        path.write_text("Tea")
    settings.BASE_DIR, settings.LOCALE_PATHS = tmp_path, []
    return tmp_path


def now():
    return release.release.__wrapped__()


def test_it_is_another_one_where_pages_would_look_otherwise(rooms, settings):
    before = now()

    (rooms / "templates/base.html").write_text("Çay")
    changed = now()
    settings.SITE_URL = "https://news.example.org"

    assert len({before, changed, now()}) == 3


def test_machines_that_run_the_same_agree(rooms):
    before = now()

    os.utime(rooms / "articles/views.py", (time.time() + 60, time.time() + 60))

    assert now() == before

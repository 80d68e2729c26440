import logging
import os
import threading
from random import Random
from urllib.parse import urlsplit

import pytest
from django.db import connection

from articles import caching
from articles.caching import forgetting
from articles.models import Article, Change
from tests import factories
from tests.articles.caching.changes import Newsroom
from tests.articles.caching.crowd import Crowd

pytestmark = pytest.mark.django_db(transaction=True)

log = logging.getLogger(__name__)

# More of them, each looked at, for a measurement: CACHE_CHANGES=500.
CHANGES = int(os.environ.get("CACHE_CHANGES", "12"))
IS_MEASURED = "CACHE_CHANGES" in os.environ
SEED = int(os.environ.get("CACHE_SEED", "1"))


@pytest.fixture
def database_of_its_own():
    """The address of an empty database that other processes may use; empty means SQLite's file."""
    if connection.vendor == "sqlite":
        yield ""
        return
    name = f"{connection.settings_dict['NAME']}_crowd"
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
        cursor.execute(f"CREATE DATABASE {name}")
    parts = urlsplit(os.environ["DATABASE_URL"])
    yield parts._replace(path=f"/{name}").geturl()
    with connection.cursor() as cursor:
        cursor.execute(f"DROP DATABASE {name} WITH (FORCE)")


def test_after_each_of_many_changes_every_kept_page_is_as_if_made_anew(site, kept):
    newsroom = Newsroom(Random(SEED))
    newsroom.furnish(articles=40 if IS_MEASURED else 20)
    caching.catch_up()
    pages, wrong = {}, []
    shown = dropped = due = 0
    for number in range(CHANGES):
        for address in set(newsroom.addresses()) - pages.keys():
            site.get(address)
        pages |= {key: site.get(key).content for key in kept() - pages.keys()}
        name = newsroom.change()
        caching.catch_up()
        after = kept()
        gone, shown, dropped = pages.keys() - after, shown + len(pages), dropped + len(pages.keys() - after)
        # What is wrong stays wrong: now and then is often enough.
        for key in pages.keys() & after if IS_MEASURED or number % 5 == 4 else ():
            if site.fresh(key).content != pages[key]:
                wrong.append((name, key))
        due += sum(site.fresh(key).content != pages[key] for key in gone) if IS_MEASURED else 0
        for key in gone:
            del pages[key]

    log.info("%s changes: of %s pages %s were dropped, %s had changed", CHANGES, shown, dropped, due)
    assert wrong == []


def test_pages_that_many_read_while_much_changes_are_right_in_the_end(tmp_path, database_of_its_own):
    crowd = Crowd(tmp_path, database_of_its_own)

    found = crowd.run(
        changes=CHANGES,
        readers=8 if IS_MEASURED else 3,
        articles=60 if IS_MEASURED else 10,
        seed=SEED,
        pause=0.1,
    )

    log.info("%s changes while %s were read: %s", CHANGES, found["answers"], found)
    assert found["slowest"] is not None, crowd.log()
    assert found["kept"] > 10
    assert found["wrong"] == []
    assert found["faults"] == 0, crowd.log()


def test_what_was_committed_before_a_crash_is_forgotten_by_whoever_makes_a_page_next(site, monkeypatch):
    factories.published("Tea prices rise", slug="tea-prices-rise")
    caching.catch_up()
    site.get("/tea-prices-rise/")

    Article.objects.update(standfirst="It was coffee.")  # and nobody lived to say so
    monkeypatch.setattr(forgetting, "_looked_at", float("-inf"))
    site.get("/robots.txt")

    assert "It was coffee." in site.get("/tea-prices-rise/").text


def test_the_worker_forgets_what_others_wrote_and_puts_away_what_is_over(site, monkeypatch):
    factories.published("Tea prices rise", slug="tea-prices-rise")
    stop = threading.Event()
    monkeypatch.setattr(stop, "wait", lambda _: Change.objects.count() == 0)
    monkeypatch.setattr(forgetting, "_looked_at", float("-inf"))

    caching.watch(stop)

    assert not Change.objects.exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.95, 1.0])
def test_only_what_was_looked_at_counts_as_done(share):
    """What another transaction numbered earlier and tells of later is still to come."""
    told = [Change(name=f"article:{number}", is_hard=False, is_applied=False) for number in range(200)]
    keys = [each.pk for each in Change.objects.bulk_create(told)]
    looked_at = [key for key in keys if Random(key).random() < share]

    Change.objects.filter(forgetting._among(looked_at)).delete()

    assert set(Change.objects.filter(pk__in=keys).values_list("pk", flat=True)) == {*keys} - {*looked_at}

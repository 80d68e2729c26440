import logging
import os
from random import Random

import pytest

from articles import caching
from tests.articles.caching.changes import Newsroom

pytestmark = pytest.mark.django_db(transaction=True)

log = logging.getLogger(__name__)

# More of them, each looked at, for a measurement: CACHE_CHANGES=500.
CHANGES = int(os.environ.get("CACHE_CHANGES", "12"))
IS_MEASURED = "CACHE_CHANGES" in os.environ
SEED = int(os.environ.get("CACHE_SEED", "1"))


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

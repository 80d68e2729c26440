"""From what the database tells of changes to the pages that go."""

from __future__ import annotations

import logging
import time
from datetime import datetime
from functools import reduce
from operator import or_
from threading import Event

from django.conf import settings
from django.db import DatabaseError, close_old_connections, connection
from django.db.models import Q

from articles.caching.purging import purge
from articles.caching.stores import Told, store
from articles.models import Change
from articles.recording import EVERYTHING

log = logging.getLogger(__name__)

BATCH, MOST_RUNS = 5000, 20
# How often whoever makes a page looks first; the worker looks as often.
LOOK_EVERY = 0.25
# While the database is away, nobody asks it all the time.
LEFT_ALONE = 2.0

_looked_at = float("-inf")


def catch_up() -> int:
    """Drop the pages that show what has changed; how many changes that were.

    Not within a transaction: what is not committed yet is nobody's business. The rows go last, so that
    whoever dies in between leaves them to the next one. Twice does no harm.
    """
    count = 0
    waiting = Change.objects.filter(is_applied=False)
    while changes := list(waiting.values_list("pk", "name", "at", "is_hard")[:BATCH]):
        store().forget([_told(name, at, is_hard) for _, name, at, is_hard in changes])
        done = waiting.filter(_among([pk for pk, *_ in changes]))
        done.update(is_applied=True) if settings.PURGE_URL else done.delete()
        count += len(changes)
    return count


def _among(keys: list[int]) -> Q:
    """These keys and no others. An import tells of thousands, and most follow one another."""
    runs: list[tuple[int, int]] = []
    for key in keys:
        if runs and runs[-1][1] == key - 1:
            runs[-1] = runs[-1][0], key
        else:
            runs.append((key, key))
    return Q(pk__in=keys) if len(runs) > MOST_RUNS else reduce(or_, (Q(pk__range=run) for run in runs))


def _told(name: str, at: datetime | None, is_hard: bool) -> Told:
    return Told(name, at.timestamp() if at else None, is_hard)


def look() -> None:
    """Catch up, unless somebody in this process did so just now. A database that is down is no obstacle."""
    global _looked_at
    if time.monotonic() < _looked_at + LOOK_EVERY:
        return
    _looked_at = time.monotonic()
    try:
        catch_up()
    except (DatabaseError, OSError):
        log.exception("What has changed cannot be looked up")
        _looked_at += LEFT_ALONE


def watch(stop: Event) -> None:
    """Do so until it is told to stop, and put away what the clock has made old: nginx knows no clock."""
    while not stop.wait(LOOK_EVERY):
        look()
        try:
            store().sweep(time.time())
            purge()
        except (DatabaseError, OSError):
            log.exception("Pages could not be put away or purged")
        # No request ends here that would replace one that broke.
        close_old_connections()
    connection.close()


def forget_everything() -> None:
    """Make every page anew."""
    store().forget([Told(EVERYTHING, None, is_hard=True)])
    if settings.PURGE_URL:
        Change.objects.create(name=EVERYTHING, is_hard=True, is_applied=True)

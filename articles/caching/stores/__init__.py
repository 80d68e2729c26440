"""Where pages are kept: on this machine's disk, or in Redis for many machines."""

from __future__ import annotations

from functools import cache

from django.conf import settings

from articles.caching.stores.base import Store, Told

__all__ = ["Store", "Told", "store"]


@cache
def store() -> Store:
    if settings.REDIS_URL:
        from articles.caching.stores.redis import RedisStore

        return RedisStore(settings.REDIS_URL)
    from articles.caching.stores.disk import DiskStore

    return DiskStore(settings.DATA_DIR / "pages")

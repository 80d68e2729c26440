"""Tells caches of others, between us and the readers, which pages to throw away: by the names they go by.

PURGE_URL says whose: fastly://token@service-id, cloudflare://token@zone-id, varnish://host:port (with its
xkey module). Pages carry their names in headers only where there is somebody to tell.
"""

from __future__ import annotations

import json
import logging
import time
from collections.abc import Iterable, Iterator
from urllib.error import URLError
from urllib.parse import SplitResult, parse_qs, urlsplit
from urllib.request import Request, urlopen

from django.conf import settings

from articles.models import Change
from articles.recording import EVERYTHING

log = logging.getLogger(__name__)

BATCH = 1000
# As many names as each of them takes at once.
AT_ONCE = {"fastly": 256, "cloudflare": 30, "varnish": 100}
APIS = {"fastly": "https://api.fastly.com", "cloudflare": "https://api.cloudflare.com/client/v4"}
PATIENCE = 10.0
# One that does not answer is asked again after that.
TRY_AGAIN = 5.0

_waits_until = float("-inf")


def purge() -> int:
    """Pass on what was forgotten here already; how many changes that were. What fails is tried again."""
    global _waits_until
    if not settings.PURGE_URL or time.monotonic() < _waits_until:
        return 0
    changes = list(Change.objects.filter(is_applied=True)[:BATCH])
    if not changes:
        return 0
    try:
        for request in requests(settings.PURGE_URL, dict.fromkeys(each.name for each in changes)):
            urlopen(request, timeout=PATIENCE).close()  # noqa: S310 (an address from our settings)
    except (URLError, OSError):
        log.exception("Pages could not be purged; trying again in a while")
        _waits_until = time.monotonic() + TRY_AGAIN
        return 0
    Change.objects.filter(pk__in=[each.pk for each in changes]).delete()
    return len(changes)


def requests(url: str, names: Iterable[str]) -> Iterator[Request]:
    """What is to be sent so that pages under these names go, and those that show too much to name it."""
    names = list(names)
    ask = {"fastly": _fastly, "cloudflare": _cloudflare, "varnish": _varnish}[urlsplit(url).scheme]
    if EVERYTHING in names:
        yield ask(urlsplit(url), [])
        return
    at_once = AT_ONCE[urlsplit(url).scheme]
    names.append(EVERYTHING)
    for start in range(0, len(names), at_once):
        yield ask(urlsplit(url), names[start : start + at_once])


def _fastly(url: SplitResult, names: list[str]) -> Request:
    act = "purge" if names else "purge_all"
    headers = {"Fastly-Key": url.username or "", "Accept": "application/json"}
    more = {"Surrogate-Key": " ".join(names)} if names else {}
    return Request(f"{_api(url)}/service/{url.hostname}/{act}", headers=headers | more, method="POST")  # noqa: S310 (an address from our settings)


def _cloudflare(url: SplitResult, names: list[str]) -> Request:
    headers = {"Authorization": f"Bearer {url.username}", "Content-Type": "application/json"}
    told = json.dumps({"tags": names} if names else {"purge_everything": True}).encode()
    return Request(f"{_api(url)}/zones/{url.hostname}/purge_cache", told, headers, method="POST")  # noqa: S310 (an address from our settings)


def _varnish(url: SplitResult, names: list[str]) -> Request:
    # Every page stands under "site": what is on every page.
    return Request(
        f"http://{url.netloc}/", headers={"xkey-purge": " ".join(names or ["site"])}, method="PURGE"
    )


def _api(url: SplitResult) -> str:
    return parse_qs(url.query).get("api", [APIS[url.scheme]])[0]

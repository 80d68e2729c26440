"""Which requests may be answered by a page that is kept, and under which key it is.

A key is a path and what of the query matters. Nothing else of a request does: what is made to be kept is made
from the key alone (`request_for`), so no header or cookie can find its way into a page that others are shown.
"""

from __future__ import annotations

import re
from functools import lru_cache
from io import BytesIO
from typing import Any
from urllib.parse import parse_qsl

from django.conf import settings
from django.http.request import split_domain_port, validate_host

Environ = dict[str, Any]

# As our own addresses are spelled: no empty or hidden segment, no letter that has a second spelling.
PATH = re.compile(r"/(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199}/){0,6}(?:[A-Za-z0-9_-][A-Za-z0-9_.-]{0,199})?")
LONGEST = 400
# Never ours to look at.
PRIVATE = ("/accounts/", "/admin/", "/media/", "/static/")
# What of a query makes another page, and where. Whatever else somebody adds to an address changes nothing.
KNOWN = {
    "page": re.compile(r"/(?:category|tag|author)/(?!.*/feed/)"),
    "p": re.compile(r"/sitemap-"),
}
# Asked for by a person: too many to keep.
SEARCHED = {"q", "s"}
NUMBER = re.compile(r"[1-9][0-9]{0,5}")

# All that a view may learn of a request whose answer is kept, beside what the key says.
INNOCENT = {"REMOTE_ADDR", "REMOTE_PORT", "SERVER_NAME", "SERVER_PORT", "SERVER_PROTOCOL", "SERVER_SOFTWARE"}


def key_of(environ: Environ) -> str | None:
    """The key of the page that is asked for; None where only Django can tell what to answer."""
    path = environ["PATH_INFO"]
    query = environ.get("QUERY_STRING", "")
    if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or _has_body(environ) or environ.get("SCRIPT_NAME"):
        return None
    # What was sent, before anybody undid its escapes: no page has an address that needs any.
    if str(environ.get("RAW_URI", path)).partition("?")[0] != path:
        return None
    if not _is_ours(path) or not _is_known_host(environ.get("HTTP_HOST", "")) or not _is_secure(environ):
        return None
    return path if not query else _with_query(path, query)


def request_for(key: str, environ: Environ) -> Environ:
    """A request for just that page, as somebody would make it who comes for the first time."""
    path, _, query = key.partition("?")
    made = {
        **{name: value for name, value in environ.items() if name in INNOCENT or name.startswith("wsgi.")},
        "REQUEST_METHOD": "GET",
        "SCRIPT_NAME": "",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "HTTP_HOST": settings.SITE.netloc,
        "wsgi.url_scheme": settings.SITE.scheme,
        "wsgi.input": BytesIO(),
    }
    if proof := getattr(settings, "SECURE_PROXY_SSL_HEADER", None):
        header, value = proof
        made[header] = value if settings.HTTPS else "http"
    # To find the request in the log; the page itself never says it.
    if request_id := environ.get("HTTP_X_REQUEST_ID"):
        made["HTTP_X_REQUEST_ID"] = request_id
    return made


@lru_cache(maxsize=10_000)
def _is_ours(path: str) -> bool:
    return len(path) <= LONGEST and PATH.fullmatch(path) is not None and not path.startswith(PRIVATE)


@lru_cache(maxsize=1_000)
def _is_known_host(given: str) -> bool:
    host, _ = split_domain_port(given)
    return bool(host) and validate_host(host, settings.ALLOWED_HOSTS)


def _is_secure(environ: Environ) -> bool:
    """Or Django is to redirect. What proxies say counts only where there are some of our own."""
    if not settings.HTTPS:
        return True
    if settings.TRUSTED_PROXY_COUNT:
        return environ.get("HTTP_X_FORWARDED_PROTO", "").partition(",")[0].strip() == "https"
    return environ["wsgi.url_scheme"] == "https"


def _has_body(environ: Environ) -> bool:
    return environ.get("CONTENT_LENGTH", "") not in ("", "0") or "HTTP_TRANSFER_ENCODING" in environ


def _with_query(path: str, query: str) -> str | None:
    try:
        given = parse_qsl(query, keep_blank_values=True, max_num_fields=50)
    except ValueError:
        return None
    if SEARCHED & {name for name, _ in given}:
        return None
    kept = [(name, value) for name, value in given if name in KNOWN and KNOWN[name].match(path)]
    if not kept:
        return path
    (name, value), *more = kept
    if more or not NUMBER.fullmatch(value):
        return None
    return path if value == "1" else f"{path}?{name}={value}"

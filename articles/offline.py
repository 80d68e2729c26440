"""The paper on a device: what makes it an app, and what can be read of it without a network.

static/js/worker.js is the worker. Here it gets the names that its files have in this release.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils.translation import get_language, get_language_bidi
from django.utils.translation import gettext as _

from articles import metadata
from articles.caching import public_page, site_furniture
from articles.models import Article

PAPER = "#ffffff"
ICON_SIZES = (192, 512)
# Pages name their style sheets and scripts themselves; these are named in a style sheet only.
FONTS = [
    f"fonts/{face}-latin.woff2"
    for face in ("newsreader-display", "newsreader-text", "newsreader-text-italic", "public-sans")
]
# More than any newsroom withdraws while a reader is away.
WITHDRAWN_LISTED = 200


@public_page
def manifest(request: HttpRequest) -> HttpResponse:
    site = site_furniture().settings
    data = {
        "id": "/",
        "name": site.name,
        "short_name": site.name,
        "description": site.tagline,
        "lang": get_language(),
        "dir": "rtl" if get_language_bidi() else "ltr",
        "start_url": "/",
        "scope": "/",
        "display": "standalone",
        "theme_color": PAPER,
        "background_color": PAPER,
        "categories": ["news"],
        "icons": _icons(),
    }
    return JsonResponse(data, content_type="application/manifest+json")


def _icons() -> list[dict[str, str]]:
    drawn = [{"src": static("img/favicon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}]
    # Android cuts the maskable ones to its own shape: their letter is smaller.
    for purpose in ("any", "maskable"):
        for size in ICON_SIZES:
            file = static(f"img/icon-{purpose}-{size}.png")
            drawn.append({"src": file, "sizes": f"{size}x{size}", "type": "image/png", "purpose": purpose})
    return drawn


@public_page
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker. It stands at the root, because it answers for what lies below it."""
    names = {"VERSION": _version(), "FONTS": [static(font) for font in FONTS]}
    lines = [f"const {name} = {json.dumps(value)};" for name, value in names.items()]
    code = Path(str(finders.find("js/worker.js"))).read_text()
    return HttpResponse("\n".join([*lines, code]), content_type="text/javascript; charset=utf-8")


def _version() -> str:
    """Another one as soon as the offline page would look otherwise: browsers fetch it anew then."""
    files = getattr(staticfiles_storage, "manifest_hash", "")
    updated_at = site_furniture().settings.updated_at
    return f"{files}-{updated_at:%Y%m%d%H%M%S}" if updated_at else files


@public_page
def offline(request: HttpRequest) -> HttpResponse:
    """What is shown in place of a page that cannot be fetched. The device knows what it has kept."""
    meta = metadata.for_nothing(_("You are offline"), site_furniture().settings)
    return render(request, "articles/offline.html", {"meta": meta})


@public_page
def withdrawn(request: HttpRequest) -> HttpResponse:
    """What devices are to throw away, the same list for all: nobody tells us what they read.

    Hashes, because the words of a withdrawn headline would stand in its address.
    """
    slugs = Article.objects.withdrawn().newest_first().values_list("slug", flat=True)[:WITHDRAWN_LISTED]
    response = JsonResponse({"hashes": [hashlib.sha256(f"/{slug}/".encode()).hexdigest() for slug in slugs]})
    response["Cache-Control"] = "public, max-age=300"
    return response

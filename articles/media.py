"""Uploaded files, served by ourselves where no proxy or bucket does it.

They come from people, so they are handed out as what their name says and nothing else, and a file
that turns out to hold script finds itself in a sandbox.
"""

import logging
import re
from http import HTTPStatus
from pathlib import PurePosixPath

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from articles.storage import storage

log = logging.getLogger(__name__)

# Not the mimetypes module: what it knows depends on the machine.
PICTURE_TYPES = {
    ".avif": "image/avif",
    ".gif": "image/gif",
    ".jpeg": "image/jpeg",
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".svg": "image/svg+xml",
    ".webp": "image/webp",
}
# Whatever we ever store: no folder but in the middle, nothing that begins with a dot or is longer than a disk
# takes. The storage is not even asked for anything else.
NAME = re.compile(r"(?:[\w-][\w.-]{0,99}/){0,5}[\w-][\w.-]{0,99}", re.ASCII)
# A picture that changes gets a new address, so that nobody ever has to ask again.
FOR_GOOD = "public, max-age=31536000, immutable"
HEADERS = {
    "Cache-Control": FOR_GOOD,
    "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
    # Feed readers on the web show our pictures, too.
    "Cross-Origin-Resource-Policy": "cross-origin",
    "X-Content-Type-Options": "nosniff",
    # Nobody resumes the download of a picture.
    "Accept-Ranges": "none",
}


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    if not NAME.fullmatch(path):
        return _sorry(HTTPStatus.NOT_FOUND)
    try:
        file, size = storage.fetch(path)
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return _sorry(HTTPStatus.NOT_FOUND)
    except OSError:
        log.exception("%s cannot be read", path)
        return _sorry(HTTPStatus.SERVICE_UNAVAILABLE)
    suffix = PurePosixPath(path).suffix.lower()
    return FileResponse(
        file,
        as_attachment=suffix not in PICTURE_TYPES,
        content_type=PICTURE_TYPES.get(suffix, "application/octet-stream"),
        filename=PurePosixPath(path).name,
        # The name tells all: what lies under it never changes.
        headers=HEADERS | {"ETag": quote_etag(path), "Content-Length": str(size)},
    )


def _sorry(status: HTTPStatus) -> HttpResponse:
    """Plain words: nobody sees a page in the place of a picture, and it would cost queries."""
    if status is HTTPStatus.NOT_FOUND:
        # It may come to be: a rendition that is not made yet.
        words, headers = "There is no such picture.", {"Cache-Control": "public, max-age=30"}
    else:
        words = "The picture cannot be read at the moment."
        headers = {"Cache-Control": "no-store", "Retry-After": "30"}
    return HttpResponse(words, status=status, content_type="text/plain; charset=utf-8", headers=headers)

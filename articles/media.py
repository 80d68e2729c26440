"""Uploaded files, served by ourselves where no proxy or bucket does it.

They come from people, so they are handed out as what their name says and nothing else, and a file
that turns out to hold script finds itself in a sandbox.
"""

from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, HttpRequest, HttpResponseBase, HttpResponseNotFound
from django.utils.http import http_date, quote_etag
from django.views.decorators.http import require_safe

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


@require_safe
def media(request: HttpRequest, path: str) -> HttpResponseBase:
    try:
        file = default_storage.open(path)
        modified_at = default_storage.get_modified_time(path)
    except (OSError, SuspiciousFileOperation, ValueError):
        # Plain words: nobody sees a page in the place of a picture, and it would cost queries.
        return HttpResponseNotFound("There is no such picture.", content_type="text/plain")
    content_type = PICTURE_TYPES.get(PurePosixPath(path).suffix.lower())
    return FileResponse(
        file,
        as_attachment=content_type is None,
        content_type=content_type or "application/octet-stream",
        headers={
            # A picture that changes gets a new address, so that nobody ever has to ask again.
            "Cache-Control": "public, max-age=31536000, immutable",
            "Content-Security-Policy": "sandbox; default-src 'none'; style-src 'unsafe-inline'",
            # Feed readers on the web show our pictures, too.
            "Cross-Origin-Resource-Policy": "cross-origin",
            "ETag": quote_etag(f"{modified_at.timestamp()}-{file.size}"),
            "Last-Modified": http_date(modified_at.timestamp()),
        },
    )

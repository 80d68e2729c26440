"""What pages are made with: another release, or other settings, make other pages."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage

SOURCES = {".html", ".mo", ".py", ".txt", ".xml"}
ROOMS = ("accounts", "articles", "azemedia", "templates")
SETTINGS = ("DEBUG", "SITE_URL", "MEDIA_URL", "SECURE_HSTS_SECONDS", "LANGUAGE_CODE", "PURGE_URL")


@cache
def release() -> str:
    state = hashlib.sha256()
    state.update(repr([getattr(settings, name) for name in SETTINGS]).encode())
    state.update(str(getattr(staticfiles_storage, "manifest_hash", "")).encode())
    # What they say, not when or where they were written: machines that share a store must agree.
    for path in sorted(_sources()):
        state.update(f"{path.name} {path.stat().st_size}\n".encode())
        state.update(path.read_bytes())
    return state.hexdigest()[:32]


def _sources() -> Iterator[Path]:
    rooms = [*(Path(settings.BASE_DIR) / room for room in ROOMS), *map(Path, settings.LOCALE_PATHS)]
    for room in rooms:
        for folder, _, files in os.walk(room):
            yield from (Path(folder, name) for name in files if os.path.splitext(name)[1] in SOURCES)

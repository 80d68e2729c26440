"""Where files lie on this machine: static ones, and those that people upload."""

import os
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.base import File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from articles.storage import Stored


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Under names that change with the content, so that browsers may keep them for good."""

    # A module that imports another by a relative path gets its hashed name, too.
    support_js_module_import_aggregation = True


class MediaFolder(FileSystemStorage):
    """A file is there whole or not at all, whatever kills us meanwhile, and a name can be written anew."""

    def __init__(self, **options: Any) -> None:
        super().__init__(allow_overwrite=True, **options)

    def _save(self, name: str, content: File) -> str:
        path = Path(self.path(name))
        path.parent.mkdir(parents=True, exist_ok=True)
        # The dot keeps it from being served; what a killed process leaves of it goes as an orphan.
        handle, unfinished = tempfile.mkstemp(dir=path.parent, prefix=".")
        with ExitStack() as undo:
            undo.callback(_drop_if_empty, path.parent)
            undo.callback(os.unlink, unfinished)
            with open(handle, "wb") as file:
                file.writelines(content.chunks())
                file.flush()
                # Before the name, or a power cut leaves the name with nothing behind it.
                os.fsync(handle)
            os.chmod(unfinished, self.file_permissions_mode or 0o644)
            os.replace(unfinished, path)
            undo.pop_all()
        return name

    def read(self, name: str) -> bytes:
        return Path(self.path(name)).read_bytes()

    def fetch(self, name: str) -> tuple[IO[bytes], int]:
        file = open(self.path(name), "rb")  # noqa: SIM115 (whoever asked closes it)
        return file, os.fstat(file.fileno()).st_size

    def contents(self, folder: str) -> Iterator[Stored]:
        for parent, _, files in os.walk(self.path(folder)):
            for file in files:
                path = os.path.join(parent, file)
                with suppress(FileNotFoundError):  # another process may be at work in there
                    status = os.stat(path)
                    modified_at = datetime.fromtimestamp(status.st_mtime, UTC)
                    yield Stored(os.path.relpath(path, self.location), status.st_size, modified_at)

    def remove(self, names: Iterable[str]) -> None:
        folders = set()
        for name in names:
            self.delete(name)
            folders.add(Path(self.path(name)).parent)
        for folder in folders:
            _drop_if_empty(folder)


def _drop_if_empty(folder: Path) -> None:
    with suppress(OSError):
        folder.rmdir()

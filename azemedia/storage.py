"""Where files lie on this machine: static ones, and those that people upload."""

import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from django.core.files.base import ContentFile, File
from django.core.files.storage import FileSystemStorage
from whitenoise.storage import CompressedManifestStaticFilesStorage

from articles.storage import Stored

# The same words make a browser fetch them one by one where nothing was collected.
JOINED = ("js/site.js", "js/article.js")
IMPORT = re.compile(r'^@?import "\./(?P<name>[\w-]+)\.(?:css|js)";$\n?', re.MULTILINE)
# What a style sheet says to those who write it: a sixth of what readers would fetch before they see anything.
FOR_WRITERS = re.compile(r"/\*.*?\*/|^[ ]+", re.DOTALL | re.MULTILINE)


class StaticStorage(CompressedManifestStaticFilesStorage):
    """Under names that change with the content, so that browsers may keep them for good."""

    # A module that imports another by a relative path gets its hashed name, too.
    support_js_module_import_aggregation = True

    def post_process(self, paths: dict[str, Any], dry_run: bool = False, **options: Any) -> Iterator[Any]:
        """What we keep in several files is one for readers, who ask less often."""
        if not dry_run:
            for name in paths:
                if name.startswith("css/"):
                    self._put(name, FOR_WRITERS.sub("", _joined(name, paths)), paths)
                elif name in JOINED:
                    self._put(name, _joined(name, paths), paths)
        yield from super().post_process(paths, dry_run, **options)

    def _put(self, name: str, text: str, paths: dict[str, Any]) -> None:
        self.delete(name)
        self.save(name, ContentFile(text.encode()))
        paths[name] = self, name


def _joined(name: str, paths: dict[str, Any]) -> str:
    """The file with others in the place of the lines that import them."""
    folder, kind = os.path.split(name)[0], os.path.splitext(name)[1]

    def read(file: str) -> str:
        storage, path = paths[file]
        with storage.open(path) as opened:
            return opened.read().decode()

    def imported(match: re.Match[str]) -> str:
        text = read(f"{folder}/{match['name']}{kind}")
        # The names at the top of a module are its own.
        return f"{{\n{text}}}\n" if kind == ".js" else text

    return IMPORT.sub(imported, read(name))


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

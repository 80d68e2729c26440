"""Files on their way in: bounded in size, kept out of memory, taken from members of staff only.

Nothing that goes wrong here is a broken connection or an error page. A file that cannot be taken arrives in
its form as one that says why as soon as somebody reads it.
"""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import IO, Any, NoReturn

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile

from articles.pictures import MAX_BYTES, NO_ROOM, TOO_LARGE

log = logging.getLogger(__name__)

# A browser tells its user nothing but "connection reset" when we answer without having listened to the end.
# So we do, without keeping what is too large, as far as is bearable.
BEARABLE = 8 * MAX_BYTES


class RefusedFile(UploadedFile):
    """Stands where a file was sent that was not taken."""

    def __init__(self, name: str, size: int, refusal: ValidationError) -> None:
        super().__init__(None, name, size=size)
        self.refusal = refusal

    def read(self, *args: Any) -> NoReturn:
        raise self.refusal

    def close(self) -> None:
        pass


class PictureUploadHandler(FileUploadHandler):
    """In memory while it is small, then in a file without a name, which is gone whatever becomes of us."""

    # Not called `file`: Django would close what it finds under that name, whatever it is.
    received: IO[bytes] | None
    refusal: ValidationError | None

    def handle_raw_input(self, *args: Any, **kwargs: Any) -> None:
        content_length = args[2]
        if content_length > BEARABLE:
            raise RequestDataTooBig("The request is far larger than any picture that is taken.")
        self.is_too_large = content_length > MAX_BYTES + settings.DATA_UPLOAD_MAX_MEMORY_SIZE

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.received = self.refusal = None
        user = getattr(self.request, "user", None)
        if user is not None and not user.is_staff:
            raise SkipFile
        if self.is_too_large:
            self.refuse(ValidationError(TOO_LARGE))
            return
        self.received = tempfile.SpooledTemporaryFile(settings.FILE_UPLOAD_MAX_MEMORY_SIZE)  # noqa: SIM115

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.received is None:
            return
        if start + len(raw_data) > MAX_BYTES:
            self.refuse(ValidationError(TOO_LARGE))
            return
        with self.room():
            self.received.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile | None:
        if self.received is not None:
            with self.room():
                self.received.seek(0)  # writes what was held back
        if self.refusal is not None:
            return RefusedFile(self.file_name or "", file_size, self.refusal)
        return UploadedFile(self.received, self.file_name, self.content_type, file_size, self.charset)

    @contextmanager
    def room(self) -> Iterator[None]:
        try:
            yield
        except OSError:
            log.exception("No room to receive an upload")
            self.refuse(ValidationError(NO_ROOM, "no_room"))

    def upload_interrupted(self) -> None:
        if self.received is not None:
            self.received.close()

    def refuse(self, refusal: ValidationError) -> None:
        self.refusal = refusal
        received, self.received = self.received, None
        if received is not None:
            with suppress(OSError):  # of what it still wanted to write
                received.close()

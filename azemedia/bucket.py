"""Uploaded files in a bucket of a server that speaks the S3 API, under the addresses they have anyway."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import islice
from pathlib import PurePosixPath
from typing import IO, Any
from urllib.parse import urljoin

from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from django.conf import settings
from django.core.files.base import File
from django.utils.encoding import filepath_to_uri
from storages.backends.s3 import S3Storage

from articles.media import FOR_GOOD, PICTURE_TYPES
from articles.storage import Stored

# As many as the API deletes at once.
BATCH = 1000
PATIENCE = Config(
    connect_timeout=5,
    read_timeout=20,
    retries={"mode": "standard", "total_max_attempts": 3},
    signature_version="s3v4",
    # The one that every server knows, whatever its name and certificate.
    s3={"addressing_style": "path"},
    # Servers other than Amazon's do not know the newer checksums.
    request_checksum_calculation="when_required",
    response_checksum_validation="when_required",
)


class MediaBucket(S3Storage):
    """What goes wrong with it is an OSError, as with a disk."""

    def __init__(self, **options: Any) -> None:
        in_one_piece = TransferConfig(multipart_threshold=2**30, use_threads=False)
        super().__init__(client_config=PATIENCE, transfer_config=in_one_piece, **options)

    def url(self, name: str, *args: Any, **kwargs: Any) -> str:
        """The same address wherever the file lies; asks nobody."""
        return urljoin(settings.MEDIA_URL, filepath_to_uri(name).lstrip("/"))

    def get_object_parameters(self, name: str) -> dict[str, str]:
        """What a browser is told that comes to the bucket itself, or to a CDN before it."""
        suffix = PurePosixPath(name).suffix.lower()
        is_inert = suffix in PICTURE_TYPES and suffix != ".svg"
        return {
            "CacheControl": FOR_GOOD,
            "ContentType": PICTURE_TYPES.get(suffix, "application/octet-stream"),
            # No policy keeps a drawing's scripts quiet there. As a part of a page it is shown all the same.
            **({} if is_inert else {"ContentDisposition": "attachment"}),
        }

    def _save(self, name: str, content: File) -> str:
        with _as_os_errors(name):
            return str(super()._save(name, content))

    def exists(self, name: str) -> bool:
        with _as_os_errors(name):
            return bool(super().exists(name))

    def delete(self, name: str) -> None:
        with _as_os_errors(name):
            super().delete(name)

    def read(self, name: str) -> bytes:
        file, _ = self.fetch(name)
        with _as_os_errors(name), file:
            return file.read()

    def fetch(self, name: str) -> tuple[IO[bytes], int]:
        with _as_os_errors(name):
            found = self.bucket.Object(self._normalize_name(name)).get()
            return found["Body"], found["ContentLength"]

    def contents(self, folder: str) -> Iterator[Stored]:
        with _as_os_errors(folder):
            for each in self.bucket.objects.filter(Prefix=f"{self._normalize_name(folder)}/"):
                yield Stored(each.key, each.size, each.last_modified)

    def remove(self, names: Iterable[str]) -> None:
        rest = iter(names)
        while batch := [{"Key": self._normalize_name(name)} for name in islice(rest, BATCH)]:
            with _as_os_errors("several files"):
                answer = self.bucket.delete_objects(Delete={"Objects": batch, "Quiet": True})
            if refused := answer.get("Errors"):
                raise OSError(f"The bucket keeps {len(refused)} files: {refused[0].get('Message')}")


@contextmanager
def _as_os_errors(name: str) -> Iterator[None]:
    try:
        yield
    except ClientError as fault:
        if fault.response["ResponseMetadata"]["HTTPStatusCode"] == 404:
            raise FileNotFoundError(f"There is no {name} in the bucket") from fault
        raise OSError(f"The bucket refuses {name}: {fault}") from fault
    except BotoCoreError as fault:
        raise OSError(f"The bucket does not answer about {name}: {fault}") from fault

"""Against a server that speaks the S3 API, started for these tests."""

import re
import socket
import subprocess
import sys
import time

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.utils import timezone

from articles import orphans, pictures
from articles.models import Image
from azemedia import environment
from tests import factories

pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("bucket")]
storages = pytest.importorskip("storages")
boto3 = pytest.importorskip("boto3")


@pytest.fixture(scope="module")
def server(program):
    command = program(f"{sys.prefix}/bin/moto_server", "moto_server")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [command, "-H", "127.0.0.1", "-p", str(port)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        for _ in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), timeout=1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield f"127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def bucket(server, settings, monkeypatch):
    """As the settings would be, had the variable been there at the start."""
    name = f"pictures-{time.monotonic_ns()}"
    monkeypatch.setenv("MEDIA_BUCKET_URL", f"s3+http://key:s%2Fcret@{server}/{name}?region=eu-central-1")
    settings.STORAGES = settings.STORAGES | {"default": environment.media_storage("MEDIA_BUCKET_URL")}
    default_storage.connection.create_bucket(
        Bucket=name, CreateBucketConfiguration={"LocationConstraint": "eu-central-1"}
    )
    return default_storage.bucket


@pytest.fixture
def unreachable(settings, monkeypatch):
    monkeypatch.setenv("MEDIA_BUCKET_URL", "s3+http://key:secret@127.0.0.1:9/pictures")
    settings.STORAGES = settings.STORAGES | {"default": environment.media_storage("MEDIA_BUCKET_URL")}


def keys(bucket):
    return {each.key for each in bucket.objects.all()}


def test_a_picture_is_taken_in_rendered_and_removed_there(
    bucket, django_capture_on_commit_callbacks, settings
):
    here = set(settings.MEDIA_ROOT.rglob("*"))
    with django_capture_on_commit_callbacks(execute=True):
        image = pictures.intake(factories.picture_file((300, 200)))
    image.refresh_from_db()

    assert image.rendered_at
    assert keys(bucket) == pictures.file_names(image)
    assert set(settings.MEDIA_ROOT.rglob("*")) == here
    with django_capture_on_commit_callbacks(execute=True), pictures.kept_with_their_rows():
        pictures.put_file(image, factories.picture_file((90, 60)))
        image.save()
    assert keys(bucket) == {image.original.name, image.preview_name}
    with django_capture_on_commit_callbacks(execute=True):
        pictures.delete(image)
    assert keys(bucket) == set()


def test_the_addresses_are_those_of_a_folder(bucket, settings):
    assert default_storage.url("images/ab/abc/full-320.avif") == "/media/images/ab/abc/full-320.avif"
    settings.MEDIA_URL = "https://cdn.example.org/pictures/"
    assert default_storage.url("images/ab/x.jpg") == "https://cdn.example.org/pictures/images/ab/x.jpg"


def test_who_asks_the_bucket_itself_is_told_what_it_is_and_that_it_never_changes(bucket):
    default_storage.save("images/ab/abc/full-320.avif", ContentFile(b"picture"))
    default_storage.save("images/ab/abc/original.svg", ContentFile(b"<svg/>"))

    picture, drawing = (bucket.Object(f"images/ab/abc/{name}") for name in ("full-320.avif", "original.svg"))

    assert picture.content_type == "image/avif"
    assert picture.cache_control == "public, max-age=31536000, immutable"
    assert picture.content_disposition is None
    assert (drawing.content_type, drawing.content_disposition) == ("image/svg+xml", "attachment")
    readers = [grant["Grantee"].get("URI") for grant in picture.Acl().grants]
    assert readers == [None]  # nobody but the owner


def test_our_own_view_hands_it_out_as_from_a_folder(bucket, client):
    default_storage.save("images/ab/abc/full-320.jpg", ContentFile(b"picture"))

    response = client.get("/media/images/ab/abc/full-320.jpg")

    assert b"".join(response) == b"picture"
    assert response["Content-Length"] == "7"
    assert response["Content-Type"] == "image/jpeg"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    unchanged = client.get("/media/images/ab/abc/full-320.jpg", headers={"If-None-Match": response["ETag"]})
    assert unchanged.status_code == 304
    assert client.head("/media/images/ab/abc/full-320.jpg")["Content-Length"] == "7"


@pytest.mark.parametrize("path", ["images", "images/", "images/ab/abc/full-321.jpg", "", "x" * 90 + "/x.jpg"])
def test_invented_addresses_list_nothing(bucket, client, path):
    default_storage.save("images/ab/abc/full-320.jpg", ContentFile(b"picture"))

    assert client.get(f"/media/{path}").status_code == 404
    assert keys(bucket) == {"images/ab/abc/full-320.jpg"}


def test_what_is_missing_is_made_and_orphans_are_removed(bucket, monkeypatch):
    image = pictures.intake(factories.picture_file((300, 200)))
    call_command("renditions", "--jobs=2", verbosity=0)
    kept = keys(bucket)
    many = {f"images/ab/abcdef0123456789/full-{width}.jpg" for width in range(5)}
    for name in many:
        bucket.Object(name).put(Body=b"x")

    call_command("renditions", "--orphans")
    assert keys(bucket) == kept | many
    monkeypatch.setattr("azemedia.bucket.BATCH", 2)
    later = timezone.now() + 2 * orphans.GRACE
    default_storage.remove(each.name for each in orphans.find(at=later))

    assert keys(bucket) == kept == pictures.file_names(image)


def test_without_the_bucket_an_upload_is_refused_in_words(unreachable):
    with pytest.raises(ValidationError, match="does not answer; nothing was kept") as refusal:
        pictures.intake(factories.picture_file())

    assert refusal.value.code == "out_of_reach"
    assert not Image.objects.exists()


def test_without_the_bucket_pages_stand_and_pictures_are_said_to_be_late(unreachable, client):
    response = client.get("/media/images/ab/abc/full-320.jpg")

    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert re.match(r"The picture cannot be read at the moment\.", response.content.decode())
    assert client.get("/").status_code == 200

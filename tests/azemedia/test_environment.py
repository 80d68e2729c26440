"""What uploaded files are configured by; tests/azemedia/test_settings.py starts whole processes."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from azemedia import environment


@pytest.fixture
def media_storage(monkeypatch):
    def read(value):
        monkeypatch.setenv("MEDIA_BUCKET_URL", value)
        return environment.media_storage("MEDIA_BUCKET_URL")

    return read


@pytest.fixture
def media_url(monkeypatch):
    def read(value):
        monkeypatch.setenv("MEDIA_URL", value)
        return environment.media_url("MEDIA_URL", "/media/")

    return read


def test_pictures_lie_in_a_folder_where_nothing_else_is_said(media_storage):
    assert media_storage("") == {"BACKEND": "azemedia.storage.MediaFolder"}


def test_the_address_of_a_bucket_is_read_to_the_letter(media_storage):
    storage = media_storage("s3://K%2FY:s%2Bcr%40t@s3.example.org:9000/our.pictures?region=eu-central-1")

    assert storage == {
        "BACKEND": "azemedia.bucket.MediaBucket",
        "OPTIONS": {
            "bucket_name": "our.pictures",
            "endpoint_url": "https://s3.example.org:9000",
            "region_name": "eu-central-1",
            "access_key": "K/Y",
            "secret_key": "s+cr@t",
        },
    }


def test_a_bucket_without_tls_and_one_that_knows_the_machine(media_storage):
    assert media_storage("s3+http://127.0.0.1:9000/pictures")["OPTIONS"] == {
        "bucket_name": "pictures",
        "endpoint_url": "http://127.0.0.1:9000",
        "region_name": "us-east-1",
        "access_key": None,
        "secret_key": None,
    }


@pytest.mark.parametrize(
    "value",
    [
        "pictures",
        "https://key:hush@s3.example.org/pictures",
        "s3://key:hush@s3.example.org",
        "s3://key:hush@s3.example.org/",
        "s3://key:hush@s3.example.org/pictures/more",
        "s3://key:hush@s3.example.org/pictures?acl=public",
        "s3://key:hush@s3.example.org/pictures#part",
        "s3://key:hu/sh@s3.example.org/pictures",
        "s3://key:12/hush@s3.example.org/pictures",
        "s3://key:12?hush@s3.example.org/pictures",
        "s3://key:12#hush@s3.example.org/pictures",
        "s3://key:hush@s3.example.org:port/pictures",
        "s3://hush@s3.example.org/pictures",
        "s3:///pictures",
    ],
)
def test_anything_else_is_refused_and_no_secret_told(value, media_storage):
    with pytest.raises(ImproperlyConfigured, match=r"^MEDIA_BUCKET_URL is .*, but takes ") as refusal:
        media_storage(value)

    assert "hush" not in str(refusal.value)
    assert "sh@" not in str(refusal.value)


@pytest.mark.parametrize(
    ("value", "url"),
    [
        ("", "/media/"),
        ("https://cdn.example.org", "https://cdn.example.org/"),
        ("https://cdn.example.org/media", "https://cdn.example.org/media/"),
    ],
)
def test_a_cdn_is_asked_where_it_is(value, url, media_url):
    assert media_url(value) == url


@pytest.mark.parametrize(
    "value", ["cdn.example.org", "/files/", "ftp://x/", "https://x/?a=b", "https://a:b@x/"]
)
def test_what_is_no_address_of_a_cdn_is_refused(value, media_url):
    with pytest.raises(ImproperlyConfigured, match=r"^MEDIA_URL is "):
        media_url(value)

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage


@pytest.fixture(autouse=True)
def media_root(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"
    (tmp_path / "secret.txt").write_text("not yours")
    return settings.MEDIA_ROOT


def test_a_picture_is_served_as_what_its_name_says_and_may_be_kept_for_good(client):
    default_storage.save("pictures/harbour.avif", ContentFile(b"picture"))

    response = client.get("/media/pictures/harbour.avif")

    assert b"".join(response) == b"picture"
    assert response["Content-Type"] == "image/avif"
    assert response["Cache-Control"] == "public, max-age=31536000, immutable"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert "Cookie" not in response.get("Vary", "")


def test_a_browser_that_has_the_picture_gets_304(client):
    default_storage.save("harbour.png", ContentFile(b"picture"))
    etag = client.get("/media/harbour.png")["ETag"]

    assert client.get("/media/harbour.png", headers={"If-None-Match": etag}).status_code == 304


def test_script_in_an_uploaded_drawing_finds_itself_in_a_sandbox(client):
    default_storage.save("logo.svg", ContentFile(b"<svg onload='alert(1)'/>"))

    response = client.get("/media/logo.svg")

    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")


def test_what_is_no_picture_is_only_downloaded(client):
    default_storage.save("page.html", ContentFile(b"<script>alert(1)</script>"))

    response = client.get("/media/page.html")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


NOT_OURS_TO_GIVE = [
    "none.png",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "%2fetc%2fpasswd",
    "a%00b.png",
    "x" * 300,
]


@pytest.mark.parametrize("path", NOT_OURS_TO_GIVE)
def test_no_other_file_of_the_machine_can_be_reached(client, path):
    assert client.get(f"/media/{path}").status_code == 404


def test_a_folder_is_not_listed(client):
    default_storage.save("pictures/harbour.png", ContentFile(b"picture"))

    assert client.get("/media/pictures").status_code == 404


def test_media_is_only_ever_read(client):
    assert client.post("/media/harbour.png").status_code == 405

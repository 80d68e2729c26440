import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from tests import factories


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


def test_the_same_file_is_the_same_wherever_it_is_served_from(client, media_root):
    default_storage.save("harbour.png", ContentFile(b"picture"))
    etag = client.get("/media/harbour.png")["ETag"]
    (media_root / "harbour.png").touch()

    assert client.get("/media/harbour.png")["ETag"] == etag


def test_script_in_an_uploaded_drawing_finds_itself_in_a_sandbox(client):
    default_storage.save("logo.svg", ContentFile(b"<svg onload='alert(1)'/>"))

    response = client.get("/media/logo.svg")

    assert response["Content-Security-Policy"].startswith("sandbox; default-src 'none'")
    assert "script" not in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Cross-Origin-Resource-Policy"] == "cross-origin"


def test_what_is_no_picture_is_only_downloaded(client):
    default_storage.save("page.html", ContentFile(b"<script>alert(1)</script>"))

    response = client.get("/media/page.html")

    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment")


NOT_OURS_TO_GIVE = [
    "none.png",
    "%2e%2e/secret.txt",
    "..%2fsecret.txt",
    "pictures/../../secret.txt",
    "pictures/..%2f..%2fsecret.txt",
    "..%5csecret.txt",
    "%2fetc%2fpasswd",
    "/etc/passwd",
    "a%00b.png",
    "pictures/harbour.png%00.svg",
    "pictures/harbour.png/",
    "pictures/harbour.png/original.jpg",
    "pictures//harbour.png",
    "pictures/./harbour.png",
    "PICTURES/HARBOUR.PNG",
    "pictures/.harbour.png",
    ".hidden/harbour.png",
    "pictures",
    "pictures/",
    "x" * 300,
    "x/" * 30 + "y.png",
    "\N{LATIN SMALL LETTER SCHWA}.png",
    "a b.png",
    "~root",
]


@pytest.mark.parametrize("path", NOT_OURS_TO_GIVE)
def test_nothing_else_can_be_reached_and_nothing_is_listed(client, path, media_root):
    for name in ("harbour.png", ".harbour.png", "../.hidden/harbour.png"):
        path_of = media_root / "pictures" / name
        path_of.parent.mkdir(parents=True, exist_ok=True)
        path_of.write_text("picture")

    response = client.get(f"/media/{path}")

    assert response.status_code == 404
    assert response.content == b"There is no such picture."
    assert response["Content-Type"].startswith("text/plain")
    assert response["Cache-Control"] == "public, max-age=30"


@pytest.mark.django_db
def test_a_thousand_invented_sizes_make_no_file_and_ask_the_database_nothing(
    client, media_root, django_assert_num_queries
):
    image = factories.image()
    before = sorted(media_root.rglob("*"))
    sizes = [
        f"{shape}-{width}.{kind}"
        for shape in ("full", "16x9-50x50", "1x1-33x77", "9x16", "motion")
        for width in range(101, 201)
        for kind in ("avif", "jpg")
    ]

    with django_assert_num_queries(0):
        answers = {client.get(f"/media/{image.folder}/{size}").status_code for size in sizes}

    assert len(sizes) == 1000
    assert answers == {404}
    assert sorted(media_root.rglob("*")) == before


def test_asked_for_the_head_only_the_head_is_given(client):
    default_storage.save("harbour.png", ContentFile(b"picture"))

    response = client.head("/media/harbour.png")

    assert response["Content-Length"] == "7"
    assert b"".join(response) == b""


@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-3"}])
def test_a_picture_comes_as_a_whole(client, headers):
    default_storage.save("harbour.png", ContentFile(b"picture"))

    response = client.get("/media/harbour.png", headers=headers)

    assert response.status_code == 200
    assert response["Accept-Ranges"] == "none"
    assert b"".join(response) == b"picture"


def test_a_disk_that_cannot_be_read_is_no_missing_picture(client, media_root, caplog):
    """Nobody may remember for long that it is not there."""
    media_root.mkdir()
    (media_root / "loop.png").symlink_to("loop.png")

    response = client.get("/media/loop.png")

    assert response.status_code == 503
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("text/plain")
    assert "cannot be read" in caplog.text


def test_media_is_only_ever_read(client, db):
    assert client.post("/media/harbour.png").status_code == 405

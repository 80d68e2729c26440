import json
from hashlib import sha256
from io import BytesIO

import pytest
from django.contrib.staticfiles import finders
from PIL import Image as Picture

from articles import offline, workflow
from articles.models import SiteSettings
from articles.slugs import PATTERN, RESERVED
from tests.factories import published, user

pytestmark = pytest.mark.django_db


def test_the_manifest_says_what_a_device_installs(client):
    SiteSettings.objects.create(pk=1, name="The Caspian", tagline="Slowly")

    response = client.get("/manifest.webmanifest")
    manifest = json.loads(response.content)

    assert response["Content-Type"] == "application/manifest+json"
    assert manifest["name"] == "The Caspian"
    assert manifest["description"] == "Slowly"
    assert (manifest["start_url"], manifest["scope"], manifest["display"]) == ("/", "/", "standalone")
    assert manifest["dir"] == "ltr"


def test_every_icon_is_as_large_as_the_manifest_says(client):
    icons = json.loads(client.get("/manifest.webmanifest").content)["icons"]
    drawn = [icon for icon in icons if icon["type"] == "image/png"]

    assert {(icon["sizes"], icon["purpose"]) for icon in drawn} == {
        (size, purpose) for size in ("192x192", "512x512") for purpose in ("any", "maskable")
    }
    for icon in drawn:
        with open(finders.find(icon["src"].removeprefix("/static/")), "rb") as file:
            width, height = Picture.open(BytesIO(file.read())).size
        assert icon["sizes"] == f"{width}x{height}"


def test_the_worker_stands_at_the_root_and_is_asked_for_anew(client):
    response = client.get("/sw.js")

    assert response["Content-Type"].startswith("text/javascript")
    assert response["Cache-Control"] == "public, max-age=0, must-revalidate"
    assert "worker-src 'self'" in response["Content-Security-Policy"]
    assert b'const FONTS = ["/static/fonts/newsreader-display-latin.woff2"' in response.content
    assert b'addEventListener("fetch"' in response.content


def test_a_release_and_a_change_of_the_site_are_another_worker(client, monkeypatch):
    site = SiteSettings.objects.create(pk=1)
    before = client.get("/sw.js").content
    monkeypatch.setattr(offline.staticfiles_storage, "manifest_hash", "abc", raising=False)
    released = client.get("/sw.js").content

    assert released != before
    assert f"abc-{site.updated_at:%Y%m%d}".encode() in released


def test_every_font_that_is_kept_is_there():
    assert [font for font in offline.FONTS if not finders.find(font)] == []


def test_the_offline_page_asks_the_database_for_nothing_of_its_own(client, django_assert_num_queries):
    client.get("/")

    with django_assert_num_queries(0):
        response = client.get("/offline/")

    assert response.status_code == 200
    assert b'<meta name="robots" content="noindex">' in response.content
    assert "Cookie" not in response.get("Vary", "")


@pytest.mark.parametrize("count", [1, 3])
def test_what_was_withdrawn_is_told_in_one_query(client, django_assert_num_queries, count):
    editor = user("editor")
    gone = [published(f"Taken back {number}") for number in range(count)]
    published("Still there")
    for article in gone:
        workflow.withdraw(article, by=editor, note="A mistake.")
    client.get("/")

    with django_assert_num_queries(1):
        response = client.get("/offline/withdrawn.json")

    addresses = [article.get_absolute_url() for article in gone]
    assert set(response.json()["hashes"]) == {sha256(address.encode()).hexdigest() for address in addresses}
    assert b"taken-back" not in response.content
    assert response["Cache-Control"] == "public, max-age=300"


def test_no_article_can_take_these_addresses():
    taken = ("offline", "manifest.webmanifest", "sw.js")

    assert [word for word in taken if word not in RESERVED and PATTERN.fullmatch(word)] == []

import gzip

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.http import HttpResponse

from azemedia.middleware import PolicyMiddleware

pytestmark = pytest.mark.django_db


def policy(response):
    directives = (directive.split() for directive in response["Content-Security-Policy"].split(";"))
    return {name: sources for name, *sources in directives}


def test_a_reader_who_only_reads_gets_no_cookie_and_a_page_that_may_be_shared(client):
    response = client.get("/")

    assert response.status_code == 200
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")


def test_the_policy_for_readers_allows_nothing_inline(client):
    directives = policy(client.get("/"))

    assert directives["default-src"] == ["'none'"]
    assert directives["style-src"] == ["'self'"]
    assert directives["script-src"][0] == "'self'"
    assert "'unsafe-inline'" not in directives["script-src"]
    assert directives["frame-ancestors"] == ["'none'"]


def test_only_the_newsroom_s_editor_may_put_styles_into_its_page(admin_client):
    directives = policy(admin_client.get("/admin/"))

    assert directives["style-src"] == ["'self'", "'unsafe-inline'"]
    assert "'unsafe-inline'" not in directives["script-src"]


@pytest.mark.parametrize("path", ["/", "/admin/"])
def test_a_nonce_is_in_the_policy_of_the_page_that_has_it_and_of_no_other(path, rf):
    nonces = []

    def page(request):
        if "nonce" in request.GET:
            nonces.append(str(request.csp_nonce))
        return HttpResponse()

    site = PolicyMiddleware(page)
    first, second, plain = (policy(site(rf.get(path, data))) for data in ({"nonce": 1}, {"nonce": 2}, {}))

    assert len(set(nonces)) == 2
    assert [f"'nonce-{nonce}'" in first["script-src"] for nonce in nonces] == [True, False]
    assert [f"'nonce-{nonce}'" in second["script-src"] for nonce in nonces] == [False, True]
    assert plain["script-src"] == ["'self'"]


def test_every_page_carries_the_other_headers(client):
    response = client.get("/")

    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "strict-origin-when-cross-origin"
    assert response["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_a_request_keeps_the_id_that_the_proxy_gave_it(client):
    assert client.get("/", headers={"X-Request-ID": "edge-42"})["X-Request-ID"] == "edge-42"


@pytest.mark.parametrize("given", ["", "two words", "x" * 65, "line\nbreak"])
def test_an_id_that_does_not_belong_into_a_log_is_replaced(given, client):
    response = client.get("/", headers={"X-Request-ID": given})

    assert len(response["X-Request-ID"]) == 32
    assert response["X-Request-ID"].isalnum()


def test_pages_are_packed_for_the_journey(client):
    response = client.get("/", headers={"Accept-Encoding": "gzip"})

    assert b"</html>" in gzip.decompress(response.content)


def test_pictures_are_not_packed_twice(client, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    default_storage.save("harbour.png", ContentFile(b"picture" * 100))

    response = client.get("/media/harbour.png", headers={"Accept-Encoding": "gzip"})

    assert "Content-Encoding" not in response
    assert b"".join(response) == b"picture" * 100

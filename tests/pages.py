"""What a page says, read as a reader's browser would."""

from __future__ import annotations

import json
from typing import Any
from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.models import Article

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def tree(response: Any) -> html.HtmlElement:
    return html.document_fromstring(response.content.decode())


def text(response: Any, path: str = "//main") -> str:
    return " ".join(" ".join(each.text_content() for each in tree(response).xpath(path)).split())


def links(response: Any, path: str = "//main") -> list[str]:
    return [str(link) for link in tree(response).xpath(f"{path}//a/@href")]


def article_links(response: Any, path: str = "//main") -> list[str]:
    """The articles that the main part of the page links to, as often as it does."""
    addresses = {f"/{slug}/" for slug in Article.objects.values_list("slug", flat=True)}
    return [link for link in links(response, path) if link in addresses]


def json_ld(response: Any) -> list[dict[str, Any]]:
    blocks = tree(response).xpath("//script[@type='application/ld+json']/text()")
    return [json.loads(block) for block in blocks]


def meta(response: Any) -> dict[str, str]:
    named = tree(response).xpath("//meta[@property or @name]")
    return {each.get("property") or each.get("name"): each.get("content") for each in named}


def canonical(response: Any) -> str:
    return str(tree(response).xpath("string(//link[@rel='canonical']/@href)"))


def locations(response: Any) -> list[str]:
    """The addresses of a sitemap, or of the parts of its index."""
    return [each.text or "" for each in ElementTree.fromstring(response.content).iter(f"{SITEMAP}loc")]


def query_count(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200, address
    return len(queries)

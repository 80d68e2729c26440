"""What a page says, read as a reader's browser would."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator
from typing import Any
from urllib.parse import urljoin
from xml.etree import ElementTree

from django.db import connection
from django.test.utils import CaptureQueriesContext
from lxml import html

from articles.models import Article
from articles.sitemaps import part_of

NOT_PAGES = ("/accounts/", "/admin/", "/media/", "/static/", "//")
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


def crawl(client: Any, start: str = "/", most: int = 1000) -> Iterator[tuple[str, Any]]:
    """Every public page that can be reached by links, with its address."""
    seen, waiting = {start}, deque([start])
    while waiting and most:
        address, most = waiting.popleft(), most - 1
        response = client.get(address)
        if response.status_code != 200 or not response["Content-Type"].startswith("text/html"):
            continue
        yield address, response
        for link in links(response, "//body"):
            here = urljoin(address, link).partition("#")[0]
            if here.startswith("/") and not here.startswith(NOT_PAGES) and here not in seen:
                seen.add(here)
                waiting.append(here)


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


def sitemap_part(article: Article) -> str:
    """The address of the one that lists the article: not the first, where the database went on counting."""
    number = part_of(article.pk)
    return f"/sitemap-articles.xml?p={number}" if number > 1 else "/sitemap-articles.xml"


def query_count(client: Any, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
        assert response.status_code == 200, address
    return len(queries)


def wait_until(window: Any, condition: str, *given: Any, using: str = "") -> None:
    """As a browser window's `wait_for_function`, which makes code of text, and waits for no promise.

    The first our policy forbids. What is `given` the condition finds under that name.
    """
    pause = "await new Promise((done) => setTimeout(done, 20));"
    window.evaluate(f"async (given) => {{ {using} while (!({condition})) {pause} }}", given)

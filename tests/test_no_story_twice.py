"""A whole newsroom, page by page: no article is linked twice in the content of any."""

from datetime import timedelta
from random import Random

import pytest
from django.utils import timezone

from articles import workflow
from articles.models import Placement
from tests import factories, pages

pytestmark = pytest.mark.django_db


@pytest.fixture
def newsroom():
    """Sixty articles in overlapping sections, placed, live and breaking ones among them."""
    chance = Random(7)
    sections = [factories.category(name) for name in ("News", "Culture", "Opinion", "Science", "History")]
    sections += [factories.category("Economy", parent=sections[0])]
    authors = [factories.author() for _ in range(4)]
    picture = factories.image()
    pieces = [
        factories.published(
            f"Tea story {number}",
            primary_category=chance.choice(sections),
            further=chance.sample(sections, 2),
            tags=chance.sample(["tea", "sea", "wind"], 2),
            authors=chance.sample(authors, 2),
            lead_image=picture if number % 3 else None,
        )
        for number in range(60)
    ]
    later = timezone.now() + timedelta(hours=1)
    for slot, first in (("lead", 7), ("secondary", 8)):
        for piece in pieces[first : first + 3]:
            Placement.objects.create(slot=slot, article=piece, is_live=True, ends_at=later)
    for piece in (pieces[0], pieces[8], pieces[30], pieces[50]):
        workflow.mark_breaking(piece, by=None)
    return pieces


def test_no_story_stands_twice_on_any_page(client, newsroom):
    visited = 0
    for start in ("/", "/search/?q=tea"):
        for address, response in pages.crawl(client, start):
            shown = pages.article_links(response)
            assert len(shown) == len(set(shown)), address
            visited += 1

    assert visited >= 2 * len(newsroom)

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import front, workflow
from articles.models import Article, Category, Placement
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def sections():
    """Three sections and their articles: fewer stories than places, and every story in two sections."""
    news = factories.category("News", position=1)
    culture = factories.category("Culture", position=2)
    opinion = factories.category("Opinion", position=3)
    return news, culture, opinion


def stories(page):
    """Every article of the page, in its order and as often as it stands there."""
    lead = [page.lead] if page.lead else []
    blocks = [article for block in page.blocks for article in block.articles]
    return [*lead, *page.secondaries, *page.latest, *page.opinion, *blocks]


def fill(section, count, **fields):
    return [factories.published(primary_category=section, **fields) for _ in range(count)]


def place(slot, count):
    return [
        Placement.objects.create(slot=slot, article=article, position=position)
        for position, article in enumerate(Article.objects.order_by("pk")[:count])
    ]


def test_the_newest_lead_and_the_rest_follow(sections):
    older = [each.headline for each in fill(sections[0], 14)]  # each older than the one before

    page = front.compose()

    assert page.lead.headline == older[0]
    assert [each.headline for each in page.secondaries] == older[1:4]
    assert [each.headline for each in page.latest] == older[4:12]
    assert [each.headline for each in page.blocks[0].articles] == older[12:]


def test_an_empty_newsroom_has_a_front_page():
    page = front.compose()

    assert not page.has_any
    assert stories(page) == []


@pytest.mark.parametrize("count", [1, 2, 5, 12, 40])
def test_no_story_stands_twice(sections, count):
    news, culture, opinion = sections
    for number in range(count):
        factories.published(primary_category=sections[number % 3], further=[news, culture, opinion])
    placed = [each.article for each in place("lead", 2)] + [each.article for each in place("secondary", 2)]

    page = front.compose()

    shown = [article.pk for article in stories(page)]
    assert len(shown) == len(set(shown)) == min(count, len(shown))
    assert {article.pk for article in placed} <= set(shown)


def test_a_placed_article_leads_until_its_time_is_over(sections, time_machine):
    old = factories.published("Old", primary_category=sections[0], at=timezone.now() - timedelta(days=300))
    fill(sections[0], 3)
    end = timezone.now() + timedelta(hours=2)
    Placement.objects.create(slot="lead", article=old, ends_at=end)

    assert front.compose().lead == old
    time_machine.move_to(end, tick=False)
    assert front.compose().lead != old


def test_a_placement_waits_for_its_beginning(sections):
    old = factories.published("Old", primary_category=sections[0], at=timezone.now() - timedelta(days=300))
    fill(sections[0], 3)
    start = timezone.now() + timedelta(hours=2)
    Placement.objects.create(slot="lead", article=old, starts_at=start)

    assert front.compose().lead != old
    assert front.compose(at=start).lead == old


def test_a_placed_article_that_is_not_public_leaves_its_place_to_the_next(sections):
    placed = fill(sections[0], 3)
    for position, article in enumerate(placed[:2]):
        Placement.objects.create(slot="lead", article=article, position=position)
    workflow.withdraw(placed[0], by=None)

    assert front.compose().lead == placed[1]


def test_a_second_lead_stands_beside_the_first(sections):
    fill(sections[0], 6)
    old = [
        factories.published(primary_category=sections[0], at=timezone.now() - timedelta(days=300))
        for _ in range(2)
    ]
    for position, article in enumerate(old):
        Placement.objects.create(slot="lead", article=article, position=position)

    page = front.compose()

    assert page.lead == old[0]
    assert page.secondaries[0] == old[1]


def test_opinion_has_a_place_of_its_own_and_no_block(sections):
    fill(sections[0], 14)
    fill(sections[2], 3)

    page = front.compose()

    assert len(page.opinion) == 3
    assert [block.category.name for block in page.blocks] == ["News"]


def test_a_section_is_shown_with_its_sub_sections_articles_in_the_sections_order(sections):
    news, culture, _ = sections
    economy = factories.category("Economy", parent=news)
    fill(news, 16)
    fill(culture, 2)
    fill(economy, 2)

    page = front.compose()

    assert [block.category for block in page.blocks] == [news, culture]
    assert len(page.blocks[0].articles) == front.BLOCK


def test_a_section_whose_period_is_over_has_no_block(sections):
    fill(sections[1], 14)
    fill(sections[0], 3)
    assert [block.category.name for block in front.compose().blocks] == ["News", "Culture"]

    Category.objects.filter(name="News").update(active_until=timezone.now())

    assert [block.category.name for block in front.compose().blocks] == ["Culture"]


def test_the_front_page_of_a_moment_is_that_moments(sections):
    now = timezone.now()
    factories.published("Yesterday's", primary_category=sections[0], at=now - timedelta(days=1))
    factories.published("Tomorrow's", primary_category=sections[0], at=now + timedelta(days=1))

    assert [each.headline for each in stories(front.compose())] == ["Yesterday's"]
    assert [each.headline for each in stories(front.compose(now + timedelta(days=2)))] == [
        "Tomorrow's",
        "Yesterday's",
    ]

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
    column = [*page.most_read, *page.latest]
    return [*lead, *page.breaking, *page.secondaries, *column, *page.opinion, *blocks]


def fill(section, count, **fields):
    """So many stories, each older than the one before, and than those of earlier calls."""
    newest, first = timezone.now() - timedelta(days=1), Article.objects.count()
    return [
        factories.published(primary_category=section, at=newest - timedelta(minutes=place), **fields)
        for place in range(first, first + count)
    ]


def place(slot, count):
    return [
        Placement.objects.create(slot=slot, article=article, position=position)
        for position, article in enumerate(Article.objects.order_by("pk")[:count])
    ]


def test_the_newest_lead_and_the_rest_follow(sections):
    older = [each.headline for each in fill(sections[0], 16)]

    page = front.compose()

    assert page.lead.headline == older[0]
    assert [each.headline for each in page.secondaries] == older[1:4]
    assert [each.headline for each in page.latest] == older[4:14]
    assert [each.headline for each in page.blocks[0].articles] == older[14:]


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
    fill(sections[0], 16)
    fill(sections[2], 3)

    page = front.compose()

    assert len(page.opinion) == 3
    assert [block.category.name for block in page.blocks] == ["News"]


def test_a_section_is_shown_with_its_sub_sections_articles_in_the_sections_order(sections):
    news, culture, _ = sections
    economy = factories.category("Economy", parent=news)
    fill(news, 18)
    fill(culture, 2)
    fill(economy, 2)

    page = front.compose()

    assert [block.category for block in page.blocks] == [news, culture]
    assert len(page.blocks[0].articles) == front.BLOCK


def test_a_section_whose_period_is_over_has_no_block(sections):
    fill(sections[1], 16)
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


def test_the_time_of_a_label_is_that_of_the_latest_change(sections):
    piece = factories.published(primary_category=sections[0])
    assert piece.as_of == piece.published_at

    workflow.correct(piece, by=None, text="It was Tuesday.")

    assert piece.as_of == piece.revised_at


def test_breaking_news_leads_where_nobody_placed_a_lead(sections):
    fill(sections[0], 3)
    flood = factories.published("Flood", primary_category=sections[0], at=timezone.now() - timedelta(days=9))
    workflow.mark_breaking(flood, by=None)

    page = front.compose()

    assert page.lead == flood
    assert page.breaking == []


def test_breaking_news_stands_above_a_placed_lead_and_nowhere_else(sections):
    articles = fill(sections[0], 20)
    Placement.objects.create(slot="lead", article=articles[6])
    for article in (articles[1], articles[15]):
        workflow.mark_breaking(article, by=None)

    page = front.compose()

    assert page.lead == articles[6]
    assert page.breaking == [articles[1], articles[15]]
    assert len(stories(page)) == len({article.pk for article in stories(page)}) == 20


def test_breaking_news_that_is_placed_stands_in_its_place_alone(sections):
    lead, beside, *_ = fill(sections[0], 6)
    for slot, article in (("lead", lead), ("secondary", beside)):
        Placement.objects.create(slot=slot, article=article)
        workflow.mark_breaking(article, by=None)

    page = front.compose()

    assert (page.lead, page.breaking) == (lead, [])
    assert page.secondaries[0] == beside
    assert beside.is_breaking


def test_breaking_news_is_news_like_any_other_once_its_time_is_over(sections, time_machine):
    articles = fill(sections[0], 8)
    Placement.objects.create(slot="lead", article=articles[0])
    workflow.mark_breaking(articles[5], by=None)
    assert front.compose().breaking == [articles[5]]

    time_machine.move_to(timezone.now() + workflow.BREAKING_FOR, tick=False)

    assert front.compose().breaking == []


def test_a_placement_is_live_until_its_end(sections, time_machine):
    articles = fill(sections[0], 3)
    end = timezone.now() + timedelta(hours=5)
    Placement.objects.create(slot="lead", article=articles[2], is_live=True, ends_at=end)

    page = front.compose()
    assert [article for article in stories(page) if article.is_live] == [articles[2]]

    time_machine.move_to(end, tick=False)
    assert not any(article.is_live for article in stories(front.compose()))


def test_what_is_most_read_takes_its_places_from_the_latest(sections):
    articles = fill(sections[0], 20)
    read = [articles[17], articles[0], articles[5], articles[16]]  # one of them leads

    page = front.compose(most_read=[article.pk for article in read])

    assert page.most_read == [articles[17], articles[5], articles[16]]
    assert len(page.latest) == front.LATEST - 3
    assert len(stories(page)) == len({article.pk for article in stories(page)})


@pytest.mark.parametrize(
    ("count", "beside", "latest"), [(1, 0, 0), (4, 3, 0), (5, 4, 0), (6, 5, 0), (7, 3, 3)]
)
def test_a_young_site_has_no_column_with_a_line_or_two_in_it(sections, count, beside, latest):
    fill(sections[0], count)

    page = front.compose()

    assert (len(page.secondaries), len(page.latest)) == (beside, latest)


def test_long_headlines_leave_room_for_fewer_of_the_latest(sections):
    for number in range(20):
        factories.published(f"{number} {'slow ' * 27}", primary_category=sections[0])

    page = front.compose()

    assert front.LATEST_AT_LEAST <= len(page.latest) < front.LATEST
    assert len(page.blocks[0].articles) == front.BLOCK


def block_of(section, pictures):
    """The block of a section with so many stories, those marked True with a picture."""
    picture = factories.image()
    for has_picture in pictures:
        factories.published(primary_category=section, lead_image=picture if has_picture else None)
    return next(block for block in front.compose().blocks if block.category == section)


@pytest.mark.parametrize(
    ("pictures", "rhythms"),
    [
        ([False], {"text"}),
        ([False] * 5, {"text"}),
        ([True], {"single", "turned"}),
        ([False, True], {"single", "turned"}),
        ([True, True], {"pair", "uneven"}),
        ([False, False, True], {"led"}),
        ([True, True, True], {"across", "led"}),
        ([False, True, True, True, False], {"led", "across"}),
    ],
)
def test_a_block_is_set_as_its_stories_and_their_pictures_want_it(sections, pictures, rhythms):
    news, culture, _ = sections
    at = timezone.now() - timedelta(hours=1)
    for _ in range(14):
        factories.published(primary_category=news, at=at)

    block = block_of(culture, pictures)

    assert block.rhythm in rhythms
    led = [article.lead_image_id is not None for article in block.articles]
    assert led == sorted(pictures, reverse=True)


def test_two_blocks_of_a_kind_are_not_set_alike_one_below_the_other(sections):
    news, culture, _ = sections
    science = factories.category("Science", position=9)
    at = timezone.now() - timedelta(hours=1)
    for _ in range(14):
        factories.published(primary_category=news, at=at)
    for section in (culture, science):
        block_of(section, [True, True])

    above, below = [block for block in front.compose().blocks if block.category in (culture, science)]

    assert above.rhythm != below.rhythm

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import related, workflow
from articles.models import Article, Category
from tests import factories

pytestmark = pytest.mark.django_db


def headlines(article):
    return [each.headline for each in related.further(article, newest=0).related]


def neighbours(article, linked=()):
    """The headlines of the earlier and the later piece, on a page that shows nothing else."""
    further = related.further(article, linked, relatives=0, newest=0)
    return [each and each.headline for each in (further.earlier, further.later)]


@pytest.fixture
def sections():
    return factories.category("Culture"), factories.category("Economy")


def test_what_shares_a_tag_comes_before_what_shares_the_section(sections):
    culture, economy = sections
    factories.published("Same tag", primary_category=economy, tags=["carpets"])
    factories.published("Same section", primary_category=culture)
    factories.published("Neither", primary_category=economy)

    piece = factories.published("Carpets", primary_category=culture, tags=["carpets"])

    assert headlines(piece) == ["Same tag", "Same section"]


def test_a_rare_tag_weighs_more_than_a_common_one(sections):
    culture, economy = sections
    for number in range(4):
        factories.published(f"Common {number}", primary_category=economy, tags=["azerbaijan"])
    factories.published("Rare", primary_category=economy, tags=["pomegranates"])

    piece = factories.published("Fruit", primary_category=culture, tags=["azerbaijan", "pomegranates"])

    assert headlines(piece)[0] == "Rare"


def test_among_equals_the_newer_comes_first(sections):
    newer = factories.published("Newer", primary_category=sections[0])
    factories.published("Older", primary_category=sections[0], at=newer.published_at - timedelta(days=9))

    piece = factories.published(primary_category=sections[0])

    assert headlines(piece) == ["Newer", "Older"]


def test_editors_picks_stand_first_in_their_order(sections):
    factories.published("Computed", primary_category=sections[0])
    picks = [factories.published(name, primary_category=sections[1]) for name in ("Second", "First")]
    piece = factories.article("Picked", primary_category=sections[0])
    for place, other in enumerate(reversed(picks)):
        piece.related_rows.create(other=other, position=place)

    workflow.publish(piece, by=None)

    assert headlines(piece) == ["First", "Second", "Computed"]


def test_a_pick_that_resembles_too_is_shown_once(sections):
    other = factories.published("Both", primary_category=sections[0])
    piece = factories.article(primary_category=sections[0])
    piece.related_rows.create(other=other)

    workflow.publish(piece, by=None)

    assert headlines(piece) == ["Both"]


def test_an_older_article_learns_of_its_new_relative(sections):
    older = factories.published("Older", primary_category=sections[0], tags=["tea"])

    factories.published("Newer", primary_category=sections[0], tags=["tea"])

    assert headlines(older) == ["Newer"]


def test_relatives_that_are_withdrawn_or_scheduled_are_not_shown(sections):
    gone = factories.published("Gone", primary_category=sections[0])
    piece = factories.published(primary_category=sections[0])
    factories.published("Tomorrow", primary_category=sections[0], at=gone.published_at + timedelta(days=900))
    assert headlines(piece) == ["Gone"]

    workflow.withdraw(gone, by=None)

    assert headlines(piece) == []


def test_an_article_is_no_relative_of_its_own(sections):
    piece = factories.published(primary_category=sections[0], tags=["tea"])

    related.refresh(piece)

    assert headlines(piece) == []


def test_refreshing_again_changes_nothing(sections):
    for _ in range(3):
        factories.published(primary_category=sections[0], tags=["tea"])
    piece = Article.objects.first()
    before = headlines(piece)

    assert related.refresh(piece)[piece.pk]
    assert headlines(piece) == before


def test_no_more_are_kept_than_a_page_could_show(sections):
    for _ in range(related.KEPT + 3):
        factories.published(primary_category=sections[0])
    piece = factories.published(primary_category=sections[0])

    assert piece.related_rows.count() == related.KEPT


def test_the_neighbours_are_the_nearest_of_the_section_and_its_children(sections):
    culture, economy = sections
    child = factories.category("Books", parent=culture)
    now = timezone.now()
    days = {"Oldest": 5, "Older": 4, "Here": 3, "Newer": 2, "Newest": 1}
    pieces = {
        headline: factories.published(headline, primary_category=culture, at=now - timedelta(days=age))
        for headline, age in days.items()
    }
    factories.published("Elsewhere", primary_category=economy, at=now - timedelta(days=3))
    factories.published("In the child", primary_category=child, at=now - timedelta(days=2, hours=1))
    factories.published("To come", primary_category=culture, at=now + timedelta(days=1))

    def around(headline, *linked):
        return neighbours(pieces[headline], {pieces[each].slug for each in linked})

    assert around("Here") == ["Older", "In the child"]
    assert around("Newer") == ["In the child", "Newest"]
    assert around("Here", "Older") == ["Oldest", "In the child"]
    assert around("Oldest") == [None, "Older"]
    assert around("Newest") == ["Newer", None]


def test_a_page_leads_to_no_piece_twice_and_to_none_that_its_text_links_to(sections):
    pieces = [factories.published(primary_category=sections[0]) for _ in range(24)]
    here, linked = pieces[22], pieces[:2]

    further = related.further(here, {each.slug for each in linked})

    shown = [*further.related, *further.newest, further.earlier, further.later]
    assert (len(further.related), len(further.newest)) == (related.SHOWN, related.NEWEST)
    assert further.later in pieces[:22]
    assert further.earlier == pieces[23]
    assert len({*shown, here, *linked}) == len(shown) + 3


def test_pieces_of_the_same_second_follow_one_another(sections):
    at = timezone.now() - timedelta(days=1)
    first, second, third = (factories.published(primary_category=sections[0], at=at) for _ in range(3))

    assert neighbours(second) == [first.headline, third.headline]


def test_a_draft_has_no_neighbours(sections):
    factories.published(primary_category=sections[0])
    assert neighbours(factories.article(primary_category=sections[0])) == [None, None]


def test_the_neighbours_are_found_along_the_index_of_the_list(sections):
    piece = factories.published(primary_category=sections[0])
    around = Category.objects.lines_around(sections[0], piece.published_at, piece.pk)
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:  # a small table is not worth an index to it
            cursor.execute("SET LOCAL enable_sort = off; SET LOCAL enable_bitmapscan = off")
    for lines in around:
        plan = lines.filter(listed_at__lte=timezone.now())[:1].explain()
        assert "filing_newest" in plan
        assert "TEMP B-TREE" not in plan
        assert "Sort" not in plan

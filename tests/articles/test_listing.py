import random
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import filing, workflow
from articles.listing import Listing
from articles.models import (
    Article,
    AuthorTally,
    CategoryTally,
    Credit,
    Filing,
    Tagging,
    TagTally,
)  # fmt: skip
from tests import factories

pytestmark = pytest.mark.django_db

TALLIES = [(CategoryTally, Filing, "category"), (AuthorTally, Credit, "author"), (TagTally, Tagging, "tag")]


def tallied(model, owner):
    rows = model.objects.filter(count__gt=0).values_list(owner, "month", "count")
    return {(of, month.year, month.month): count for of, month, count in rows}


def counted(model, owner):
    rows = model.objects.filter(listed_at__isnull=False).values_list(owner, "listed_at")
    return Counter((of, at.astimezone(UTC).year, at.astimezone(UTC).month) for of, at in rows)


@pytest.fixture
def section():
    return factories.category("News")


@pytest.fixture
def archive(section):
    """Twelve articles over five months, newest first, and one that is scheduled."""
    now = timezone.now()
    factories.published("Tomorrow", at=now + timedelta(days=1), tags=["tea"])
    return [
        factories.published(f"Day {days}", at=now - timedelta(days=days), tags=["tea"])
        for days in range(1, 144, 12)
    ]


def test_any_part_of_a_list_is_what_counting_through_it_would_give(archive, section):
    for owner in (section, archive[0].tags.get(), archive[0].authors.get()):
        for start in range(len(archive) + 2):
            assert Listing(owner)[start : start + 3] == archive[start : start + 3], (owner, start)
        assert Listing(owner).count() == len(archive)


def test_a_list_of_another_moment_is_that_moments(archive, section):
    now = timezone.now()

    assert Listing(section, now + timedelta(days=2)).count() == len(archive) + 1
    assert [each.headline for each in Listing(section, now + timedelta(days=2))[:2]] == ["Tomorrow", "Day 1"]


def test_a_part_of_a_list_costs_four_questions(archive, section, django_assert_num_queries):
    with django_assert_num_queries(4):
        listing = Listing(section)
        assert listing.count() == 12
        assert len(listing[9:12]) == 3


def test_tallies_follow_whatever_happens_to_the_lines(section):
    dice = random.Random(7)
    sections = [section, factories.category("Economy", parent=section), factories.category("Culture")]
    authors = [factories.author() for _ in range(3)]
    pieces = [
        factories.article(
            primary_category=dice.choice(sections), tags=["tea"], authors=[dice.choice(authors)]
        )
        for _ in range(8)
    ]
    for _ in range(60):
        _change_something(dice, Article.objects.get(pk=dice.choice(pieces).pk), sections, authors)
        for tally, lines, owner in TALLIES:
            assert tallied(tally, owner) == counted(lines, owner)


def _change_something(dice, piece, sections, authors):
    act = dice.choice(["publish", "schedule", "withdraw", "recategorise", "tag", "credit", "refile"])
    if act == "withdraw" and piece.is_public:
        workflow.withdraw(piece, by=None)
    elif act == "publish" and not piece.is_public:
        workflow.publish(piece, by=None, at=timezone.now() - timedelta(days=dice.randrange(100)))
    elif act == "schedule" and not piece.is_public:
        workflow.publish(piece, by=None, at=timezone.now() + timedelta(days=dice.randrange(1, 60)))
    elif act == "recategorise":
        piece.primary_category = dice.choice(sections)
        piece.save()
        workflow.settle(piece)
    elif act == "tag":
        piece.tags.set(dice.sample(["tea", "sea", "oil"], 2))
        workflow.settle(piece)
    elif act == "credit":
        piece.credits.all().delete()
        piece.credits.create(author=dice.choice(authors))
        workflow.settle(piece)
    else:
        filing.refile(piece)


def test_what_is_deleted_is_not_counted_any_more(archive, section):
    Article.objects.filter(pk__in=[each.pk for each in archive[:5]]).delete()
    archive[6].tags.get().delete()

    assert Listing(section).count() == 7
    assert tallied(CategoryTally, "category") == counted(Filing, "category")
    assert tallied(AuthorTally, "author") == counted(Credit, "author")
    assert not TagTally.objects.exists()


def test_a_month_ends_by_universal_time(section):
    for at in (datetime(2024, 1, 31, 23, 59, 59, tzinfo=UTC), datetime(2024, 2, 1, tzinfo=UTC)):
        factories.published(at=at)

    assert tallied(CategoryTally, "category") == {(section.pk, 2024, 1): 1, (section.pk, 2024, 2): 1}
    assert [each.published_at.month for each in Listing(section)[0:2]] == [2, 1]
    assert [each.published_at.month for each in Listing(section)[1:2]] == [1]


def test_the_database_still_keeps_the_tallies():
    """A migration that rebuilt one of the tables would have dropped its triggers."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%tally%'")
        else:
            cursor.execute("SELECT tgname FROM pg_trigger WHERE tgname LIKE '%tally%'")
        assert len(cursor.fetchall()) == 9


def test_sqlite_begins_with_the_keys_of_a_page_though_it_has_no_statistics_of_its_own(section):
    if connection.vendor == "sqlite":
        page = Article.objects.published().filter(pk__in=section.filings.values("article")[:20])
        plan = page.order_by("-published_at", "-pk").explain()
        assert "articles_article USING INTEGER PRIMARY KEY" in plan
        assert "article_newest" not in plan

import importlib
from datetime import timedelta
from itertools import product

import pytest
from django.db import connection, transaction
from django.utils import timezone

from articles import workflow
from articles.models import Article, Author, Change, Filing, Placement, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db

told_by = importlib.import_module("articles.migrations.0004_changes")


@pytest.fixture
def told():
    """The names that were told of since they were last asked for."""

    def names():
        rows = Change.objects.all()
        found = set(rows.values_list("name", flat=True))
        rows.delete()
        return found

    return names


def triggers():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT name FROM sqlite_master WHERE type = 'trigger'"
            if connection.vendor == "sqlite"
            else "SELECT tgname FROM pg_trigger"
        )
        return {name for (name,) in cursor.fetchall()}


def test_every_table_that_pages_show_still_tells_after_all_migrations():
    wanted = {
        f"articles_{table}_tells_{event}"
        for table, event in product(told_by.TABLES, told_by.EVENTS)
        if any(told_by.told(table, event))
    }

    assert wanted - triggers() == set()


def test_rows_written_past_the_models_are_told_of(told):
    writer = factories.author()
    told()

    Author.objects.filter(pk=writer.pk).update(name="Another")
    assert told() == {f"author:{writer.pk}", "authors"}

    SiteSettings.objects.bulk_create([SiteSettings(pk=1)])
    assert told() == {"site"}


def test_publication_is_told_of_in_every_list_that_the_article_joins(told):
    writer, section = factories.author(), factories.category()
    piece = factories.article(authors=[writer], primary_category=section, tags=["tea"])
    told()

    workflow.publish(piece, by=None)

    tag = piece.tags.get()
    lists = {"articles", f"filings:{section.pk}", f"credits:{writer.pk}", f"taggings:{tag.pk}"}
    assert lists | {f"article:{piece.pk}"} <= told()


def test_a_list_is_told_where_in_it_something_moved(told):
    old = factories.published(at=timezone.now() - timedelta(days=400))
    told()

    workflow.withdraw(old, by=None)

    places = set(Change.objects.filter(name="articles").values_list("at", flat=True))
    assert places == {old.published_at}


def test_the_sitemap_hears_of_a_new_address(told):
    piece = factories.published()
    told()

    Article.objects.filter(pk=piece.pk).update(slug="moved")

    assert told() == {f"article:{piece.pk}", "sitemap"}


def test_what_is_only_saved_again_moves_in_no_list(told):
    piece, _ = factories.published(tags=["tea"]), factories.published(tags=["tea"])
    workflow.settle(piece)
    told()

    piece.save()
    workflow.settle(piece)

    assert told() == {f"article:{piece.pk}"}


def test_nothing_withdrawn_or_deleted_may_be_shown_from_a_copy():
    piece, other = factories.published(), factories.published()
    Change.objects.all().delete()

    workflow.withdraw(piece, by=None)
    Article.objects.filter(pk=other.pk).delete()

    hard = set(Change.objects.filter(is_hard=True).values_list("name", flat=True))
    assert {f"article:{piece.pk}", f"article:{other.pk}"} <= hard


def test_an_article_that_comes_back_is_told_of_where_it_is_related(told):
    piece, other = factories.published(tags=["tea"]), factories.published(tags=["tea"])
    workflow.withdraw(other, by=None)
    told()

    Article.objects.filter(pk=other.pk).update(status="published")

    assert f"related:{piece.pk}" in told()


@pytest.mark.django_db(transaction=True)
def test_what_is_rolled_back_is_not_told_of(told):
    piece = factories.published()
    told()

    with transaction.atomic():
        Placement.objects.create(article=piece)
        Filing.objects.all().delete()
        transaction.set_rollback(True)

    assert told() == set()

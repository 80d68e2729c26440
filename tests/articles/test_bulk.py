from random import Random

import pytest
from django.db import DataError, IntegrityError, connection, transaction
from django.utils import timezone

from articles import bulk
from articles.models import Permalink, RelatedArticle, Tag, Tagging
from tests import factories

pytestmark = pytest.mark.django_db

LINK = ("path", "article_id", "created_at")


def test_rows_are_written_in_their_order():
    piece = factories.published("Tea")
    tags = Tag.objects.bulk_create(Tag(name=f"Tag {number}", slug=f"tag-{number}") for number in range(900))
    Random(1).shuffle(tags)
    columns = ("content_object_id", "tag_id", "listed_at")
    rows = [(piece.pk, tag.pk, piece.published_at) for tag in tags]

    bulk.insert(Tagging, columns, iter(rows))

    assert list(Tagging.objects.order_by("pk").values_list(*columns)) == rows


def test_of_no_rows_nothing_is_written():
    bulk.insert(Permalink, LINK, [])

    assert not Permalink.objects.exists()


def test_a_row_that_is_there_already_is_passed_over_only_where_that_is_asked_for():
    piece, other = factories.published("Tea"), factories.published("Coffee")
    RelatedArticle.objects.all().delete()
    columns, row = ("article_id", "other_id", "position", "is_picked"), (piece.pk, other.pk, 0, False)

    bulk.insert(RelatedArticle, columns, [row])
    bulk.insert(RelatedArticle, columns, [row, (other.pk, piece.pk, 0, False)], ignore_conflicts=True)

    assert RelatedArticle.objects.count() == 2
    with pytest.raises(IntegrityError), transaction.atomic():
        bulk.insert(RelatedArticle, columns, [row])


@pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite minds no length")
def test_a_value_that_is_too_long_is_refused_rather_than_cut():
    row = ("x" * 2_000, factories.published("Tea").pk, timezone.now())

    with pytest.raises(DataError), transaction.atomic():
        bulk.insert(Permalink, LINK, [row])

"""A filled archive is what the newsroom itself would have written, on whichever database the tests run."""

import pytest
from django.db import connection

from articles import search, workflow
from articles.models import Article, Author, Category, Filing, Image, SearchEntry, Tag
from benchmarks import checking, filling

SIZE = 300
pytestmark = pytest.mark.django_db(transaction=True)


def schema():
    """With what SQLite's planner was told of the indexes."""
    questions = {
        "sqlite": "SELECT name, sql FROM sqlite_master UNION SELECT idx, stat FROM sqlite_stat1 ORDER BY 1",
        "postgresql": "SELECT indexname, indexdef FROM pg_indexes ORDER BY indexname",
    }
    with connection.cursor() as cursor:
        cursor.execute(questions[connection.vendor])
        return [row for row in cursor.fetchall() if not row[0].startswith("sqlite_")]


@pytest.fixture
def archive():
    return filling.fill(SIZE)


def test_its_lists_texts_and_index_are_what_the_application_makes_of_them(archive):
    assert archive.articles == Article.objects.count() == SIZE
    assert checking.faults(sample=60) == []


def test_a_fault_is_found(archive):
    article = Article.objects.published().first()
    Filing.objects.filter(article=article).delete()
    SearchEntry.objects.filter(article=article).update(text="elsewhere")
    Article.objects.filter(pk=article.pk).update(body="<p>Other words.</p>")

    faults = " ".join(checking.faults(sample=SIZE))

    assert "the printed text" in faults
    assert "other lists" in faults
    assert "other words than it should" in faults


def test_it_has_every_state_and_a_sparse_section(archive):
    # Of the rarest states an archive as small as this one has none.
    assert {"draft", "published", "withdrawn"} <= set(Article.objects.values_list("status", flat=True))
    assert Article.objects.scheduled().count() == 3
    sparse = Category.objects.get(name="sparse")
    assert 20 <= Article.objects.published().in_category(sparse).count() <= 30


def test_its_tags_and_authors_are_skewed(archive):
    counts = sorted(
        (Article.objects.published().by_author(author).count() for author in Author.objects.all()),
        reverse=True,
    )

    assert counts[0] > 2 * counts[len(counts) // 2]
    assert Tag.objects.listed().count() > 30
    assert Image.objects.filter(rendered_at=None).count() == 0


def test_indexes_and_triggers_are_as_before():
    before = schema()
    filling.fill(50)

    assert schema() == before


def test_an_article_written_afterwards_is_listed_and_found(archive):
    category = Category.objects.filter(children=None).first()
    listed, entries = Article.objects.published().in_category(category).count(), SearchEntry.objects.count()
    article = Article.objects.create(
        headline="Xylophones arrive", body="<p>At last.</p>", primary_category=category
    )
    article.credits.create(author=Author.objects.first())
    workflow.publish(article, by=None)

    assert article.pk == SIZE + 1
    assert list(search.find("xylophones")) == [article]
    assert Article.objects.published().in_category(category).count() == listed + 1
    assert SearchEntry.objects.count() == entries + 1


def test_a_database_in_use_is_not_filled(archive):
    with pytest.raises(ValueError, match="articles in this database already"):
        filling.fill(10)

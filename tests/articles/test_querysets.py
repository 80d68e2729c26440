from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from articles import workflow
from articles.models import Article, Category
from tests import factories

pytestmark = pytest.mark.django_db


def headlines(articles):
    return [each.headline for each in articles]


@pytest.fixture
def hour():
    return timezone.now().replace(minute=0, second=0, microsecond=0) - timedelta(days=3)


def test_published_is_what_has_been_published_by_the_moment_given(hour):
    factories.article("Draft")
    factories.published("Early", at=hour)
    factories.published("Late", at=hour + timedelta(hours=2))
    assert headlines(Article.objects.published(hour + timedelta(hours=1))) == ["Early"]
    assert headlines(Article.objects.published(hour)) == ["Early"]
    assert headlines(Article.objects.published().newest_first()) == ["Late", "Early"]


def test_a_scheduled_article_is_not_published_yet():
    factories.published("Tomorrow", at=timezone.now() + timedelta(days=1))
    assert headlines(Article.objects.published()) == []
    assert headlines(Article.objects.scheduled()) == ["Tomorrow"]


def test_a_section_lists_the_articles_of_its_sub_sections_each_once(hour):
    news = factories.category("News")
    economy = factories.category("Economy", parent=news)
    culture = factories.category("Culture")
    factories.published("Old", primary_category=economy, further=[news], at=hour)
    factories.published("New", primary_category=economy, at=hour + timedelta(hours=1))
    factories.published("Other", primary_category=culture)
    assert headlines(Article.objects.published().in_category(news).newest_first()) == ["New", "Old"]
    assert headlines(Article.objects.published().in_category(economy).newest_first()) == ["New", "Old"]
    assert headlines(Article.objects.published().in_category(culture)) == ["Other"]


def test_an_author_credited_twice_is_listed_once():
    photographer = factories.author("Elchin")
    piece = factories.article("Essay", authors=[photographer])
    piece.credits.create(author=photographer, role="photographer", position=1)
    workflow.publish(piece, by=None)
    assert headlines(Article.objects.published().by_author(photographer)) == ["Essay"]


def test_a_tag_lists_its_published_articles_only():
    factories.published("Tea in Lankaran", tags=["tea"])
    factories.article("Tea in draft", tags=["tea"])
    tea = Article.objects.get(headline="Tea in draft").tags.get()
    assert headlines(Article.objects.published().tagged(tea).newest_first()) == ["Tea in Lankaran"]


def test_lists_walk_an_index_and_sort_nothing():
    section = factories.category()
    listed = Article.objects.published().in_category(section).newest_first().values_list("pk")[:20]
    plan = listed.explain()
    if connection.vendor == "sqlite":
        assert "filing_newest" in plan
        assert "TEMP B-TREE" not in plan


def test_the_newest_of_every_section_come_in_one_statement(django_assert_num_queries, hour):
    sections = [factories.category() for _ in range(3)]
    for place in range(4):
        for section in sections[:2]:
            factories.published(primary_category=section, at=hour + timedelta(minutes=place))
    with django_assert_num_queries(1):
        rows = list(Category.objects.in_order().with_newest(2))
    newest = {row: [pk for (pk,) in row.newest] for row in rows}
    for section in sections[:2]:
        expected = Article.objects.in_category(section).newest_first().values_list("pk", flat=True)
        assert newest[section] == list(expected[:2])
    assert newest[sections[2]] == []


def test_an_author_sees_their_own_articles_on_the_desk_an_editor_everybodys():
    writer, editor = factories.user("contributor"), factories.user("editor")
    byline = factories.author("Leyla", user=writer)
    factories.article("Written by her", created_by=writer)
    factories.article("Credited to her", authors=[byline])
    factories.article("Somebody else's", authors=[factories.author("Orkhan")])
    assert set(headlines(Article.objects.visible_to(writer))) == {"Written by her", "Credited to her"}
    assert Article.objects.visible_to(editor).count() == 3

from datetime import timedelta

import pytest
from django.utils import timezone

from articles import filing
from articles.models import Article, Category, Filing
from tests import factories

pytestmark = pytest.mark.django_db


def filed(article):
    return set(Filing.objects.filter(article=article).values_list("category__name", flat=True))


@pytest.fixture
def sections():
    news = factories.category("News")
    return news, factories.category("Economy", parent=news), factories.category("Culture")


def test_an_article_is_filed_under_its_categories_and_their_parents_once(sections):
    news, economy, culture = sections
    piece = factories.published(primary_category=economy, further=[culture, news])

    assert filed(piece) == {"News", "Economy", "Culture"}
    assert piece.filings.count() == 3


def test_a_draft_is_filed_nowhere(sections):
    piece = factories.article(primary_category=sections[1], tags=["tea"])

    filing.refile(piece)

    assert filed(piece) == set()
    assert not piece.taggings.filter(listed_at__isnull=False).exists()


def test_lists_carry_the_publication_time():
    moment = timezone.now() - timedelta(days=400)
    piece = factories.published(at=moment, tags=["tea"])

    assert set(piece.filings.values_list("listed_at", flat=True)) == {moment}
    assert set(piece.credits.values_list("listed_at", flat=True)) == {moment}
    assert set(piece.taggings.values_list("listed_at", flat=True)) == {moment}


def test_filing_anew_follows_a_change_of_categories(sections):
    _, economy, culture = sections
    piece = factories.published(primary_category=economy)

    piece.primary_category = culture
    piece.save()
    filing.refile(piece)

    assert filed(piece) == {"Culture"}


def test_an_author_in_two_roles_is_listed_by_the_first():
    writer = factories.author()
    piece = factories.article(authors=[writer])
    piece.credits.create(author=writer, role="photographer", position=1)
    Article.objects.filter(pk=piece.pk).update(status="published", published_at=timezone.now())

    filing.refile(Article.objects.get(pk=piece.pk))

    assert [credit.listed_at is not None for credit in piece.credits.all()] == [True, False]


def test_many_articles_are_filed_in_as_many_statements_as_one(django_assert_num_queries, sections):
    pieces = [factories.published(primary_category=sections[1], tags=["tea"]) for _ in range(5)]
    statements = 8  # of which two mark the transaction's savepoint

    for some in (pieces[:1], pieces):
        Filing.objects.all().delete()
        with django_assert_num_queries(statements):
            filing.refile(*some)


def test_filing_twice_changes_nothing(sections):
    piece = factories.published(primary_category=sections[1], tags=["tea"])
    before = filed(piece)

    filing.refile(piece)

    assert filed(piece) == before


def test_a_section_that_moves_takes_its_articles_from_the_old_parents_list_to_the_new_ones(sections):
    news, economy, culture = sections
    hers = factories.published("Hers", primary_category=economy)
    both = factories.published("Both", primary_category=economy, further=[news])

    economy.parent = culture
    economy.save()
    filing.move(economy)

    assert filed(hers) == {"Economy", "Culture"}
    assert filed(both) == {"Economy", "Culture", "News"}


def test_a_renamed_section_renames_its_sub_sections_addresses(client, sections):
    news, economy, _ = sections
    factories.published(primary_category=economy)

    for slug in ("latest-news", "headlines"):
        news.slug = slug
        news.save()
        filing.move(news)

    assert Category.objects.get(pk=economy.pk).stored_path == "headlines/economy"
    for old in ("news", "latest-news"):
        for rest, now in (("", "/category/headlines/"), ("/economy", "/category/headlines/economy/")):
            response = client.get(f"/category/{old}{rest}/")
            assert (response.status_code, response["Location"]) == (301, now)
    assert client.get("/category/headlines/economy/").status_code == 200


def test_a_section_may_go_back_to_the_address_it_had(client, sections):
    news = sections[0]
    for slug in ("headlines", "news"):
        news.slug = slug
        news.save()
        filing.move(news)

    assert client.get("/category/news/economy/").status_code == 200
    assert client.get("/category/headlines/economy/")["Location"] == "/category/news/economy/"

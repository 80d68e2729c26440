import pytest
from django.db import IntegrityError, transaction

from articles.models import Article, Category, Page, Permalink, Tag
from articles.slugs import RESERVED
from tests import factories

pytestmark = pytest.mark.django_db


def refused(act):
    with pytest.raises(IntegrityError), transaction.atomic():
        act()
    return True


def paths_of(thing):
    return set(thing.permalinks.values_list("path", flat=True))


def test_a_new_thing_takes_its_address_from_its_name():
    assert factories.article("Bridge over the Kura").get_absolute_url() == "/bridge-over-the-kura/"
    assert Page.objects.create(title="Who we are").get_absolute_url() == "/who-we-are/"
    assert factories.author("Əli Şıxlı").get_absolute_url() == "/author/eli-sixli/"
    assert factories.tag("Çay").get_absolute_url() == "/tag/cay/"
    news = factories.category("News")
    assert factories.category("Economy", parent=news).get_absolute_url() == "/category/news/economy/"


def test_a_name_that_is_taken_gets_a_number():
    slugs = [factories.article("Weather").slug for _ in range(3)]

    assert slugs == ["weather", "weather-2", "weather-3"]
    assert Page.objects.create(title="Weather").slug == "weather-4"
    assert factories.tag("weather").slug == "weather"  # has addresses of its own


def test_the_same_sub_section_may_stand_under_two_sections():
    world, sport = factories.category("World"), factories.category("Sport")

    paths = [factories.category("Interviews", parent=parent).stored_path for parent in (world, sport)]

    assert paths == ["world/interviews", "sport/interviews"]


def test_every_address_ever_used_is_remembered_with_what_it_led_to():
    piece = factories.article(slug="first")
    for slug in ("second", "third", "second"):
        piece.slug = slug
        piece.save()

    assert paths_of(piece) == {"first", "second", "third"}
    assert Permalink.objects.target_of("first") == piece
    assert Permalink.objects.target_of("fourth") is None


def test_nobody_else_may_take_an_address_that_was_once_used():
    piece = factories.article(slug="first")
    piece.slug = "second"
    piece.save()

    assert refused(lambda: factories.article(slug="first"))
    assert refused(lambda: Page.objects.create(title="A page", slug="first"))
    assert factories.article("First").slug == "first-2"
    assert not Article.objects.filter(slug="first").exists()


def test_an_article_and_a_page_never_share_an_address():
    factories.article(slug="weather")
    Page.objects.create(title="Terms", slug="terms")

    assert refused(lambda: Page.objects.create(title="Weather", slug="weather"))
    assert refused(lambda: factories.article(slug="terms"))


def test_an_address_past_the_forms_is_refused_by_the_database_too():
    piece, static_page = factories.article(slug="piece"), Page.objects.create(title="Terms", slug="terms")
    piece.slug = "renamed"
    piece.save()
    other = factories.article(slug="other")

    assert refused(lambda: Article.objects.filter(pk=other.pk).update(slug="terms"))
    assert refused(lambda: Article.objects.filter(pk=other.pk).update(slug="piece"))
    assert refused(lambda: Article.objects.filter(pk=other.pk).update(slug="renamed"))
    assert refused(lambda: Page.objects.filter(pk=static_page.pk).update(slug="piece"))
    assert refused(lambda: Article.objects.bulk_create([Article(headline="X", slug="terms")]))
    assert refused(lambda: Page.objects.bulk_create([Page(title="X", slug="renamed")]))


def test_what_was_made_past_save_is_seen_as_well():
    Article.objects.bulk_create([Article(headline="X", slug="bulk")])

    assert refused(lambda: Page.objects.bulk_create([Page(title="X", slug="bulk")]))


@pytest.mark.parametrize("word", sorted(RESERVED))
def test_the_sites_own_words_are_no_addresses(word):
    piece = factories.article("Piece")

    assert refused(lambda: factories.article(slug=word))
    assert refused(lambda: Page.objects.create(title="X", slug=word))
    assert refused(lambda: Article.objects.filter(pk=piece.pk).update(slug=word))
    assert refused(lambda: Permalink.objects.create(path=word, article=piece))
    assert factories.article(word).slug == f"{word}-2"


def test_an_address_leads_to_exactly_one_thing():
    piece, section = factories.article(), factories.category()

    assert refused(lambda: Permalink.objects.create(path="a"))
    assert refused(lambda: Permalink.objects.create(path="a", article=piece, category=section))


def test_a_deleted_articles_address_is_free_again():
    factories.article(slug="first").delete()

    assert factories.article(slug="first").pk


def test_a_refused_address_leaves_nothing_behind():
    factories.article(slug="first")
    before = Article.objects.count()

    refused(lambda: Article.objects.create(headline="Another", slug="first"))

    assert Article.objects.count() == before


@pytest.mark.parametrize("make", [factories.tag, factories.category, factories.author])
def test_an_address_made_from_the_longest_name_fits_its_column(make):
    length = make("x")._meta.get_field("name").max_length

    for _ in range(2):
        thing = make("里" * (length - 1) + str(Tag.objects.count() + Category.objects.count()))
        assert 0 < len(thing.slug) <= thing._meta.get_field("slug").max_length


def test_saving_a_single_field_leaves_the_address_alone(django_assert_num_queries):
    piece = factories.article(slug="first")
    piece.slug = "second"
    piece.kicker = "Longread"

    piece.save(update_fields=["kicker"])

    assert Article.objects.get().slug == "first"
    assert paths_of(piece) == {"first"}


def test_saving_only_the_slug_of_a_section_saves_its_path_too():
    news = factories.category("News")
    news.slug = "headlines"

    news.save(update_fields=["slug"])

    assert Category.objects.get().stored_path == "headlines"

from datetime import timedelta

import pytest
from django.db import DataError, connection
from django.db.models import BigAutoField, CharField, DateTimeField, SlugField
from django.utils import timezone

from articles import prepared, presentation, recording
from articles.cards import cards, headlines
from articles.context_processors import Site
from articles.models import Article
from articles.recording import Recording
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def piece():
    return factories.published(
        "Tea",
        primary_category=factories.category("News"),
        further=[factories.category("Culture")],
        authors=[factories.author("Leyla", photo=factories.image())],
        lead_image=factories.image(),
        origin="reprint",
        original_url="https://example.com/tea",
        outlet=factories.outlet(),
    )


@prepared.prepared(slug=SlugField(), at=DateTimeField())
def by_slug(slug, at):
    return Article.objects.published(at).filter(slug=slug).for_cards()


@prepared.prepared(keys=BigAutoField(), many=["keys"])
def headed(keys):
    return Article.objects.filter(pk__in=keys).order_by("pk").values_list("pk", "headline")


@prepared.prepared(slugs=SlugField(), many=["slugs"])
def addressed(slugs):
    return Article.objects.filter(slug__in=slugs).order_by("pk").values_list("slug")


@prepared.prepared(section=BigAutoField(), at=DateTimeField())
def newest_in(section, at):
    return Article.objects.published(at).in_category(section).newest_first().for_headlines()[:2]


@prepared.prepared(word=CharField())
def with_headline(word):
    return Article.objects.filter(headline__contains=word).order_by("pk").values_list("headline")


def shown(article):
    return {
        "headline": article.headline,
        "published": article.published_at,
        "labels": [each.get_absolute_url() for each in article.all_categories],
        "by": [(each.author.name, each.author.photo.preview_name) for each in article.writers],
        "picture": article.lead_image.preview_name,
        "origin": article.origin_label,
    }


def recorded(ask):
    with recording.record(Recording()) as page:
        ask()
    return page.shown


def test_a_question_answers_as_its_queryset_does(piece, django_assert_num_queries):
    with django_assert_num_queries(1):
        (answer,) = by_slug(slug="tea", at=timezone.now())
        told = shown(answer)

    assert type(answer) is Article
    assert answer == piece
    assert told == shown(Article.objects.for_cards().get())


def test_every_time_it_answers_for_what_it_is_given(piece):
    coffee = factories.published("Coffee")

    assert by_slug(slug="coffee", at=timezone.now()) == [coffee]
    assert by_slug(slug="tea", at=timezone.now()) == [piece]
    assert by_slug(slug="tea", at=piece.published_at - timedelta(seconds=1)) == []
    assert by_slug(slug="water", at=timezone.now()) == []


def test_several_may_be_asked_before_the_first_is_answered(piece):
    coffee = factories.published("Coffee")

    asked = [by_slug.ask(slug=slug, at=timezone.now()) for slug in ("coffee", "water", "tea")]
    assert [each.answer() for each in reversed(asked)] == [[piece], [], [coffee]]


def test_many_values_are_given_as_a_list(piece):
    coffee = factories.published("Coffee")

    assert headed(keys=[piece.pk, coffee.pk]) == [(piece.pk, "Tea"), (coffee.pk, "Coffee")]
    assert headed(keys=[coffee.pk, 10**12]) == [(coffee.pk, "Coffee")]
    assert headed(keys=[]) == []


def test_a_value_is_never_taken_for_a_part_of_the_statement():
    factories.published("100 % of the tea's “leaves”")

    assert with_headline(word="100 % of the tea's “") == [("100 % of the tea's “leaves”",)]
    assert with_headline(word="' OR 1=1 --") == with_headline(word="%s") == []


def test_what_it_shows_is_noted_as_for_a_queryset(piece):
    section, at = piece.primary_category, timezone.now()
    factories.published("Older", primary_category=section, at=at - timedelta(days=9))
    queryset = Article.objects.published(at).in_category(section).newest_first().for_headlines()[:2]

    for _ in range(2):
        assert recorded(lambda: newest_in(section=section.pk, at=at)) == recorded(
            lambda: list(queryset.all())
        )
    assert f"filings:{section.pk}" in recorded(lambda: newest_in(section=section.pk, at=at))


def test_what_is_remembered_is_noted_every_time(piece):
    made, recalled = (recorded(lambda: cards([piece.pk], timezone.now())) for _ in range(2))

    assert made == recalled
    assert {f"article:{piece.pk}", f"image:{piece.lead_image.pk}"} <= recalled.keys()
    assert f"author:{piece.writers[0].author.pk}" in recalled


def test_what_is_remembered_asks_for_the_row_and_for_nothing_else(piece, django_assert_num_queries):
    first = shown(cards([piece.pk], timezone.now())[piece.pk])

    with django_assert_num_queries(1):
        assert shown(cards([piece.pk], timezone.now())[piece.pk]) == first


def test_a_changed_row_is_another_one_whoever_changed_it(piece):
    at = timezone.now()
    assert headlines([piece.pk], at)[piece.pk].headline == "Tea"

    Article.objects.filter(pk=piece.pk).update(headline="Coffee")
    piece.primary_category.__class__.objects.filter(name="Culture").update(name="Arts")

    changed = headlines([piece.pk], at)[piece.pk]
    assert changed.headline == "Coffee"
    assert [each.name for each in changed.all_categories] == ["News", "Arts"]


def test_what_one_says_of_a_remembered_thing_no_other_hears(piece):
    mine, yours = (cards([piece.pk], timezone.now())[piece.pk] for _ in range(2))
    mine.is_live = True

    assert not yours.is_live
    assert not cards([piece.pk], timezone.now())[piece.pk].is_live


def test_only_so_many_are_remembered(piece, monkeypatch):
    monkeypatch.setattr(prepared, "MOST_REMEMBERED", 2)
    pieces = [piece, *(factories.published(f"Piece {number}") for number in range(4))]
    keys = [each.pk for each in pieces]

    assert [set(cards(keys, timezone.now())) for _ in range(2)] == [set(keys)] * 2
    assert set(cards(keys[:1], timezone.now())) == set(keys[:1])


def test_statements_are_put_together_once(piece, monkeypatch):
    by_slug(slug="tea", at=timezone.now())
    monkeypatch.setattr(connection.ops, "compiler", None)

    assert by_slug(slug="tea", at=timezone.now()) == [piece]


class TestDrawn:
    @pytest.fixture
    def drawings(self):
        """A macro, and what it was asked to draw."""

        def macro(article, *how, **more):
            macro.calls.append(article.headline)
            return f"{article.headline}{' breaking' if article.is_breaking else ''}{how}{more}"

        macro.name, macro.calls = "macro", []
        return macro

    @pytest.fixture(autouse=True)
    def read_site(self, db):
        self.furniture = Site("/").furniture

    def draw(self, macro, piece, *how, at=None, is_live=False, **more):
        article = cards([piece.pk], at or timezone.now())[piece.pk]
        article.is_live = is_live
        site = Site("/")
        site.furniture = self.furniture
        return presentation.drawn({"site": site}, macro, article, *how, **more)

    def test_the_same_is_drawn_once(self, drawings, piece):
        drawn = {self.draw(drawings, piece, "lead", level=2) for _ in range(3)}

        assert drawn == {"Tea('lead',){'level': 2}"}
        assert drawings.calls == ["Tea"]

    def test_another_way_to_show_it_is_another_drawing(self, drawings, piece):
        ways = [("lead", {}), ("list", {}), ("lead", {"plain": True}), ("lead", {"brief": True})]
        drawn = [self.draw(drawings, piece, variant, **more) for variant, more in ways]

        assert len(set(drawn)) == len(drawings.calls) == 4

    def test_what_is_live_is_drawn_by_itself(self, drawings, piece):
        for is_live in (True, False, True):
            self.draw(drawings, piece, is_live=is_live)

        assert len(drawings.calls) == 2

    def test_labels_end_and_days_pass(self, drawings, piece, time_machine):
        now = timezone.now().replace(hour=10)
        Article.objects.update(breaking_until=now + timedelta(hours=1), published_at=now - timedelta(days=30))
        drawn = []
        for hours in (0, 0, 2, 2, 24, 24):
            time_machine.move_to(now + timedelta(hours=hours), tick=False)
            drawn.append(self.draw(drawings, piece))

        assert drawn == ["Tea breaking(){}"] * 2 + ["Tea(){}"] * 4
        assert len(drawings.calls) == 3

    def test_something_changed_and_everything_is_drawn_anew(self, drawings, piece):
        self.draw(drawings, piece)
        prepared.forget()
        self.draw(drawings, piece)

        assert len(drawings.calls) == 2

    def test_what_is_not_remembered_is_drawn_every_time(self, drawings, piece):
        for _ in range(2):
            presentation.drawn({}, drawings, piece)

        assert len(drawings.calls) == 2


postgresql_only = pytest.mark.skipif(connection.vendor != "postgresql", reason="only PostgreSQL keeps plans")


@postgresql_only
def test_postgresql_plans_a_question_once():
    def plans():
        with connection.cursor() as cursor:
            cursor.execute("SELECT name, generic_plans + custom_plans FROM pg_prepared_statements")
            return dict(cursor.fetchall())

    by_slug(slug="baku", at=timezone.now())
    before = plans()
    by_slug(slug="gence", at=timezone.now())
    after = plans()

    used = [name for name in after if after[name] > before.get(name, 0)]
    assert len(used) == 1
    assert after.keys() == before.keys()


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_behind_a_pooler_every_question_is_asked_whole(monkeypatch):
    monkeypatch.setattr(prepared.Planned, "is_of_use", True)
    piece = factories.published("Tea")
    with_headline(word="Tea")

    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")  # as if it were another session

    assert with_headline(word="Tea") == [(piece.headline,)]
    assert not prepared.Planned.is_of_use
    assert with_headline(word="Tea") == [(piece.headline,)]
    connection.close()  # other tests would ask this session for what it has forgotten


@postgresql_only
@pytest.mark.django_db(transaction=True)
def test_a_fault_that_is_no_poolers_is_raised(monkeypatch):
    with pytest.raises(DataError):
        headed(keys=[10**30])

    assert prepared.Planned.is_of_use


def test_a_value_longer_than_its_column_is_found_nowhere():
    longest = "x" * Article._meta.get_field("slug").max_length
    factories.published("Tea", slug=longest)

    assert by_slug(slug=f"{longest}x", at=timezone.now()) == []
    assert addressed(slugs=[f"{longest}x", "tea"]) == []
    assert addressed(slugs=[longest]) == [(longest,)]

import io
import logging
from datetime import timedelta

import pytest
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import transaction
from django.utils import timezone
from PIL import Image as Picture

from articles import sharing, workflow
from articles.imaging import social_cards
from articles.models import Article, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(django_capture_on_commit_callbacks):
    """`with worked():` what is asked for in there is committed, and the worker does it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def piece(worked):
    with worked():
        return factories.published("Green light for the corridor")


def card_of(article):
    return Article.objects.values_list("social_card", flat=True).get(pk=article.pk)


def cards(settings):
    return sorted(
        str(path.relative_to(settings.MEDIA_ROOT)) for path in settings.MEDIA_ROOT.glob("cards/*/*")
    )


def renamed(article, headline):
    article = Article.objects.get(pk=article.pk)
    article.headline = headline
    article.save()
    workflow.settle(article)


def test_a_published_piece_without_a_picture_gets_its_card(piece, settings):
    assert cards(settings) == [card_of(piece)]
    with default_storage.open(card_of(piece)) as file:
        assert Picture.open(io.BytesIO(file.read())).size == (1200, 630)


def test_a_scheduled_piece_has_its_card_before_anybody_shares_it(worked):
    with worked():
        piece = factories.published(at=timezone.now() + timedelta(days=1))

    assert default_storage.exists(card_of(piece))


def test_drafts_and_pieces_with_a_picture_get_none(worked, settings):
    with worked():
        factories.article()
        factories.published(lead_image=factories.image())

    assert cards(settings) == []


def test_nothing_is_drawn_within_the_request(django_capture_on_commit_callbacks, settings):
    with django_capture_on_commit_callbacks() as callbacks:
        factories.published()
        assert cards(settings) == []

    assert callbacks


def test_another_headline_gets_another_address_and_the_old_card_goes(piece, worked, settings):
    before = card_of(piece)

    with worked():
        renamed(piece, "Red light for the corridor")

    assert card_of(piece) != before
    assert cards(settings) == [card_of(piece)]


def test_a_change_that_the_card_does_not_show_draws_nothing(piece, worked):
    before = card_of(piece)
    drawn_at = default_storage.get_modified_time(before)
    with worked():
        article = Article.objects.get(pk=piece.pk)
        article.standfirst = "In other words"
        article.save()
        workflow.settle(article)

    assert card_of(piece) == before
    assert default_storage.get_modified_time(before) == drawn_at


def test_the_address_tells_whatever_is_shown():
    outlet = factories.outlet("Orbit Wire")
    piece = factories.published("A headline", primary_category=factories.category("Economy"))
    names = set()

    def note():
        sharing.draw_card.call(piece.pk)
        names.add(card_of(piece))

    note()
    Article.objects.update(headline="Another headline")
    note()
    Article.objects.update(primary_category=factories.category("Politics"))
    note()
    Article.objects.update(origin="reprint", outlet=outlet)
    note()
    SiteSettings.objects.create(pk=1, name="Gündəm")
    note()
    SiteSettings.objects.update(logo=factories.image())
    note()
    SiteSettings.objects.update(language="ru")
    note()

    assert len(names) == 7


def test_two_pieces_never_share_a_card():
    first, second = factories.published("The same", slug="one"), factories.published("The same", slug="two")
    for each in (first, second):
        sharing.draw_card.call(each.pk)

    assert card_of(first) != card_of(second)


def test_a_card_is_put_away_when_a_picture_comes(piece, worked, settings):
    with worked():
        article = Article.objects.get(pk=piece.pk)
        article.lead_image = factories.image()
        article.save()
        workflow.settle(article)

    assert card_of(piece) == ""
    assert cards(settings) == []


@pytest.mark.parametrize(
    ("verb", "in_days"), [(workflow.withdraw, -1), (workflow.unschedule, 1)], ids=["withdrawn", "unscheduled"]
)
def test_a_card_is_put_away_when_the_piece_is(verb, in_days, worked, settings):
    with worked():
        piece = factories.published(at=timezone.now() + timedelta(days=in_days))
    assert len(cards(settings)) == 1

    with worked():
        verb(piece, by=None)

    assert card_of(piece) == ""
    assert cards(settings) == []


def test_a_card_stays_where_the_save_that_would_put_it_away_fails(piece, settings):
    def withdraw_and_break():
        with transaction.atomic():
            workflow.withdraw(Article.objects.get(pk=piece.pk), by=None)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        withdraw_and_break()

    assert cards(settings) == [card_of(piece)]


def test_drawing_twice_changes_nothing(piece, settings):
    assert sharing.draw_card.call(piece.pk) is False

    assert cards(settings) == [card_of(piece)]


def test_what_a_worker_left_half_done_is_done_again_under_the_same_name(piece, settings):
    name = card_of(piece)
    Article.objects.update(social_card="")

    assert sharing.draw_card.call(piece.pk) is True

    assert cards(settings) == [card_of(piece)] == [name]


def test_a_piece_that_was_saved_while_its_card_was_drawn_does_not_get_the_old_one(
    piece, settings, monkeypatch, worked
):
    renamed(piece, "Amber light")
    before = card_of(piece)
    keep = FileSystemStorage.save

    def keep_slowly(storage, name, content):
        Article.objects.get(pk=piece.pk).save()
        return keep(storage, name, content)

    monkeypatch.setattr(FileSystemStorage, "save", keep_slowly)
    with worked():
        assert sharing.draw_card.call(piece.pk) is False

    assert cards(settings) == [card_of(piece)] == [before]


@pytest.mark.parametrize("pk", [0, 10**9])
def test_a_piece_that_is_gone_is_no_fault(pk):
    assert sharing.draw_card.call(pk) is False


def test_a_headline_that_our_fonts_cannot_set_has_no_card_and_is_not_tried_again(worked, settings):
    with worked():
        piece = factories.published("中国 and the Caspian")

    assert card_of(piece) == social_cards.UNDRAWABLE
    assert cards(settings) == []
    assert sharing.request_waiting() == 0

    with worked():
        renamed(piece, "China and the Caspian")
    assert cards(settings) == [card_of(piece)]


def test_the_site_s_logo_is_on_the_card(worked):
    logo = factories.image()
    SiteSettings.objects.create(pk=1, logo=logo)
    with worked():
        piece = factories.published()

    with default_storage.open(card_of(piece)) as file:
        foot = Picture.open(io.BytesIO(file.read())).convert("RGB").crop((72, 510, 300, 630))
    assert any(max(abs(a - b) for a, b in zip(colour, (0, 128, 128), strict=True)) < 12
               for _, colour in foot.getcolors(100_000))  # fmt: skip


# When it cannot be done -----------------------------------------------------------------------------


def test_a_full_disk_costs_the_card_and_nothing_else(settings, caplog, client, worked):
    settings.MEDIA_ROOT.parent.mkdir(exist_ok=True)
    settings.MEDIA_ROOT.write_text("no folder: nothing can be kept in here")

    with caplog.at_level(logging.ERROR), worked():
        piece = factories.published(slug="piece")

    assert card_of(piece) == ""
    assert f"No card for article {piece.pk}" in caplog.text
    assert client.get("/piece/").status_code == 200


def test_a_lost_logo_costs_the_card_and_nothing_else(worked, caplog):
    logo = factories.image()
    SiteSettings.objects.create(pk=1, logo=logo)
    default_storage.delete(logo.preview_name)

    with worked():
        piece = factories.published()

    assert card_of(piece) == ""
    assert "No card" in caplog.text


def test_missing_cards_are_found_again_and_those_that_are_there_are_left(piece, worked, settings):
    with worked():
        lost = factories.published("Lost")
        factories.published("With a picture", lead_image=factories.image())
        factories.article("A draft")
    default_storage.delete(card_of(lost))
    Article.objects.filter(pk=lost.pk).update(social_card="")

    assert sharing.request_waiting() == 1
    assert sharing.request_waiting() == 0

    assert cards(settings) == sorted([card_of(piece), card_of(lost)])


def test_an_archive_is_caught_up_with_a_part_at_a_time_the_newest_first(monkeypatch):
    monkeypatch.setattr(sharing, "AT_ONCE", 2)
    newest, second, oldest = (factories.published() for _ in range(3))

    assert sharing.request_waiting() == 2
    assert card_of(newest)
    assert card_of(second)
    assert not card_of(oldest)
    assert sharing.request_waiting() == 1
    assert card_of(oldest)

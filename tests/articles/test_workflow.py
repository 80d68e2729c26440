from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from articles import workflow
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def chief():
    return factories.user("chief editor")


def messages(refused):
    return refused.value.messages


def fresh(article):
    return Article.objects.get(pk=article.pk)


def test_an_article_goes_from_draft_to_review_to_ready_to_published(chief):
    piece = factories.article("A long way")
    assert piece.status == "draft"

    workflow.submit(piece, by=factories.user("contributor"))
    assert fresh(piece).status == "in_review"
    workflow.approve(piece, by=chief)
    assert fresh(piece).status == "ready"
    workflow.publish(piece, by=chief)

    assert fresh(piece).is_public


def test_what_is_sent_back_is_a_draft_again(chief):
    piece = factories.article()
    workflow.submit(piece, by=None)

    workflow.send_back(piece, by=chief)

    assert fresh(piece).status == "draft"


def test_publishing_without_a_time_means_now(chief, time_machine):
    time_machine.move_to("2026-03-01T10:00:00+00:00", tick=False)
    piece = factories.article()

    workflow.publish(piece, by=chief)

    assert fresh(piece).published_at == timezone.now()


def test_a_time_ahead_schedules(chief):
    piece = factories.article()

    workflow.publish(piece, by=chief, at=timezone.now() + timedelta(hours=1))

    assert fresh(piece).is_scheduled
    assert not fresh(piece).is_public


def test_the_time_of_a_scheduled_article_can_be_moved(chief):
    sooner, later = (timezone.now() + timedelta(hours=each) for each in (1, 2))
    piece = factories.published(at=later)

    workflow.publish(piece, by=chief, at=sooner)

    assert fresh(piece).published_at == sooner
    assert set(piece.filings.values_list("listed_at", flat=True)) == {sooner}


def test_an_article_taken_off_the_schedule_is_ready_and_listed_nowhere(chief):
    piece = factories.published(at=timezone.now() + timedelta(hours=1), tags=["tea"])

    workflow.unschedule(piece, by=chief)

    assert fresh(piece).status == "ready"
    assert not piece.filings.exists()
    assert not piece.taggings.filter(listed_at__isnull=False).exists()
    assert not piece.credits.filter(listed_at__isnull=False).exists()


def test_only_a_scheduled_article_can_be_taken_off_the_schedule(chief):
    with pytest.raises(ValidationError):
        workflow.unschedule(factories.published(), by=chief)


def test_publishing_twice_does_not_move_the_time(chief):
    piece = factories.published()

    with pytest.raises(ValidationError, match="published already"):
        workflow.publish(piece, by=chief)

    assert fresh(piece).published_at == piece.published_at


def test_an_embargo_refuses_an_earlier_time_and_says_until_when(chief, time_machine):
    time_machine.move_to("2026-03-01T10:00:00+00:00", tick=False)
    end = timezone.now() + timedelta(hours=3)
    piece = factories.article(embargoed_until=end)

    with pytest.raises(ValidationError) as refused:
        workflow.publish(piece, by=chief, at=end - timedelta(seconds=1))
    assert messages(refused) == [
        "Under embargo until 1 March 2026, 17:00: choose a publication time from then on."
    ]

    workflow.publish(piece, by=chief, at=end)
    assert fresh(piece).is_scheduled


def test_what_is_missing_is_said_all_at_once(chief):
    piece = factories.article(body="", origin="reprint", lead_image=factories.image(alt_text="", credit=""))
    Article.objects.filter(pk=piece.pk).update(primary_category=None)
    piece.credits.all().delete()

    with pytest.raises(ValidationError) as refused:
        workflow.publish(fresh(piece), by=chief)

    assert messages(refused) == [
        "The article has no text yet.",
        "Choose a primary category.",
        "Name at least one author.",
        "Name the outlet that this piece comes from.",
        "Describe the lead picture (alt text) for those who do not see it.",
        "Credit the lead picture: name the photographer, the rights holder or the agency.",
    ]
    assert fresh(piece).status == "draft"


@pytest.mark.parametrize("fault", [{"alt_text": ""}, {"credit": ""}])
def test_pictures_in_the_text_are_described_and_credited_before_they_are_printed(chief, fault):
    image = factories.image(**fault)
    piece = factories.article(
        body=f'<p>A pier.</p><figure data-image="{image.pk}"><img src="/a" alt=""></figure>'
    )

    with pytest.raises(ValidationError, match="in the text"):
        workflow.publish(piece, by=chief)

    type(image).objects.update(alt_text="A pier", credit="Leyla")
    workflow.publish(fresh(piece), by=chief)


def test_nothing_is_published_with_a_picture_that_we_may_not_print_any_more(chief):
    image = factories.image(rights_expire_at=timezone.now() + timedelta(hours=1))
    piece = factories.article(lead_image=image)

    with pytest.raises(ValidationError, match="The right to print"):
        workflow.publish(piece, by=chief, at=timezone.now() + timedelta(hours=2))

    workflow.publish(piece, by=chief)
    assert fresh(piece).is_public


def test_what_is_out_stays_out_and_can_be_corrected_when_a_right_ends(chief, time_machine):
    piece = factories.published(
        lead_image=factories.image(rights_expire_at=timezone.now() + timedelta(days=1))
    )
    time_machine.move_to(timezone.now() + timedelta(days=2))

    workflow.correct(piece, by=chief, text="It has two piers.")

    assert fresh(piece).is_public
    assert workflow.missing(fresh(piece)) != []


def test_an_empty_draft_cannot_be_handed_in():
    with pytest.raises(ValidationError, match="no text"):
        workflow.submit(factories.article(body="<p> </p>"), by=None)


@pytest.mark.parametrize(
    ("verb", "statuses"),
    [
        (workflow.submit, ["in_review", "ready", "published", "withdrawn"]),
        (workflow.send_back, ["draft", "published", "withdrawn"]),
        (workflow.approve, ["ready", "published", "withdrawn"]),
        (workflow.withdraw, ["draft", "in_review", "ready", "withdrawn"]),
        (workflow.unschedule, ["draft", "in_review", "ready", "withdrawn"]),
    ],
)
def test_a_verb_refuses_an_article_that_is_not_there_yet_or_past_it(verb, statuses):
    for status in statuses:
        piece = factories.published()
        Article.objects.filter(pk=piece.pk).update(status=status)
        with pytest.raises(ValidationError):
            verb(fresh(piece), by=None)
        assert fresh(piece).status == status


def test_a_scheduled_article_is_neither_withdrawn_nor_corrected(chief):
    piece = factories.published(at=timezone.now() + timedelta(hours=1))

    with pytest.raises(ValidationError):
        workflow.withdraw(piece, by=chief)
    with pytest.raises(ValidationError):
        workflow.correct(piece, by=chief, text="Wrong")


def test_an_act_on_an_article_that_somebody_else_has_moved_meanwhile_is_refused(chief):
    piece = factories.published()
    seen_earlier = fresh(piece)
    workflow.withdraw(piece, by=chief, note="Not ours")

    with pytest.raises(ValidationError, match="meanwhile"):
        workflow.withdraw(seen_earlier, by=chief, note="Another reason")

    assert fresh(piece).withdrawal_note == "Not ours"


def test_a_withdrawn_article_keeps_its_note_and_can_come_back(chief):
    piece = factories.published()
    workflow.withdraw(piece, by=chief, note="  Printed by mistake. ")
    assert fresh(piece).withdrawal_note == "Printed by mistake."
    assert not piece.filings.exists()

    workflow.publish(piece, by=chief, at=piece.published_at)
    assert fresh(piece).is_public
    assert piece.filings.exists()


def test_a_correction_is_printed_and_counts_as_an_update(chief, time_machine):
    piece = factories.published()
    time_machine.move_to(timezone.now() + timedelta(hours=1), tick=False)

    correction = workflow.correct(piece, by=chief, text=" The bridge has two piers. ")

    assert correction.text == "The bridge has two piers."
    assert fresh(piece).revised_at == correction.corrected_at == timezone.now()


def test_a_correction_dated_back_does_not_take_a_later_update_back(chief):
    piece = factories.published()
    workflow.correct(piece, by=chief, text="The later one")
    later = fresh(piece).revised_at

    workflow.correct(piece, by=chief, text="The earlier one", at=later - timedelta(days=400))

    assert fresh(piece).revised_at == later


def test_a_correction_says_something(chief):
    with pytest.raises(ValidationError):
        workflow.correct(factories.published(), by=chief, text="  ")


def test_the_affiliation_of_the_day_is_kept_on_the_credit():
    writer = factories.author("Leyla", affiliation="Reporter")
    own_words = factories.author("Orkhan", affiliation="Editor")
    piece = factories.article(authors=[writer, own_words])
    piece.credits.filter(author=own_words).update(affiliation="Guest")

    workflow.publish(piece, by=None)
    type(writer).objects.update(affiliation="Somewhere else")

    assert list(piece.credits.values_list("affiliation", flat=True)) == ["Reporter", "Guest"]


def test_an_update_older_than_the_new_publication_time_is_forgotten(chief):
    piece = factories.published()
    workflow.correct(piece, by=chief, text="Something was wrong")
    workflow.withdraw(piece, by=chief)

    workflow.publish(piece, by=chief, at=timezone.now() + timedelta(hours=1))

    assert fresh(piece).revised_at is None


ROLES = ["contributor", "author", "editor", "chief editor", "administrator"]
OPEN_TO = {
    workflow.submit: ROLES,
    workflow.send_back: ["editor", "chief editor", "administrator"],
    workflow.approve: ["editor", "chief editor", "administrator"],
    workflow.publish: ["editor", "chief editor", "administrator"],
    workflow.unschedule: ["editor", "chief editor", "administrator"],
    workflow.withdraw: ["editor", "chief editor", "administrator"],
    workflow.correct: ["editor", "chief editor", "administrator"],
    workflow.mark_breaking: ["editor", "chief editor", "administrator"],
}


def ripe_for(verb):
    """An article that the verb refuses for no reason but the person."""
    if verb in (workflow.withdraw, workflow.correct, workflow.mark_breaking):
        return factories.published()
    if verb is workflow.unschedule:
        return factories.published(at=timezone.now() + timedelta(days=1))
    piece = factories.article()
    if verb is workflow.send_back:
        workflow.submit(piece, by=None)
    return piece


@pytest.mark.parametrize("role", ["", *ROLES])
@pytest.mark.parametrize("verb", OPEN_TO, ids=lambda verb: verb.__name__)
def test_each_verb_asks_whether_the_person_may(verb, role):
    person, piece = factories.user(role), ripe_for(verb)
    more = {"text": "What was wrong."} if verb is workflow.correct else {}
    if role in OPEN_TO[verb]:
        verb(piece, by=person, **more)
    else:
        before = fresh(piece).status
        with pytest.raises(PermissionDenied):
            verb(piece, by=person, **more)
        assert fresh(piece).status == before


def test_news_is_breaking_for_two_hours_or_until_the_moment_given(chief, time_machine):
    now = timezone.now()
    time_machine.move_to(now, tick=False)
    short, long = factories.published(), factories.published()
    workflow.mark_breaking(short, by=chief)
    workflow.mark_breaking(long, by=chief, until=now + timedelta(hours=9))

    assert set(Article.objects.breaking()) == {short, long}
    time_machine.move_to(now + timedelta(hours=2), tick=False)
    assert set(Article.objects.breaking()) == {long}
    assert not fresh(short).is_breaking


def test_breaking_news_is_public_and_its_end_lies_ahead(chief):
    with pytest.raises(ValidationError, match="readers can see"):
        workflow.mark_breaking(factories.article(), by=chief)
    with pytest.raises(ValidationError, match="still to come"):
        workflow.mark_breaking(factories.published(), by=chief, until=timezone.now())
    with pytest.raises(ValidationError, match="not marked"):
        workflow.end_breaking(factories.published(), by=chief)


def test_what_is_withdrawn_is_no_breaking_news(chief):
    piece = factories.published()
    workflow.mark_breaking(piece, by=chief)
    workflow.withdraw(piece, by=chief)

    assert not piece.is_breaking
    assert not Article.objects.breaking().exists()

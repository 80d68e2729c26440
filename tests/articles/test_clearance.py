from datetime import timedelta

import pytest
from django.utils import timezone

from articles import clearance, workflow
from articles.models import Article
from tests import factories

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def figure(image, alt=""):
    return f'<figure data-image="{image.pk}"><img src="{image.original.url}" alt="{alt}"></figure>'


def written(*figures, **fields):
    return factories.article(body=f"<p>Words.</p>{''.join(figures)}", **fields)


def test_a_described_and_credited_picture_lacks_nothing():
    image = factories.image()

    assert clearance.wants(written(figure(image), lead_image=image)) == []


@pytest.mark.parametrize("alt", ["", " ", "IMG_2041", "photo1.jpeg", "20240315"])
def test_a_file_name_describes_nothing(alt):
    image = factories.image()
    type(image).objects.update(alt_text=alt, title="Pier")
    image.refresh_from_db()

    assert clearance.wants(written(figure(image), lead_image=image)) == [
        "Describe the lead picture (alt text) for those who do not see it.",
        "Describe the picture “Pier” in the text (alt text) for those who do not see it.",
    ]


def test_a_picture_may_be_described_in_its_place():
    image = factories.image(alt_text="")

    assert clearance.wants(written(figure(image, "A pier"), lead_image=image, lead_alt="The pier")) == []
    assert clearance.wants(written(figure(image, "IMG_1.jpg"))) != []


def test_each_place_is_described_but_credit_is_the_picture_s_own():
    image = factories.image(alt_text="", credit="", title="Pier")

    assert clearance.wants(written(figure(image, "A pier"), figure(image), figure(image))) == [
        "Credit the picture “Pier” in the text: name the photographer, the rights holder or the agency.",
        "Describe the picture “Pier” in the text (alt text) for those who do not see it.",
    ]


def test_an_agency_is_credit_enough():
    image = factories.image(credit="", agency="Orbit")

    assert clearance.wants(factories.article(lead_image=image)) == []


def test_pictures_in_a_gallery_are_looked_at_too():
    image = factories.image(credit="", title="Pier")
    body = f'<figure class="gallery">{figure(image)}{figure(factories.image())}</figure>'

    assert len(clearance.wants(written(body))) == 1


def test_a_right_that_is_over_is_named_with_its_day(time_machine):
    time_machine.move_to("2026-05-10T12:00:00+00:00", tick=False)
    image = factories.image(title="Pier", rights_expire_at=timezone.now() - 7 * DAY)
    piece = written(figure(image), lead_image=image)

    assert clearance.wants(piece) == ["The right to print “Pier” ended on 3 May 2026."]
    assert clearance.warnings(piece) == ["The right to print “Pier” ended on 3 May 2026."]


def test_a_right_that_ends_before_the_scheduled_time_is_named_too(time_machine):
    time_machine.move_to("2026-05-10T12:00:00+00:00", tick=False)
    piece = factories.article(lead_image=factories.image(title="Pier", rights_expire_at=timezone.now() + DAY))

    assert clearance.wants(piece) == []
    assert clearance.wants(piece, timezone.now() + 2 * DAY) == [
        "The right to print “Pier” ends on 11 May 2026."
    ]


@pytest.mark.parametrize(("days", "is_warned"), [(29, True), (31, False)])
def test_a_right_that_ends_is_warned_of_a_month_before(days, is_warned):
    piece = factories.article(lead_image=factories.image(rights_expire_at=timezone.now() + days * DAY))

    assert bool(clearance.warnings(piece)) is is_warned


def test_a_long_name_of_a_picture_is_cut_in_sentences():
    image = factories.image(title="A very long name " * 10, credit="")

    (want,) = clearance.wants(written(figure(image)))

    assert len(want) < 160


@pytest.mark.parametrize("pictures", [1, 3])
def test_the_question_costs_one_query_however_many_pictures_there_are(pictures, django_assert_num_queries):
    piece = written(*(figure(factories.image()) for _ in range(pictures)), lead_image=factories.image())

    with django_assert_num_queries(1):
        clearance.wants(piece)


# What ends ------------------------------------------------------------------------------------------


def ending(days, **fields):
    return factories.image(rights_expire_at=timezone.now() + days * DAY, **fields)


def test_what_ends_is_listed_with_the_pieces_that_show_it():
    image = ending(5)
    leads = factories.published("Led by it", lead_image=image)
    shows = factories.published("Shows it", body=f"<p>Words.</p>{figure(image)}")
    factories.article("A draft with it", lead_image=image)
    factories.published("Another one", lead_image=ending(40))
    ending(3)  # nobody prints it

    (found,) = clearance.endings(8)

    assert found.image == image
    assert {each.pk for each in found.articles} == {leads.pk, shows.pk}
    assert {each.headline for each in found.articles} == {"Led by it", "Shows it"}
    assert not found.is_over


def test_what_ends_next_comes_before_what_is_over_and_no_more_than_asked_for():
    images = {days: ending(days) for days in (20, 3)}
    for image in images.values():
        factories.published(lead_image=image)
    over = factories.image()
    factories.published(lead_image=over)
    type(over).objects.filter(pk=over.pk).update(rights_expire_at=timezone.now() - DAY)

    assert [each.image for each in clearance.endings(8)] == [images[3], images[20], over]
    assert [each.is_over for each in clearance.endings(8)] == [False, False, True]
    assert [each.image for each in clearance.endings(1)] == [images[3]]


def test_a_picture_of_many_pieces_names_the_newest_few():
    image = ending(5)
    pieces = [factories.published(lead_image=image) for _ in range(5)]

    (found,) = clearance.endings(8)

    assert [each.pk for each in found.articles] == [each.pk for each in pieces[:1:-1]]


@pytest.mark.parametrize("rows", [1, 3])
def test_what_ends_costs_two_queries(rows, django_assert_num_queries):
    for _ in range(rows):
        factories.published(lead_image=ending(5))

    with django_assert_num_queries(2):
        clearance.endings(8)


def test_an_article_that_is_not_saved_yet_has_no_pictures():
    assert clearance.wants(Article()) == []
    assert workflow.missing(factories.article()) == []

from datetime import timedelta

import pytest
import time_machine
from django.core.files.storage import default_storage
from django.utils import timezone

from articles.admin import media
from articles.models import Article, Image
from tests import factories


def said_of(image):
    return [remark.text for remark in media.remarks(image)]


def test_an_article_s_form_shows_its_picture(desk, address):
    article = factories.article(lead_image=factories.image(alt_text="Two boats"))

    assert 'alt="Two boats"' in desk("editor").get(address(article)).content.decode()


def test_an_article_s_form_says_what_its_picture_lacks(desk, address):
    article = factories.article(lead_image=factories.image(credit=""))

    assert "no credit" in desk("editor").get(address(article)).content.decode()


@pytest.mark.parametrize("value", ["0", "x", "999999999999999999999999"])
def test_a_picture_that_is_not_there_is_said_on_the_form(value, desk, form_of, address, errors_of):
    article, window = factories.article(), desk("editor")

    response = window.post(address(article), form_of(window.get(address(article))) | {"lead_image": value})

    assert response.status_code == 200
    assert "Select a valid choice" in errors_of(response)
    assert Article.objects.get().lead_image is None


def test_a_picture_that_lacks_nothing_needs_no_remark():
    assert said_of(Image(alt_text="Boats", credit="E. R.", rendered_at=timezone.now())) == []


def test_what_a_picture_lacks_is_remarked():
    image = Image(alt_text="", credit="", rendered_at=None, original="images/a.jpg")

    assert said_of(image) == ["no description", "no credit", "being prepared"]


def test_an_agency_is_a_credit():
    assert "no credit" not in said_of(Image(agency="Reuters"))


def test_what_moves_and_what_is_drawn_by_numbers_is_remarked():
    assert "animated" in said_of(Image(is_animated=True, plays=True))
    assert "animated" not in said_of(Image(is_animated=True, plays=False))
    assert said_of(Image(original="images/a.svg", alt_text="A logo", credit="Us")) == ["SVG"]


@time_machine.travel("2026-11-23 12:00 +0000")
@pytest.mark.parametrize(
    ("days", "remark"),
    [
        (-1, ["rights ended"]),
        (0, ["rights ended"]),
        (5, ["rights end 28 November"]),
        (31, []),
    ],
)
def test_the_end_of_rights_is_remarked_a_month_ahead(days, remark):
    end = timezone.now() + timedelta(days=days)

    said = said_of(Image(alt_text="A", credit="B", rendered_at=timezone.now(), rights_expire_at=end))

    assert said == remark


@time_machine.travel("2026-12-23 12:00 +0000")
def test_rights_that_end_next_year_say_which_year():
    image = Image(rights_expire_at=timezone.now() + timedelta(days=20))

    assert "rights end 12 January 2027" in said_of(image)


def test_until_its_sizes_are_made_the_preview_stands_in_for_a_picture():
    image = factories.image()
    image.rendered_at = None

    assert media.address(image, "16x9", 640) == default_storage.url(image.preview_name)


def test_a_picture_is_called_by_what_it_shows_before_what_its_file_was_called():
    assert media.name_of(Image(title="DSC_0412", caption="The harbour", alt_text="Boats")) == "The harbour"
    assert media.name_of(Image(title="DSC_0412", alt_text="Boats")) == "Boats"
    assert media.name_of(Image(title="DSC_0412")) == "DSC_0412"

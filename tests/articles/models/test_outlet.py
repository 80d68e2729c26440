import pytest
from django.core.exceptions import ValidationError

from articles.models.outlet import check_wording


@pytest.mark.parametrize(
    "text", ["", "Courtesy of {outlet}", "{title} ({language}, {date}), {outlet}", "100 %"]
)
def test_a_wording_may_name_what_is_known_of_the_original(text):
    check_wording(text)


@pytest.mark.parametrize(
    "text",
    [
        "{author}",
        "{}",
        "{0}",
        "{outlet.__class__}",
        "{outlet[0]}",
        "{outlet!r}",
        "{outlet:>9999999999}",
        "{",
        "}",
        "{a",
    ],
)
def test_a_wording_that_could_not_be_filled_is_refused(text):
    with pytest.raises(ValidationError):
        check_wording(text)

from datetime import UTC, datetime

from django.utils import timezone

from articles.admin import state


def test_a_moment_of_this_year_is_told_without_the_year():
    this_year = timezone.localtime().year

    assert state.moment(datetime(this_year, 7, 3, 12, tzinfo=UTC)).replace("\xa0", " ").startswith("3 Jul, ")
    assert state.moment(datetime(2019, 7, 3, 12, tzinfo=UTC)).replace("\xa0", " ").startswith("3 Jul 2019, ")


def test_a_column_breaks_a_moment_only_before_the_hour():
    assert state.moment(datetime(2019, 7, 3, 12, tzinfo=UTC)).count(" ") == 1

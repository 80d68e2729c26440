import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.signals import request_started
from django.db import connection

from articles.models import Article

pytestmark = [
    pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite has no server that could go"),
    pytest.mark.django_db(transaction=True),
]


@pytest.fixture
def bystander():
    """Another session on the same server."""
    other = connection.copy("bystander")
    yield other.cursor()
    other.close()


def session():
    return connection.connection.info.backend_pid


def begin_a_request():
    """The next question is the first of a request."""
    request_started.send(sender=None)


def last_said(bystander, pid):
    bystander.execute("SELECT query FROM pg_stat_activity WHERE pid = %s", [pid])
    return bystander.fetchone()[0]


def test_a_connection_that_is_kept_is_not_asked_whether_it_works(bystander):
    assert not Article.objects.exists()
    before = session()
    begin_a_request()
    connection.cursor().close()

    assert session() == before
    assert "articles_article" in last_said(bystander, before)


def test_a_session_that_the_server_has_ended_is_noticed_before_the_first_question(bystander):
    assert not Article.objects.exists()
    before = session()
    bystander.execute("SELECT pg_terminate_backend(%s, 5000)", [before])
    assert bystander.fetchone()[0]
    time.sleep(0.1)  # what it said last is under way
    begin_a_request()

    assert not Article.objects.exists()
    assert session() != before


def test_after_an_error_the_server_itself_is_asked(bystander):
    assert not Article.objects.exists()
    connection.errors_occurred = True
    begin_a_request()

    assert last_said(bystander, session()) == "SELECT 1"


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 11, 27, 8, 5, tzinfo=UTC),
        datetime(2026, 11, 27, 8, 5, 7, 250, tzinfo=UTC),
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, 59, 999999, tzinfo=UTC),
        datetime(1918, 5, 28, 12, tzinfo=ZoneInfo("Asia/Baku")),
    ],
)
def test_a_moment_is_read_as_it_was_written(moment):
    with connection.cursor() as cursor:
        cursor.execute("SELECT %s::timestamptz, NULL::timestamptz", [moment])
        (read, nothing) = cursor.fetchone()

    assert (read, read.tzinfo, nothing) == (moment, UTC, None)

import time
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from django.core.signals import request_started
from django.db import DataError, OperationalError, ProgrammingError, connection, transaction

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


def prepare(statement, *types):
    with connection.cursor() as cursor:
        cursor.execute("DEALLOCATE ALL")
        cursor.execute(f"PREPARE asked ({', '.join(types)}) AS {statement}")


def ask(*values):
    with connection.prepared_cursor("asked") as cursor:
        cursor.execute(f"EXECUTE asked ({', '.join(['%s'] * len(values))})", values)
        return cursor.fetchall()


@pytest.fixture
def own_session():
    """What is prepared in it is nobody else's, and what the others have prepared is not in it."""
    connection.close()
    yield
    connection.close()


@pytest.mark.usefixtures("own_session")
class TestPreparedCursor:
    def test_it_answers_as_any_cursor_does(self):
        prepare("SELECT $1, $2 + 1, $3, $4, $5, NULL::int", "text", "bigint", "timestamptz", "text[]", "bool")
        moment = datetime(2026, 11, 28, 2, 3, 4, 567, tzinfo=UTC)
        values = ["Gəncə ' \\ %s", 2**40, moment, ["a,b", 'c"}', "d\\e", ""], True]

        assert ask(*values) == [(values[0], 2**40 + 1, *values[2:], None)]

    def test_one_may_be_asked_as_often_as_one_likes(self):
        prepare("SELECT * FROM generate_series(1, $1)", "int")

        assert [ask(count) for count in (3, 0, 1)] == [[(1,), (2,), (3,)], [], [(1,)]]

    def test_it_is_counted_and_logged_as_any(self, django_assert_num_queries):
        prepare("SELECT $1", "text")

        with django_assert_num_queries(1) as captured:
            ask("it's")
        assert captured[0]["sql"] == "EXECUTE asked ('it''s')"

    def test_it_takes_part_in_a_transaction_from_its_beginning(self):
        connection.cursor().execute("CREATE TABLE words (word text)")
        prepare("INSERT INTO words VALUES ($1) RETURNING word", "text")

        with transaction.atomic():
            assert ask("tea") == [("tea",)]
            transaction.set_rollback(True)

        with connection.cursor() as cursor:
            cursor.execute("SELECT word FROM words")
            assert cursor.fetchall() == []
            cursor.execute("DROP TABLE words")

    def test_a_fault_is_one_of_djangos(self):
        prepare("SELECT 1 / $1", "int")

        with pytest.raises(DataError, match="division by zero"):
            ask(0)
        with pytest.raises(DataError):
            ask("one")
        assert ask(1) == [(1,)]
        connection.cursor().execute("DEALLOCATE asked")
        with pytest.raises(ProgrammingError, match="does not exist"):
            ask(1)

    def test_a_session_that_ends_meanwhile_is_a_fault_too(self, bystander):
        prepare("SELECT $1", "text")
        bystander.execute("SELECT pg_terminate_backend(%s, 5000)", [session()])

        with pytest.raises(OperationalError, match=r"terminat|closed"):
            ask("tea")
        assert connection.errors_occurred

    def test_there_is_time_for_something_else_until_the_answer_is_fetched(self, bystander):
        prepare("SELECT pg_advisory_lock_shared(1)::text || $1", "text")
        bystander.execute("SELECT pg_advisory_lock(1)")

        with connection.cursor() as cursor:
            cursor.execute("SET lock_timeout = '10s'")  # or whoever waits here would wait for ever
        with connection.prepared_cursor("asked") as cursor:
            cursor.execute("EXECUTE asked (%s)", ["tea"])
            bystander.execute("SELECT pg_advisory_unlock(1)")
            assert cursor.fetchall() == [("tea",)]

    def test_another_question_waits_for_the_answer_and_leaves_it_to_be_fetched(self):
        prepare("SELECT $1", "text")

        first = connection.prepared_cursor("asked")
        first.execute("EXECUTE asked (%s)", ["tea"])
        with connection.cursor() as second:
            second.execute("SELECT 'coffee'")
            assert second.fetchall() == [("coffee",)]
        assert ask("water") == [("water",)]
        assert first.fetchall() == [("tea",)]

    def test_an_answer_that_nobody_fetched_is_in_nobodys_way(self):
        prepare("SELECT $1::int / 0", "int")
        for _ in range(2):
            connection.prepared_cursor("asked").execute("EXECUTE asked (%s)", [1])

        assert not Article.objects.exists()

    def test_nor_is_it_in_the_way_of_the_next_request(self):
        prepare("SELECT $1", "text")
        connection.prepared_cursor("asked").execute("EXECUTE asked (%s)", ["tea"])
        begin_a_request()

        assert not Article.objects.exists()

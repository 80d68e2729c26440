"""Django's own backend, but for a question less on every page, and answers that are read at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.connection import wait
from select import POLLIN, POLLOUT, poll
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, OperationalError, abc
from psycopg.adapt import AdaptersMap, Loader, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus
from psycopg.pq.abc import PGresult


class MomentLoader(Loader):
    """Reads a time stamp, which the server tells in UTC: Django's takes several times as long."""

    # The one that Django makes sure of.
    timezone = UTC

    def load(self, data: abc.Buffer) -> datetime:
        return datetime.fromisoformat(str(data, "ascii"))


class PreparedCursor:
    """Asks what the session has prepared under a name: as much of a cursor as that takes.

    The driver's own ones write the values into a statement and wait for the answer in Python, which takes
    them as long as the way to the server and back. libpq, which they stand on, can do both by itself. And it
    need not wait before the answer is fetched: until then there is time for something else.
    """

    def __init__(self, session: Connection[Any], reader: abc.Transformer, name: str) -> None:
        self.session, self.reader, self.name = session, reader, name.encode()
        self.is_asked = False
        self.answer: PGresult | None = None

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        """The statement is what logs show; what is asked goes by the name."""
        server = self.session.pgconn
        if not self.session.autocommit and server.transaction_status == TransactionStatus.IDLE:
            self.session.execute("")  # the driver begins a transaction
        given = self.reader.dump_sequence(values, [PyFormat.TEXT] * len(values))
        server.send_query_prepared(self.name, given)  # type: ignore[arg-type] # None is NULL
        self.is_asked = True

    def hear(self) -> None:
        """Wait for the answer, and leave the session to others."""
        if not self.is_asked:
            return
        server, self.is_asked = self.session.pgconn, False
        waiting = poll()
        while (is_unsent := server.flush()) or server.is_busy():
            waiting.register(server.socket, POLLIN | POLLOUT if is_unsent else POLLIN)
            waiting.poll()
            server.consume_input()
        self.answer = server.get_result()
        while server.get_result():
            pass

    def fetchall(self) -> list[tuple[Any, ...]]:
        self.hear()
        answer, self.answer = self.answer, None
        if answer is None or self.session.closed:
            raise OperationalError(self.session.pgconn.get_error_message())
        if answer.status != ExecStatus.TUPLES_OK:
            raise error_from_result(answer)
        self.reader.set_pgresult(answer)
        return self.reader.load_rows(0, answer.ntuples, tuple)

    def close(self) -> None:
        """Nothing is held."""


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        if isinstance(cursor, PreparedCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)  # type: ignore[no-any-return]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations
    # What knows how to read this session's answers, and the question that it was asked last by its name.
    _reader: abc.Transformer | None = None
    _asked: PreparedCursor | None = None

    def prepared_cursor(self, name: str) -> CursorWrapper:
        """A cursor for what the session has prepared under the name; counted and logged as any other."""
        self._hear_out()
        if self._reader is None or self._reader.connection is not self.connection:
            self._reader = Transformer(self.connection)
        self._asked = PreparedCursor(self.connection, self._reader, name)
        return self._prepare_cursor(self._asked)  # type: ignore[attr-defined, no-any-return]

    def create_cursor(self, name: str | None = None) -> Any:
        self._hear_out()
        return super().create_cursor(name)

    def _hear_out(self) -> None:
        """Of two questions the server does not begin the second before the first is answered."""
        asked, self._asked = self._asked, None
        if asked and asked.session is self.connection:
            with self.wrap_database_errors:
                asked.hear()

    def get_connection_params(self) -> dict[str, Any]:
        parameters: dict[str, Any] = super().get_connection_params()
        if self.timezone == MomentLoader.timezone:
            parameters["context"] = adapters = AdaptersMap(parameters["context"])
            adapters.register_loader("timestamptz", MomentLoader)
        return parameters

    def is_usable(self) -> bool:
        """Whether the server still keeps the connection, as Django wants to know before a first question.

        A server that goes, or ends one of its sessions, says so on the connection. As long as nothing is
        waiting there to be read, it need not be asked.
        """
        kept = self.connection
        doubted = kept is None or kept.closed or self.errors_occurred or wait([kept], timeout=0)
        return super().is_usable() if doubted else True

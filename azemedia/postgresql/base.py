"""Django's own backend, but for a question less on every page, and answers that are read at once."""

from collections.abc import Sequence
from datetime import UTC, datetime
from multiprocessing.connection import wait
from typing import Any

from django.db.backends.postgresql import base, operations
from django.db.backends.utils import CursorWrapper
from psycopg import Connection, OperationalError
from psycopg.abc import Buffer
from psycopg.adapt import AdaptersMap, Loader, PyFormat, Transformer
from psycopg.errors import error_from_result
from psycopg.pq import ExecStatus, TransactionStatus


class MomentLoader(Loader):
    """Reads a time stamp, which the server tells in UTC: Django's takes several times as long."""

    # The one that Django makes sure of.
    timezone = UTC

    def load(self, data: Buffer) -> datetime:
        return datetime.fromisoformat(str(data, "ascii"))


class PreparedCursor:
    """Asks what the session has prepared under a name: as much of a cursor as that takes.

    The driver's own ones write the values into a statement and wait for the answer in Python, which takes
    them as long as the way to the server and back. libpq, which they stand on, can do both by itself.
    """

    def __init__(self, session: Connection[Any], name: str) -> None:
        self.session, self.name = session, name.encode()

    def execute(self, statement: str, values: Sequence[Any]) -> None:
        """The statement is what logs show; what is asked goes by the name."""
        session, self.reader = self.session, Transformer(self.session)
        if not session.autocommit and session.pgconn.transaction_status == TransactionStatus.IDLE:
            session.execute("")  # the driver begins a transaction
        given = self.reader.dump_sequence(values, [PyFormat.TEXT] * len(values))
        result = session.pgconn.exec_prepared(self.name, given)  # type: ignore[arg-type] # None is NULL
        if session.closed:
            raise OperationalError(result.get_error_message())
        if result.status != ExecStatus.TUPLES_OK:
            raise error_from_result(result)
        self.reader.set_pgresult(result)
        self.rowcount = result.ntuples

    def fetchall(self) -> list[tuple[Any, ...]]:
        return self.reader.load_rows(0, self.rowcount, tuple)

    def close(self) -> None:
        """Nothing is held."""


class DatabaseOperations(operations.DatabaseOperations):
    def last_executed_query(self, cursor: Any, sql: str, params: Any) -> str:
        if isinstance(cursor, PreparedCursor):
            return str(self.compose_sql(sql, params))
        return super().last_executed_query(cursor, sql, params)  # type: ignore[no-any-return]


class DatabaseWrapper(base.DatabaseWrapper):
    ops_class = DatabaseOperations

    def prepared_cursor(self, name: str) -> CursorWrapper:
        """A cursor for what the session has prepared under the name; counted and logged as any other."""
        with self.wrap_database_errors:
            return self._prepare_cursor(PreparedCursor(self.connection, name))  # type: ignore[attr-defined]

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

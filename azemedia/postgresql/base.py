"""Django's own backend, but for a question less on every page."""

from multiprocessing.connection import wait

from django.db.backends.postgresql import base


class DatabaseWrapper(base.DatabaseWrapper):
    def is_usable(self) -> bool:
        """Whether the server still keeps the connection, as Django wants to know before a first question.

        A server that goes, or ends one of its sessions, says so on the connection. As long as nothing is
        waiting there to be read, it need not be asked.
        """
        kept = self.connection
        doubted = kept is None or kept.closed or self.errors_occurred or wait([kept], timeout=0)
        return super().is_usable() if doubted else True

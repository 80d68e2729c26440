"""Whose turn it is to make a page: one at a time, among the threads of this process and among processes.

Between processes, each key is a byte of one file that nobody writes to: a lock on a byte ends with the
process, however that ends, and leaves nothing to tidy up.
"""

from __future__ import annotations

import fcntl
import os
import threading
import time
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path

A_MOMENT = 0.02


class Turns:
    def __init__(self, path: Path) -> None:
        self.path = path
        self._making: dict[str, threading.Event] = {}
        self._lock = threading.Lock()
        self._handle, self._process = -1, 0

    def take(self, key: str) -> bool:
        with self._lock:
            if key in self._making:
                return False
            try:
                fcntl.lockf(self._opened(), fcntl.LOCK_EX | fcntl.LOCK_NB, 1, _byte(key))
            except BlockingIOError:
                return False
            except OSError:
                pass  # without a file, we at least know of our own threads
            self._making[key] = threading.Event()
            return True

    def end(self, key: str) -> None:
        with self._lock:
            with suppress(OSError):
                fcntl.lockf(self._opened(), fcntl.LOCK_UN, 1, _byte(key))
            self._making.pop(key).set()

    def wait(self, key: str) -> None:
        making = self._making.get(key)
        if making is None:
            time.sleep(A_MOMENT)  # another process does
        else:
            making.wait(10 * A_MOMENT)

    def _opened(self) -> int:
        """Opened once a process: closing it anywhere would end every lock that we hold."""
        if self._process != os.getpid():
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = os.open(self.path, os.O_RDWR | os.O_CREAT, 0o600)
            self._process = os.getpid()
        return self._handle


def _byte(key: str) -> int:
    return int.from_bytes(blake2b(key.encode(), digest_size=7).digest()) >> 1

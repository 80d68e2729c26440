"""Programs that a measurement starts, each in a process group of its own, all of them gone when it ends."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60.0
FAREWELL = 10.0


class FailedError(Exception):
    """A program that a measurement needs did not do its part; the message is for whoever measures."""


@contextmanager
def running(
    command: Sequence[str],
    environment: Mapping[str, str],
    *,
    log: Path,
    farewell: signal.Signals = signal.SIGTERM,
    **options: Any,
) -> Iterator[subprocess.Popen[bytes]]:
    """Runs until the block ends, whichever way it ends. What it says goes into the log."""
    with log.open("ab") as output:
        process = subprocess.Popen(
            command, cwd=options.pop("cwd", ROOT), env=dict(environment), stdin=subprocess.DEVNULL,
            stdout=output, stderr=subprocess.STDOUT, start_new_session=True, **options,
        )  # fmt: skip
    try:
        yield process
    finally:
        _end(process, farewell)


def said(command: Sequence[str], environment: Mapping[str, str], log: Path) -> str:
    """What a program that ends by itself writes; its complaints go into the log."""
    with log.open("ab") as complaints:
        process = subprocess.Popen(
            command, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=complaints, text=True, start_new_session=True,
        )  # fmt: skip
    try:
        output, _ = process.communicate()
    finally:
        _end(process, signal.SIGTERM)
    if process.returncode:
        raise FailedError(f"{' '.join(command[-3:])} ended with {process.returncode}:\n{last_words(log)}")
    return output


def wait_for(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    """Until somebody listens there."""
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise FailedError(f"{process.args!r} ended at once:\n{last_words(log)}")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.02)
    raise FailedError(f"Nobody answers on port {port}:\n{last_words(log)}")


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def last_words(log: Path, lines: int = 12) -> str:
    return "\n".join(log.read_text(errors="replace").splitlines()[-lines:]) if log.exists() else ""


def _end(process: subprocess.Popen[Any], farewell: signal.Signals) -> None:
    """Politely, then not: the whole group, so that nobody's children stay behind."""
    if process.poll() is None:
        process.send_signal(farewell)
        with suppress(subprocess.TimeoutExpired):
            process.wait(FAREWELL)
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()

import os
import sys
import time
from pathlib import Path

import pytest

from benchmarks.processes import FailedError, running, said

# A server with a child that does not care about farewells.
STUBBORN = """
import os, signal, time
signal.signal(signal.SIGTERM, signal.SIG_IGN) if os.fork() == 0 else None
print(os.getpid(), flush=True)
time.sleep(600)
"""


def is_alive(pid):
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state not in "XZ"


def still_alive(known, patience=5):
    """Nobody waits for the child of a process that is gone: the system buries it in its own time."""
    deadline = time.monotonic() + patience
    while (alive := [pid for pid in known if is_alive(pid)]) and time.monotonic() < deadline:
        time.sleep(0.01)
    return alive


def pids(log):
    while len(lines := log.read_text().split()) < 2:
        time.sleep(0.01)
    return [int(line) for line in lines]


@pytest.mark.parametrize("error", [None, KeyboardInterrupt, SystemExit, FailedError])
def test_nothing_is_left_of_what_was_started(tmp_path, error):
    log, known = tmp_path / "log.txt", []
    log.touch()

    def measure():
        with running([sys.executable, "-u", "-c", STUBBORN], os.environ, log=log):
            known.extend(pids(log))
            if error:
                raise error

    if error:
        with pytest.raises(error):
            measure()
    else:
        measure()

    assert len(known) == 2
    assert still_alive(known) == []


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path):
    words = "import sys; sys.exit('there is no room left')"

    with pytest.raises(FailedError, match="there is no room left"):
        said([sys.executable, "-c", words], os.environ, tmp_path / "log.txt")


def test_what_a_program_writes_is_its_answer(tmp_path):
    assert said([sys.executable, "-c", "print(7)"], os.environ, tmp_path / "log.txt") == "7\n"

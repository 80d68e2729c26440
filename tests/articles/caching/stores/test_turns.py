import os
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from articles.caching.stores.turns import Turns

ROOT = Path(__file__).resolve().parents[4]
HOLDER = """
import sys, time
from pathlib import Path
import django
django.setup()
from articles.caching.stores.turns import Turns
print(Turns(Path(sys.argv[1])).take("/tea/"), flush=True)
time.sleep(60)
"""


@pytest.fixture
def turns(tmp_path):
    return Turns(tmp_path / "turns")


def test_one_at_a_time_makes_a_page(turns):
    assert turns.take("/tea/")
    assert not turns.take("/tea/")
    assert turns.take("/coffee/")

    turns.end("/tea/")
    assert turns.take("/tea/")


def test_who_waits_is_woken_when_the_page_is_made(turns):
    turns.take("/tea/")
    waiting = threading.Thread(target=turns.wait, args=["/tea/"])
    waiting.start()

    turns.end("/tea/")

    waiting.join(timeout=5)
    assert not waiting.is_alive()


def test_other_processes_have_their_turns_too_and_a_dead_one_has_none(turns):
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(turns.path)],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "DJANGO_SETTINGS_MODULE": "azemedia.settings"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert holder.stdout.readline() == "True\n"
        assert not turns.take("/tea/")
        assert turns.take("/coffee/")
    finally:
        holder.send_signal(signal.SIGKILL)
        holder.communicate()

    assert turns.take("/tea/")


def test_without_a_file_threads_still_take_turns(tmp_path):
    (tmp_path / "file").touch()
    turns = Turns(tmp_path / "file" / "turns")

    assert turns.take("/tea/")
    assert not turns.take("/tea/")

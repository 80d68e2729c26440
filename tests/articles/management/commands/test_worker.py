"""A worker of its own, on real pictures, in a folder of its own, told to stop and killed."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest
from PIL import Image as Picture

ROOT = Path(__file__).resolve().parents[4]
# One worker of pytest's runs them all, because the data folder is dear.
pytestmark = pytest.mark.xdist_group("worker")
COUNT = 4
TASKS = "django_tasks_database_dbtaskresult"
# As Django writes it: to the fraction, or a moment ago would count as later than this very second.
NOW = "strftime('%Y-%m-%d %H:%M:%f', 'now')"
TAKE_IN = """
from pathlib import Path
from django.core.management import call_command
from articles import pictures
call_command("migrate", verbosity=0)
for path in sorted(Path({folder!r}).glob("*.jpg")):
    with path.open("rb") as file:
        pictures.intake(file)
"""
EXPECTED = """
from articles import pictures
from articles.models import Image
for image in Image.objects.all():
    assert image.rendered_at and not image.claimed_until, image
    print(*pictures.file_names(image), sep="\\n")
"""


class Newsroom:
    def __init__(self, folder):
        self.folder = folder
        self.media = folder / "media"

    def manage(self, *arguments):
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=ROOT, env=self.environment(), capture_output=True, text=True, timeout=120,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def environment(self):
        return {"PATH": os.environ["PATH"], "DATA_DIR": str(self.folder), "DEBUG": "true"}

    def start_worker(self):
        log = (self.folder / "worker.log").open("a")
        return subprocess.Popen(
            [sys.executable, "manage.py", "worker"],
            cwd=ROOT, env=self.environment(), stdout=log, stderr=log, start_new_session=True,
        )  # fmt: skip

    def log(self):
        return (self.folder / "worker.log").read_text()

    def files(self):
        """Every file with the time when it was written; one that is renamed meanwhile is left out."""
        written = {}
        for path in self.media.rglob("*"):
            with suppress(FileNotFoundError):
                if path.is_file():
                    written[str(path.relative_to(self.media))] = path.stat().st_mtime_ns
        return written

    def ask(self, query):
        connection = sqlite3.connect(self.folder / "azemedia.sqlite3", timeout=10)
        try:
            return connection.execute(query).fetchall()
        finally:
            connection.close()

    def rendered(self):
        return self.ask("SELECT count(*) FROM articles_image WHERE rendered_at IS NOT NULL")[0][0]

    def stops_amid_a_picture(self, worker):
        """Stop it in its tracks, and whether that was done; between two pictures it goes on."""
        worker.send_signal(signal.SIGSTOP)
        if self.ask(f"SELECT count(*) FROM {TASKS} WHERE status = 'RUNNING'") == [(1,)]:
            return True
        worker.send_signal(signal.SIGCONT)
        return False

    def statuses(self):
        return self.ask(f"SELECT DISTINCT status FROM {TASKS} ORDER BY 1")


@pytest.fixture(scope="module")
def furnished(tmp_path_factory):
    """Four photographs wait for their renditions."""
    newsroom = Newsroom(tmp_path_factory.mktemp("furnished"))
    for number in range(COUNT):
        photograph(number).save(newsroom.folder / f"{number}.jpg", quality=90)
    newsroom.manage("shell", "-v0", "-c", TAKE_IN.format(folder=str(newsroom.folder)))
    return newsroom


@pytest.fixture
def newsroom(furnished, tmp_path):
    shutil.copytree(furnished.folder, tmp_path / "newsroom")
    return Newsroom(tmp_path / "newsroom")


def photograph(number):
    picture = Picture.effect_noise((1000, 700), 30 + number).convert("RGB")
    picture.paste(Picture.radial_gradient("L").resize((500, 500)), (100 * number, 50))
    return picture


def wait_until(condition, seconds=60):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "waited too long"
        time.sleep(0.1)


def most_memory(pid):
    """The most that the process ever held, in MB."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(re.search(r"VmHWM:\s+(\d+) kB", status)[1]) / 1024


def stop(worker, number=signal.SIGTERM):
    worker.send_signal(number)
    started_at = time.monotonic()
    worker.wait(30)
    return time.monotonic() - started_at


def children_of(pid):
    return [int(each) for each in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]


def test_what_a_killed_worker_left_is_finished_by_the_next_and_nothing_is_made_twice(newsroom):
    originals = newsroom.files()
    worker = newsroom.start_worker()
    try:
        wait_until(lambda: newsroom.rendered() >= 2)
        wait_until(lambda: newsroom.stops_amid_a_picture(worker))
    finally:
        worker.kill()
        worker.wait()
    time.sleep(0.5)  # its darkroom ends by itself
    at_death = newsroom.files()
    assert newsroom.rendered() < COUNT
    assert newsroom.ask(f"SELECT count(*) FROM {TASKS} WHERE status = 'RUNNING'") == [(1,)]

    worker = newsroom.start_worker()
    try:
        wait_until(lambda: newsroom.rendered() == COUNT)
        wait_until(lambda: newsroom.statuses() == [("SUCCESSFUL",)])
        assert most_memory(worker.pid) < 200
        assert stop(worker) < 5
    finally:
        worker.kill()

    files = newsroom.files()
    planned = set(newsroom.manage("shell", "-v0", "-c", EXPECTED).split())
    assert planned == {name for name in files if not name.rpartition("/")[2].startswith(".")}
    assert originals.items() <= files.items()
    whole = {name: time for name, time in at_death.items() if name in planned}
    assert whole.items() <= files.items(), "made twice"
    assert worker.returncode == 0, newsroom.log()


def test_told_to_stop_it_does_so_at_once_and_the_picture_in_hand_is_taken_up_later(newsroom):
    worker = newsroom.start_worker()
    try:
        wait_until(lambda: newsroom.rendered() >= 1)
        count = len(newsroom.files())
        wait_until(lambda: len(newsroom.files()) > count + 5)
        darkrooms = children_of(worker.pid)
        assert stop(worker) < 5
    finally:
        worker.kill()

    assert worker.returncode == 0, newsroom.log()
    assert "Traceback" not in newsroom.log()
    assert not any(Path(f"/proc/{pid}").exists() for pid in darkrooms)
    assert newsroom.rendered() < COUNT
    assert newsroom.ask(f"SELECT count(*) FROM articles_image WHERE claimed_until > {NOW}") == [(0,)]
    assert newsroom.statuses() == [("READY",), ("SUCCESSFUL",)]
    assert list((newsroom.folder / "workers").iterdir()) == []

    assert not any(name.rpartition("/")[2].startswith(".") for name in newsroom.files())

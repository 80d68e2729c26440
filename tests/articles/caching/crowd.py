"""A whole site, changed all the time and read by many: each of them a process or a thread of its own."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path
from random import Random
from typing import Any

ROOT = Path(__file__).resolve().parents[3]
NEWSROOM = """
import json, logging, os, sys, time
from pathlib import Path
from random import Random
import django
django.setup()
from django.core.management import call_command
logging.disable(logging.WARNING)
call_command("migrate", verbosity=0)
from articles.models import Change
from tests.articles.caching.changes import Newsroom
newsroom = Newsroom(Random({seed}))
newsroom.furnish({articles})
folder = Path({folder!r})

def tell():
    (folder / "new").write_text(json.dumps(newsroom.addresses()))
    os.replace(folder / "new", folder / "addresses")

tell()
print("furnished", flush=True)
sys.stdin.readline()
while Change.objects.exists():  # till the worker is there
    time.sleep(0.1)
slowest = 0
for number in range({changes}):
    newsroom.change()
    began = time.monotonic()
    while Change.objects.exists():
        time.sleep(0.01)
    slowest = max(slowest, time.monotonic() - began)
    tell()
    time.sleep({pause})
print(json.dumps(slowest), flush=True)
"""
CHECK = """
import io, json, logging, sys
logging.disable(logging.WARNING)
from django.core.handlers.wsgi import WSGIHandler
from articles.caching.addresses import request_for
from articles.caching.stores import store
django, wrong, pages = WSGIHandler(), [], {}
for key in store().all_keys():
    if page := store().find(key, "identity"):
        pages[key] = page.bodies["identity"]
for key, body in pages.items():
    told = []
    result = django(request_for(key, {"wsgi.errors": sys.stderr}), lambda status, *_: told.append(status))
    # The worker may have something left to do: pages that are gone by now are no fault.
    if b"".join(result) != body and store().find(key, "identity"):
        wrong.append(key)
    result.close()
print(json.dumps([len(pages), wrong]))
"""


class Crowd:
    def __init__(self, folder: Path, database: str = "") -> None:
        self.folder = folder
        (folder / "var").mkdir()
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.environment = {
            "PATH": os.environ["PATH"], "DATA_DIR": str(folder / "var"), "PYTHONPATH": str(ROOT),
            "SECRET_KEY": "tests only " * 5, "ALLOWED_HOSTS": "127.0.0.1,testserver", "PORT": str(self.port),
            "SITE_URL": "http://127.0.0.1", "DJANGO_SETTINGS_MODULE": "azemedia.settings",
            # Without collected files; all else as on a server.
            "DEBUG": "true", "PAGE_CACHE": "true",
            "DATABASE_URL": database, "REDIS_URL": os.environ.get("CACHE_REDIS_URL", ""),
            "LOG_LEVEL": "ERROR",
        }  # fmt: skip
        self.answers = self.faults = 0
        self.stopped = threading.Event()

    def run(self, *, changes: int, readers: int, articles: int, seed: int, pause: float) -> dict[str, Any]:
        code = NEWSROOM.format(
            changes=changes, articles=articles, seed=seed, pause=pause, folder=str(self.folder)
        )
        with ExitStack() as ends:
            newsroom = self._start(ends, "-c", code, stdin=subprocess.PIPE, stdout=subprocess.PIPE)
            assert newsroom.stdout.readline() == "furnished\n", self.log()
            self._start(ends, "manage.py", "worker")
            self._start(ends, "-m", "gunicorn", "azemedia.wsgi")
            crowd = [threading.Thread(target=self._read, args=[Random(number)]) for number in range(readers)]
            ends.callback(self.stopped.set)
            for reader in crowd:
                reader.start()
            while not self.answers:
                time.sleep(0.1)
            newsroom.stdin.write("\n")
            newsroom.stdin.flush()
            slowest = json.loads(newsroom.stdout.readline() or "null")
            self.stopped.set()
            for reader in crowd:
                reader.join()
            # What was kept amid the changes stays; what is missing is made, so that there is more to compare.
            self._read_all()
            kept, wrong = json.loads(self._ask(CHECK))
        return {
            "kept": kept,
            "wrong": wrong,
            "answers": self.answers,
            "faults": self.faults,
            "slowest": slowest,
        }

    def _read_all(self) -> None:
        for address in json.loads((self.folder / "addresses").read_text()):
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
            connection.request("GET", address)
            connection.getresponse().read()
            connection.close()

    def log(self) -> str:
        return (self.folder / "log").read_text()

    def _start(self, ends: ExitStack, *command: str, **pipes: Any) -> subprocess.Popen:
        log = ends.enter_context((self.folder / "log").open("a"))
        process = subprocess.Popen(
            [sys.executable, *command], cwd=ROOT, env=self.environment, stderr=log, text=True, **pipes
        )
        ends.callback(process.wait)
        ends.callback(process.terminate)
        return process

    def _ask(self, code: str) -> str:
        command = [sys.executable, "manage.py", "shell", "-v0", "-c", code]
        done = subprocess.run(command, cwd=ROOT, env=self.environment, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
        return done.stdout

    def _read(self, random: Random) -> None:
        while not self.stopped.is_set():
            with suppress(OSError, http.client.HTTPException):
                connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
                for _ in range(200):
                    addresses = json.loads((self.folder / "addresses").read_text())
                    connection.request("GET", random.choice(addresses), headers={"Accept-Encoding": "gzip"})
                    answer = connection.getresponse()
                    answer.read()
                    self.answers += 1
                    self.faults += answer.status >= 500
                    if self.stopped.is_set():
                        break
                connection.close()
            time.sleep(0.01)

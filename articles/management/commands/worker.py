from __future__ import annotations

import fcntl
import logging
import signal
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from threading import Event, Thread
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.utils import timezone
from django.utils.crypto import get_random_string
from django_tasks import TaskResultStatus
from django_tasks_db.management.commands import db_worker
from django_tasks_db.models import DBTaskResult

from articles import caching, pictures, sharing

log = logging.getLogger(__name__)

LOOK_EVERY, TIDY_EVERY = 0.5, 60.0
# No task of ours takes so long; and of a worker on another machine we know nothing else.
GIVEN_UP, FORGOTTEN = timedelta(minutes=30), timedelta(days=7)


class Command(BaseCommand):
    help = (
        "Does what is to be done in the background until it is told to stop: makes the sizes of uploaded "
        "pictures, draws social cards. Several may run, on one machine or on many; each takes up what a "
        "dead one left."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        # It tells of every look into an empty queue.
        logging.getLogger("django_tasks_db").setLevel(logging.WARNING)
        worker = Worker()
        worker.configure_signals()
        # Beside the work: no picture keeps a withdrawn page in the cache.
        stopped = Event()
        pages = Thread(target=caching.watch, args=[stopped], daemon=True)
        with sign_of_life(worker.worker_id):
            log.info("The worker is ready")
            pages.start()
            worker.work()
        stopped.set()
        log.info("The worker has stopped")


class Worker(db_worker.Worker):
    """django-tasks-db's own, that outlives a database without room and gives back what it cannot finish."""

    def __init__(self) -> None:
        super().__init__(
            queue_names=["*"],
            excluded_queue_names=[],
            interval=LOOK_EVERY,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
        )
        self.tidied_at = float("-inf")

    def configure_signals(self) -> None:
        super().configure_signals()
        signal.signal(signal.SIGHUP, self.shutdown)

    def shutdown(self, number: int, frame: FrameType | None) -> None:
        """In the middle of a task too: another attempt goes on with what is missing."""
        self.running = False
        self.reset_signals()
        # It would tell of a task that failed.
        logging.getLogger("django_tasks").setLevel(logging.CRITICAL)
        raise SystemExit(0)

    def work(self) -> None:
        while self.running:
            try:
                self.tidy()
                self.run()
            except DatabaseError:
                log.exception("The database refuses; trying again in a while")
                connection.close()
                time.sleep(10 * LOOK_EVERY)
            time.sleep(LOOK_EVERY)

    def run_task(self, task: DBTaskResult) -> None:
        super().run_task(task)
        if not self.running and task.status != TaskResultStatus.SUCCESSFUL:
            give_back(DBTaskResult.objects.filter(pk=task.pk))
        else:
            self.tidy()

    def tidy(self) -> None:
        """Now and then, also amid a long queue: nothing that is due depends on a single message."""
        if time.monotonic() < self.tidied_at + TIDY_EVERY:
            return
        self.tidied_at = time.monotonic()
        take_from_the_dead()
        pictures.request_waiting()
        if not DBTaskResult.objects.filter(
            task_path=sharing.draw_card.module_path, finished_at=None
        ).exists():
            sharing.request_waiting()
        DBTaskResult.objects.finished().filter(finished_at__lt=timezone.now() - FORGOTTEN).delete()


# Whose worker is dead -------------------------------------------------------


@contextmanager
def sign_of_life(worker_id: str) -> Iterator[None]:
    """A file that is locked while this process lives, however it ends. Numbers of processes come again."""
    path = _sign(worker_id)
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as file:
        fcntl.lockf(file, fcntl.LOCK_EX)
        try:
            yield
        finally:
            path.unlink(missing_ok=True)


def is_dead(worker_id: str) -> bool:
    """Whether it died on this machine without saying goodbye."""
    try:
        with _sign(worker_id).open("r+") as file:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:  # it lives, or never did so here
        return False
    return True


def take_from_the_dead() -> None:
    """Put what a dead worker had in hand back into the queue, unless it dies of that again and again."""
    for task in DBTaskResult.objects.running():
        worker_id = task.worker_ids[-1]
        if is_dead(worker_id):
            _sign(worker_id).unlink(missing_ok=True)
        elif task.started_at > timezone.now() - GIVEN_UP:
            continue
        log.warning("A worker died over %s%s", task.task_path, task.args_kwargs["args"])
        row = DBTaskResult.objects.running().filter(pk=task.pk, worker_ids=task.worker_ids)
        if len(task.worker_ids) < pictures.ATTEMPTS:
            give_back(row)
        else:
            row.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())


def give_back(rows: Any) -> None:
    rows.update(status=TaskResultStatus.READY, finished_at=None, exception_class_path="", traceback="")


def _sign(worker_id: str) -> Path:
    return Path(settings.DATA_DIR) / "workers" / worker_id

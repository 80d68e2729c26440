from __future__ import annotations

import os
import signal
from argparse import ArgumentParser, ArgumentTypeError
from collections.abc import Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from datetime import datetime, timedelta
from itertools import islice
from threading import Event
from time import monotonic
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.db.models import Q
from django.template.defaultfilters import filesizeformat, pluralize
from django.utils import timezone

from articles import orphans, pictures
from articles.models import Image
from articles.querysets import ImageQuerySet
from articles.storage import Stored, storage

# Without a terminal, a line now and then.
TELL_EVERY = 30.0


def counted(number: int, thing: str) -> str:
    return f"{number} {thing}{pluralize(number)}"


def moment(text: str) -> datetime:
    try:
        found = datetime.fromisoformat(text)
    except ValueError:
        raise ArgumentTypeError("takes a time such as 2026-11-23T09:00:00+04:00") from None
    return found if found.tzinfo else timezone.make_aware(found)


class Command(BaseCommand):
    help = "Makes the sizes of pictures that are missing. Started again, it goes on where it was stopped."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--again", action="store_true", help="make all of them anew")
        parser.add_argument(
            "--before", type=moment, metavar="TIME", help="with --again: only what was made before that time"
        )
        parser.add_argument(
            "--orphans", action="store_true", help="instead, remove files that nothing names any more"
        )
        parser.add_argument("--dry-run", action="store_true", help="say what would be done; change nothing")
        parser.add_argument(
            "--jobs",
            type=int,
            default=os.cpu_count(),
            metavar="N",
            help="pictures at once (default: a core each)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        if options["before"] and not options["again"]:
            raise CommandError("--before goes with --again.")
        if options["orphans"]:
            self.remove_orphans(options["dry_run"])
            return
        before = (options["before"] or timezone.now()) if options["again"] else None
        due = [image.pk for image in self.due(before)]
        if options["dry_run"]:
            self.stdout.write(f"Renditions of {counted(len(due), 'picture')} would be made. A dry run.")
            return
        stopped = signal.signal(signal.SIGTERM, signal.default_int_handler)
        try:
            Run(self, due, before, max(1, options["jobs"])).go()
        except KeyboardInterrupt:
            rest = f" --again --before {before.isoformat()}" if before else ""
            raise CommandError(f"Stopped. To go on: manage.py renditions{rest}") from None
        finally:
            signal.signal(signal.SIGTERM, stopped)

    def due(self, before: datetime | None) -> Iterator[Image]:
        if before:
            yield from Image.objects.filter(Q(rendered_at=None) | Q(rendered_at__lt=before)).order_by("pk")
            return
        for image in Image.objects.order_by("pk").iterator():
            there = {each.name for each in storage.contents(image.folder)}
            if image.rendered_at is None or pictures.file_names(image) - there:
                yield image

    def remove_orphans(self, is_trial: bool) -> None:
        count = size = 0
        found = orphans.find()
        while batch := list(islice(found, 1000)):
            count, size = count + len(batch), size + sum(each.size for each in batch)
            if not is_trial:
                storage.remove(each.name for each in batch)
            else:
                self.name(batch)
        told = f"{counted(count, 'file')} ({filesizeformat(size)})"
        self.stdout.write(f"{told} would be removed. A dry run." if is_trial else f"{told} removed.")

    def name(self, files: Iterable[Stored]) -> None:
        for each in files:
            self.stdout.write(f"{each.name} ({filesizeformat(each.size)})")


class Run:
    """Several pictures at a time: threads see to the files, only this one speaks to the database."""

    def __init__(self, command: Command, due: list[int], before: datetime | None, jobs: int) -> None:
        self.command, self.due, self.before, self.jobs = command, due, before, jobs
        self.stopped = Event()
        self.faults: dict[int, str] = {}
        self.done = self.made = self.elsewhere = 0
        self.began_at = self.told_at = monotonic()

    def go(self) -> None:
        running: dict[Future[int], Image] = {}
        claimed = self.claimed()
        with ThreadPoolExecutor(self.jobs) as pool:
            try:
                while True:
                    for image in islice(claimed, self.jobs - len(running)):
                        running[pool.submit(self.develop, image)] = image
                    if not running:
                        break
                    for future in wait(running, return_when=FIRST_COMPLETED).done:
                        self.finish(running.pop(future), future)
            finally:
                self.stopped.set()
                for image in running.values():
                    pictures.put_off(image)
        self.tell_the_end()

    def claimed(self) -> Iterator[Image]:
        """One after another, unless the worker has it in hand."""
        for pk in self.due:
            among: ImageQuerySet = Image.objects.unclaimed() | Image.objects.given_up()
            if image := pictures.claim(pk, among):
                yield image
            else:
                self.elsewhere += 1

    def develop(self, image: Image) -> int:
        made = 0
        for _ in pictures.develop(image, again=self.before is not None):
            made += 1
            if self.stopped.is_set():
                raise InterruptedError
        return made

    def finish(self, image: Image, future: Future[int]) -> None:
        try:
            made = future.result()
            pictures.note_rendered(image)
        except pictures.FAULTS as fault:
            self.faults[image.pk] = f"{image.original.name}: {fault}"
            pictures.put_off(image, fault)
        else:
            self.done += 1
            self.made += made
        self.tell()

    def tell(self) -> None:
        """How far we are, in place on a terminal."""
        on_terminal = self.command.stdout.isatty()
        if not on_terminal and monotonic() < self.told_at + TELL_EVERY:
            return
        self.told_at = monotonic()
        finished = self.done + len(self.faults)
        rate = finished / max(self.told_at - self.began_at, 0.001)
        left = timedelta(seconds=round((len(self.due) - finished - self.elsewhere) / rate))
        line = f"{finished} of {counted(len(self.due), 'picture')}, {rate:.1f} a second, {left} left"
        self.command.stdout.write(
            f"\r{line}\033[K" if on_terminal else line, ending="" if on_terminal else "\n"
        )

    def tell_the_end(self) -> None:
        clear = "\r\033[K" if self.command.stdout.isatty() else ""
        seconds = monotonic() - self.began_at
        made = f"{counted(self.made, 'rendition')} of {counted(self.done, 'picture')}"
        elsewhere = f" A worker has {self.elsewhere} more in hand." if self.elsewhere else ""
        self.command.stdout.write(f"{clear}{made} in {seconds:.1f} s.{elsewhere}")
        for pk, fault in self.faults.items():
            self.command.stderr.write(f"Picture {pk} ({fault})")
        if self.faults:
            raise CommandError(f"Without renditions: {counted(len(self.faults), 'picture')}.")

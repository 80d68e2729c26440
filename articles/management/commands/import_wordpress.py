from collections.abc import Iterable, Iterator
from pathlib import Path
from time import monotonic
from typing import Any
from xml.etree.ElementTree import Element

from django.core.management.base import BaseCommand, CommandError, CommandParser

from articles import caching
from articles.importers import wordpress, wxr
from articles.importers.loading import import_records
from articles.importers.report import Report
from articles.models import SiteSettings

BAR = 40

Named = tuple[str, Element]


class Command(BaseCommand):
    help = "Imports posts, pages, authors, categories, tags and menus from WordPress exports (WXR files)."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
        parser.add_argument("--dry-run", action="store_true", help="say what would come in; change nothing")

    def handle(self, *args: Any, files: list[Path], dry_run: bool, **options: Any) -> None:
        # All of them are read through before the first one changes anything.
        try:
            counts = {path: wxr.survey(path) for path in files}
        except wxr.UnreadableError as error:
            raise CommandError(f"{error} Nothing was imported.") from error
        for path, count in counts.items():
            report = Report()
            elements = self.shown(wxr.elements(path), path.name, count)
            import_records(wordpress.records(elements, SiteSettings.load().zone), report, is_trial=dry_run)
            caching.catch_up()
            self.print_report(report)
        if dry_run:
            self.stdout.write("A dry run: nothing was changed.")

    def shown(self, elements: Iterable[Named], name: str, count: int) -> Iterator[Named]:
        """Pass the elements on, drawing a bar on a terminal and a line when all are through."""
        started_at, done, drawn = monotonic(), 0, 0
        for element in elements:
            yield element
            done += element[0] == "item"
            if self.stdout.isatty() and (percent := 100 * done // max(count, 1)) > drawn:
                self.stdout.write(f"\r{name} {'█' * (BAR * percent // 100):░<{BAR}} {percent:3} %", ending="")
                drawn = percent
        clear = "\r\033[K" if self.stdout.isatty() else ""
        self.stdout.write(f"{clear}{name}: {count} items in {monotonic() - started_at:.1f} s")

    def print_report(self, report: Report) -> None:
        line = "{:<12} {:>9} {:>13} {:>9}".format
        self.stdout.write(self.style.MIGRATE_HEADING(line("", "came in", "already here", "skipped")))
        for kind in report.kinds:
            counts = report.came_in[kind], report.already_here[kind], report.skipped_of(kind)
            self.stdout.write(line(kind, *counts))
        if report.skipped:
            self.stdout.write(self.style.MIGRATE_HEADING("Skipped, and why"))
        for (kind, reason), count in report.skipped.items():
            self.stdout.write(f"{count:>9} {kind}: {reason}")
        if report.notes:
            self.stdout.write(self.style.MIGRATE_HEADING("Worth a look"))
        for note, titles in report.notes.items():
            more = report.noted[note] - len(titles)
            examples = "; ".join(titles) + (f" and {more} more" if more else "")
            self.stdout.write(f"{report.noted[note]:>9} {note}: {examples}")

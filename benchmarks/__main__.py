"""`python -m benchmarks run`, which is `make bench`; and its parts, for whoever works on one of them.

    run             all of it, on sites of its own that are thrown away; DATABASE, SIZES, RESULTS
    report          the tables of README and docs, and the picture of the curves, from the results files

The parts work on the site that the environment names:

    fill 100000     migrate and fill an empty database
    pages           what each kind of public page costs
    turn 0          the first of several parts of that, cost by cost
    desk            what the desk costs; writes into the database
    import          the speed of import_wordpress; writes into the database
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks import curves, results, tables
from benchmarks.processes import ROOT, FailedError

PICTURE = ROOT / "docs" / "benchmarks.svg"


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True)
    runner = commands.add_parser("run")
    runner.add_argument("--database", default=os.environ.get("DATABASE") or "sqlite", choices=DATABASES)
    runner.add_argument("--sizes", default=os.environ.get("SIZES") or "1000,20000", type=_sizes)
    runner.add_argument("--results", default=os.environ.get("RESULTS") or results.FOLDER, type=Path)
    runner.add_argument("--without-rates", action="store_true", help="those in the results file stay")
    commands.add_parser("report")
    commands.add_parser("fill").add_argument("number", metavar="size", type=int)
    commands.add_parser("turn").add_argument("number", type=int)
    for name in PARTS:
        commands.add_parser(name)
    chosen = parser.parse_args(arguments)
    if chosen.command == "run":
        return run(chosen)
    return report() if chosen.command == "report" else _part(chosen)


def run(chosen: argparse.Namespace) -> int:
    from benchmarks import runs

    for number in STOPPING:
        signal.signal(number, _stop)
    try:
        found = runs.run(chosen.database, chosen.sizes, _say, with_rates=not chosen.without_rates)
    except FailedError as error:
        sys.exit(str(error))
    print(tables.for_terminal(results.write(chosen.results / f"{chosen.database}.json", found)))
    return 0


def report() -> int:
    known = results.everything()
    if not known:
        sys.exit(f"There are no results in {results.FOLDER.relative_to(ROOT)}: `make bench` writes them.")
    tables.write_into(ROOT / "README.md", tables.for_readme(known))
    tables.write_into(ROOT / "docs" / "benchmarks.md", tables.for_docs(known))
    PICTURE.write_text(curves.draw(known))
    return 0


def _part(chosen: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azemedia.settings")
    import django

    django.setup()
    numbered = {"fill": fill, "turn": turn}.get(chosen.command)
    result = numbered(chosen.number) if numbered else PARTS[chosen.command]()
    print(json.dumps(result))
    return 0


def fill(size: int) -> dict[str, Any]:
    from django.core.management import call_command

    from benchmarks import checking, filling

    call_command("migrate", verbosity=0)
    filled = filling.fill(size, progress=_show if sys.stderr.isatty() else lambda line: None)
    faults = checking.faults()
    if faults:
        sys.exit("\n".join(["The archive is not what the application would have written:", *faults]))
    return {
        "articles": size,
        "seconds": round(filled.seconds, 1),
        "articles_per_second": round(size / filled.seconds),
        "database_bytes": filled.database_bytes,
    }


def pages() -> dict[str, Any]:
    from benchmarks.counting import summary
    from benchmarks.pages import measure

    return {kind: summary(costs) for kind, costs in measure(range(ROUNDS)).items()}


def turn(number: int) -> dict[str, Any]:
    from benchmarks.pages import measure

    return measure(range(number * ROUNDS_A_TURN, (number + 1) * ROUNDS_A_TURN))


def addresses() -> dict[str, Any]:
    from benchmarks.pages import addresses

    return addresses()


def desk() -> dict[str, Any]:
    from benchmarks.desk import measure

    return measure()


def import_() -> dict[str, Any]:
    from benchmarks.desk import measure_import

    return measure_import()


def facts() -> dict[str, Any]:
    from benchmarks.facts import facts

    return facts()


DATABASES = ("sqlite", "postgresql")
ROUNDS, ROUNDS_A_TURN = 50, 10
STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PARTS: dict[str, Callable[[], dict[str, Any]]] = {
    "pages": pages, "addresses": addresses, "desk": desk, "import": import_, "facts": facts,
}  # fmt: skip


def _stop(*_: object) -> None:
    """Out of whatever block we are in, each of which takes away what it made; once, and undisturbed."""
    for number in STOPPING:
        signal.signal(number, signal.SIG_IGN)
    sys.exit("\nStopped.")


def _sizes(text: str) -> list[int]:
    try:
        return sorted({int(size.replace("_", "")) for size in text.split(",")})
    except ValueError:
        raise argparse.ArgumentTypeError("takes numbers separated by commas, as in 1000,100000") from None


def _say(line: str) -> None:
    print(line, file=sys.stderr, flush=True)


def _show(line: str) -> None:
    print(f"\r\033[K{line}", end="", file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

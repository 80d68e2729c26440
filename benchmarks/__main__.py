"""`python -m benchmarks fill 100000`: a synthetic archive in the database that the environment names."""

from __future__ import annotations

import argparse
import os
import sys


def main(arguments: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks")
    commands = parser.add_subparsers(dest="command", required=True)
    filler = commands.add_parser("fill", help="migrate and fill the database of the environment")
    filler.add_argument("size", type=int)
    chosen = parser.parse_args(arguments)
    return fill(chosen.size)


def fill(size: int) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "azemedia.settings")
    import django
    from django.core.management import call_command

    django.setup()
    from benchmarks import checking, filling

    call_command("migrate", verbosity=0)
    filled = filling.fill(size, progress=lambda line: print(f"\r\033[K{line}", end="", flush=True))
    rate, megabytes = size / filled.seconds, filled.database_bytes / 1e6
    print(f"\n{size:,} articles in {filled.seconds:.1f} s ({rate:,.0f} a second), {megabytes:,.0f} MB")
    faults = checking.faults()
    print("\n".join(faults) or "Lists, texts and index are what the application makes of them.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

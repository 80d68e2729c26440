"""Requests a second, by wrk, or by hey where that is what the machine has."""

from __future__ import annotations

import os
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from benchmarks.processes import FailedError, said

CONNECTIONS, THREADS = 16, 2
MISSING = "Neither wrk nor hey is installed (Debian: apt-get install wrk): no rates without one of them."


@dataclass(frozen=True)
class Rate:
    per_second: float
    failed: int


def generator() -> str | None:
    return next(filter(None, map(shutil.which, ("wrk", "hey"))), None)


def rate(url: str, headers: Mapping[str, str], seconds: int, log: Path) -> Rate:
    """What 16 connections get through in so many seconds, load and server sharing the machine."""
    program = generator()
    if program is None:
        raise FailedError(MISSING)
    given = [word for name, value in headers.items() for word in ("-H", f"{name}: {value}")]
    if Path(program).name == "wrk":
        shape = [f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s"]
    else:
        shape = ["-c", str(CONNECTIONS), "-z", f"{seconds}s"]
    return read(said([program, *shape, *given, url], os.environ, log))


def read(report: str) -> Rate:
    """The figures of either program's report."""
    found = re.search(r"Requests/sec:\s+([\d.]+)", report)
    if not found:
        raise FailedError(f"The load generator said nothing of a rate:\n{report}")
    refused = re.search(r"Non-2xx or 3xx responses: (\d+)", report)
    broken = re.search(r"Socket errors: connect (\d+), read (\d+), write (\d+), timeout (\d+)", report)
    failed = sum(map(int, broken.groups())) if broken else 0
    # hey counts answers by their status.
    failed += sum(map(int, re.findall(r"\[[45]\d\d\]\s+(\d+) responses", report)))
    return Rate(float(found[1]), failed + (int(refused[1]) if refused else 0))

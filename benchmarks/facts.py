"""What figures depend on: the machine and the versions. No names of hosts, people or folders."""

from __future__ import annotations

import os
import platform
import re
import shutil
import subprocess
from importlib.metadata import version
from pathlib import Path
from typing import Any

from django.db import connection

from benchmarks import nginx
from benchmarks.processes import ROOT

PACKAGES = ("django", "gunicorn")


def facts() -> dict[str, Any]:
    return {
        "cores": os.cpu_count(),
        "processor": _processor(),
        "memory_gb": round(os.sysconf("SC_PHYS_PAGES") * os.sysconf("SC_PAGE_SIZE") / 2**30),
        "system": f"{platform.system()} {platform.machine()}",
        "python": platform.python_version(),
        **{name: version(name) for name in PACKAGES},
        "database": _database(),
        "nginx": _said([nginx.program(), "-v"], r"nginx/([\d.]+)"),
        "wrk": _said([shutil.which("wrk"), "-v"], r"wrk\s+(?:debian/)?(\d[\d.]*)"),
        "revision": _said([shutil.which("git"), "rev-parse", "--short=10", "HEAD"], r"(\w+)"),
    }


def _database() -> str:
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT sqlite_version()")
            return f"SQLite {cursor.fetchone()[0]}"
        cursor.execute("SHOW server_version")
        return f"PostgreSQL {cursor.fetchone()[0].split()[0]}"


def _processor() -> str:
    try:
        found = re.search(r"^model name\s*:\s*(.+)$", Path("/proc/cpuinfo").read_text(), re.MULTILINE)
    except OSError:
        return platform.processor()
    return found[1] if found else platform.processor()


def _said(command: list[str | None], pattern: str) -> str | None:
    if command[0] is None:
        return None
    answer = subprocess.run([str(word) for word in command], cwd=ROOT, capture_output=True, text=True)
    found = re.search(pattern, answer.stdout + answer.stderr)
    return found[1] if found else None

"""The results file of a database, and what is read off several of them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from benchmarks.processes import ROOT

FOLDER = ROOT / "benchmarks" / "results"
Results = dict[str, Any]


def write(file: Path, results: Results) -> Results:
    """Sizes that the file has from the same code on the same machine stay in it."""
    known = read(file)
    if known.get("machine") == results["machine"]:
        sizes = {each["articles"]: each for each in [*known["sizes"], *results["sizes"]]}
        results = known | results | {"sizes": [sizes[size] for size in sorted(sizes)]}
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n")
    return results


def read(file: Path) -> Results:
    return json.loads(file.read_text()) if file.exists() else {}


def everything(folder: Path = FOLDER) -> list[Results]:
    """The results of all databases, SQLite first."""
    found = [read(file) for file in sorted(folder.glob("*.json"), reverse=True)]
    return [each for each in found if each.get("sizes")]


def sizes(results: Results) -> list[int]:
    return [each["articles"] for each in results["sizes"]]


def kinds(results: Results, part: str) -> list[str]:
    return list(dict.fromkeys(kind for each in results["sizes"] for kind in each[part]))


def series(results: Results, part: str, kind: str, figure: str = "median_ms") -> list[float | None]:
    """One figure at each size."""
    return [each[part].get(kind, {}).get(figure) for each in results["sizes"]]


def growth(figures: Iterable[float | None]) -> float | None:
    """The last as a multiple of the first."""
    known = [each for each in figures if each]
    return known[-1] / known[0] if len(known) > 1 else None

"""`make bench`: for each size a site of its own, filled, measured and thrown away."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import serving, workers
from benchmarks.sites import Site, site

Tell = Callable[[str], None]
# The pages whose rates are taken: one of each kind that readers and machines come for.
SERVED = ("article", "category", "feed")


def run(database: str, sizes: list[int], tell: Tell, *, with_rates: bool = True) -> dict[str, Any]:
    """Everything that is measured on one database. Rates are taken once, at the smallest size."""
    found: dict[str, Any] = {"at": f"{datetime.now(UTC):%Y-%m-%d}", "sizes": []}
    with TemporaryDirectory(prefix="azemedia-benchmark-") as folder:
        for size in sorted(sizes):
            tell(f"{size:,} articles on {database}")
            with _site(Path(folder) / str(size), database, Path(folder) / "static") as here:
                found["machine"] = json.loads(here.ask("facts"))
                measured = {"articles": size, "fill": _part(here, "fill", tell, str(size))}
                addresses = _part(here, "addresses", tell)
                measured["pages"] = _part(here, "pages", tell)
                tell("  start and memory")
                measured["worker"] = workers.measure(here, [known[0] for known in addresses.values()])
                if with_rates and size == min(sizes):
                    tell("  rates")
                    found["rates"] = serving.measure(here, {kind: addresses[kind][0] for kind in SERVED})
                # What writes into the archive comes last.
                for part in ("desk", "import"):
                    measured[part] = _part(here, part, tell)
                found["sizes"].append(measured)
    return found


def _part(here: Site, name: str, tell: Tell, *arguments: str) -> Any:
    began = time.monotonic()
    answer = json.loads(here.ask(name, *arguments))
    tell(f"  {name}: {time.monotonic() - began:.0f} s")
    return answer


@contextmanager
def _site(folder: Path, database: str, static: Path) -> Iterator[Site]:
    """With static files collected once for all of them; nothing is left of it afterwards."""
    try:
        with site(folder, database) as here:
            if not static.exists():
                here.manage("collectstatic", "--verbosity", "0", "--no-input")
                (folder / "static").rename(static)
            (folder / "static").symlink_to(static, target_is_directory=True)
            yield here
    finally:
        shutil.rmtree(folder, ignore_errors=True)

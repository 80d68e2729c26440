"""`make bench`: for each size a site of its own, filled, measured and thrown away with all the others."""

from __future__ import annotations

import json
import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import serving, workers
from benchmarks.counting import Measured, summary
from benchmarks.sites import Site, site

Tell = Callable[[str], None]
# A machine has good and bad minutes. Pages are what sizes are compared by: all of them share each.
TURNS = 5
# The pages whose rates are taken: one of each kind that readers and machines come for.
SERVED = ("article", "category", "feed")


def run(database: str, sizes: list[int], tell: Tell, *, with_rates: bool = True) -> dict[str, Any]:
    """Everything that is measured on one database. Rates are taken once, at the smallest size."""
    found: dict[str, Any] = {"at": f"{datetime.now(UTC):%Y-%m-%d}", "sizes": []}
    with TemporaryDirectory(prefix="azemedia-benchmark-") as name, ExitStack() as open_sites:
        folder, sites = Path(name), []
        for size in sorted(sizes):
            tell(f"{size:,} articles on {database}")
            here = open_sites.enter_context(_site(folder / str(size), database, folder / "static"))
            sites.append(here)
            found["machine"] = json.loads(here.ask("facts"))
            found["sizes"].append({"articles": size, "fill": _part(here, "fill", tell, str(size))})
        for here, measured, pages in zip(sites, found["sizes"], _pages(sites, tell), strict=True):
            tell(f"{measured['articles']:,} articles")
            measured["pages"] = pages
            addresses = _part(here, "addresses", tell)
            tell("  start and memory")
            measured["worker"] = workers.measure(here, [known[0] for known in addresses.values()])
            if with_rates and here is sites[0]:
                tell("  rates")
                found["rates"] = serving.measure(here, {kind: addresses[kind][0] for kind in SERVED})
            # What writes into the archive comes last.
            for part in ("desk", "import"):
                measured[part] = _part(here, part, tell)
    return found


def _pages(sites: list[Site], tell: Tell) -> list[dict[str, Measured]]:
    """What each kind costs on each site, from some rounds on one, then on the next, and again."""
    tell("reading every archive through")
    # The largest first, for it may take the others' place. Filling it has put them out of memory; whether it
    # still was there itself, and an article was read from a disk or not, would be chance.
    for here in reversed(sites):
        here.read_through()
    tell("pages, each size in turn")
    turns = [[_part(here, "turn", tell, str(number)) for here in sites] for number in range(TURNS)]
    return [
        {kind: summary([cost for turn in of_site for cost in turn[kind]]) for kind in of_site[0]}
        for of_site in zip(*turns, strict=True)
    ]


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

"""The results as one table: whole for the terminal and the docs, the gist of it for the README."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from statistics import median
from typing import Any

from benchmarks import results
from benchmarks.results import Results
from benchmarks.serving import BARE, STATIC, STORE

BEGIN = "<!-- benchmarks: written by `python -m benchmarks report` -->"
END = "<!-- end of benchmarks -->"
Row = list[str]
GIST = [
    ("pages", "front page"), ("pages", "article"), ("pages", "category"), ("pages", "category, deep page"),
    ("pages", "search, frequent word"), ("pages", "feed"), ("desk", "admin list"), ("desk", "publishing"),
]  # fmt: skip

# With the conditions under which they were measured, which was not by `make bench`.
PEERS_CONDITIONS = (
    "Quoted: one 2-core machine, the same 2,000 articles, wrk with 16 connections, load and server sharing"
    " the cores, no page cache unless it says so."
)
PEERS = [
    ["", "article", "queries", "requests/s", "at 20,000 articles", "behind a page cache"],
    ["WordPress", "43 ms", "33", "45", "search 479 ms", "nginx 35,600/s (gzipping on the fly 2,670/s)"],
    ["Wagtail", "77 ms", "32", "", "article 224 ms", "wagtail-cache 2,670/s"],
    ["Ghost", "15 ms", "9", "88", "", ""],
]


def for_terminal(found: Results) -> str:
    parts = [_machine(found)]
    for title, rows in _tables(found):
        parts += ["", title, *_aligned(rows)]
    return "\n".join([*parts, "", PEERS_CONDITIONS, *_aligned(PEERS)])


def for_readme(everything: list[Results]) -> str:
    """What readers and editors meet most, on every database, and the rates on the first of them."""
    columns = [(found, each) for found in everything for each in found["sizes"]]
    head = ["", *(f"{_engine(found)}, {each['articles']:,} articles" for found, each in columns)]
    costs = [[kind, *(_gist(each[part], kind) for _, each in columns)] for part, kind in GIST]
    parts = [
        f"{_machine(everything[0])}. Median milliseconds on the server and queries, without the page cache:",
        "\n".join(_markdown([head, *costs])),
    ]
    if rates := everything[0].get("rates"):
        parts += ["Requests a second, wrk with 16 connections:", "\n".join(_markdown(_rates(rates)))]
    return "\n\n".join([*parts, PEERS_CONDITIONS, "\n".join(_markdown(PEERS))])


def for_docs(everything: list[Results]) -> str:
    parts = []
    for found in everything:
        parts.append(f"**{found['machine']['database']}**, {_machine(found)}, {found['at']}")
        parts += ["\n".join([f"{title}:", "", *_markdown(rows)]) for title, rows in _tables(found)]
    return "\n\n".join(parts)


def write_into(file: Path, text: str) -> None:
    """Between the two marks, which somebody has set where the table is to stand."""
    before, begin, rest = file.read_text().partition(BEGIN)
    _, end, after = rest.partition(END)
    if not begin or not end:
        raise ValueError(f"{file.name} lacks the marks {BEGIN} and {END}")
    file.write_text(f"{before}{BEGIN}\n{text}\n{END}{after}")


def _machine(found: Results) -> str:
    known = found["machine"]
    return (
        f"{known['cores']} cores ({known['processor']}), Python {known['python']}, Django {known['django']},"
        f" gunicorn {known['gunicorn']}"
    )


def _tables(found: Results) -> Iterable[tuple[str, list[Row]]]:
    for part, title in (
        ("pages", "Rendered anew, without the page cache: median ms (95th percentile)"),
        ("desk", "At the desk: median ms (95th percentile)"),
    ):
        yield title, _costs(found, part)
    yield "Filling, importing, a worker", _others(found)
    if found.get("rates"):
        yield f"Requests a second at {results.sizes(found)[0]:,} articles", _rates(found["rates"])


def _costs(found: Results, part: str) -> list[Row]:
    head = ["", *(f"{size:,} articles" for size in results.sizes(found)), "queries", "last : first"]
    return [head, *(_cost(found, part, kind) for kind in results.kinds(found, part))]


def _cost(found: Results, part: str, kind: str) -> Row:
    medians = results.series(found, part, kind)
    tails = results.series(found, part, kind, "p95_ms")
    queries = [each for each in results.series(found, part, kind, "queries") if each is not None]
    growth = results.growth(medians)
    cells = [_cell(ms, tail) for ms, tail in zip(medians, tails, strict=True)]
    return [kind, *cells, f"{max(queries, default=0):g}", f"{growth:.2f}" if growth else ""]


def _engine(found: Results) -> str:
    return str(found["machine"]["database"]).split()[0]


def _gist(costs: dict[str, Any], kind: str) -> str:
    cost = costs.get(kind)
    return f"{_short(cost['median_ms'])} ms, {cost['queries']}" if cost else ""


def _cell(ms: float | None, tail: float | None) -> str:
    return "" if ms is None or tail is None else f"{_short(ms)} ({_short(tail)})"


def _short(number: float) -> str:
    return f"{number:.1f}" if number < 100 else f"{number:,.0f}"


def _others(found: Results) -> list[Row]:
    figures: list[tuple[str, str, str, float]] = [
        ("filled, articles/s", "fill", "articles_per_second", 1),
        ("filled in, s", "fill", "seconds", 1),
        ("database, MB", "fill", "database_bytes", 1e-6),
        ("import_wordpress, posts/s", "import", "posts_per_second", 1),
        ("application loads in, s", "worker", "loads_s", 1),
        ("server answers after, s", "worker", "answers_s", 1),
        ("a worker's memory, MB (PSS)", "worker", "pss_mb", 1),
    ]
    head = ["", *(f"{size:,} articles" for size in results.sizes(found))]
    return [head, *([name, *_figures(found, part, figure, by)] for name, part, figure, by in figures)]


def _figures(found: Results, part: str, figure: str, factor: float) -> Row:
    values = [each[part].get(figure) for each in found["sizes"]]
    return ["not known here" if value is None else f"{value * factor:,.4g}" for value in values]


def _rates(rates: dict[str, Any]) -> list[Row]:
    if "missing" in rates:
        return [[rates["missing"]]]
    head = ["", *(f"{kind}, {page['bytes'] / 1000:.1f} kB" for kind, page in rates.items())]
    names = list(dict.fromkeys(name for page in rates.values() for name in page["rates"]))
    rows = [[name, *(_rate(page["rates"], name) for page in rates.values())] for name in names]
    if STATIC not in names:
        rows.append([STATIC, *["nginx is not installed"] * len(rates)])
    return [head, *rows]


def _rate(rates: dict[str, Any], name: str) -> str:
    """The rate, and how near it comes to the limit of its server; failures are never hidden."""
    if name not in rates:
        return ""
    limit, word = (STATIC, "nginx's file") if name == STORE else (BARE, "bare")
    told = f"{rates[name]['per_second']:,}"
    if name not in (BARE, STATIC) and limit in rates:
        told += f" ({share(rates[name], rates[limit]):.2f} of {word})"
    return told + (f", {rates[name]['failed']:,} failed" if rates[name]["failed"] else "")


def share(own: dict[str, Any], limit: dict[str, Any]) -> float:
    """The median of the rounds, each against the limit as it was in that very round."""
    return median(
        mine / theirs for mine, theirs in zip(own["rounds"], limit["rounds"], strict=True) if theirs
    )


def _aligned(rows: list[Row]) -> list[str]:
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return [
        "  ".join(
            cell.ljust(width) if place == 0 else cell.rjust(width)
            for place, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    ]


def _markdown(rows: list[Row]) -> list[str]:
    head, *body = (f"| {' | '.join(row)} |" for row in rows)
    return [head, f"| --- |{' ---: |' * (len(rows[0]) - 1)}", *body]

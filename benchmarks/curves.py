"""How the figures grow with the archive, as an SVG: a panel for each database, sizes by powers of ten."""

from __future__ import annotations

import math
from collections.abc import Sequence
from xml.sax.saxutils import escape

from benchmarks import results
from benchmarks.results import Results

WIDTH, PANEL, MARGIN, LABELS, TOP, BOTTOM = 920, 300, 60, 250, 40, 46
LINE = 15
# One hue each; told apart in light and dark, and by their labels without any colour.
COLOURS = ("#c2410c", "#0e7490", "#6d28d9", "#15803d", "#be185d", "#a16207", "#475569", "#1d4ed8")
STYLE = (
    "text{font:12px system-ui,sans-serif;fill:#333}.title{font-weight:600;font-size:14px}"
    ".grid{stroke:#8884}.line{fill:none;stroke-width:2}"
    "@media(prefers-color-scheme:dark){text{fill:#ddd}.paper{fill:#14171a}}"
)
DRAWN = (
    "front page", "article", "category", "category, deep page", "category, sparse",
    "search, frequent word", "search, rare word", "feed",
)  # fmt: skip


def draw(everything: Sequence[Results], kinds: Sequence[str] = DRAWN) -> str:
    height = len(everything) * PANEL
    panels = [_panel(found, kinds, number * PANEL) for number, found in enumerate(everything)]
    return "\n".join([
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {height}" role="img">',
        "<title>Milliseconds a page against the number of articles</title>",
        f"<style>{STYLE}</style>",
        f'<rect class="paper" width="{WIDTH}" height="{height}" fill="#fff"/>',
        *panels,
        "</svg>\n",
    ])  # fmt: skip


def _panel(found: Results, kinds: Sequence[str], top: int) -> str:
    sizes = results.sizes(found)
    drawn = {kind: _points(sizes, results.series(found, "pages", kind)) for kind in kinds}
    drawn = {kind: points for kind, points in drawn.items() if points}
    most = ceiling(max((ms for points in drawn.values() for _, ms in points), default=1.0))
    frame = _Frame(sizes, most, top)
    ends = _apart([(frame.y(points[-1][1]), kind) for kind, points in drawn.items()])
    title = f"{found['machine']['database']}: median ms of a page rendered anew"
    return "\n".join([
        f'<text class="title" x="{MARGIN}" y="{top + 22}">{escape(title)}</text>',
        *frame.grid(),
        *(
            frame.curve(points, COLOURS[place % len(COLOURS)], kind, ends[kind])
            for place, (kind, points) in enumerate(drawn.items())
        ),
    ])  # fmt: skip


class _Frame:
    """From articles and milliseconds to places in the picture."""

    def __init__(self, sizes: Sequence[int], most: float, top: int) -> None:
        self._sizes, self._most, self._top = sizes, most, top
        self._least = math.log10(min(sizes))
        self._span = (math.log10(max(sizes)) - self._least) or 1.0
        self._right = WIDTH - LABELS
        self._bottom = top + PANEL - BOTTOM

    def x(self, articles: int) -> float:
        return MARGIN + (math.log10(articles) - self._least) / self._span * (self._right - MARGIN)

    def y(self, ms: float) -> float:
        return self._bottom - ms / self._most * (PANEL - TOP - BOTTOM)

    def grid(self) -> list[str]:
        marks = []
        for step in range(5):
            ms = self._most * step / 4
            y = self.y(ms)
            marks.append(f'<path class="grid" d="M{MARGIN} {y:.1f}H{self._right}"/>')
            marks.append(f'<text x="{MARGIN - 8}" y="{y + 4:.1f}" text-anchor="end">{ms:g}</text>')
        for size in self._sizes:
            place = f'x="{self.x(size):.1f}" y="{self._bottom + 20}"'
            marks.append(f'<text {place} text-anchor="middle">{size:,}</text>')
        return marks

    def curve(self, points: list[tuple[int, float]], colour: str, label: str, label_y: float) -> str:
        path = " ".join(f"{self.x(size):.1f},{self.y(ms):.1f}" for size, ms in points)
        dots = "".join(
            f'<circle cx="{self.x(size):.1f}" cy="{self.y(ms):.1f}" r="3" fill="{colour}"/>'
            for size, ms in points
        )
        told = f"{label} {points[-1][1]:.1f}"
        return (
            f'<polyline class="line" points="{path}" stroke="{colour}"/>{dots}'
            f'<text x="{self._right + 14}" y="{label_y + 4:.1f}" style="fill:{colour}">{escape(told)}</text>'
        )


def ceiling(most: float) -> float:
    """The next of 1, 2, 4, 6, 8, 10 at that power of ten."""
    power = 10 ** math.floor(math.log10(most))
    return next(power * step for step in (1, 2, 4, 6, 8, 10) if power * step >= most)


def _points(sizes: Sequence[int], figures: Sequence[float | None]) -> list[tuple[int, float]]:
    return [(size, ms) for size, ms in zip(sizes, figures, strict=True) if ms is not None]


def _apart(places: list[tuple[float, str]]) -> dict[str, float]:
    """Labels at their curves' ends, moved up so far that none covers another."""
    found: dict[str, float] = {}
    above = math.inf
    for y, kind in sorted(places, reverse=True):
        above = min(y, above - LINE)
        found[kind] = above
    return found

"""Clean text set for the page: footnotes, tables that scroll, headings one can link to. Knows no Django.

An editor writes a footnote where it belongs, `<span class="footnote">`; readers get its number there and the
notes at the end, as plain links. Every id in a text is made here, and begins with one of PREFIXES, as no id
in a template does. What a screen reader is told beyond the text is said by the page, in its own language:
templates/components/_words_for_text.html.
"""

from __future__ import annotations

import re

from articles import rendering
from articles.slugs import candidates, shorten, slugify

PREFIXES = ("note-", "section-", "table-")
ANCHOR_LENGTH = 60

_OPENING = re.compile(r"<([a-z][a-z0-9]*)")
_VOID = frozenset({"br", "hr", "img", "source"})
_FOOTNOTE = re.compile(r'<span\b[^<>]*\sclass="footnote"')
_SIGN = '<sup class="note-sign"><a id="note-sign-{0}" href="#note-{0}" role="doc-noteref">{0}</a></sup>'
_BACK = '<a class="notes__back" href="#note-sign-{0}" role="doc-backlink" aria-labelledby="words-back">↑</a>'
_END = '<div class="notes" role="doc-endnotes" aria-labelledby="words-notes"><hr><ol>{0}</ol></div>'
_SECTION = re.compile(r'<h2 id="(section-[a-z0-9-]+)"[^<>]*>(.*?)</h2>', re.DOTALL)


def typeset(clean: str) -> str:
    """What `rendering.render` returned, pictures and all, as it is printed."""
    setter = _Setter()
    for piece in rendering.pieces(clean):
        setter.take(piece)
    return setter.text()


def contents(body_html: str) -> list[tuple[str, str]]:
    """The anchor and the words of every section of a typeset text."""
    return [(anchor, rendering.plain_text(inner)) for anchor, inner in _SECTION.findall(body_html)]


class _Setter:
    """Walks through a text, tag by tag."""

    def __init__(self) -> None:
        self.flows: list[list[str]] = [[]]  # the text, and what is being set apart within it
        self.open: list[str] = []  # the elements that we are in; a footnote is one of its own
        self.notes: list[str] = []
        self.tables = 0
        self.lacks_row = False  # a table whose first row, which names it, has not come yet
        self.anchors: set[str] = set()
        self.waiting: list[str] = []  # numbers of notes that cannot stand inside a link

    def text(self) -> str:
        notes = "".join(_note(number, note) for number, note in enumerate(self.notes, start=1))
        return "".join(self.flows[0]) + (_END.format(notes) if notes else "")

    def take(self, piece: str) -> None:
        if piece.startswith("</"):
            self._close(piece)
        elif tag := _OPENING.match(piece):
            self._open(tag[1], piece)
        else:
            self._write(piece)

    def _write(self, *pieces: str) -> None:
        self.flows[-1].extend(pieces)

    def _open(self, name: str, piece: str) -> None:
        if name in _VOID:
            self._write(piece)
        elif name == "h2" and not self.open:
            self._enter("section", piece)
        elif _FOOTNOTE.match(piece):
            self.notes.append("")
            self._sign(len(self.notes))
            self._enter(f"note {len(self.notes)}")
        elif name == "table" and "table" not in self.open:
            self._open_table(piece)
        else:
            self._write(self._first_row(piece) if name == "tr" else piece)
            self.open.append(name)

    def _enter(self, name: str, *opening: str) -> None:
        self.open.append(name)
        self.flows.append([*opening])

    def _close(self, piece: str) -> None:
        name = self.open.pop()
        if name == "section":
            self._close_section(self.flows.pop())
        elif name.startswith("note "):
            self.notes[int(name[5:]) - 1] = "".join(self.flows.pop()).strip()
        elif name == "table" and "table" not in self.open:
            self._write(piece, "</div>")
        else:
            self._write(piece)
        if name == "a" and "a" not in self.open:  # a table within a link may hold another
            self._write(*self.waiting)
            self.waiting.clear()

    def _close_section(self, flow: list[str]) -> None:
        opening, *inner = flow
        words = slugify(rendering.plain_text("".join(inner)), fallback="part")
        wanted = f"section-{shorten(words, ANCHOR_LENGTH)}"
        anchor = next(each for each in candidates(wanted) if each not in self.anchors)
        self.anchors.add(anchor)
        self._write(opening.replace("<h2", f'<h2 id="{anchor}"', 1), *inner, "</h2>")

    def _sign(self, number: int) -> None:
        sign = _SIGN.format(number)
        if "a" in self.open:
            self.waiting.append(sign)
            return
        flow = self.flows[-1]
        if flow and not flow[-1].startswith("<"):
            flow[-1] = flow[-1].rstrip()  # the number stands close to its word
        self._write(sign)

    def _open_table(self, piece: str) -> None:
        """In a region of its own that scrolls, named by the words of its first row."""
        self.tables += 1
        self.lacks_row = True
        name = f"words-table table-{self.tables}"
        self._write(f'<div class="table" role="region" aria-labelledby="{name}" tabindex="0">', piece)
        self.open.append("table")

    def _first_row(self, piece: str) -> str:
        if not self.lacks_row:
            return piece
        self.lacks_row = False
        return piece.replace("<tr", f'<tr id="table-{self.tables}"', 1)


def _note(number: int, text: str) -> str:
    return f'<li id="note-{number}">{text} {_BACK.format(number)}</li>'

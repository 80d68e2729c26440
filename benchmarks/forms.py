"""What a browser would send if a form of the desk were submitted as it stands."""

from __future__ import annotations

from html.parser import HTMLParser

NEVER_SENT = {"submit", "button", "image", "reset", "file"}


def fields(page: str, form: str = "article_form") -> dict[str, list[str]]:
    reader = _Reader(form)
    reader.feed(page)
    return reader.found


class _Reader(HTMLParser):
    def __init__(self, form: str) -> None:
        super().__init__()
        self.found: dict[str, list[str]] = {}
        self._form, self._is_inside = form, False
        self._select = self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = {name: value or "" for name, value in attrs}
        name = known.get("name", "")
        if tag == "form":
            self._is_inside = known.get("id") == self._form
        elif tag == "input" and self._is_sent(known):
            self._add(name, known.get("value", "on" if known.get("type") == "checkbox" else ""))
        elif tag == "textarea":
            self._textarea = name
            self._add(name, "")
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in known:
            self._add(self._select, known.get("value", ""))

    def handle_data(self, data: str) -> None:
        if self._textarea in self.found:
            # A line break right behind the tag is none of the text.
            self.found[self._textarea][-1] += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "form":
            self._is_inside = False
        elif tag == "textarea":
            if self._textarea in self.found:
                self.found[self._textarea][-1] = self.found[self._textarea][-1].removeprefix("\n")
            self._textarea = ""
        elif tag == "select":
            self._select = ""

    def _is_sent(self, known: dict[str, str]) -> bool:
        kind = known.get("type", "text")
        return kind not in NEVER_SENT and (kind not in ("checkbox", "radio") or "checked" in known)

    def _add(self, name: str, value: str) -> None:
        if name and self._is_inside and "__prefix__" not in name:
            self.found.setdefault(name, []).append(value)

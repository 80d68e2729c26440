"""Reads a WordPress export (WXR, versions 1.0 to 1.2) element by element, in little memory."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden
from defusedxml.ElementTree import iterparse

_NAMESPACES = (
    (re.compile(r"https?://wordpress\.org/export/\d+\.\d+/excerpt/"), "excerpt"),
    (re.compile(r"https?://wordpress\.org/export/\d+\.\d+/"), "wp"),
    (re.compile(r"http://purl\.org/rss/1\.0/modules/content/"), "content"),
    (re.compile(r"http://purl\.org/dc/elements/1\.1/"), "dc"),
)


class UnreadableError(Exception):
    """The file is no export that could be read; the message says why, for an editor."""


class MalformedError(UnreadableError):
    def __init__(self, path: Path, error: ParseError) -> None:
        self.line, self.column = error.position
        what = str(error).partition(":")[0]
        super().__init__(f"{path}: line {self.line}, column {self.column}: the XML is broken ({what}).")


def survey(path: Path) -> int:
    """The number of items in the file, having read it to its very end without finding fault."""
    items, version = 0, ""
    for name, element in elements(path):
        items += name == "item"
        version = version or (name == "wp:wxr_version" and text(element)) or ""
    if not version:
        raise UnreadableError(f"{path}: XML, but not a WordPress export (it names no WXR version).")
    return items


def elements(path: Path) -> Iterator[tuple[str, Element]]:
    """(name, element) of each child of the channel, forgotten as soon as the next one is asked for."""
    with _explained(path), path.open("rb") as file:
        if not file.peek(1):
            raise UnreadableError(f"{path}: the file is empty.")
        open_elements: list[Element] = []
        for event, element in iterparse(file, events=("start", "end"), forbid_dtd=True):
            if event == "start":
                open_elements.append(element)
                if len(open_elements) <= 2 and not _is_expected(open_elements):
                    raise UnreadableError(f"{path}: XML, but not a WordPress export (no RSS channel).")
                continue
            open_elements.pop()
            if len(open_elements) == 2:
                yield name_of(element.tag), element
                open_elements[-1].clear()


def _is_expected(open_elements: list[Element]) -> bool:
    return [each.tag for each in open_elements] == ["rss", "channel"][: len(open_elements)]


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except ParseError as error:
        raise MalformedError(path, error) from error
    except (DTDForbidden, EntitiesForbidden, ExternalReferenceForbidden) as error:
        raise UnreadableError(
            f"{path}: it defines a document type or entities, as no WordPress export does; not read."
        ) from error
    except OSError as error:
        raise UnreadableError(f"{path}: {error.strerror or error}.") from error
    except (LookupError, ValueError) as error:
        raise UnreadableError(f"{path}: its character encoding cannot be read ({error}).") from error


@cache
def name_of(tag: str) -> str:
    """The short name, as wp:post_id for {http://wordpress.org/export/1.2/}post_id, whatever the version."""
    address, _, local = tag.rpartition("}")
    for namespace, prefix in _NAMESPACES:
        if namespace.fullmatch(address.removeprefix("{")):
            return f"{prefix}:{local}"
    return tag


def fields(element: Element) -> dict[str, str]:
    """The texts of the element's children by name; the first of each name."""
    found: dict[str, str] = {}
    for child in element:
        found.setdefault(name_of(child.tag), text(child))
    return found


def children(element: Element, name: str) -> Iterator[Element]:
    return (child for child in element if name_of(child.tag) == name)


def text(element: Element) -> str:
    return (element.text or "").strip()

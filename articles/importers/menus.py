"""Menus of another system into the three that this site has."""

from __future__ import annotations

import textwrap
from collections.abc import Iterable

from articles.importers.records import MenuItemRecord, MenuRecord
from articles.importers.report import Report
from articles.models import Article, Category, Menu, MenuItem, Page

# Words by which people call their menus. An export does not say where a menu stood.
PLACES = {
    Menu.Place.FOOTER: ("footer", "bottom"),
    Menu.Place.MOBILE: ("mobile", "hamburger", "burger", "phone"),
    Menu.Place.HEADER: ("header", "main", "primary", "top", "navigation"),
}
ADDRESSES = ("/", "http://", "https://", "mailto:")


def load(records: list[MenuRecord], categories: dict[str, Category], report: Report) -> None:
    """Each menu to the place its name speaks of; where none speaks of the header, the first goes there."""
    places = {record.name: _place_of(record.name) for record in records if record.items}
    unplaced = [name for name, place in places.items() if not place]
    if unplaced and Menu.Place.HEADER not in places.values():
        places[unplaced[0]] = Menu.Place.HEADER
    for record in records:
        reason = _reason_to_skip(record, places.get(record.name))
        if reason:
            report.skip("menu", reason)
            report.note(record.name, "a menu left out")
        else:
            menu, _ = Menu.objects.get_or_create(place=places[record.name])
            _Items(menu, record, categories, report).save()
            report.came_in["menu"] += 1


def _reason_to_skip(record: MenuRecord, place: Menu.Place | None) -> str:
    if not record.items:
        return "it is empty"
    if not place:
        return "its name speaks of no place here (header, mobile, footer)"
    if MenuItem.objects.filter(menu__place=place).exists():
        return f"the {place.label.lower()} menu has items already"
    return ""


def _place_of(name: str) -> Menu.Place | None:
    words = name.lower().replace("-", " ").replace("_", " ").split()
    return next((place for place, known in PLACES.items() if any(word in known for word in words)), None)


class _Items:
    """The lines of one menu, brought to two levels."""

    def __init__(
        self, menu: Menu, record: MenuRecord, categories: dict[str, Category], report: Report
    ) -> None:
        self.menu, self.record, self.report, self.categories = menu, record, report, categories
        self.by_key = {item.key: item for item in record.items}

    def save(self) -> None:
        tops: dict[str, MenuItem] = {}
        for position, item in enumerate(self.by_key.values()):
            target = self._target(item) or self._target_below(item)
            if not target:
                about = f"{self.record.name}: {item.label}"
                self.report.note(about, "a menu item that leads nowhere left out")
                continue
            label = textwrap.shorten(item.label, 60, placeholder="…")
            parent = tops.get(self._top_of(item).key)
            line = MenuItem(menu=self.menu, parent=parent, position=position, label=label, **target)
            line.save()
            tops.setdefault(item.key, line)

    def _top_of(self, item: MenuItemRecord) -> MenuItemRecord:
        seen: set[str] = set()
        while item.parent in self.by_key and item.parent not in seen:
            seen.add(item.parent)
            item = self.by_key[item.parent]
        return item

    def _target_below(self, item: MenuItemRecord) -> dict[str, object]:
        """A mere heading leads where the first line below it leads."""
        below: Iterable[MenuItemRecord] = (each for each in self.record.items if each.parent == item.key)
        return next(filter(None, map(self._target, below)), {})

    def _target(self, item: MenuItemRecord) -> dict[str, object]:
        if item.category:
            category = self.categories.get(item.category)
            return {"category": category} if category else {}
        if item.page:
            page = Page.objects.filter(import_ref=item.page).first()
            return {"page": page} if page else {}
        if item.article:
            article = Article.objects.filter(import_ref=item.article).first()
            return {"url": article.get_absolute_url()} if article else {}
        return {"url": item.url} if item.url.startswith(ADDRESSES) and len(item.url) <= 300 else {}

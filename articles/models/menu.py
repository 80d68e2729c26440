from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q

from articles.models.category import Category
from articles.models.page import Page
from articles.models.permalink import exactly_one

TARGETS = ("category", "page", "url")


class Menu(models.Model):
    """One of the site's menus. Its order is its own, independent of the category tree."""

    class Place(models.TextChoices):
        HEADER = "header", "Header"
        MOBILE = "mobile", "Mobile"
        FOOTER = "footer", "Footer"

    place = models.CharField(max_length=8, choices=Place, unique=True)

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return f"{self.get_place_display()} menu"


class MenuItem(models.Model):
    """A line of a menu: a category, a page or an address, on one of two levels."""

    menu = models.ForeignKey(Menu, models.CASCADE, related_name="items")
    parent = models.ForeignKey(
        "self", models.CASCADE, null=True, blank=True, related_name="children", verbose_name="under"
    )
    position = models.PositiveSmallIntegerField("order", default=0)
    label = models.CharField(max_length=60, blank=True, help_text="Left empty, the name of what it leads to.")
    category = models.ForeignKey(Category, models.CASCADE, null=True, blank=True, related_name="+")
    page = models.ForeignKey(Page, models.CASCADE, null=True, blank=True, related_name="+")
    # Null, like the other two targets, where it is not the one.
    url = models.CharField("address", max_length=300, null=True, blank=True)  # noqa: DJ001

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.CheckConstraint(
                name="menu_item_has_one_target",
                condition=exactly_one(TARGETS),
                violation_error_message="Choose a category, a page or an address: one of them.",
            ),
            models.CheckConstraint(
                name="menu_address_is_usable",
                condition=Q(url=None)
                | Q(url__startswith="/")
                | Q(url__startswith="https://")
                | Q(url__startswith="http://")
                | Q(url__startswith="mailto:"),
                violation_error_message="An address starts with /, https:// or mailto:.",
            ),
        ]

    entries: list[MenuItem]  # the shown items under this one, where `caching.site_furniture` read the menu

    def __str__(self) -> str:
        return self.text

    @property
    def text(self) -> str:
        return self.label or str(self.category or self.page or self.url or "")

    @property
    def address(self) -> str:
        target = self.category or self.page
        return target.get_absolute_url() if target else self.url or "/"

    @property
    def is_shown(self) -> bool:
        """Not where its category's period is over, or its page is not published."""
        if self.category:
            return self.category.is_active
        return self.page is None or self.page.is_published

    def clean(self) -> None:
        if self.parent and self.parent.menu_id != self.menu_id:
            raise ValidationError({"parent": "This item stands in another menu."})
        if self.parent and (self.parent == self or self.parent.parent_id):
            raise ValidationError({"parent": "Choose an item of the first level."})

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.url = self.url or None
        super().save(*args, **kwargs)

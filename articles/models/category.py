from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.permalink import Addressed, Permalink
from articles.querysets import CategoryQuerySet


class Category(Addressed):
    """A section of the site. Two levels are used: a section and its sub-sections.

    `stored_path` ("news/economy") is what the address is read from. When a section gets another parent or
    slug, `filing.move` rewrites its children's.
    """

    path_prefix = "category/"

    name = models.CharField(max_length=80)
    slug = models.SlugField(
        "address",
        max_length=100,
        blank=True,
        help_text="The last part of the section's address. Left empty, it is made from the name.",
    )
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        limit_choices_to={"parent": None},
        help_text="A section's page lists the articles of its sub-sections too.",
    )
    stored_path = models.CharField(max_length=201, unique=True, editable=False)
    position = models.PositiveSmallIntegerField("order", default=0)
    description = models.TextField(blank=True, help_text="One or two sentences at the head of its page.")
    active_from = models.DateTimeField(null=True, blank=True)
    active_until = models.DateTimeField(
        null=True,
        blank=True,
        help_text="For an event: after this moment it leaves the menus by itself. Its page stays.",
    )
    cover = models.ForeignKey("Image", models.SET_NULL, null=True, blank=True, related_name="+")
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    objects = CategoryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "categories"
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                name="category_is_not_its_own_parent",
                condition=Q(parent=None) | ~Q(parent=F("id")),
                violation_error_message="A category cannot stand under itself.",
            ),
            models.CheckConstraint(
                name="category_period_ends_after_start",
                condition=Q(active_from=None) | Q(active_until=None) | Q(active_until__gt=F("active_from")),
                violation_error_message="The period ends before it starts.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def path(self) -> str:
        return f"{self.path_prefix}{self.stored_path}"

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and {"slug", "parent", "parent_id"} & set(fields):
            kwargs["update_fields"] = {*fields, "slug", "stored_path"}
        self.give_slug()
        self.stored_path = f"{self.parent.stored_path}/{self.slug}" if self.parent else self.slug
        super().save(*args, **kwargs)

    def give_slug(self) -> None:
        if not self.slug:
            parent = f"{self.parent.stored_path}/" if self.parent else ""
            self.slug = Permalink.objects.free_slug(
                self.wanted_slug(), f"{self.path_prefix}{parent}", target=self
            )

    def clean(self) -> None:
        if self.parent and (self.parent == self or self.parent.parent_id):
            raise ValidationError({"parent": "Choose a section of the first level; sub-sections end there."})
        if self.parent and self.pk and self.children.exists():
            raise ValidationError(
                {"parent": "This section has sub-sections, so it stays on the first level."}
            )

    @property
    def is_active(self) -> bool:
        now = timezone.now()
        return (not self.active_from or self.active_from <= now) and (
            not self.active_until or now < self.active_until
        )


class FurtherCategory(models.Model):
    """A category that an editor chose beside the primary one, in the editor's order."""

    article = models.ForeignKey("Article", models.CASCADE)
    category = models.ForeignKey(Category, models.PROTECT)
    position = models.PositiveSmallIntegerField("order", default=0)

    class Meta:
        verbose_name_plural = "further categories"
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "category"],
                name="further_category_once_an_article",
                violation_error_message="This category is chosen twice.",
            )
        ]

    def __str__(self) -> str:
        return str(self.category)


class Filing(models.Model):
    """One line of a category's list: derived, written by `filing.refile` alone.

    A row stands for each category of the article and for each of their ancestors, and only while the
    article is published (or scheduled), so a list is one walk along the index, however long the archive.
    """

    article = models.ForeignKey("Article", models.CASCADE, related_name="filings")
    category = models.ForeignKey(Category, models.CASCADE, related_name="filings", db_index=False)
    listed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "category"], name="article_is_listed_once_a_category")
        ]
        indexes = [models.Index("category", F("listed_at").desc(), F("article").desc(), name="filing_newest")]

    def __str__(self) -> str:
        return f"{self.category_id}: {self.article_id}"

from typing import Any

from django.db import models, transaction
from django.db.models import Q

from articles.querysets import PermalinkQuerySet
from articles.recording import Recorded
from articles.slugs import RESERVED, shorten, slugify

TARGETS = ("article", "page", "category", "author", "tag")


def exactly_one(names: tuple[str, ...]) -> Q:
    """The condition that just one of the nullable columns is filled."""
    condition = Q()
    for name in names:
        condition |= Q(**{f"{other}__isnull": other != name for other in names})
    return condition


def not_reserved(model: str, column: str = "slug") -> models.CheckConstraint:
    return models.CheckConstraint(
        name=f"{model}_is_not_reserved",
        condition=~Q(**{f"{column}__in": sorted(RESERVED)}),
        violation_error_message="This word is an address of the site itself; choose another.",
    )


class Permalink(models.Model):
    """An address that leads somewhere, or did once: what makes every old link keep working.

    One table for all kinds of page, so that the database itself keeps an article from taking the address
    of a page, and a new article from taking what an old one was once known under. The triggers of migration
    0003 see to it for rows that are written past `save`, too.
    """

    TARGETS = TARGETS

    path = models.CharField(max_length=320, primary_key=True, help_text="Without the slashes at both ends.")
    article = models.ForeignKey("Article", models.CASCADE, null=True, blank=True, related_name="permalinks")
    page = models.ForeignKey("Page", models.CASCADE, null=True, blank=True, related_name="permalinks")
    category = models.ForeignKey("Category", models.CASCADE, null=True, blank=True, related_name="permalinks")
    author = models.ForeignKey("Author", models.CASCADE, null=True, blank=True, related_name="permalinks")
    tag = models.ForeignKey("Tag", models.CASCADE, null=True, blank=True, related_name="permalinks")
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PermalinkQuerySet.as_manager()

    class Meta:
        ordering = ["path"]
        constraints = [
            models.CheckConstraint(
                name="permalink_has_one_target",
                condition=exactly_one(TARGETS),
                violation_error_message="An address leads to exactly one thing.",
            ),
            not_reserved("permalink", "path"),
        ]

    def __str__(self) -> str:
        return f"/{self.path}/"

    @property
    def target(self) -> models.Model:
        return next(filter(None, (getattr(self, name) for name in TARGETS)))


class Addressed(Recorded):
    """A thing with a page of its own: the slug it has now, and every address it ever had.

    Saving claims the address in the same transaction; an address that belongs to something else, now or
    of old, raises IntegrityError (forms ask `Permalink.objects.is_free` before).
    """

    path_prefix = ""

    slug = models.SlugField(
        "address",
        max_length=200,
        unique=True,
        blank=True,
        help_text="The last part of the page's address. Left empty, it is made from the name.",
    )

    class Meta:
        abstract = True

    @property
    def path(self) -> str:
        return f"{self.path_prefix}{self.slug}"

    def get_absolute_url(self) -> str:
        return f"/{self.path}/"

    def slug_source(self) -> str:
        """The words that an address left empty is made from."""
        return str(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if fields is not None and "slug" not in fields:
            return super().save(*args, **kwargs)  # the address stays
        with transaction.atomic():
            self.give_slug()
            super().save(*args, **kwargs)
            Permalink.objects.claim(self, self.path)
        return None

    def give_slug(self) -> None:
        if not self.slug:
            self.slug = Permalink.objects.free_slug(self.wanted_slug(), self.path_prefix, target=self)

    def wanted_slug(self) -> str:
        """The words of its name, with room for a number behind them."""
        wanted = slugify(self.slug_source(), fallback=self._meta.model_name or "page")
        length: int = self._meta.get_field("slug").max_length  # type: ignore[assignment, union-attr]
        return shorten(wanted, length - len("-9999"))

from string import Formatter

from django.core.exceptions import ValidationError
from django.db import models

from articles.models.languages import LANGUAGES
from articles.recording import Recorded

WORDING_FIELDS = {"outlet", "title", "language", "date"}


def check_wording(text: str) -> None:
    """Refuse a credit wording with a placeholder that nothing would fill."""
    try:
        parts = [part for part in Formatter().parse(text) if part[1] is not None]
    except ValueError:
        raise ValidationError("A { or } stands alone. Write {outlet} for the outlet's name.") from None
    for _, name, form, conversion in parts:
        if name not in WORDING_FIELDS or form or conversion:
            allowed = ", ".join(f"{{{each}}}" for each in sorted(WORDING_FIELDS))
            raise ValidationError(f"{{{name}}} is not known here, or not in this form. Use: {allowed}.")


class Outlet(Recorded):
    """Another medium, whose piece we translate or reprint, and how it wishes to be credited."""

    class Canonical(models.TextChoices):
        OURS = "ours", "Our page (search engines list ours)"
        ORIGINAL = "original", "The original (search engines list theirs)"

    name = models.CharField(max_length=120, unique=True)
    slug = models.SlugField("short name", max_length=120, unique=True)
    url = models.URLField("address", blank=True, help_text="The outlet's own site.")
    logo = models.ForeignKey("Image", models.SET_NULL, null=True, blank=True, related_name="+")
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")
    credit_wording = models.CharField(
        max_length=200,
        blank=True,
        validators=[check_wording],
        help_text="If it asks for words of its own. {outlet}, {title}, {language} and {date} are filled in.",
    )
    canonical = models.CharField("canonical address", max_length=8, choices=Canonical, default=Canonical.OURS)
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

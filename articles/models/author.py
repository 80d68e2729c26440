from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.db import models
from django.db.models import F

from articles.models.permalink import Addressed
from articles.querysets import AuthorQuerySet


def parse_links(text: str) -> list[tuple[str, str]]:
    """(label, address) of each line "Label https://..." or "https://...", the host being the label then."""
    links = []
    for line in filter(None, map(str.strip, text.splitlines())):
        label, _, address = line.rpartition(" ")
        links.append((label.strip() or address.split("/")[2].removeprefix("www."), address))
    return links


def check_links(text: str) -> None:
    """Refuse a line that does not end in a web address, naming the line."""
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                URLValidator(schemes=["http", "https"])(line.split()[-1])
            except ValidationError:
                raise ValidationError(
                    f"Line {number} must end with a web address, such as https://example.org."
                ) from None


class Author(Addressed):
    """A byline: a person with or without an account here, or the house itself."""

    path_prefix = "author/"

    name = models.CharField(max_length=120)
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="author",
        help_text="The account of the person, where there is one.",
    )
    is_house = models.BooleanField(
        "house byline", default=False, help_text="An organisation's byline, such as the newsroom's own."
    )
    photo = models.ForeignKey("Image", models.SET_NULL, null=True, blank=True, related_name="+")
    affiliation = models.CharField(
        max_length=200, blank=True, help_text="Position today. Each credit keeps the one of its day."
    )
    biography = models.TextField(blank=True)
    links = models.TextField(
        blank=True,
        validators=[check_links],
        help_text="One a line: a label and a web address, or the address alone.",
    )
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    objects = AuthorQuerySet.as_manager()

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name

    @property
    def link_list(self) -> list[tuple[str, str]]:
        return parse_links(self.links)


class Credit(models.Model):
    """Who did what on an article. The affiliation is the one of the day it was published."""

    class Role(models.TextChoices):
        WRITER = "writer", "Writer"
        TRANSLATOR = "translator", "Translator"
        PHOTOGRAPHER = "photographer", "Photographer"
        EDITOR = "editor", "Editor"

    article = models.ForeignKey("Article", models.CASCADE, related_name="credits")
    author = models.ForeignKey(Author, models.PROTECT, related_name="credits", db_index=False)
    role = models.CharField(max_length=12, choices=Role, default=Role.WRITER)
    position = models.PositiveSmallIntegerField("order", default=0)
    affiliation = models.CharField(
        max_length=200, blank=True, help_text="Left empty, the author's present one is kept."
    )
    # Set on the first credit of each author only: one who wrote and photographed is listed once.
    listed_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "author", "role"],
                name="credit_once_a_role",
                violation_error_message="This author is credited twice with the same role.",
            )
        ]
        indexes = [models.Index("author", F("listed_at").desc(), F("article").desc(), name="credit_newest")]

    def __str__(self) -> str:
        return f"{self.get_role_display()}: {self.author}"

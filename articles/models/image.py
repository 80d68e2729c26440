import secrets

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils import timezone

from articles.renditions import Shape, widths

FRACTION = [MinValueValidator(0.0), MaxValueValidator(1.0)]


def original_path(image: "Image", filename: str) -> str:
    """`images/<ab>/<key>.<extension>`: a random name, so that nothing of the uploader's disk is published."""
    image.key = image.key or secrets.token_hex(8)
    extension = filename.rpartition(".")[2].lower()
    return f"images/{image.key[:2]}/{image.key}.{extension}"


class Image(models.Model):
    """A picture with what must be known to print it. `pictures.intake` makes one from an uploaded file."""

    title = models.CharField(
        max_length=200, blank=True, help_text="To find it again; never shown to readers."
    )
    # Without Django's width_field: it would open the file each time a row is read without its dimensions.
    original = models.ImageField("file", upload_to=original_path, max_length=200)
    key = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    alt_text = models.CharField(
        "description (alt text)",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for those who do not see it. A file name is none.",
    )
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="The photographer or rights holder.")
    agency = models.CharField(max_length=100, blank=True)
    rights = models.CharField(
        max_length=300, blank=True, help_text="Licence or agreement under which we may print it."
    )
    rights_expire_at = models.DateTimeField(null=True, blank=True)
    focal_x = models.FloatField(
        default=0.5, validators=FRACTION, help_text="Where crops centre: 0 is the left edge, 1 the right."
    )
    focal_y = models.FloatField(
        default=0.5, validators=FRACTION, help_text="Where crops centre: 0 is the top edge, 1 the bottom."
    )
    rendered_at = models.DateTimeField(null=True, editable=False)
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [models.Index(fields=["-created_at", "-id"], name="image_newest")]
        constraints = [
            models.CheckConstraint(
                name="image_focal_point_is_inside",
                condition=models.Q(focal_x__gte=0.0, focal_x__lte=1.0, focal_y__gte=0.0, focal_y__lte=1.0),
                violation_error_message="The focal point lies between 0 and 1 in both directions.",
            )
        ]

    def __str__(self) -> str:
        return self.title or self.caption or self.alt_text or f"Picture {self.pk}"

    @property
    def full_credit(self) -> str:
        """Photographer and agency as one printed line."""
        return " / ".join(filter(None, (self.credit, self.agency)))

    def rendition_name(self, shape: Shape, width: int) -> str:
        """The storage name of a rendition. Known without asking anything, whether or not it is made yet.

        The focal point is part of it, so that an address never changes what it shows.
        """
        crop = "" if shape == "full" else f"-{round(self.focal_x * 100)}x{round(self.focal_y * 100)}"
        return f"renditions/{self.key[:2]}/{self.key}-{shape}{crop}-{width}.webp"

    def rendition_widths(self, shape: Shape) -> list[int]:
        return widths(self.width, self.height, shape)

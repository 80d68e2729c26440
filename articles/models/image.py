import re
import secrets
from datetime import datetime

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q
from django.utils import timezone
from taggit.managers import TaggableManager

from articles.imaging import renditions
from articles.imaging.renditions import Format, Shape
from articles.querysets import ImageQuerySet, fingerprint_band
from articles.recording import Recorded

FRACTION = [MinValueValidator(0.0), MaxValueValidator(1.0)]
# A fingerprint in four parts of 16 bits: two that differ in three bits at most share at least one of them.
BANDS = (0, 16, 32, 48)

# What cameras, phones and programs call their files; and anything that ends as files do.
_FILE_NAME = re.compile(
    r"\S+\.(?:jpe?g|png|gif|webp|avif|hei[cf]|tiff?|svg|bmp|raw|cr2|nef)"
    r"|(?:img|dsc[nf]?|pxl|p|mvi|gopr|dji|image|photo|picture|screenshot|whatsapp image|untitled)[\W\d_]*"
    r"|[\W\d_]+",
    re.IGNORECASE,
)


def is_file_name(text: str) -> bool:
    """Whether a description is none: "IMG_2041", "photo1.jpeg", "20240315"."""
    return _FILE_NAME.fullmatch(text.strip()) is not None


def original_path(image: "Image", filename: str) -> str:
    """`images/<ab>/<key>/original.<extension>`: random, so that nothing of the uploader's disk is published.

    A folder for each picture: what belongs to it is found, and goes, without searching through the others'.
    """
    image.key = image.key or secrets.token_hex(8)
    extension = filename.rpartition(".")[2].lower()
    return f"{image.folder}/original.{extension}"


class Image(Recorded):  # type: ignore[django-manager-missing]
    """A picture with what must be known to print it. `pictures.intake` makes one from an uploaded file."""

    class Kind(models.TextChoices):
        PHOTOGRAPH = "photograph", "Photograph"
        GRAPHIC = "graphic", "Graphic, map or drawing"
        LOGO = "logo", "Logo"

    title = models.CharField(
        max_length=200, blank=True, help_text="To find it again; never shown to readers."
    )
    kind = models.CharField(
        max_length=12,
        choices=Kind,
        default=Kind.PHOTOGRAPH,
        help_text="Graphics and logos keep their transparency; only a logo may be an SVG.",
    )
    # Without Django's width_field: it would open the file each time a row is read without its dimensions.
    original = models.ImageField("file", upload_to=original_path, max_length=200)
    key = models.CharField(max_length=32, unique=True, editable=False)
    width = models.PositiveIntegerField(editable=False)
    height = models.PositiveIntegerField(editable=False)
    file_size = models.PositiveIntegerField(default=0, editable=False, help_text="Of the original, in bytes.")
    colour = models.CharField(max_length=7, blank=True, editable=False, help_text="Its average, as #rrggbb.")
    fingerprint = models.BigIntegerField(
        null=True, editable=False, help_text="64 bits that look-alikes share but for a few."
    )
    is_animated = models.BooleanField(default=False, editable=False)
    plays = models.BooleanField(
        "keep the animation", default=True, help_text="Otherwise its first frame stands for it."
    )
    alt_text = models.CharField(
        "description (alt text)",
        max_length=300,
        blank=True,
        help_text="What the picture shows, for those who do not see it. A file name is none.",
    )
    caption = models.CharField(max_length=500, blank=True)
    credit = models.CharField(max_length=200, blank=True, help_text="The photographer or rights holder.")
    agency = models.CharField(max_length=100, blank=True)
    taken_on = models.DateField(null=True, blank=True)
    rights = models.CharField(
        max_length=300, blank=True, help_text="Licence or agreement under which we may print it."
    )
    rights_expire_at = models.DateTimeField(
        null=True, blank=True, help_text="From then on it cannot be published anew."
    )
    focal_x = models.FloatField(
        default=0.5, validators=FRACTION, help_text="Where crops centre: 0 is the left edge, 1 the right."
    )
    focal_y = models.FloatField(
        default=0.5, validators=FRACTION, help_text="Where crops centre: 0 is the top edge, 1 the bottom."
    )
    rendered_at = models.DateTimeField(null=True, editable=False)
    # Until then a worker has it in hand; one that dies over it loses it to the next.
    claimed_until = models.DateTimeField(null=True, editable=False)
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)
    uploaded_by = models.ForeignKey(
        "accounts.User", models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)

    tags = TaggableManager(through="ImageTagging", blank=True)
    objects = ImageQuerySet.as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="image_newest"),
            models.Index(fields=["id"], condition=Q(rendered_at=None), name="image_waiting"),
            models.Index(fields=["rights_expire_at"], name="image_rights_expire"),
            *(models.Index(fingerprint_band(shift), name=f"image_alike_{shift}") for shift in BANDS),
        ]
        constraints = [
            models.CheckConstraint(
                name="image_focal_point_is_inside",
                condition=models.Q(focal_x__gte=0.0, focal_x__lte=1.0, focal_y__gte=0.0, focal_y__lte=1.0),
                violation_error_message="The focal point lies between 0 and 1 in both directions.",
            ),
            models.CheckConstraint(
                name="image_kind_is_known", condition=Q(kind__in=["photograph", "graphic", "logo"])
            ),
        ]

    def __str__(self) -> str:
        return self.title or self.caption or self.alt_text or f"Picture {self.pk}"

    def clean(self) -> None:
        if is_file_name(self.alt_text):
            raise ValidationError({"alt_text": "This is the name of a file. Say what the picture shows."})

    @property
    def full_credit(self) -> str:
        """Photographer and agency as one printed line."""
        return " / ".join(filter(None, (self.credit, self.agency)))

    def rights_expired(self, at: datetime | None = None) -> bool:
        return self.rights_expire_at is not None and self.rights_expire_at <= (at or timezone.now())

    # Where its files lie: known without asking the storage, whether or not they are made yet.

    @property
    def folder(self) -> str:
        return f"images/{self.key[:2]}/{self.key}"

    @property
    def is_vector(self) -> bool:
        """An SVG has no renditions: it is sharp at every size."""
        return str(self.original.name).endswith(".svg")

    @property
    def fallback(self) -> Format:
        """What every browser takes: JPEG, or PNG where something is transparent."""
        return "png" if str(self.original.name).endswith(".png") else "jpg"

    @property
    def has_motion(self) -> bool:
        return self.is_animated and self.plays

    def rendition_name(self, shape: Shape, width: int, format: Format) -> str:  # noqa: A002
        """The storage name of a rendition."""
        return f"{self.rendition_stem(shape)}-{width}.{format}"

    def rendition_stem(self, shape: Shape) -> str:
        """What the names of that shape's renditions begin with.

        The focal point is part of a crop's, so that an address never changes what it shows.
        """
        is_crop = renditions.RATIOS[shape] is not None
        crop = f"-{round(self.focal_x * 100)}x{round(self.focal_y * 100)}" if is_crop else ""
        return f"{self.folder}/{shape}{crop}"

    def rendition_widths(self, shape: Shape) -> list[int]:
        return renditions.widths(self.width, self.height, shape)

    def rendition_height(self, shape: Shape, width: int) -> int:
        return renditions.rendition_height(self.width, self.height, shape, width)

    def plan(self) -> list[tuple[Shape, int, Format]]:
        """Every rendition that there is to be."""
        if self.is_vector:
            return []
        return renditions.plan(self.width, self.height, self.fallback, self.has_motion)

    @property
    def preview_name(self) -> str:
        """The storage name of the rendition that is there from the start; of an SVG, the file itself."""
        if self.is_vector:
            return str(self.original.name)
        width = renditions.preview_width(self.width, self.height)
        return self.rendition_name("full", width, self.fallback)


class Illustration(models.Model):
    """A picture in the text of an article or a page, noted when the text is saved."""

    image = models.ForeignKey(Image, models.PROTECT, related_name="illustrations")
    article = models.ForeignKey("Article", models.CASCADE, null=True, related_name="illustrations")
    page = models.ForeignKey("Page", models.CASCADE, null=True, related_name="illustrations")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["article", "image"], name="illustration_once_an_article"),
            models.UniqueConstraint(fields=["page", "image"], name="illustration_once_a_page"),
            models.CheckConstraint(
                name="illustration_of_one_text",
                condition=Q(article=None, page__isnull=False) | Q(article__isnull=False, page=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.image} in {self.article or self.page}"

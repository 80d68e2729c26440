from zoneinfo import ZoneInfo, available_timezones

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from articles.models.author import check_links, parse_links
from articles.querysets import PeriodQuerySet

# Each has a catalogue in locale/. In their own words: whoever looks for theirs finds it.
INTERFACE_LANGUAGES = [("en", "English"), ("az", "Azərbaycanca"), ("ru", "Русский")]


def check_time_zone(name: str) -> None:
    if name not in available_timezones():
        raise ValidationError(f"“{name}” is not a time zone; write one such as Asia/Baku.")


class SiteSettings(models.Model):
    """What the newsroom says of itself, once, for every page. One row, number 1."""

    name = models.CharField(max_length=60, default="Aze.Media")
    tagline = models.CharField(max_length=100, blank=True, default="Daily Digest")
    start_year = models.PositiveSmallIntegerField(
        default=2021, validators=[MinValueValidator(1800), MaxValueValidator(2200)]
    )
    mission = models.TextField("mission text", blank=True)
    place = models.CharField(max_length=60, blank=True, help_text="Beside the date in the masthead: Baku.")
    contact_email = models.EmailField(blank=True)
    social_profiles = models.TextField(
        blank=True, validators=[check_links], help_text="One a line: a label and a web address."
    )
    logo = models.ForeignKey(
        "Image", models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Left empty, the name is set in the site's own type.",
    )  # fmt: skip
    logo_dark = models.ForeignKey(
        "Image", models.SET_NULL, null=True, blank=True, related_name="+", verbose_name="logo on dark"
    )
    logo_footer = models.ForeignKey("Image", models.SET_NULL, null=True, blank=True, related_name="+")
    social_image = models.ForeignKey(
        "Image", models.SET_NULL, null=True, blank=True, related_name="+",
        help_text="Shown by social networks for pages without a picture of their own.",
    )  # fmt: skip
    language = models.CharField(
        max_length=2, choices=INTERFACE_LANGUAGES, default="en",
        help_text="Of buttons, dates, account pages and e-mails. Articles have languages of their own.",
    )  # fmt: skip
    time_zone = models.CharField(max_length=64, default="Asia/Baku", validators=[check_time_zone])
    reading_speed = models.PositiveSmallIntegerField(
        default=100,
        validators=[MinValueValidator(20), MaxValueValidator(1000)],
        help_text="Words a minute, for “min read”.",
    )
    consent_text = models.TextField(
        blank=True, help_text="The notice at the foot of the page. Left empty, there is none."
    )
    consent_version = models.PositiveSmallIntegerField(
        default=1, help_text="A higher number asks everybody again."
    )
    privacy_page = models.ForeignKey("Page", models.SET_NULL, null=True, blank=True, related_name="+")
    terms_page = models.ForeignKey("Page", models.SET_NULL, null=True, blank=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name = verbose_name_plural = "site settings"
        constraints = [
            models.CheckConstraint(name="site_settings_are_one_row", condition=Q(pk=1)),
            models.CheckConstraint(
                name="site_language_is_known", condition=Q(language__in=["en", "az", "ru"])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @classmethod
    def load(cls) -> "SiteSettings":
        """The row, or the defaults where nobody saved one yet."""
        related = ("logo", "logo_dark", "logo_footer", "social_image", "privacy_page", "terms_page")
        return cls.objects.select_related(*related).filter(pk=1).first() or cls(pk=1)

    @property
    def language_code(self) -> str:
        """As Django spells it: the paper's English is British."""
        return settings.LANGUAGE_CODE if self.language == "en" else self.language

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    @property
    def social_links(self) -> list[tuple[str, str]]:
        return parse_links(self.social_profiles)


class PartnerLink(models.Model):
    """A useful link at the foot of the page, with the partner's logo."""

    name = models.CharField(max_length=120)
    url = models.URLField("address")
    logo = models.ForeignKey("Image", models.SET_NULL, null=True, blank=True, related_name="+")
    position = models.PositiveSmallIntegerField("order", default=0)
    starts_at = models.DateTimeField("shown from", null=True, blank=True)
    ends_at = models.DateTimeField("shown until", null=True, blank=True)

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["position", "name"]
        constraints = [
            models.CheckConstraint(
                name="partner_link_ends_after_start",
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="The period ends before it starts.",
            )
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """An article in a slot of the front page, until a time."""

    class Slot(models.TextChoices):
        LEAD = "lead", "Lead"
        SECONDARY = "secondary", "Beside the lead"

    slot = models.CharField(max_length=10, choices=Slot, default=Slot.LEAD)
    article = models.ForeignKey("Article", models.CASCADE, related_name="placements")
    position = models.PositiveSmallIntegerField("order", default=0)
    starts_at = models.DateTimeField("from", default=timezone.now, null=True, blank=True)
    ends_at = models.DateTimeField(
        "until", null=True, blank=True, help_text="Left empty: until you remove it."
    )
    is_live = models.BooleanField(
        "live", default=False, help_text="Labelled “Live” while it stands there; say until when."
    )

    objects = PeriodQuerySet.as_manager()

    class Meta:
        ordering = ["slot", "position", "-starts_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["slot", "article"],
                name="placed_once_a_slot",
                violation_error_message="This article stands in this slot already.",
            ),
            models.CheckConstraint(
                name="placement_ends_after_start",
                condition=Q(starts_at=None) | Q(ends_at=None) | Q(ends_at__gt=F("starts_at")),
                violation_error_message="The period ends before it starts.",
            ),
            models.CheckConstraint(
                name="live_placement_ends",
                condition=Q(is_live=False) | Q(ends_at__isnull=False),
                violation_error_message="Nothing is live for ever: say until when.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_slot_display()}: {self.article}"

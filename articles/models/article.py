from datetime import datetime
from typing import Any

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from taggit.managers import TaggableManager

from articles import rendering
from articles.gathering import along
from articles.models.author import Author, Credit
from articles.models.category import Category, FurtherCategory
from articles.models.image import Image
from articles.models.languages import LANGUAGE_NAMES, LANGUAGES, TRANSLATED_FROM
from articles.models.outlet import Outlet
from articles.models.permalink import Addressed, not_reserved
from articles.models.tag import Tagging
from articles.querysets import ArticleQuerySet
from articles.typesetting import contents, typeset

META_DESCRIPTION_LENGTH = 160
# Shorter pieces are read from top to bottom.
WORDS_WITH_CONTENTS = 1200
SECTIONS_WITH_CONTENTS = 3


class Article(Addressed):  # type: ignore[django-manager-missing]
    """One published piece (schema.org NewsArticle), and where it comes from.

    The large texts come last: on both databases a long value moves out of the row, so that walking a list
    does not drag them along.
    """

    class Status(models.TextChoices):
        DRAFT = "draft", "Draft"
        IN_REVIEW = "in_review", "In review"
        READY = "ready", "Ready"
        PUBLISHED = "published", "Published"
        WITHDRAWN = "withdrawn", "Withdrawn"

    class Origin(models.TextChoices):
        EXCLUSIVE = "exclusive", "Exclusive"
        TRANSLATION = "translation", "Translation"
        REPRINT = "reprint", "Reprint"
        AGENCY = "agency", "Agency"

    headline = models.CharField(max_length=250)
    short_headline = models.CharField(
        max_length=100, blank=True, help_text="For cards, where the headline is long."
    )
    kicker = models.CharField(max_length=40, blank=True, help_text="A word or two above the headline.")
    standfirst = models.TextField(
        max_length=600, blank=True, help_text="The sentence or two below the headline; cards show it too."
    )
    language = models.CharField(max_length=8, choices=LANGUAGES, default="en")

    primary_category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="primary_articles"
    )
    further_categories = models.ManyToManyField(
        Category, through=FurtherCategory, blank=True, related_name="further_articles"
    )
    tags = TaggableManager(through=Tagging, blank=True, help_text="What it is about; separated by commas.")
    authors = models.ManyToManyField(Author, through=Credit, blank=True, related_name="articles")
    contributor_note = models.TextField(
        max_length=500, blank=True, help_text="A line at the end about a guest author."
    )

    lead_image = models.ForeignKey(Image, models.PROTECT, null=True, blank=True, related_name="lead_articles")
    lead_caption = models.CharField(
        "caption here", max_length=500, blank=True, help_text="Left empty, the picture's own is printed."
    )
    lead_alt = models.CharField(
        "description (alt text) here", max_length=300, blank=True, help_text="Left empty, the picture's own."
    )

    social_card = models.CharField(
        max_length=100, blank=True, editable=False,
        help_text="The file drawn for social networks where there is no picture; empty until it is drawn.",
    )  # fmt: skip

    origin = models.CharField(max_length=12, choices=Origin, default=Origin.EXCLUSIVE)
    outlet = models.ForeignKey(Outlet, models.PROTECT, null=True, blank=True, related_name="articles")
    original_url = models.URLField("original address", max_length=500, blank=True)
    original_title = models.CharField(max_length=250, blank=True)
    original_language = models.CharField(max_length=8, choices=LANGUAGES, blank=True)
    original_on = models.DateField("original date", null=True, blank=True)

    status = models.CharField(max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    published_at = models.DateTimeField(
        "publication time", null=True, blank=True, help_text="In the future: it appears by itself then."
    )
    revised_at = models.DateTimeField(
        "updated", null=True, blank=True, help_text="Shown to readers as “Updated”; only for a real change."
    )
    embargoed_until = models.DateTimeField(
        null=True, blank=True, help_text="It cannot be published to appear before this moment."
    )
    breaking_until = models.DateTimeField(
        null=True, blank=True, help_text="Readers see it labelled “Breaking” until this moment."
    )
    withdrawal_note = models.TextField(
        max_length=500, blank=True, help_text="What readers who follow the old address are told."
    )

    seo_title = models.CharField("title for search engines", max_length=120, blank=True)
    seo_description = models.CharField("description for search engines", max_length=300, blank=True)
    related = models.ManyToManyField(
        "self", through="RelatedArticle", symmetrical=False, blank=True, related_name="related_from"
    )

    word_count = models.PositiveIntegerField(default=0, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, editable=False, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    updated_at = models.DateTimeField(auto_now=True)
    import_ref = models.CharField(max_length=200, null=True, blank=True, unique=True, editable=False)

    body = models.TextField(blank=True)
    body_html = models.TextField(blank=True, editable=False)

    objects = ArticleQuerySet.as_manager()

    # Said by the front page of the cards it is live with, and by search of what it found: (text, is a match).
    is_live = False
    snippet: list[tuple[str, bool]] | None = None

    class Meta:
        ordering = ["-published_at", "-pk"]
        permissions = [
            ("submit_article", "Can submit an article for review"),
            ("review_article", "Can approve an article or send it back"),
            ("publish_article", "Can publish and schedule an article"),
            ("withdraw_article", "Can withdraw an article"),
            ("correct_article", "Can print a correction"),
            ("change_others_article", "Can see and change other people's articles"),
        ]
        indexes = [
            models.Index("status", F("published_at").desc(), F("id").desc(), name="article_newest"),
            models.Index(F("updated_at").desc(), F("id").desc(), name="article_last_touched"),
            models.Index("status", F("updated_at").desc(), F("id").desc(), name="article_on_the_desk"),
            # Of the few that ever were, as below: the sitemap asks for the latest.
            models.Index("revised_at", name="article_revised", condition=Q(revised_at__isnull=False)),
            # The front page asks each time.
            models.Index(
                "breaking_until", name="article_breaking", condition=Q(breaking_until__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="published_has_time_and_category",
                condition=~Q(status__in=["published", "withdrawn"])
                | Q(published_at__isnull=False, primary_category__isnull=False),
                violation_error_message="A published article needs a publication time and a category.",
            ),
            models.CheckConstraint(
                name="published_not_before_embargo",
                condition=~Q(status="published")
                | Q(embargoed_until=None)
                | Q(embargoed_until__lte=F("published_at")),
                violation_error_message="The publication time lies before the end of the embargo.",
            ),
            models.CheckConstraint(
                name="published_names_its_outlet",
                condition=~Q(status="published") | Q(origin="exclusive") | Q(outlet__isnull=False),
                violation_error_message="A translation, reprint or agency piece names its outlet.",
            ),
            models.CheckConstraint(
                name="exclusive_has_no_outlet",
                condition=~Q(origin="exclusive") | Q(outlet=None),
                violation_error_message="An exclusive piece has no outlet.",
            ),
            models.CheckConstraint(
                name="revised_after_publication",
                condition=Q(revised_at=None) | Q(published_at=None) | Q(revised_at__gte=F("published_at")),
                violation_error_message="The update lies before the publication.",
            ),
            not_reserved("article"),
            models.CheckConstraint(
                name="article_status_is_known",
                condition=Q(status__in=["draft", "in_review", "ready", "published", "withdrawn"]),
            ),
            models.CheckConstraint(
                name="article_origin_is_known",
                condition=Q(origin__in=["exclusive", "translation", "reprint", "agency"]),
            ),
        ]

    def __str__(self) -> str:
        return self.headline

    def save(self, *args: Any, **kwargs: Any) -> None:
        fields = kwargs.get("update_fields")
        if "body" in self.__dict__ and (fields is None or "body" in fields):  # not deferred, not left out
            self.derive()
            if fields is not None:
                kwargs["update_fields"] = {*fields, "body_html", "word_count"}
        super().save(*args, **kwargs)

    def derive(self) -> None:
        """What follows from the body. Whoever saves in bulk calls it."""
        self.body_html = typeset(rendering.render(self.body))
        self.word_count = rendering.word_count(self.body_html)

    def clean(self) -> None:
        if self.origin == self.Origin.EXCLUSIVE and self.outlet_id:
            raise ValidationError({"outlet": "An exclusive piece has no outlet; choose where it comes from."})

    # What is read off the article's own fields, for whoever prints it.

    @property
    def is_public(self) -> bool:
        return (
            self.status == self.Status.PUBLISHED
            and self.published_at is not None
            and self.published_at <= timezone.now()
        )

    @property
    def is_scheduled(self) -> bool:
        return self.status == self.Status.PUBLISHED and not self.is_public

    @property
    def is_withdrawn(self) -> bool:
        return self.status == self.Status.WITHDRAWN

    @property
    def is_breaking(self) -> bool:
        """Until its time has come, wherever it is shown; no job has to take the label away."""
        return self.breaking_until is not None and self.breaking_until > timezone.now() and self.is_public

    @property
    def as_of(self) -> datetime | None:
        """The moment of the latest that it tells: for a label, not for its place in a list."""
        return self.revised_at or self.published_at

    @property
    def card_headline(self) -> str:
        return self.short_headline or self.headline

    @property
    def all_categories(self) -> list[Category]:
        """The primary category and the further ones, in the editors' order, each once."""
        further = [each for each in along(self, "further_categories") if each.pk != self.primary_category_id]
        return [self.primary_category, *further] if self.primary_category else further

    @property
    def writers(self) -> list[Credit]:
        """The credits of the byline: writers, or else whoever there is."""
        everybody = list(along(self, "credits"))
        return [each for each in everybody if each.role == Credit.Role.WRITER] or everybody

    @property
    def contents(self) -> list[tuple[str, str]]:
        """The anchors and headings of a long piece in sections; nothing of a shorter one."""
        sections = contents(self.body_html) if self.word_count > WORDS_WITH_CONTENTS else []
        return sections if len(sections) >= SECTIONS_WITH_CONTENTS else []

    @property
    def image_alt(self) -> str:
        return self.lead_alt or (self.lead_image.alt_text if self.lead_image else "")

    @property
    def image_caption(self) -> str:
        return self.lead_caption or (self.lead_image.caption if self.lead_image else "")

    @property
    def meta_description(self) -> str:
        return self.seo_description or rendering.shortened(self.standfirst, META_DESCRIPTION_LENGTH)

    @property
    def canonical_is_original(self) -> bool:
        """Whether search engines are to list the original: the outlet's rule, where its address is known."""
        return bool(self.outlet and self.original_url and self.outlet.canonical == Outlet.Canonical.ORIGINAL)

    @property
    def origin_label(self) -> str:
        """The small line above the headline of a card: "Translated from Azerbaijani", "From Orbit Wire"."""
        if self.origin == self.Origin.TRANSLATION and self.original_language:
            return self._translated_from()
        return gettext("From %(outlet)s") % {"outlet": self.outlet} if self.outlet else ""

    @property
    def origin_sentence(self) -> str:
        """The credit printed under the text; the outlet's own wording where it asks for one."""
        if not self.outlet:
            return ""
        if self.outlet.credit_wording:
            return self.outlet.credit_wording.format(**self._wording())
        return f"{self._origin_opening()} {self._origin_details()}"

    def _translated_from(self) -> str:
        return str(TRANSLATED_FROM.get(self.original_language, gettext("Translated")))

    def _wording(self) -> dict[str, str]:
        return {
            "outlet": str(self.outlet),
            "title": self.original_title,
            "language": str(LANGUAGE_NAMES.get(self.original_language, self.original_language)),
            "date": date_format(self.original_on, "DATE_FORMAT") if self.original_on else "",
        }

    def _origin_opening(self) -> str:
        if self.origin == self.Origin.TRANSLATION and self.original_language:
            return f"{self._translated_from()}."
        return {
            self.Origin.TRANSLATION: gettext("A translation."),
            self.Origin.REPRINT: gettext("A reprint."),
            self.Origin.AGENCY: gettext("Agency report."),
        }[self.Origin(self.origin)]

    def _origin_details(self) -> str:
        words = self._wording()
        if words["title"] and words["date"]:
            sentence = gettext("First published by %(outlet)s as “%(title)s” on %(date)s.")
        elif words["title"]:
            sentence = gettext("First published by %(outlet)s as “%(title)s”.")
        elif words["date"]:
            sentence = gettext("First published by %(outlet)s on %(date)s.")
        else:
            sentence = gettext("First published by %(outlet)s.")
        return sentence % words


class RelatedArticle(models.Model):
    """A line of "You might also like": picked by an editor, or computed when the article is published."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="related_rows")
    other = models.ForeignKey(Article, models.CASCADE, related_name="related_as", verbose_name="article")
    position = models.PositiveSmallIntegerField("order", default=0)
    is_picked = models.BooleanField(default=True, editable=False)

    class Meta:
        verbose_name_plural = "related articles"
        ordering = ["-is_picked", "position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["article", "other"],
                name="related_once",
                violation_error_message="This article is picked twice.",
            ),
            models.CheckConstraint(
                name="related_to_another",
                condition=~Q(article=F("other")),
                violation_error_message="An article is not related to itself.",
            ),
        ]

    def __str__(self) -> str:
        return str(self.other)


class Correction(models.Model):
    """A visible note of what was wrong and when it was mended."""

    article = models.ForeignKey(Article, models.CASCADE, related_name="corrections")
    text = models.TextField(max_length=1000, help_text="What was wrong, and what is right.")
    corrected_at = models.DateTimeField("date", default=timezone.now)

    class Meta:
        ordering = ["corrected_at", "pk"]

    def __str__(self) -> str:
        return self.text[:60]

"""Whether a picture may be printed: described for those who do not see it, credited, and ours to print."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.db.models import Case, Exists, OuterRef, Value, When
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.text import Truncator

from articles import illustrations
from articles.models import Article, Image
from articles.models.image import is_file_name
from articles.querysets import ArticleQuerySet

# How long before a right ends the newsroom is told.
SOON = timedelta(days=30)
ARTICLES_NAMED = 3


@dataclass(frozen=True)
class Use:
    """A picture in a place, with the words that describe it there."""

    image: Image
    alt: str
    place: str

    def undescribed(self) -> list[str]:
        if self.alt.strip() and not is_file_name(self.alt):
            return []
        return [f"Describe {self.place} (alt text) for those who do not see it."]

    def wants(self, at: datetime | None = None) -> list[str]:
        """What it lacks to be printed from that moment, each as a sentence."""
        wants = self.undescribed()
        if not self.image.full_credit.strip():
            wants.append(f"Credit {self.place}: name the photographer, the rights holder or the agency.")
        if self.image.rights_expired(at):
            wants.append(_end_of_rights(self.image))
        return wants


@dataclass(frozen=True)
class Ending:
    """A picture whose right ends, and the articles that would stand without it."""

    image: Image
    articles: list[Article] = field(default_factory=list)

    @property
    def is_over(self) -> bool:
        return self.image.rights_expired()


def wants(article: Article, at: datetime | None = None) -> list[str]:
    return _sentences(want for use in _uses(article) for want in use.wants(at))


def warnings(article: Article) -> list[str]:
    """The rights that end before long, or are over in a piece that is out already."""
    soon = timezone.now() + SOON
    return _sentences(_end_of_rights(use.image) for use in _uses(article) if use.image.rights_expired(soon))


def lead(image: Image, alt: str) -> Use:
    return Use(image, alt or image.alt_text, "the lead picture")


def in_text(body: str, *, but: str = "") -> list[Use]:
    """The pictures of a text, without those that another one shows too."""
    known = {number for number, _ in illustrations.uses(but)}
    shown = [(number, alt) for number, alt in illustrations.uses(body) if number not in known]
    images = Image.objects.in_bulk({number for number, _ in shown})
    return [_in_text(images[number], alt) for number, alt in shown if number in images]


def endings(count: int) -> list[Ending]:
    """Pictures whose right ends before long, then those whose right is over, with the pieces they are in."""
    now = timezone.now()
    out = Article.objects.published(at=now + SOON)
    leads, illustrates = (
        out.filter(lead_image=OuterRef("pk")),
        out.filter(illustrations__image=OuterRef("pk")),
    )
    images = Image.objects.filter(Exists(leads) | Exists(illustrates), rights_expire_at__lte=now + SOON)
    is_over = Case(When(rights_expire_at__lte=now, then=Value(1)), default=Value(0))
    ending = {image.pk: Ending(image) for image in images.order_by(is_over, "rights_expire_at", "pk")[:count]}
    if ending:
        _name_articles(ending, out.order_by())
    return list(ending.values())


def _name_articles(ending: dict[int, Ending], out: ArticleQuerySet) -> None:
    """Put the articles that show each of the pictures to it, the newest first."""
    leading = out.filter(lead_image__in=ending).values_list("lead_image", "pk", "headline")
    illustrated = out.filter(illustrations__image__in=ending)
    named = leading.union(illustrated.values_list("illustrations__image", "pk", "headline"))
    for image, pk, headline in named.order_by("-pk"):
        shown_in = ending[image].articles
        if len(shown_in) < ARTICLES_NAMED:
            shown_in.append(Article(pk=pk, headline=headline))


def _uses(article: Article) -> list[Use]:
    leading = [lead(article.lead_image, article.lead_alt)] if article.lead_image else []
    return leading + in_text(article.body)


def _in_text(image: Image, alt: str) -> Use:
    return Use(image, alt or image.alt_text, f"the picture “{_called(image)}” in the text")


def _end_of_rights(image: Image) -> str:
    day = date_format(timezone.localtime(image.rights_expire_at), "j F Y")
    verb = "ended" if image.rights_expired() else "ends"
    return f"The right to print “{_called(image)}” {verb} on {day}."


def _called(image: Image) -> str:
    return Truncator(str(image)).chars(60)


def _sentences(sentences: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(sentences))

"""The questions. Views, feeds, sitemaps and search ask them here, so that no two places answer differently.

This module never imports the models: they import it.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import Exists, F, Func, OuterRef, Q
from django.db.models.lookups import Exact
from django.db.models.query import ModelIterable
from django.utils import timezone

from articles import recording
from articles.gathering import Gathered, Rows
from articles.recording import RecordedQuerySet
from articles.slugs import candidates

if TYPE_CHECKING:
    from articles.models import Article, Author, Category, Permalink, Tag  # noqa: F401 (in quotes below)

LARGE_TEXT = ("body", "body_html")
# What is shown of each. Reading a row whole would cost more than all that a card says of it.
PICTURE = (
    "key", "original", "width", "height", "colour", "focal_x", "focal_y", "is_animated", "plays", "alt_text",
    "rendered_at",
)  # fmt: skip
CATEGORY = ("id", "name", "stored_path")
HEADLINE = (
    "headline", "short_headline", "kicker", "standfirst", "slug", "language", "origin", "original_language",
    "status", "published_at", "revised_at", "breaking_until", "word_count",
)  # fmt: skip
# Of an article and of what stands around it, what its page says nothing of.
NOT_ON_PAGE = (
    "body", "embargoed_until", "created_by", "created_at", "updated_at", "import_ref",
    *(f"lead_image__{name}" for name in (
        "title", "kind", "file_size", "fingerprint", "taken_on", "rights_expire_at", "claimed_until",
        "import_ref", "uploaded_by", "created_at", "updated_at",
    )),
    *(f"{category}__{name}" for category in ("primary_category", "primary_category__parent") for name in (
        "slug", "position", "description", "active_from", "active_until", "cover", "import_ref",
    )),
    *(f"outlet__{name}" for name in ("slug", "logo", "language", "import_ref")),
)  # fmt: skip
CREDIT = (
    "id", "role", "affiliation", "author__id", "author__name", "author__slug", "author__is_house",
    *(f"author__photo__{name}" for name in ("id", *PICTURE)),
)  # fmt: skip


# More at once than any newsroom has.
MOST_BREAKING = 50


class ArticleQuerySet(RecordedQuerySet, models.QuerySet["Article"]):
    """Everything that is asked about articles.

    The three list questions (`in_category`, `by_author`, `tagged`) walk an index of their own table on
    (what, -listed_at); `newest_first` then sorts by the column that index is ordered by.
    """

    # The moment that published() was asked about: lists read as far as that in their own index.
    _at: datetime | None = None
    # What comes along with each row, to be unpacked when the rows are there.
    _gathered: tuple[Gathered, ...] = ()

    def _clone(self) -> Self:
        clone = super()._clone()
        clone._at, clone._gathered = self._at, self._gathered
        return clone

    def _fetch_all(self) -> None:
        is_read = self._result_cache is None  # type: ignore[has-type]
        super()._fetch_all()
        if is_read and issubclass(self._iterable_class, ModelIterable):  # type: ignore[attr-defined]
            for relation in self._gathered:
                relation.unpack(self._result_cache)  # type: ignore[arg-type]

    def published(self, at: datetime | None = None) -> Self:
        """What the public may read at that moment; the only definition of "public" there is.

        An embargo needs no clause: the database refuses a publication time before it.
        """
        at = at or timezone.now()
        public = self.filter(self.public_at(at))
        public._at = at
        return public

    def public_at(self, at: datetime) -> Q:
        """What published() asks for, to be told of each where the others are wanted too."""
        return Q(status=self.model.Status.PUBLISHED, published_at__lte=at)

    def scheduled(self, at: datetime | None = None) -> Self:
        return self.filter(status=self.model.Status.PUBLISHED, published_at__gt=at or timezone.now())

    def breaking(self, at: datetime | None = None) -> Self:
        """Those that an editor marked as breaking news until a moment that is still to come."""
        recording.note("breaking")
        at = at or timezone.now()
        # Those few first, by an index that holds no others: not all that is published, looking for them. And
        # said to be few: PostgreSQL plans before it knows when, and takes every third article to be marked.
        marked = self.model._default_manager.filter(breaking_until__gt=at).order_by("-breaking_until")
        return self.published(at).filter(pk__in=marked.values("pk")[:MOST_BREAKING])

    def withdrawn(self) -> Self:
        return self.filter(status=self.model.Status.WITHDRAWN)

    def awaiting_review(self) -> Self:
        return self.filter(status=self.model.Status.IN_REVIEW)

    def visible_to(self, user: Any) -> Self:
        """What this member of staff may see on the desk: everything, or only what they wrote themselves."""
        if user.has_perm("articles.change_others_article"):
            return self
        return self.by_somebody(user)

    def by_somebody(self, user: Any) -> Self:
        """What this person began or is credited for."""
        credit = self._related("credits")
        credited = credit._default_manager.filter(author__user=user).order_by().values("article")
        # One set of keys. Either condition asked of each article would be asked of the whole archive.
        began = self.model._default_manager.filter(created_by=user).order_by().values("pk")
        return self.filter(pk__in=began.union(credited))

    def canonical_here(self) -> Self:
        """Without those whose original is the page that search engines are to list."""
        original = self._related("outlet").Canonical.ORIGINAL
        return self.exclude(~Q(original_url=""), outlet__canonical=original)

    def in_category(self, category: Category) -> Self:
        """Articles filed under the category or one of its children."""
        return self._listed("filings", "article_id", category=category)

    def by_author(self, author: Author) -> Self:
        """Articles that credit the author, in whatever role, each once."""
        return self._listed("credits", "article_id", author=author)

    def tagged(self, tag: Tag) -> Self:
        return self._listed("taggings", "content_object_id", tag=tag)

    def _listed(self, rows: str, article: str, **whose: Any) -> Self:
        """Join the derived rows of one list, ready to be walked from the newest."""
        # The bound says nothing that published() does not; it makes this index, rather than that of all
        # articles, the one to walk. One filter() call, so that all conditions hold of the same row.
        conditions = {"listed_at__lte": self._at} if self._at else {"listed_at__isnull": False}
        conditions |= whose
        joined = self.filter(**{f"{rows}__{name}": value for name, value in conditions.items()})
        (owner,) = whose.values()
        joined = joined.listing(f"{rows}:{getattr(owner, 'pk', owner)}")
        return joined.annotate(listed_at=F(f"{rows}__listed_at"), listed_pk=F(f"{rows}__{article}"))

    def newest_first(self) -> Self:
        if "listed_at" in self.query.annotations:
            return self.order_by("-listed_at", "-listed_pk")
        return self.order_by("-published_at", "-pk").listing(recording.ARTICLES)

    def for_cards(self) -> Self:
        """Everything a card shows, and nothing as heavy as the text."""
        return self.for_headlines().with_labels()._with_credits()

    def for_headlines(self) -> Self:
        """A headline, its picture and its date: lists that show neither labels nor bylines."""
        return self._showing()

    def _showing(self, *more: str) -> Self:
        pictures = (f"lead_image__{name}" for name in PICTURE)
        categories = (f"primary_category__{name}" for name in CATEGORY)
        return self.select_related("primary_category", "lead_image", "outlet").only(
            *HEADLINE, *pictures, *categories, "outlet__name", *more
        )

    def with_labels(self) -> Self:
        """Also the categories above each headline."""
        return self._along("further_categories", *CATEGORY)

    def for_page(self) -> Self:
        """Everything the article page shows of the article itself."""
        page = self.select_related("primary_category__parent", "lead_image", "outlet").defer(*NOT_ON_PAGE)
        page = page.with_labels()._with_credits()._with_tags()
        return page._along("corrections", "id", "text", "corrected_at")

    def for_feed(self) -> Self:
        pictures = (f"lead_image__{name}" for name in ("credit", "agency"))
        return (
            self._showing("seo_description", "lead_alt", *pictures).with_labels()._with_credits()._with_tags()
        )

    def for_desk(self) -> Self:
        """A row of the newsroom's own list."""
        return (
            self.select_related("primary_category", "lead_image", "created_by")
            .defer(*LARGE_TEXT)
            ._with_credits()
        )

    def _related(self, name: str) -> Any:
        """The model at the other end of a relation, which this module may not import."""
        return self.model._meta.get_field(name).related_model

    def _with_credits(self) -> Self:
        return self._along("credits", *CREDIT)

    def _with_tags(self) -> Self:
        return self._along("tags", "id", "name", "slug")

    def _along(self, name: str, *fields: str) -> Self:
        """Have the rows of that relation come along, as far as those fields."""
        relation, rows = _relation(self.model, name, fields)  # type: ignore[arg-type]
        along = self.annotate(**{relation.column: rows})
        along._gathered = (*self._gathered, relation)
        return along


@cache
def _relation(model: type[models.Model], name: str, fields: tuple[str, ...]) -> tuple[Gathered, Rows]:
    """Put together once: the same few are part of nearly every question."""
    related = model._meta.get_field(name).related_model
    relation = Gathered(name, related, _ROWS_OF_ARTICLE[name], fields)  # type: ignore[arg-type]
    rows = relation.model._default_manager.filter(**{relation.owner: OuterRef("pk")})
    if name in _IN_ORDER:
        rows = rows.order_by(*_IN_ORDER[name])
    return relation, Rows(rows, *fields)


# How the rows that may come along with an article name it; the order of those that have none of their own.
_ROWS_OF_ARTICLE = {
    "credits": "article",
    "corrections": "article",
    "further_categories": "furthercategory__article",
    "tags": "taggings__content_object",
}
_IN_ORDER = {"further_categories": ("furthercategory__position", "pk"), "tags": ("taggings__pk",)}


class ListedQuerySet(models.QuerySet[Any]):
    """Things that have a list of articles, read from the rows of that name."""

    rows: str
    article = "article_id"

    def listed(self, at: datetime | None = None) -> Self:
        """Those whose list shows something. Of the others, the name alone could tell of a draft."""
        own = self.lines_of(OuterRef("pk"))
        return self.filter(Exists(own.filter(listed_at__lte=at or timezone.now())))

    def list_name(self, thing: models.Model) -> str:
        """What a change of its list is told under."""
        return f"{self.rows}:{thing.pk}"

    def lines_of(self, thing: Any) -> models.QuerySet[Any]:
        """The rows that its list is read from, each with the key of its article."""
        relation = self.model._meta.get_field(self.rows)
        lines = relation.related_model._default_manager.filter(**{relation.field.name: thing})
        return lines.annotate(article_pk=F(self.article))

    def lines_around(
        self, thing: Any, moment: Any, article: Any
    ) -> tuple[models.QuerySet[Any], models.QuerySet[Any]]:
        """What its list has before the article of that time and key, and after it; the nearest first."""
        lines = self.lines_of(thing)
        older = Q(listed_at__lt=moment) | Q(article_pk__lt=article)
        newer = Q(listed_at__gt=moment) | Q(article_pk__gt=article)
        return (
            lines.filter(older, listed_at__lte=moment).order_by("-listed_at", "-article_pk"),
            lines.filter(newer, listed_at__gte=moment).order_by("listed_at", "article_pk"),
        )

    def with_newest(self, count: int, at: datetime | None = None) -> Self:
        """Each with `newest`: the primary keys of the newest articles of its list, public at the moment.

        One index walk each. A window function would number every line of every list first; a union of limited
        queries is not to be had on SQLite. Whoever makes a page of it notes the lists' names.
        """
        lines = self.lines_of(OuterRef("pk")).filter(listed_at__lte=at or timezone.now())
        return self.annotate(newest=Rows(lines.order_by("-listed_at", "-article_pk")[:count], self.article))


class AuthorQuerySet(ListedQuerySet):
    rows = "credits"


class TagQuerySet(ListedQuerySet):
    rows = "taggings"
    article = "content_object_id"


class CategoryQuerySet(ListedQuerySet):
    rows = "filings"

    def active(self, at: datetime | None = None) -> Self:
        """Categories whose period, if they have one, includes the moment."""
        at = at or timezone.now()
        recording.note("categories")
        return self.filter(
            Q(active_from=None) | Q(active_from__lte=at), Q(active_until=None) | Q(active_until__gt=at)
        )

    def top_level(self) -> Self:
        return self.filter(parent=None)

    def in_order(self) -> Self:
        return self.order_by("position", "name")


class PeriodQuerySet(models.QuerySet[Any]):
    """Rows shown between `starts_at` and `ends_at`, either of which may be open."""

    def current(self, at: datetime | None = None) -> Self:
        at = at or timezone.now()
        recording.note(f"{self.model._meta.model_name}s")
        return self.filter(Q(starts_at=None) | Q(starts_at__lte=at), Q(ends_at=None) | Q(ends_at__gt=at))


class PermalinkQuerySet(models.QuerySet["Permalink"]):
    def claim(self, target: models.Model, path: str) -> None:
        """Note that the path leads to the target from now on, as it may have done before.

        Raises IntegrityError when the path leads, or ever led, to something else.
        """
        kind = target._meta.model_name
        known = self.filter(path=path).values_list(f"{kind}_id", flat=True)
        if target.pk not in known:
            self.create(path=path, **{f"{kind}_id": target.pk})

    def is_free(self, path: str, target: models.Model | None = None) -> bool:
        """Whether the target (or a newcomer) may have the path: nobody's, or its own of old."""
        taken = self.filter(path=path)
        if target is not None and target.pk:
            taken = taken.exclude(**{f"{target._meta.model_name}_id": target.pk})
        return not taken.exists()

    def free_slug(self, slug: str, prefix: str = "", target: models.Model | None = None) -> str:
        """The slug, or the first of slug-2, slug-3 ... whose address is free."""
        return next(each for each in candidates(slug, prefix) if self.is_free(f"{prefix}{each}", target))

    def target_of(self, path: str) -> models.Model | None:
        """What the path leads to, now or of old; None where nothing ever stood."""
        link = self.filter(path=path).select_related(*self.model.TARGETS).first()
        return link.target if link else None


def fingerprint_band(shift: int) -> Any:
    """Sixteen bits of a picture's fingerprint, the same expression for the index and for the question."""
    return F("fingerprint").bitrightshift(shift).bitand(0xFFFF)


class ImageQuerySet(models.QuerySet[Any]):
    def unclaimed(self, at: datetime | None = None) -> Self:
        """Those that no worker has in hand."""
        return self.filter(Q(claimed_until=None) | Q(claimed_until__lte=at or timezone.now()))

    def waiting(self, at: datetime | None = None) -> Self:
        """Those whose renditions nobody has made, and nobody is making."""
        return self.unclaimed(at).filter(rendered_at=None)

    def given_up(self, at: datetime | None = None) -> Self:
        """Those whose renditions could not be made: no worker has one in hand for hours."""
        return self.filter(rendered_at=None, claimed_until__gt=(at or timezone.now()) + timedelta(hours=1))

    def alike(self, fingerprint: int, bands: Iterable[int]) -> Self:
        """Those that share one of the bands, among them every one that differs in a few bits."""
        shared = Q()
        for shift in bands:
            # As `fingerprint_band`, but with the numbers written out: SQLite knows its index by them only.
            band = Func(
                F("fingerprint"),
                template=f"((%(expressions)s >> {shift:d}) & {0xFFFF:d})",
                output_field=models.BigIntegerField(),
            )
            shared |= Q(Exact(band, (fingerprint >> shift) & 0xFFFF))
        return self.filter(shared)

"""How the desk looks through a long archive: by the readers' index, and as far as anybody turns pages."""

from __future__ import annotations

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.functional import cached_property

from articles import search
from articles.models import Article

# Whoever has not found it by then filters or searches: to count on would be to read it all.
MOST_LISTED = 2000
MOST_FOUND = 200
# Of each state but "published", so many of those last touched are looked through for words of headlines.
MOST_SEARCHED = 2000


class DeskPaginator(Paginator):
    """Counts no further than that, and so leads no further."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:MOST_LISTED].count()  # type: ignore[union-attr]

    def page(self, number: int | str) -> Page:
        """Its keys first, for which an index is enough: all that comes before would be read whole."""
        page = super().page(number)
        keys = list(page.object_list.values_list("pk", flat=True))  # type: ignore[union-attr]
        page.object_list = self.object_list.filter(pk__in=keys)  # type: ignore[union-attr]
        return page


def found(term: str) -> list[int]:
    """Published articles by their words as readers find them, all others by headline or address."""
    others = Article.objects.filter(pk__in=_last_touched())
    for word in term.split():
        others = others.filter(
            Q(headline__icontains=word) | Q(short_headline__icontains=word) | Q(slug__icontains=word)
        )
    addressed = Article.objects.filter(slug=term.strip().strip("/").rpartition("/")[2])
    return [
        *search.newest_matches(term, MOST_FOUND),
        *others.order_by().values_list("pk", flat=True)[:MOST_FOUND],
        *addressed.values_list("pk", flat=True),
    ]


def _last_touched() -> list[int]:
    """What is not published, nearest to hand. Each state is a walk along its own index."""
    states = (state for state in Article.Status if state != Article.Status.PUBLISHED)
    touched = (Article.objects.filter(status=state).order_by("-updated_at", "-pk") for state in states)
    return [pk for each in touched for pk in each.values_list("pk", flat=True)[:MOST_SEARCHED]]

"""How the desk looks through a long archive: by the readers' index, and as far as anybody turns pages."""

from __future__ import annotations

from django.core.paginator import Paginator
from django.db.models import Q
from django.utils.functional import cached_property

from articles import search
from articles.models import Article

# Whoever has not found it by then filters or searches: to count on would be to read it all.
MOST_LISTED = 2000
MOST_FOUND = 200


class DeskPaginator(Paginator):
    """Counts no further than that, and so leads no further."""

    @cached_property
    def count(self) -> int:
        return self.object_list.order_by().values("pk")[:MOST_LISTED].count()  # type: ignore[union-attr]


def found(term: str) -> list[int]:
    """Published articles by their words as readers find them, all others by headline or address."""
    others = Article.objects.unpublished()
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

"""Pages of a list, and the addresses of the others."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, PageNotAnInteger, Paginator
from django.http import Http404, HttpRequest

PER_PAGE = 20


class ListPage(Page):
    """A page that knows its neighbours' addresses: `?page=N`, and none on the first."""

    path: str
    query: dict[str, str]

    def url(self, number: int) -> str:
        parameters = self.query | ({"page": str(number)} if number > 1 else {})
        return f"{self.path}?{urlencode(parameters)}" if parameters else self.path

    @property
    def previous_url(self) -> str:
        return self.url(self.number - 1) if self.has_previous() else ""

    @property
    def next_url(self) -> str:
        return self.url(self.number + 1) if self.has_next() else ""

    @property
    def numbers(self) -> list[tuple[int | None, str]]:
        """(number, address) of the pages worth a link; None for what is left out between."""
        shown = self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        return [(each, self.url(each)) if isinstance(each, int) else (None, "") for each in shown]


class ListPaginator(Paginator):
    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage:
        return ListPage(*args, **kwargs)


def paginate(request: HttpRequest, articles: Any, per_page: int = PER_PAGE) -> ListPage:
    """The page that `?page=` asks for, of anything that tells its `count()` and can be sliced.

    A number that is none, or beyond the last, is a 404.
    """
    paginator = ListPaginator(articles, per_page)
    try:
        page = cast(ListPage, paginator.page(request.GET.get("page", "1")))
    except (PageNotAnInteger, EmptyPage):
        raise Http404("There is no such page in this list.") from None
    page.path = request.path
    page.query = {"q": request.GET["q"]} if request.GET.get("q") else {}
    return page

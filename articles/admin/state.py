"""An article's state in words, as the list, the dashboard and the change form show it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.formats import date_format

from articles.models import Article

NO_BREAK = "\N{NO-BREAK SPACE}"


@dataclass(frozen=True)
class State:
    key: str  # a CSS modifier
    word: str
    detail: str


def moment(time: datetime) -> str:
    """Short, for columns: the year is said where it is another than this."""
    local = timezone.localtime(time)
    is_this_year = local.year == timezone.localtime().year
    day = date_format(local, "j M" if is_this_year else "j M Y").replace(" ", NO_BREAK)
    return f"{day}, {date_format(local, 'H:i')}"


def of(article: Article) -> State:
    """The word for what readers see: nothing is called published before its time."""
    if article.is_scheduled:
        return State("scheduled", "Scheduled", f"for {moment(article.published_at)}")
    embargoed = article.embargoed_until and article.embargoed_until > timezone.now()
    detail = f"embargoed until {moment(article.embargoed_until)}" if embargoed else ""
    if article.is_public:
        detail = moment(article.published_at)
    return State(article.status, article.get_status_display(), detail)

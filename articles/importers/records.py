"""What a parser hands over: plain facts, in the site's words, from whatever system they come.

`ref` is the unique key of the thing in its old home and becomes its `import_ref`. Records name each other by
`key`, and whatever a record names has come before it, or will never come.
"""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class AuthorRecord:
    ref: str
    key: str
    slug: str
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CategoryRecord:
    ref: str
    key: str
    slug: str
    name: str
    parent: str = ""
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class TagRecord:
    ref: str
    key: str
    slug: str
    name: str
    description: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ArticleRecord:
    """`categories` begins with the primary one. `old_slugs` are other addresses it was known under."""

    ref: str
    slug: str
    headline: str
    body: str
    status: str
    standfirst: str = ""
    language: str = ""
    published_at: datetime | None = None
    categories: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    seo_title: str = ""
    seo_description: str = ""
    old_slugs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class PageRecord:
    ref: str
    slug: str
    title: str
    body: str
    is_published: bool
    standfirst: str = ""
    seo_description: str = ""
    old_slugs: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuItemRecord:
    """Leads to a category (by key), a page or article (by ref), an address, or (a mere heading) nowhere."""

    key: str
    parent: str = ""
    label: str = ""
    category: str = ""
    page: str = ""
    article: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MenuRecord:
    name: str
    items: tuple[MenuItemRecord, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SkippedRecord:
    """Something the file holds that does not come in, and why not."""

    kind: str
    title: str
    reason: str
    count: int = 1


Record = AuthorRecord | CategoryRecord | TagRecord | ArticleRecord | PageRecord | MenuRecord | SkippedRecord

"""WordPress exports to records."""

import hashlib
import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import unquote, urlsplit
from xml.etree.ElementTree import Element
from zoneinfo import ZoneInfo

from articles import rendering
from articles.importers import cleaning, wxr
from articles.importers.records import (
    ArticleRecord,
    AuthorRecord,
    CategoryRecord,
    MenuItemRecord,
    MenuRecord,
    PageRecord,
    Record,
    SkippedRecord,
    TagRecord,
)
from articles.slugs import slugify

BAKU = ZoneInfo("Asia/Baku")

KINDS = {"post": "article", "page": "page"}
STATUSES = {
    "publish": ("published", ""),
    "future": ("published", ""),
    "draft": ("draft", ""),
    "pending": ("in_review", ""),
    "private": ("draft", "private in WordPress, so a draft here"),
}
SKIPPED_STATUSES = {
    "trash": "it lies in the waste basket",
    "auto-draft": "an empty draft that WordPress made by itself",
    "inherit": "an old revision",
}
UNCATEGORISED = ("uncategorized", "uncategorised")
FILE_ENDING = re.compile(r"\.(?:html?|php|aspx?)$")
REF_LENGTH = 200


def records(elements: Iterable[tuple[str, Element]], zone: ZoneInfo = BAKU) -> Iterator[Record]:
    """What `wxr.elements` reads, as records: what is named before what names it. `zone` is the old site's."""
    export = _Export(zone)
    for name, element in elements:
        yield from export.take(name, element)
    yield from export.finish()


class _Export:
    """What has to be remembered while reading: terms (by key), not posts."""

    def __init__(self, zone: ZoneInfo) -> None:
        self.zone = zone
        self.about: dict[str, str] = {}
        self.authors: dict[str, dict[str, str]] = {}
        self.categories: dict[str, dict[str, str]] = {}
        self.tags: dict[str, dict[str, str]] = {}
        self.term_keys: dict[str, str] = {}
        self.menus: dict[str, str] = {}
        self.menu_items: dict[str, list[dict[str, str]]] = {}
        self.untold: dict[tuple[str, str], None] = {}  # an ordered set
        self.custom_terms: list[SkippedRecord] = []

    def take(self, name: str, element: Element) -> Iterator[Record]:
        if name == "item":
            yield from self._terms()
            yield from self._item(element)
        elif name == "wp:author":
            self._note_author(wxr.fields(element))
        elif name in ("wp:category", "wp:tag", "wp:term"):
            self._note_term(name, wxr.fields(element))
        else:
            self.about.setdefault(name, wxr.text(element))

    def finish(self) -> Iterator[Record]:
        yield from self._terms()
        yield from self.custom_terms
        for key in self.menus | self.menu_items:
            yield self._menu(key)

    # Who and what the site is.

    @property
    def site(self) -> str:
        return self.about.get("wp:base_blog_url") or self.about.get("link", "")

    @property
    def language(self) -> str:
        return self.about.get("language", "").partition("-")[0].lower()

    def ref(self, kind: str, name: str) -> str:
        parts = urlsplit(self.site)
        site = (parts.netloc.removeprefix("www.") + parts.path).rstrip("/") or self.about.get("title", "")
        ref = f"wordpress:{site}:{kind}:{name}"
        if len(ref) <= REF_LENGTH:
            return ref
        return f"wordpress:{kind}:{hashlib.sha256(ref.encode()).hexdigest()}"

    # Authors, categories and tags.

    def _note_author(self, author: dict[str, str]) -> None:
        login = author.get("wp:author_login", "")
        names = (author.get("wp:author_first_name", ""), author.get("wp:author_last_name", ""))
        name = author.get("wp:author_display_name") or " ".join(filter(None, names)) or login
        self._add_author(key_of(login or name), name, is_address="@" in login)

    def _add_author(self, key: str, name: str, *, is_address: bool = False) -> None:
        # A person's e-mail address, which some sign in with, is nobody's business.
        name = cleaning.plain(name.partition("@")[0] if "@" in name else name)
        if key and key not in self.authors:
            slug = slugify(name, fallback="author") if is_address else key
            self.authors[key] = {"name": name or key, "slug": slug}
            self.untold["author", key] = None

    def _note_term(self, element: str, term: dict[str, str]) -> None:
        taxonomy = term.get("wp:term_taxonomy") or element.removeprefix("wp:")
        name = term.get("wp:cat_name") or term.get("wp:tag_name") or term.get("wp:term_name", "")
        nicename = term.get("wp:category_nicename") or term.get("wp:tag_slug") or term.get("wp:term_slug", "")
        parent = term.get("wp:category_parent") or term.get("wp:term_parent", "")
        about = term.get("wp:category_description") or term.get("wp:tag_description")
        facts = {
            "name": cleaning.plain(name),
            "parent": key_of(parent),
            "description": cleaning.plain(about or term.get("wp:term_description", "")),
        }
        self._add_term(taxonomy, key_of(nicename or name), facts, term.get("wp:term_id", ""))

    def _add_term(self, taxonomy: str, key: str, facts: dict[str, str], term_id: str = "") -> None:
        kind, known = ("category", self.categories) if taxonomy == "category" else ("tag", self.tags)
        if taxonomy in ("category", "post_tag", "tag") and key:
            if term_id:
                self.term_keys.setdefault(term_id, key)
            if key not in known:
                known[key] = facts | {"name": facts["name"] or key}
                self.untold[kind, key] = None
        elif taxonomy == "nav_menu":
            self.menus.setdefault(key, facts["name"] or key)
        elif key:
            reason = f"a term of “{taxonomy}”, which has no counterpart here"
            self.custom_terms.append(SkippedRecord(kind="term", title=facts["name"] or key, reason=reason))

    def _terms(self) -> Iterator[Record]:
        """What was noted since the last call, parents first."""
        while self.untold:
            kind, key = next(iter(self.untold))
            yield from self._term(kind, key)

    def _term(self, kind: str, key: str) -> Iterator[Record]:
        del self.untold[kind, key]
        ref = self.ref(kind, key)
        if kind == "author":
            yield AuthorRecord(ref=ref, key=key, **self.authors[key])
        elif kind == "tag":
            facts = self.tags[key]
            about = facts.get("description", "")
            yield TagRecord(ref=ref, key=key, slug=key, name=facts["name"], description=about)
        else:
            facts = {"parent": "", "description": ""} | self.categories[key]
            if ("category", facts["parent"]) in self.untold:
                yield from self._term("category", facts["parent"])
            facts["parent"] = facts["parent"] if facts["parent"] in self.categories else ""
            yield CategoryRecord(ref=ref, key=key, slug=key, **facts)

    # Posts, pages and the rest.

    def _item(self, element: Element) -> Iterator[Record]:
        item = wxr.fields(element)
        kind = item.get("wp:post_type", "")
        title = cleaning.plain(item.get("title", ""))
        if comments := sum(1 for _ in wxr.children(element, "wp:comment")):
            yield SkippedRecord(kind="comment", title=title, reason="comments do not come in", count=comments)
        if kind == "nav_menu_item":
            self._note_menu_item(element, item)
        elif kind not in KINDS:
            yield _misfit(kind, title)
        elif reason := _reason_to_skip(item.get("wp:status", "")):
            yield SkippedRecord(kind=KINDS[kind], title=title, reason=reason)
        else:
            yield from self._page(item, element) if kind == "page" else self._article(item, element)

    def _article(self, item: dict[str, str], element: Element) -> Iterator[Record]:
        terms = _terms_of(element)
        authors = self._authors_of(item, terms)
        categories = self._keys_of(terms, "category")
        tags = self._keys_of(terms, "post_tag", "tag")
        yield from self._terms()
        meta = _meta(element)
        body = cleaning.clean(item.get("content:encoded", ""), self.site)
        status, note = _status(item)
        notes = [note, *body.notes]
        published_at = moment(item, self.zone)
        if status == "published" and not published_at:
            notes.append("published without any date: dated by the import")
        slug, old_slugs = addresses(item, self.site)
        yield ArticleRecord(
            ref=self._item_ref(item),
            slug=slug,
            old_slugs=old_slugs,
            headline=_headline(item, body.html),
            standfirst=cleaning.plain(item.get("excerpt:encoded", "")),
            body=body.html,
            language=self.language,
            status=status,
            published_at=published_at if status == "published" else None,
            categories=self._primary_first(categories, meta.get("_yoast_wpseo_primary_category", "")),
            tags=tags,
            authors=authors,
            seo_title=_unless_template(meta.get("_yoast_wpseo_title", "")),
            seo_description=_unless_template(meta.get("_yoast_wpseo_metadesc", "")),
            notes=tuple(filter(None, notes)),
        )

    def _page(self, item: dict[str, str], element: Element) -> Iterator[Record]:
        body = cleaning.clean(item.get("content:encoded", ""), self.site)
        status, note = _status(item)
        slug, old_slugs = addresses(item, self.site)
        yield PageRecord(
            ref=self._item_ref(item),
            slug=slug,
            old_slugs=old_slugs,
            title=_headline(item, body.html),
            standfirst=cleaning.plain(item.get("excerpt:encoded", "")),
            body=body.html,
            is_published=status == "published" and item.get("wp:status") != "future",
            seo_description=_unless_template(_meta(element).get("_yoast_wpseo_metadesc", "")),
            notes=tuple(filter(None, [note, *body.notes])),
        )

    def _item_ref(self, item: dict[str, str]) -> str:
        name = item.get("wp:post_id") or item.get("guid") or item.get("wp:post_name")
        return self.ref("post", name or slugify(item.get("title", ""), fallback="untitled"))

    def _authors_of(self, item: dict[str, str], terms: list[tuple[str, str, str]]) -> tuple[str, ...]:
        """Of Co-Authors Plus where it was used, else the one who is on record as the author."""
        together = [(nicename or name, name) for domain, nicename, name in terms if domain == "author"]
        creator = item.get("dc:creator") or item.get("wp:author", "")
        keys = []
        for nicename, name in together or [(creator, creator)]:
            key = key_of(nicename)
            key = key if key in self.authors else key.removeprefix("cap-")
            self._add_author(key, name, is_address="@" in nicename)
            keys.append(key)
        return tuple(dict.fromkeys(filter(None, keys)))

    def _keys_of(self, terms: list[tuple[str, str, str]], *taxonomies: str) -> tuple[str, ...]:
        keys = []
        for domain, nicename, name in terms:
            key = key_of(nicename or name)
            if domain in taxonomies and key:
                self._add_term(domain, key, {"name": name})
                keys.append(key)
        return tuple(dict.fromkeys(keys))

    def _primary_first(self, keys: tuple[str, ...], primary_id: str) -> tuple[str, ...]:
        """Yoast's choice, else the first sub-section, else the first that says anything."""
        chosen = self.term_keys.get(primary_id)
        return tuple(sorted(keys, key=lambda key: (
            key != chosen, not self.categories[key].get("parent"), key in UNCATEGORISED
        )))  # fmt: skip

    # Menus.

    def _note_menu_item(self, element: Element, item: dict[str, str]) -> None:
        facts = _meta(element) | {
            "key": item.get("wp:post_id", ""),
            "order": item.get("wp:menu_order", ""),
            "label": cleaning.plain(item.get("title", "")),
        }
        for domain, nicename, name in _terms_of(element):
            if domain == "nav_menu":
                key = key_of(nicename or name)
                self.menus.setdefault(key, name or key)
                self.menu_items.setdefault(key, []).append(facts)

    def _menu(self, key: str) -> MenuRecord:
        items = sorted(self.menu_items.get(key, []), key=lambda facts: int(facts["order"] or 0))
        return MenuRecord(name=self.menus[key], items=tuple(map(self._menu_item, items)))

    def _menu_item(self, facts: dict[str, str]) -> MenuItemRecord:
        kind, number = facts.get("_menu_item_object"), facts.get("_menu_item_object_id", "")
        parent = facts.get("_menu_item_menu_item_parent", "0")
        target = {}
        if kind == "category":
            target["category"] = self.term_keys.get(number, "")
        elif kind == "post_tag" and number in self.term_keys:
            target["url"] = f"/tag/{self.term_keys[number]}/"
        elif kind in ("page", "post"):
            target["page" if kind == "page" else "article"] = self.ref("post", number)
        elif kind == "custom":
            target["url"] = _own_address(facts.get("_menu_item_url", ""), self.site)
        parent = "" if parent == "0" else parent
        return MenuItemRecord(key=facts["key"], parent=parent, label=facts["label"], **target)


def key_of(name: str) -> str:
    """How WordPress writes a login or a term in addresses: one key for "Company News" and company-news."""
    name = unquote(name).strip().lower()
    return name if re.fullmatch(r"[a-z0-9_-]{1,100}", name) else slugify(name, fallback="")[:100].strip("-")


def moment(item: dict[str, str], zone: ZoneInfo) -> datetime | None:
    """When it was published: by Greenwich, else by the site's clock, else as the feed has it."""
    greenwich, local = item.get("wp:post_date_gmt", ""), item.get("wp:post_date", "")
    for text, clock in ((greenwich, UTC), (local, zone)):
        try:
            return datetime.strptime(text, "%Y-%m-%d %H:%M:%S").replace(tzinfo=clock).astimezone(UTC)
        except (ValueError, OverflowError):
            continue  # 0000-00-00, where WordPress keeps none
    written = item.get("pubDate", "")
    if not re.search(r" [12]\d{3} ", written):  # it also writes the year -0001
        return None
    try:
        found = parsedate_to_datetime(written)
    except ValueError:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def addresses(item: dict[str, str], site: str) -> tuple[str, tuple[str, ...]]:
    """The slug, and others it was known under: one that we spell differently, one in its link."""
    known = unquote(item.get("wp:post_name", "")).strip().lower()
    path = unquote(urlsplit(_own_address(item.get("link", ""), site)).path).strip("/").lower()
    if re.fullmatch(r"[a-z0-9_-]{1,200}", known):
        slug = known
    else:
        slug = slugify(FILE_ENDING.sub("", known), fallback="") if known else ""
    old = dict.fromkeys(each for each in (known, path) if each not in ("", slug) and "/" not in each)
    return slug, tuple(old)


def _own_address(url: str, site: str) -> str:
    """The address without the old site's own beginning; nothing for one that leads nowhere."""
    found = re.search(r' href="(.*?)"', cleaning.relative(f' href="{url}"', site))
    return found[1] if found and url.strip("#") else ""


def _terms_of(element: Element) -> list[tuple[str, str, str]]:
    """(taxonomy, nicename, name) of the item's categories, tags and the like."""
    return [
        (each.get("domain", ""), each.get("nicename", ""), cleaning.plain(wxr.text(each)))
        for each in wxr.children(element, "category")
    ]


def _meta(element: Element) -> dict[str, str]:
    rows: Iterable[dict[str, str]] = map(wxr.fields, wxr.children(element, "wp:postmeta"))
    return {row.get("wp:meta_key", ""): row.get("wp:meta_value", "") for row in rows}


def _headline(item: dict[str, str], body: str) -> str:
    return cleaning.plain(item.get("title", "")) or rendering.summary(body, 60) or "Untitled"


def _status(item: dict[str, str]) -> tuple[str, str]:
    if item.get("wp:post_password"):
        return "draft", "protected by a password in WordPress, so a draft here"
    return STATUSES[item.get("wp:status", "")]


def _reason_to_skip(status: str) -> str:
    if status in STATUSES:
        return ""
    return SKIPPED_STATUSES.get(status) or f"its status is “{status}”, which has no counterpart here"


def _misfit(kind: str, title: str) -> SkippedRecord:
    if kind == "attachment":
        return SkippedRecord(kind="picture", title=title, reason="pictures and other files come separately")
    reason = f"content of type “{kind}” has no counterpart here"
    reason = reason if kind else "the file does not say what it is"
    return SkippedRecord(kind="other item", title=title, reason=reason)


def _unless_template(text: str) -> str:
    """Yoast's field, but not where it holds Yoast's own variables."""
    return "" if "%%" in text else cleaning.plain(text)

"""Records into the database. What is there already, by its import_ref, stays as it is, edits and all."""

from __future__ import annotations

from collections.abc import Iterable
from functools import reduce, singledispatchmethod
from operator import or_
from typing import TypeVar

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from articles import bulk, filing, illustrations, related, search
from articles.importers import menus
from articles.importers.addresses import Addresses
from articles.importers.fitting import cut
from articles.importers.records import (
    ArticleRecord,
    AuthorRecord,
    CategoryRecord,
    MenuRecord,
    PageRecord,
    Record,
    SkippedRecord,
    TagRecord,
)
from articles.importers.report import Report
from articles.importers.tags import TagLoader
from articles.models import (
    LANGUAGES,
    Article,
    Author,
    Category,
    Credit,
    FurtherCategory,
    Page,
    Permalink,
    Tag,
    Tagging,
)
from articles.slugs import slugify

BATCH = 200
LARGE = ("body", "body_html")
UNCATEGORISED = "uncategorized"  # as WordPress has it in addresses

Thing = TypeVar("Thing")
Term = TypeVar("Term", Author, Category, Tag)


class Loader:
    """Takes the records of an import in their order, within one transaction; `finish` completes it."""

    def __init__(self, report: Report) -> None:
        self.report = report
        self.started_at = timezone.now()
        self.authors: dict[str, Author] = {}
        self.categories: dict[str, Category] = {}
        self.tags: dict[str, Tag] = {}
        self.tag_loader = TagLoader(self.started_at)
        self.made: set[str] = set()  # refs of what this import made
        self.waiting_tags: list[TagRecord] = []
        self.waiting: list[ArticleRecord] = []
        self.published: list[list[int]] = []
        self.menus: list[MenuRecord] = []

    @singledispatchmethod
    def load(self, record: Record) -> None:
        raise TypeError(f"{type(record).__name__} has no place here.")

    def finish(self) -> None:
        self._load_waiting()
        menus.load(self.menus, self.categories, self.report)
        for batch in self.published:
            related.refresh(*Article.objects.filter(pk__in=batch).only("primary_category"))

    @load.register
    def _(self, record: SkippedRecord) -> None:
        self.report.skip(record.kind, record.reason, record.count)

    @load.register
    def _(self, record: AuthorRecord) -> None:
        author = _first(Author, {"import_ref": record.ref}, {"slug": record.slug}) or Author(
            name=cut(Author, "name", record.name),
            slug=self._free_slug(record.slug, record.name, Author.path_prefix),
            import_ref=record.ref,
        )
        self.authors[record.key] = self._settle("author", author, record.ref)

    @load.register
    def _(self, record: TagRecord) -> None:
        self.waiting_tags.append(record)
        if len(self.waiting_tags) == BATCH:
            self._load_tags()

    @load.register
    def _(self, record: CategoryRecord) -> None:
        parent = self.categories.get(record.parent)
        if parent and parent.parent:
            parent = parent.parent
            self.report.note(record.name, "a category of the third level, on the second now")
        above = f"{parent.stored_path}/" if parent else ""
        category = _first(
            Category, {"import_ref": record.ref}, {"stored_path": f"{above}{record.slug}"}
        ) or Category(
            name=cut(Category, "name", record.name),
            slug=self._free_slug(record.slug, record.name, f"{Category.path_prefix}{above}"),
            parent=parent,
            description=record.description,
            import_ref=record.ref,
        )
        self.categories[record.key] = self._settle("category", category, record.ref)
        self._remember(category, f"{Category.path_prefix}{above}{record.slug}")

    @load.register
    def _(self, record: PageRecord) -> None:
        self._load_waiting()  # of two with the same address the first one keeps it
        known = Page.objects.filter(import_ref=record.ref).first()
        if self._is_here("page", known, record, record.title):
            return
        page = Page(
            title=cut(Page, "title", record.title),
            slug=Addresses().slug_for(record, record.title),
            standfirst=cut(Page, "standfirst", record.standfirst),
            body=record.body,
            is_published=record.is_published,
            seo_description=cut(Page, "seo_description", record.seo_description),
            import_ref=record.ref,
        )
        page.save()
        illustrations.settle(page)
        self._came_in("page", page, record)
        for path in Addresses().others_for(record):
            Permalink.objects.claim(page, path)

    @load.register
    def _(self, record: ArticleRecord) -> None:
        self.waiting.append(record)
        if len(self.waiting) == BATCH:
            self._load_waiting()

    @load.register
    def _(self, record: MenuRecord) -> None:
        self.menus.append(record)

    # Tags and articles, a batch at a time.

    def _load_tags(self) -> None:
        records, self.waiting_tags = self.waiting_tags, []
        for record, (tag, is_new) in zip(records, self.tag_loader.load(records), strict=True):
            self._count("tag", tag, record.ref, is_new=is_new)
            self.tags[record.key] = tag
            self._remember(tag, f"{Tag.path_prefix}{record.slug}")

    def _load_waiting(self) -> None:
        self._load_tags()
        records, self.waiting = self.waiting, []
        refs = [record.ref for record in records]
        known = {each.import_ref: each for each in Article.objects.filter(import_ref__in=refs).defer(*LARGE)}
        fresh = [
            record
            for record in records
            if not self._is_here("article", known.get(record.ref), record, record.headline)
        ]
        addresses = Addresses(fresh)
        pairs = [(record, self._article(record, addresses)) for record in fresh]
        articles = Article.objects.bulk_create([article for _, article in pairs])
        addressed = (
            (path, article.pk, self.started_at)
            for record, article in pairs
            for path in (article.path, *addresses.others_for(record))
        )
        bulk.insert(Permalink, ("path", "article_id", "created_at"), addressed)
        self._connect(pairs)
        illustrations.settle(*(each for each in articles if illustrations.are_in(each.body_html)))
        filing.refile(*articles)
        search.index(*articles)
        self.published.append([each.pk for each in articles if each.status == Article.Status.PUBLISHED])
        for record, article in pairs:
            self._came_in("article", article, record)

    def _article(self, record: ArticleRecord, addresses: Addresses) -> Article:
        is_published = record.status == Article.Status.PUBLISHED
        article = Article(
            headline=cut(Article, "headline", record.headline),
            slug=addresses.slug_for(record, record.headline),
            standfirst=cut(Article, "standfirst", record.standfirst),
            body=record.body,
            language=record.language if record.language in dict(LANGUAGES) else "en",
            status=record.status,
            published_at=record.published_at or (self.started_at if is_published else None),
            primary_category=self._categories_of(record)[0],
            seo_title=cut(Article, "seo_title", record.seo_title),
            seo_description=cut(Article, "seo_description", record.seo_description),
            import_ref=record.ref,
        )
        article.derive()
        return article

    def _connect(self, pairs: list[tuple[ArticleRecord, Article]]) -> None:
        """Further categories, tags and credits, each once and in the order of the record."""
        further = (
            (article.pk, category.pk, place)
            for record, article in pairs
            for place, category in enumerate(self._categories_of(record)[1:])
        )
        taggings = (
            (article.pk, tag.pk, filing.time_listed(article))
            for record, article in pairs
            for tag in _once(self.tags[key] for key in record.tags)
        )
        credited = (
            (article.pk, author.pk, Credit.Role.WRITER, "", place, filing.time_listed(article))
            for record, article in pairs
            for place, author in enumerate(_once(self.authors[key] for key in record.authors))
        )
        bulk.insert(FurtherCategory, ("article_id", "category_id", "position"), further)
        bulk.insert(Tagging, ("content_object_id", "tag_id", "listed_at"), taggings)
        columns = ("article_id", "author_id", "role", "affiliation", "position", "listed_at")
        bulk.insert(Credit, columns, credited)

    def _categories_of(self, record: ArticleRecord) -> list[Category]:
        return _once(self.categories[key] for key in record.categories) or [self._uncategorised()]

    def _uncategorised(self) -> Category:
        if UNCATEGORISED not in self.categories:
            known = Category.objects.filter(stored_path=UNCATEGORISED).first()
            known = known or Category.objects.create(name="Uncategorized", slug=UNCATEGORISED)
            self.categories[UNCATEGORISED] = known
        return self.categories[UNCATEGORISED]

    # What came in and what did not.

    def _settle(self, kind: str, term: Term, ref: str) -> Term:
        is_new = not term.pk
        if is_new:
            term.save()
        self._count(kind, term, ref, is_new=is_new)
        return term

    def _count(self, kind: str, term: Term, ref: str, *, is_new: bool) -> None:
        if is_new:
            self.made.add(ref)
            self.report.came_in[kind] += 1
        elif term.import_ref in self.made:
            self.report.skip(kind, "the same as another one of the file")
        else:
            self.report.already_here[kind] += 1

    def _is_here(
        self, kind: str, known: Article | Page | None, record: ArticleRecord | PageRecord, title: str
    ) -> bool:
        if record.ref in self.made:
            self.report.skip(kind, "it bears the same number as another one of the file")
        elif known and str(known) != title and not known.permalinks.filter(path=record.slug).exists():
            self.report.skip(kind, "it bears the number of another one here: is it from another site?")
        elif known:
            self.report.already_here[kind] += 1
        else:
            self.made.add(record.ref)
            return False
        return True

    def _came_in(self, kind: str, thing: Article | Page, record: ArticleRecord | PageRecord) -> None:
        self.report.came_in[kind] += 1
        for note in record.notes:
            self.report.note(str(thing), note)
        if isinstance(record, ArticleRecord) and not record.categories:
            self.report.note(str(thing), "filed under Uncategorized, having no category")
        if record.slug and record.slug != thing.slug:
            self.report.note(
                str(thing), f"the address /{record.slug}/ was not free: it is /{thing.slug}/ now"
            )

    # Addresses of terms.

    def _remember(self, term: Term, path: str) -> None:
        """Let another address that the term was known under lead to it, where nothing else stands there."""
        if path != term.path and Permalink.objects.is_free(path, term):
            Permalink.objects.claim(term, path)

    def _free_slug(self, slug: str, name: str, prefix: str) -> str:
        return Permalink.objects.free_slug(slug or slugify(name, fallback="unnamed"), prefix)


def import_records(records: Iterable[Record], report: Report, *, is_trial: bool = False) -> None:
    """All of them or none; on trial none, but the report says what would have been."""
    with transaction.atomic():
        loader = Loader(report)
        for record in records:
            loader.load(record)
        loader.finish()
        transaction.set_rollback(is_trial)


def _first(model: type[Term], *lookups: dict[str, str]) -> Term | None:
    """What the first of the lookups finds, else what the next one does; asked for all at once."""
    found = list(model._default_manager.filter(reduce(or_, (Q(**lookup) for lookup in lookups))))
    matches = (each for lookup in lookups for each in found if each.__dict__.items() >= lookup.items())
    return next(matches, None)


def _once(things: Iterable[Thing]) -> list[Thing]:
    return list(dict.fromkeys(things))

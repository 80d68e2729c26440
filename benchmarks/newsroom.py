"""What the articles of a synthetic archive are filed under, signed with and furnished by."""

from __future__ import annotations

from dataclasses import dataclass
from random import Random
from typing import TypeVar

from django.db import connection
from django.db.models import Model
from django.utils import timezone

from accounts import roles
from accounts.models import User
from articles import search
from articles.models import (
    Author,
    Category,
    Image,
    Menu,
    MenuItem,
    Outlet,
    Page,
    Permalink,
    SiteSettings,
    Tag,
)
from articles.slugs import slugify
from benchmarks.bulk import Table
from benchmarks.texts import Writer
from benchmarks.words import Zipf

EDITOR = "editor@example.org"
SECTIONS, SUBSECTIONS, OUTLETS, PEOPLE = 10, 4, 12, 5
# One section gets a handful of articles, however many there are, spread over all the years.
SPARSE = "sparse"
BLOCK = 5_000

Term = TypeVar("Term", Author, Category, Tag)


@dataclass(frozen=True)
class Newsroom:
    """Primary keys to draw from, and the folded names that search knows them by."""

    categories: Zipf[int]
    parents: dict[int, int | None]
    sparse: int
    tags: Zipf[int]
    authors: Zipf[int]
    images: int
    outlets: list[int]
    people: list[int]
    names: dict[tuple[type[Model], int], str]


def furnish(size: int, writer: Writer, random: Random) -> Newsroom:
    """As many of each as an archive of that size has."""
    people = _people()
    categories, sparse = _categories(writer)
    tags = _terms(Tag, max(50, min(20_000, size // 40)), writer)
    authors = _terms(Author, max(20, min(3_000, size // 250)), writer)
    outlets = _outlets(writer)
    images = size // 2 + 20
    _images(images, writer, people)
    _site(categories)
    things: list[Author | Category | Tag | Outlet] = [*categories, sparse, *tags, *authors, *outlets]
    return Newsroom(
        # Sections and sub-sections in turn, so that the frequent ones are of both kinds.
        categories=Zipf(random.sample([each.pk for each in categories], len(categories)), random),
        parents={each.pk: each.parent_id for each in [*categories, sparse]},
        sparse=sparse.pk,
        tags=Zipf([each.pk for each in tags], random, offset=8),
        authors=Zipf([each.pk for each in authors], random, offset=4),
        images=images,
        outlets=[each.pk for each in outlets],
        people=people,
        names={(type(each), each.pk): " ".join(search.words_of(str(each))) for each in things},
    )


def _people() -> list[int]:
    editor = User.objects.create_user(EDITOR, display_name="Editor")
    roles.assign(editor, roles.Role.CHIEF_EDITOR)
    others = [User(email=f"author-{number}@example.org") for number in range(1, PEOPLE)]
    return [editor.pk, *(each.pk for each in User.objects.bulk_create(others))]


def _categories(writer: Writer) -> tuple[list[Category], Category]:
    categories = []
    for place in range(SECTIONS):
        section = Category.objects.create(name=_name(writer, 1, place), position=place)
        categories.append(section)
        for child in range(SUBSECTIONS):
            name = _name(writer, 1, SECTIONS + place * SUBSECTIONS + child)
            categories.append(Category.objects.create(name=name, parent=section, position=child))
    return categories, Category.objects.create(name=SPARSE, position=SECTIONS)


def _terms(model: type[Term], count: int, writer: Writer) -> list[Term]:
    """With their addresses, which saving one by one would claim, far too slowly for thousands."""
    names = [_name(writer, 2 if model is Author else 1, number) for number in range(count)]
    slugs = (f"{slugify(name, fallback='term')}-{number}" for number, name in enumerate(names))
    terms = [model(name=name, slug=slug) for name, slug in zip(names, slugs, strict=True)]
    made: list[Term] = model._default_manager.bulk_create(terms, batch_size=BLOCK)
    kind = model._meta.model_name
    Permalink.objects.bulk_create(
        [Permalink(path=each.path, **{f"{kind}_id": each.pk}) for each in made], batch_size=BLOCK
    )
    return made


def _name(writer: Writer, words: int, number: int) -> str:
    """Of rare words, all different: names are rarely what people search for else."""
    rare = writer.vocabulary[-20_000:]
    return " ".join(rare[(number * 7 + part * 31) % len(rare)] for part in range(words)).title()


def _outlets(writer: Writer) -> list[Outlet]:
    names = [f"{_name(writer, 1, number)} Wire" for number in range(5_000, 5_000 + OUTLETS)]
    return Outlet.objects.bulk_create(
        [Outlet(name=name, slug=f"outlet-{number}", language="az") for number, name in enumerate(names)]
    )


def _images(count: int, writer: Writer, people: list[int]) -> None:
    """Rows whose renditions are said to be made; there are no files."""
    table = Table(
        Image, "id", "key", "original", "width", "height", "colour", "alt_text", "caption", "credit",
        "rendered_at", "uploaded_by_id",
    )  # fmt: skip
    rendered_at = connection.ops.adapt_datetimefield_value(timezone.now())
    for start in range(1, count + 1, BLOCK):
        table.write(
            (
                pk, f"{pk:016x}", f"images/{pk:016x}/original.jpg", 2400, 1600, "#8899aa",
                words := writer.headline()[0], words, "Photographer", rendered_at, people[pk % len(people)],
            )
            for pk in range(start, min(start + BLOCK, count + 1))
        )  # fmt: skip


def _site(categories: list[Category]) -> None:
    about, privacy = (
        Page.objects.create(title=title, body=f"<p>{title} of a synthetic newsroom.</p>")
        for title in ("Who we are", "Privacy policy")
    )
    SiteSettings.objects.create(pk=1, privacy_page=privacy, mission="A synthetic newsroom.")
    sections = [each for each in categories if each.parent_id is None]
    for place, shown in (("header", sections), ("mobile", sections), ("footer", sections[:3])):
        menu = Menu.objects.create(place=place)
        items = [
            MenuItem.objects.create(menu=menu, category=each, position=at) for at, each in enumerate(shown)
        ]
        MenuItem.objects.create(menu=menu, page=about, position=len(shown))
        if place == "header":
            _drop_down(items[1], [each for each in categories if each.parent_id == items[1].category_id])


def _drop_down(item: MenuItem, categories: list[Category]) -> None:
    for position, category in enumerate(categories):
        MenuItem.objects.create(menu=item.menu, parent=item, category=category, position=position)

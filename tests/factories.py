"""Things for tests, made the way the newsroom makes them: an article is published by `workflow.publish`."""

from __future__ import annotations

import io
from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone
from PIL import Image as Picture

from accounts import roles
from accounts.models import User
from articles import pictures, workflow
from articles.models import Article, Author, Category, Credit, Image, Outlet, Tag

PASSWORD = "correct horse battery staple"

_numbers = count(1)


def user(role: str = "", **fields: Any) -> User:
    """A reader, or with a role ("editor") a member of staff. Signs in with PASSWORD."""
    number = next(_numbers)
    fields = {"email": f"person{number}@example.com", "display_name": f"Person {number}"} | fields
    person = User.objects.create_user(password=PASSWORD, **fields)
    person.emailaddress_set.create(email=person.email, verified=True, primary=True)
    if role:
        roles.assign(person, role)
    return person


def category(name: str = "", **fields: Any) -> Category:
    return Category.objects.create(name=name or f"Section {next(_numbers)}", **fields)


def author(name: str = "", **fields: Any) -> Author:
    return Author.objects.create(name=name or f"Writer {next(_numbers)}", **fields)


def tag(name: str = "") -> Tag:
    return Tag.objects.create(name=name or f"subject {next(_numbers)}")


def outlet(name: str = "", **fields: Any) -> Outlet:
    number = next(_numbers)
    fields = {"slug": f"outlet-{number}", "url": "https://example.com/"} | fields
    return Outlet.objects.create(name=name or f"Outlet {number}", **fields)


def picture_file(size: tuple[int, int] = (90, 60), kind: str = "JPEG", colour: str = "teal") -> io.BytesIO:
    out = io.BytesIO()
    Picture.new("RGB", size, colour).save(out, kind)
    out.seek(0)
    return out


def image(**fields: Any) -> Image:
    fields = {"alt_text": "A square of one colour", "credit": "Elchin Rahmanov"} | fields
    return pictures.intake(picture_file(), **fields)


def article(
    headline: str = "",
    *,
    authors: list[Author] | None = None,
    tags: list[str] | None = None,
    further: list[Category] | None = None,
    **fields: Any,
) -> Article:
    """A draft that lacks nothing for publication."""
    headline = headline or f"Headline {next(_numbers)}"
    fields = {"body": f"<p>The text of {headline}.</p>", "standfirst": f"About {headline}."} | fields
    if "primary_category" not in fields:
        fields["primary_category"] = Category.objects.first() or category()
    piece = Article.objects.create(headline=headline, **fields)
    for place, each in enumerate(authors or [Author.objects.first() or author()]):
        Credit.objects.create(article=piece, author=each, position=place)
    for place, other in enumerate(further or []):
        piece.further_categories.add(other, through_defaults={"position": place})
    piece.tags.add(*tags or [])
    return piece


def published(headline: str = "", *, at: datetime | None = None, **fields: Any) -> Article:
    """A published article; without a time, one of a second before the previous one's."""
    piece = article(headline, **fields)
    at = at or timezone.now() - timedelta(days=1, seconds=next(_numbers))
    workflow.publish(piece, by=None, at=at)
    return piece

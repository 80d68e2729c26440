"""Puts the demo into an empty database, by the newsroom's own verbs."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from contextvars import copy_context
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from accounts import roles
from accounts.models import User
from articles import caching, illustrations, pictures, workflow
from articles.demo import source
from articles.demo.pictures import draw
from articles.models import (
    Article,
    Author,
    Category,
    Credit,
    Image,
    Menu,
    MenuItem,
    Outlet,
    Page,
    PartnerLink,
    Placement,
    SiteSettings,
)  # fmt: skip

MARK = "demo:"  # begins the import_ref of every demo article
# E-mail address, name, role, slug of the byline.
ACCOUNTS = [
    ("admin@demo.example", "Demo administrator", roles.Role.ADMINISTRATOR, ""),
    ("chief@demo.example", "Demo chief editor", roles.Role.CHIEF_EDITOR, ""),
    ("editor@demo.example", "Demo editor", roles.Role.EDITOR, ""),
    ("author@demo.example", "Sevda Karimli", roles.Role.AUTHOR, "sevda-karimli"),
    ("contributor@demo.example", "Daniel Whitcombe", roles.Role.CONTRIBUTOR, "daniel-whitcombe"),
    ("reader@demo.example", "Demo reader", "", ""),
]
PARTNER_LOGOS = ("logo-a", "logo-b", "logo-c", "logo-d")
SOCIAL_SCENE = "baku-skyline"
# A drawing in a text: by its scene here, by its number in an article.
FIGURE = re.compile(r'<figure data-image="([a-z-]+)"([^>]*)><img ')

Progress = Callable[[str], None]


def is_filled() -> bool:
    return Article.objects.filter(import_ref__startswith=MARK).exists()


def is_occupied() -> bool:
    """Whether somebody's own work is in the database already."""
    return Article.objects.exists() or User.objects.exists()


def fill(password: str, progress: Progress = lambda line: None) -> None:
    """Fill an empty database, whole or not at all. The accounts all get the password given."""
    facts, articles = source.newsroom(), source.texts("content")
    progress("Drawing the pictures")
    drawings = _draw(_scenes(facts, articles))
    with pictures.kept_with_their_rows():
        unsaved = _pictures(drawings, _picture_facts(facts["picture"], articles))
        progress("Writing the articles")
        _write(facts, articles, unsaved, password)
    caching.catch_up()


def _write(
    facts: dict[str, Any], articles: dict[str, dict[str, Any]], unsaved: dict[str, Image], password: str
) -> None:
    with transaction.atomic():
        people = _accounts(password)
        images = {scene: _kept(image) for scene, image in unsaved.items()}
        _categories(facts["category"])
        _outlets(facts["outlet"])
        _authors(facts["author"], images, people)
        _pages()
        _articles(articles, images, people)
        _site(facts, images)


def _scenes(facts: dict[str, Any], articles: dict[str, dict[str, Any]]) -> list[str]:
    scenes = {each.get("picture") for each in articles.values()}
    scenes |= {each.get("portrait") for each in facts["author"]}
    scenes |= {scene for text in articles.values() for scene, _ in FIGURE.findall(text["body"])}
    return sorted({*filter(None, scenes), *PARTNER_LOGOS, SOCIAL_SCENE})


def _draw(scenes: Iterable[str]) -> dict[str, bytes]:
    with ProcessPoolExecutor() as pool:
        return dict(zip(scenes, pool.map(_encoded, scenes), strict=True))


def _encoded(scene: str) -> bytes:
    drawing = draw(scene)
    out = io.BytesIO()
    drawing.save(out, "PNG" if drawing.mode == "RGBA" else "JPEG", quality=90)
    return out.getvalue()


def _accounts(password: str) -> dict[str, User]:
    """The users by the slug of their byline, and under "" the editor."""
    people = {}
    for email, name, role, byline in ACCOUNTS:
        user = User.objects.create_user(email, password, display_name=name)
        user.confirm_email()
        if role:
            roles.assign(user, role)
        if byline or role == roles.Role.EDITOR:
            people[byline] = user
    return people


def _picture_facts(
    rows: list[dict[str, Any]], articles: dict[str, dict[str, Any]]
) -> dict[str, dict[str, Any]]:
    """What is known of each scene: in the article that it leads, or in a row of its own."""
    facts: dict[str, dict[str, Any]] = {}
    for text in articles.values():
        if scene := text.get("picture"):
            facts.setdefault(scene, {
                "alt_text": text["picture_alt"],
                "caption": text["picture_caption"],
                "credit": text["picture_credit"],
            })  # fmt: skip
    for row in rows:
        known = {"alt_text": row.get("alt"), "caption": row.get("caption"), "credit": row.get("credit")}
        own = facts.setdefault(row["scene"], {})
        own |= {name: words for name, words in known.items() if words}
        own["focal_x"], own["focal_y"] = row["focal"]
    return facts


def _pictures(drawings: dict[str, bytes], facts: dict[str, dict[str, Any]]) -> dict[str, Image]:
    """Pictures with their files, but no rows yet: threads share the work, and SQLite has one writer."""

    def picture(scene: str) -> Image:
        known = facts.get(scene, {})
        image = Image(title=f"Drawing: {scene}", **known)
        pictures.put_file(image, io.BytesIO(drawings[scene]))
        image.focal_x = known.get("focal_x", image.focal_x)
        image.focal_y = known.get("focal_y", image.focal_y)
        return image

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        # Each in the present context: should the rest fail, it knows which files to take away again.
        running = {scene: pool.submit(copy_context().run, picture, scene) for scene in drawings}
    return {scene: each.result() for scene, each in running.items()}


def _kept(image: Image) -> Image:
    image.save()
    pictures.request_renditions(image)
    return image


def _categories(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        path, _, slug = row["path"].rpartition("/")
        parent = Category.objects.get(stored_path=path) if path else None
        details = {key: row[key] for key in ("name", "position", "description", "active_until") if key in row}
        Category.objects.create(slug=slug, parent=parent, **details)


def _outlets(rows: list[dict[str, Any]]) -> None:
    for row in rows:
        Outlet.objects.create(url=row.pop("address"), **row)


def _authors(rows: list[dict[str, Any]], images: dict[str, Image], people: dict[str, User]) -> None:
    for row in rows:
        Author.objects.create(
            slug=row["slug"],
            name=row["name"],
            is_house=row.get("is_house", False),
            affiliation=row["affiliation"],
            biography=row["biography"],
            links=_lines((each["label"], each["address"]) for each in row["links"]),
            photo=_portrait(images.get(row.get("portrait", "")), row["name"]),
            user=people.get(row["slug"]),
        )


def _portrait(image: Image | None, name: str) -> Image | None:
    if image and not image.alt_text:
        image.alt_text = f"Portrait of {name}"
        image.credit = "Illustration: Aze.Media"
        image.save()
    return image


def _pages() -> None:
    for slug, text in source.texts("pages").items():
        illustrations.settle(Page.objects.create(slug=slug, **text))


def _articles(texts: dict[str, dict[str, Any]], images: dict[str, Image], people: dict[str, User]) -> None:
    now = timezone.now()
    # Oldest first, so that what resembles an article is there already when it is published.
    for slug, text in sorted(texts.items(), key=lambda each: -each[1]["days_ago"]):
        text["body"] = FIGURE.sub(partial(_numbered, images), text["body"])
        article = _article(slug, text, now, images.get(text.get("picture", "")), people)
        _follow(article, text, now)


def _numbered(images: dict[str, Image], figure: re.Match[str]) -> str:
    image = images[figure[1]]
    src = default_storage.url(image.preview_name)
    return f'<figure data-image="{image.pk}"{figure[2]}><img src="{src}" '


def _article(
    slug: str, text: dict[str, Any], now: datetime, image: Image | None, people: dict[str, User]
) -> Article:
    fields = ("headline", "short_headline", "kicker", "standfirst", "origin", "original_title",
              "original_language", "original_url", "contributor_note", "body")  # fmt: skip
    article = Article.objects.create(
        slug=slug,
        import_ref=f"{MARK}{slug}",
        primary_category=Category.objects.get(stored_path=text["category"]),
        outlet=Outlet.objects.get(slug=text["outlet"]) if "outlet" in text else None,
        original_on=_original_day(text, now),
        lead_image=image,
        lead_caption=_unless_same(text.get("picture_caption", ""), image and image.caption),
        lead_alt=_unless_same(text.get("picture_alt", ""), image and image.alt_text),
        created_by=people.get(text["credit"][0]["author"], people[""]),
        **{name: text[name] for name in fields if name in text},
    )
    for place, path in enumerate(text["further"]):
        other = Category.objects.get(stored_path=path)
        article.further_categories.add(other, through_defaults={"position": place})
    for place, row in enumerate(text["credit"]):
        byline = Author.objects.get(slug=row["author"])
        Credit.objects.create(article=article, author=byline, role=row["role"], position=place)
    article.tags.add(*text["tags"])
    return article


def _follow(article: Article, text: dict[str, Any], now: datetime) -> None:
    """Bring the article into the state that its text asks for."""
    if text.get("state") == "in_review":
        workflow.submit(article, by=None)
        return
    workflow.publish(article, by=None, at=now - timedelta(days=text["days_ago"]))
    if "correction" in text:
        at = now - timedelta(days=text["correction_days_ago"])
        workflow.correct(article, by=None, text=text["correction"], at=at)
    if text.get("state") == "withdrawn":
        workflow.withdraw(article, by=None, note=text["withdrawal_note"])


def _site(facts: dict[str, Any], images: dict[str, Image]) -> None:
    settings = dict(facts["site"])
    for policy in ("privacy_page", "terms_page"):
        settings[policy] = Page.objects.get(slug=settings[policy])
    profiles = _lines((each["network"], each["address"]) for each in facts["social"])
    SiteSettings.objects.create(pk=1, social_profiles=profiles, social_image=images[SOCIAL_SCENE], **settings)
    for menu in facts["menu"]:
        _menu_items(Menu.objects.create(place=menu["place"]), menu["items"])
    for row, logo in zip(facts["partner"], PARTNER_LOGOS, strict=True):
        url, place = row["address"], row["position"]
        PartnerLink.objects.create(name=row["name"], url=url, position=place, logo=images[logo])
    for row in facts["placement"]:
        _place(row)


def _menu_items(menu: Menu, rows: list[dict[str, Any]], parent: MenuItem | None = None) -> None:
    for place, row in enumerate(rows):
        item = MenuItem.objects.create(
            menu=menu,
            parent=parent,
            position=place,
            label=row["label"],
            category=Category.objects.get(stored_path=row["category"]) if "category" in row else None,
            page=Page.objects.get(slug=row["page"]) if "page" in row else None,
            url=row.get("url"),
        )
        _menu_items(menu, row.get("children", []), parent=item)


def _place(row: dict[str, Any]) -> None:
    Placement.objects.create(
        slot=row["slot"],
        article=Article.objects.get(slug=row["article"]),
        position=row["position"],
        ends_at=timezone.now() + timedelta(hours=row["hours"]),
    )


def _original_day(text: dict[str, Any], now: datetime) -> Any:
    """When the original stood elsewhere: before our version, whatever today's date is."""
    if "original_on" not in text:
        return None
    published_on = (now - timedelta(days=text["days_ago"])).date()
    return min(text["original_on"], published_on - timedelta(days=1))


def _unless_same(text: str, other: object) -> str:
    return "" if text == other else text


def _lines(links: Iterable[tuple[str, str]]) -> str:
    return "\n".join(f"{label} {address}" for label, address in links)

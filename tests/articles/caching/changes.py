"""What a newsroom does all day, at random: for tests that ask whether every page followed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from itertools import count
from random import Random
from typing import Any

from django.db import transaction
from django.test import Client
from django.utils import timezone

from articles import filing, illustrations, related, workflow
from articles.models import (
    Article,
    Author,
    Category,
    Image,
    Menu,
    MenuItem,
    Outlet,
    Page,
    PartnerLink,
    Placement,
    RelatedArticle,
    SiteSettings,
    Tag,
)
from tests import factories

SUBJECTS = ("tea", "trains", "elections", "gas", "chess", "carpets")


class Newsroom:
    def __init__(self, random: Random) -> None:
        self.random = random
        self.numbers = count(1)

    # The paper as it is before the first change ---------------------------------------------------

    def furnish(self, articles: int = 40) -> None:
        sections = [factories.category(f"Section {number}") for number in range(3)]
        sections += [factories.category(f"Part {number}", parent=sections[0]) for number in range(2)]
        for number in range(6):
            factories.author(f"Writer {number}")
        factories.outlet("Orbit Wire")
        factories.image(title="A picture")
        header = Menu.objects.create(place="header")
        for place, section in enumerate(sections[:3]):
            MenuItem.objects.create(menu=header, category=section, position=place)
        Page.objects.create(title="Who we are", body="<p>Us.</p>")
        SiteSettings.objects.create(pk=1)
        factories.user("administrator", email="admin@example.com")
        for _ in range(articles):
            self.publish()

    def addresses(self) -> list[str]:
        """Every public page that there is, whether anybody links to it or not."""
        lists = [each.get_absolute_url() for model in (Category, Author, Tag) for each in model.objects.all()]
        feeds = [f"{address}feed/" for address in lists]
        pages = [
            f"{each.get_absolute_url()}?page={number}" for each in Category.objects.all() for number in (2, 3)
        ]
        single = [each.get_absolute_url() for model in (Article, Page) for each in model.objects.all()]
        fixed = ["/", "/feed/", "/feed/atom/", "/sitemap.xml", "/news-sitemap.xml", "/robots.txt", "/search/"]
        parts = [f"/sitemap-{name}.xml" for name in ("articles", "authors", "categories", "tags", "pages")]
        others = ["/manifest.webmanifest", "/offline/", "/offline/withdrawn.json"]
        return [*fixed, *parts, *others, *lists, *feeds, *pages, *single]

    # Changes --------------------------------------------------------------------------------------

    def change(self) -> str:
        """One of them, told by name; one that is not possible just now gives way to another."""
        while True:
            act: Callable[[], Any] = self.random.choice(self.acts)
            with transaction.atomic():
                if act() is not False:
                    return act.__name__

    @property
    def acts(self) -> list[Callable[[], Any]]:
        return [
            self.publish, self.publish, self.schedule, self.withdraw, self.bring_back, self.rewrite,
            self.rename, self.recategorise, self.file_further, self.correct, self.retag, self.credit_another,
            self.delete, self.delete_draft, self.break_news, self.end_breaking, self.pick, self.place,
            self.end_placement, self.move_category, self.rename_category, self.end_event, self.rename_author,
            self.rename_tag, self.rename_outlet, self.translate, self.caption, self.picture, self.menu,
            self.unmenu, self.settings, self.partner, self.page, self.unpublish_page, self.admin_tag,
            self.admin_settings, self.past_the_models,
        ]  # fmt: skip

    def publish(self) -> None:
        age = timedelta(minutes=self.random.choice([0, 1, 60, 600, 6000, 60000]) + self.random.random())
        workflow.publish(self._draft(), by=None, at=timezone.now() - age)

    def schedule(self) -> None:
        workflow.publish(self._draft(), by=None, at=timezone.now() + timedelta(days=1))

    def withdraw(self) -> None:
        workflow.withdraw(self._public(), by=None, note=self._words())

    def bring_back(self) -> bool | None:
        piece = self._any(Article.objects.withdrawn())
        return workflow.publish(piece, by=None, at=piece.published_at) if piece else False

    def rewrite(self) -> None:
        piece = self._public()
        piece.headline, piece.standfirst, piece.body = self._words(), self._words(), f"<p>{self._words()}</p>"
        self._save(piece)

    def rename(self) -> None:
        piece = self._public()
        piece.slug = f"renamed-{next(self.numbers)}-{self.random.randrange(10**6)}"
        self._save(piece)

    def recategorise(self) -> None:
        piece = self._public()
        piece.primary_category = self._any(Category.objects.all())
        self._save(piece)

    def file_further(self) -> None:
        piece = self._public()
        piece.further_categories.set([self._any(Category.objects.all())])
        workflow.settle(piece)

    def correct(self) -> None:
        workflow.correct(self._public(), by=None, text=self._words())

    def retag(self) -> None:
        piece = self._public()
        piece.tags.set(self.random.sample(SUBJECTS, 2))
        workflow.settle(piece)

    def credit_another(self) -> None:
        piece = self._public()
        piece.credits.all().delete()
        piece.credits.create(author=self._any(Author.objects.all()))
        workflow.settle(piece)

    def delete(self) -> None:
        self._public().delete()

    def delete_draft(self) -> None:
        self._draft().delete()

    def break_news(self) -> None:
        workflow.mark_breaking(self._public(), by=None)

    def end_breaking(self) -> bool | None:
        piece = self._any(Article.objects.breaking())
        return workflow.end_breaking(piece, by=None) if piece else False

    def pick(self) -> bool | None:
        piece, other = self._public(), self._public()
        if piece == other or RelatedArticle.objects.filter(article=piece, other=other).exists():
            return False
        RelatedArticle.objects.create(article=piece, other=other)
        related.refresh(piece)
        return None

    def place(self) -> bool | None:
        piece = self._public()
        if piece.placements.exists():
            return False
        slot = self.random.choice(Placement.Slot.values)
        Placement.objects.create(
            article=piece, slot=slot, ends_at=timezone.now() + timedelta(days=2), is_live=True
        )
        return None

    def end_placement(self) -> bool | None:
        placement = self._any(Placement.objects.all())
        return placement.delete() and None if placement else False

    def move_category(self) -> bool | None:
        category = self._any(Category.objects.filter(children=None))
        parent = self._any(Category.objects.filter(parent=None).exclude(pk=category.pk))
        category.parent = None if category.parent else parent
        category.save()
        filing.move(category)
        return None

    def rename_category(self) -> None:
        category = self._any(Category.objects.all())
        category.name, category.description = self._words()[:80], self._words()
        category.save()

    def end_event(self) -> None:
        category = self._any(Category.objects.all())
        category.active_until = None if category.active_until else timezone.now() - timedelta(hours=1)
        category.save()

    def rename_author(self) -> None:
        author = self._any(Author.objects.all())
        author.name, author.biography = self._words()[:100], self._words()
        author.save()

    def rename_tag(self) -> bool | None:
        tag = self._any(Tag.objects.all())
        return Tag.objects.filter(pk=tag.pk).update(description=self._words()) and None if tag else False

    def rename_outlet(self) -> None:
        outlet = Outlet.objects.get()
        outlet.name = self._words()[:100]
        outlet.save()

    def translate(self) -> None:
        piece = self._public()
        piece.origin, piece.outlet, piece.original_language = "translation", Outlet.objects.get(), "az"
        self._save(piece)

    def caption(self) -> None:
        image = Image.objects.get()
        image.caption, image.alt_text = self._words(), self._words()
        image.save()
        transaction.on_commit(lambda: illustrations.renew(image))

    def picture(self) -> None:
        piece = self._public()
        piece.lead_image = None if piece.lead_image else Image.objects.get()
        self._save(piece)

    def menu(self) -> None:
        header, _ = Menu.objects.get_or_create(place=self.random.choice(Menu.Place.values))
        MenuItem.objects.create(menu=header, url="/who-we-are/", label=self._words()[:20])

    def unmenu(self) -> bool | None:
        item = self._any(MenuItem.objects.all())
        return MenuItem.objects.filter(pk=item.pk).delete() and None if item else False

    def settings(self) -> None:
        SiteSettings.objects.update(tagline=self._words()[:80])

    def partner(self) -> None:
        PartnerLink.objects.create(name=self._words()[:60], url="https://example.com/")

    def page(self) -> None:
        page = Page.objects.get()
        page.body, page.is_published = f"<p>{self._words()}</p>", True
        page.save()

    def unpublish_page(self) -> None:
        Page.objects.update(is_published=False)

    def admin_tag(self) -> bool | None:
        return self._post(
            "/admin/articles/tag/add/", {"name": self._words()[:60], "description": "", "slug": ""}
        )

    def admin_settings(self) -> bool | None:
        return self._post(
            "/admin/articles/partnerlink/add/",
            {"name": self._words()[:60], "url": "https://example.com/", "position": "0"},
        )

    def past_the_models(self) -> None:
        """As somebody with a shell would."""
        Article.objects.filter(pk=self._public().pk).update(standfirst=self._words())

    # With what ------------------------------------------------------------------------------------

    def _draft(self) -> Article:
        return factories.article(
            self._words(),
            primary_category=self._any(Category.objects.all()),
            further=[self._any(Category.objects.filter(parent=None))] if self.random.random() < 0.3 else [],
            authors=[self._any(Author.objects.all())],
            tags=self.random.sample(SUBJECTS, self.random.randrange(3)),
            lead_image=Image.objects.first() if self.random.random() < 0.5 else None,
        )

    def _public(self) -> Article:
        """More often a new one than an old one, as it is."""
        newest = Article.objects.published().newest_first()
        depth = min(self.random.choice([5, 20, 10_000]), newest.count())
        return newest[self.random.randrange(depth)]

    def _any(self, rows: Any) -> Any:
        keys = list(rows.order_by("pk").values_list("pk", flat=True))
        return rows.model.objects.get(pk=self.random.choice(keys)) if keys else None

    def _save(self, piece: Article) -> None:
        piece.save()
        workflow.settle(piece)

    def _words(self) -> str:
        return " ".join(f"word{self.random.randrange(10**6)}" for _ in range(self.random.randrange(2, 9)))

    def _post(self, address: str, data: dict[str, str]) -> bool | None:
        from accounts.models import User

        client = Client()
        client.force_login(User.objects.get(email="admin@example.com"))
        return None if client.post(address, data).status_code == 302 else False

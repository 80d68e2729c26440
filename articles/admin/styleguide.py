"""The style guide: every component in each of its states, printed by the very partials that readers get.

Its articles are made up here and never saved; its pictures are the library's newest, so that a newsroom sees
its own. Without any picture it shows what stands without one.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from articles import metadata, rendering, typesetting
from articles.caching import site_furniture, site_locale
from articles.front import RHYTHMS, Block
from articles.models import Article, Author, Category, Correction, Credit, Image, Outlet, Tag
from articles.pagination import ListPaginator

COLOURS = (
    "paper", "band", "ink", "ink-soft", "rule", "field", "pomegranate", "caspian", "mark",
)  # fmt: skip
SIZES = ("front", "title-1", "title-2", "title-3", "title-4", "lead", "small", "note")
LETTERS = "Ə ə Ğ ğ I ı İ i Ö ö Ü ü Ç ç Ş ş Â â"
# Every way to set a block, each with as many stories as it takes.
BLOCKS = [
    *(
        (stories, rhythm)
        for stories, by_pictures in RHYTHMS.items()
        for rhythm in by_pictures[max(by_pictures)]
    ),
    (4, "text"),
]

SHORT = "A ferry leaves"
USUAL = "The last lighthouse keeper of Absheron hands over the log"
LONGEST = (
    "Why the reservoir above the valley was emptied twice in one spring, and what engineers, farmers "
    "and fishermen each say they learned"
)
STANDFIRST = (
    "Two sentences at most, which say what the piece is about to somebody who will not read it. "
    "The second one gives the reason to."
)
BODY = """
<aside class="key-points"><h2>Key points</h2><ul><li>What a reader in a hurry takes along</li>
<li>in three lines at most.</li></ul></aside>
<p>Running text is set in the serif, at the reader's own size, in lines of sixty to seventy-five letters. It
has <a href="/">links</a>, <strong>weight</strong>, <em>emphasis</em> and names such as Gəncə and Qəbələ;
figures are proportional, 1234567890, and H<sub>2</sub>O stays on its line.<span class="footnote">A note opens
beside its number, and stands at the end for whoever prints the page.</span></p>
<h2>A heading within the text</h2>
<p>What follows a heading begins without an indent.</p>
<blockquote><p>An ordinary quotation is set a little in, and says whose words it holds.</p></blockquote>
<blockquote lang="az"><p>“Dəniz geri çəkilir, amma yaddaş qalır.”</p></blockquote>
<blockquote lang="fa" dir="rtl"><p>دریا پس می‌رود، اما خاطره می‌ماند.</p></blockquote>
<blockquote class="pullquote"><p>A sentence worth stopping at is pulled out of the text.</p></blockquote>
<h3>A smaller heading</h3>
<ul><li>A list has hanging points</li><li>and keeps its lines together.</li></ul>
<ol><li>A numbered one</li><li>counts.</li></ol>
<table><thead><tr><th>Year</th><th>Level, m</th><th>Surface, km²</th><th>Remark</th></tr></thead>
<tbody><tr><td>1995</td><td>−26.6</td><td>392,000</td><td>The highest of recent times</td></tr>
<tr><td>2020</td><td>−28.2</td><td>371,000</td><td>Falling</td></tr></tbody></table>
<pre><code>Ab Baku 08:30
An Alat 09:55</code></pre>
<figure data-embed="https://www.youtube.com/watch?v=aqz-KE-bpKQ"></figure>
<hr>
<p>A rule parts what a heading would part too loudly.</p>
"""


@require_safe
@never_cache
@login_required
def styleguide(request: HttpRequest) -> HttpResponse:
    """For staff. It knows who asks for it, so it is no public page."""
    if not request.user.is_staff:
        raise PermissionDenied
    with site_locale(request):
        context = specimens(list(Image.objects.filter(is_animated=False).exclude(kind="logo")[:6]))
        context["meta"] = metadata.for_nothing("Style guide", site_furniture().settings)
        return render(request, "admin/styleguide.html", context)


def specimens(images: list[Image]) -> dict[str, Any]:
    """What the template shows, by the name it has there."""
    maker = Maker(images)
    pages = ListPaginator(range(400), 20)
    page = pages.page(7)
    page.path, page.query = "/styleguide/", {}
    return {
        "colours": COLOURS,
        "type_sizes": SIZES,
        "letters": LETTERS,
        "cards": [
            ("With a picture", maker.article(USUAL)),
            ("Set in type", maker.article(USUAL, pictured=False)),
            ("A long headline", maker.article(LONGEST)),
            ("As little as there may be", maker.article(SHORT, pictured=False, standfirst="", kicker="")),
            ("Breaking", maker.breaking()),
            ("Translated", maker.translated()),
            ("In another language", maker.foreign()),
        ],
        "opinion": [maker.article(USUAL), maker.article(SHORT, faceless=True), maker.article(LONGEST)],
        "blocks": [maker.block(stories, rhythm) for stories, rhythm in BLOCKS],
        "river": [
            maker.article(USUAL),
            maker.article(LONGEST, pictured=False),
            maker.translated(),
            maker.found(),
        ],
        "newest": [maker.article(USUAL), maker.article(LONGEST, pictured=False)],
        "related": [maker.article(text) for text in (USUAL, SHORT, LONGEST, USUAL, SHORT, LONGEST, USUAL)],
        "article": maker.in_full(),
        "image": images[0] if images else None,
        "breadcrumbs": [
            ("Aze.Media", "/"),
            ("News", "/category/news/"),
            ("Economy", "/category/news/economy/"),
        ],
        "page": page,
    }


class Maker:
    """Makes articles that no database knows, each with its own number and the next of the pictures."""

    def __init__(self, images: list[Image]) -> None:
        self.images = images
        self.numbers = count(1)
        self.news = Category(pk=-1, name="News", slug="news", stored_path="news")
        self.economy = Category(pk=-2, name="Economy", slug="economy", stored_path="news/economy")

    def article(
        self, headline: str, *, pictured: bool = True, faceless: bool = False, **fields: Any
    ) -> Article:
        number = next(self.numbers)
        fields = {"kicker": "Analysis", "standfirst": STANDFIRST, "word_count": 130 * number} | fields
        article = Article(
            pk=-number,
            slug=f"styleguide-{number}",
            headline=headline,
            primary_category=self.economy,
            lead_image=self.image(number) if pictured else None,
            published_at=self.moment(number),
            **fields,
        )
        writer = self.author("Leyla Rzayeva", number, faceless)
        return _known(
            article,
            credits=[Credit(article=article, author=writer, affiliation="Economics correspondent")],
            further_categories=[self.news] if number % 2 else [],
            tags=[],
            corrections=[],
        )

    def breaking(self) -> Article:
        soon = timezone.now() + timedelta(hours=1)
        article = self.article(USUAL, breaking_until=soon)
        article.status = article.Status.PUBLISHED  # never saved: nobody could read it
        return article

    def translated(self) -> Article:
        outlet = Outlet(pk=-1, name="Körpü Daily")
        origin = {"origin": Article.Origin.TRANSLATION, "original_language": "az", "outlet": outlet}
        return self.article(USUAL, **origin)

    def foreign(self) -> Article:
        return self.article("دریا پس می‌رود", standfirst="دو جمله کوتاه درباره نوشته.", language="fa")

    def found(self) -> Article:
        """As the search shows it: the words around what was asked for."""
        article = self.article(SHORT, pictured=False)
        article.snippet = [
            ("… the words around what was ", False),
            ("found", True),
            (" in the text …", False),
        ]  # type: ignore[attr-defined]
        return article

    def in_full(self) -> Article:
        """One that has everything an article may have."""
        article = self.translated()
        article.body_html = typesetting.typeset(rendering.render(BODY))
        article.contributor_note = "The author teaches hydrology. The views are the author's own."
        article.original_url, article.original_title = "https://example.org/", "Axırıncı gözətçi"
        article.revised_at = article.published_at + timedelta(hours=5) if article.published_at else None
        writers = [
            self.author(name, number) for number, name in enumerate(("Leyla Rzayeva", "Anar Mustafazade"))
        ]
        roles = [
            (writers[0], "writer"),
            (writers[1], "writer"),
            (self.author("Nigar Əliyeva", 2), "translator"),
        ]
        correction = Correction(
            text="An earlier version gave the level of 1995 as −26.9 m.", corrected_at=self.moment(1)
        )
        tags = [Tag(pk=-1, name="Caspian", slug="caspian"), Tag(pk=-2, name="hydrology", slug="hydrology")]
        return _known(
            article,
            credits=[
                Credit(article=article, author=author, role=role, affiliation="Economics correspondent")
                for author, role in roles
            ],
            corrections=[correction],
            tags=tags,
        )

    def block(self, stories: int, rhythm: str) -> Block:
        headlines = (USUAL, SHORT, LONGEST, USUAL, SHORT)[:stories]
        category = Category(pk=-next(self.numbers), name=f"{stories}, {rhythm}", stored_path="news")
        return Block(category, [self.article(headline) for headline in headlines], rhythm)

    def image(self, number: int) -> Image | None:
        return self.images[number % len(self.images)] if self.images else None

    def author(self, name: str, number: int, faceless: bool = False) -> Author:
        photo = None if faceless else self.image(number)
        return Author(pk=-1, name=name, slug="styleguide", photo=photo)

    def moment(self, number: int) -> datetime:
        return timezone.now() - timedelta(hours=9 * number)


def _known(article: Article, **related: list[Any]) -> Article:
    """The article with its relations as if they had been prefetched: nothing is asked of the database."""
    known = article.__dict__.setdefault("_prefetched_objects_cache", {})
    known.update(related)
    return article

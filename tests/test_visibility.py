"""What is not published stands nowhere in public: every address of the site is asked for every hidden word.

The addresses are read off the urlconf, so that a page which is added later is looked at by itself; one of a
new shape fails here until it is told what may stand at it.
"""

import re
from datetime import timedelta

import pytest
from django.urls import URLPattern
from django.utils import timezone

from articles import urls, views, workflow
from articles.models import Author, Category, Permalink, Placement, RelatedArticle, Tag
from articles.sitemaps import PARTS
from tests import factories, pages

pytestmark = pytest.mark.django_db

STATES = [
    "draft", "in_review", "ready", "scheduled", "embargoed", "scheduled_at_the_embargos_end", "unscheduled",
    "withdrawn", "deleted",
]  # fmt: skip
MARK = "zyxomatic"
PARAMETER = re.compile(r"<(?:\w+:)?(\w+)>")


def slugs(prefix):
    """Every slug ever used under the prefix, those of hidden things and old ones included."""
    known = Permalink.objects.filter(path__startswith=prefix).values_list("path", flat=True)
    return [path.removeprefix(prefix) for path in known if "/" not in path.removeprefix(prefix)]


def values_at(route):
    """What the parameter of a route may be, by the word that the route begins with."""
    kind, _, _ = route.partition("<")
    known = {
        "category/": lambda: list(Category.objects.values_list("stored_path", flat=True)),
        "tag/": lambda: slugs("tag/"),
        "author/": lambda: slugs("author/"),
        "sitemap-": lambda: list(PARTS),
        "media/": list,  # files, under names that nobody can guess
        "": lambda: [*slugs(""), "nothing-here"],
    }
    assert kind in known, f"Tell this test what stands at {route}"
    return known[kind]()


def addresses_of(pattern: URLPattern):
    if pattern.callback is views.numbered_page:
        return ["/page/2/", "/category/public/page/2/", "/search/page/2/"]
    route = str(pattern.pattern)
    if not PARAMETER.search(route):
        return [f"/{route}"]
    assert len(PARAMETER.findall(route)) == 1, f"Tell this test what stands at {route}"
    return ["/" + PARAMETER.sub(lambda _, value=value: value, route) for value in values_at(route)]


def public_addresses():
    plain = [address for pattern in urls.urlpatterns for address in addresses_of(pattern)]
    asked = [f"/search/?q={word}" for word in ("caspian", "harbour", "public", "zy")]
    return [
        *plain,
        *asked,
        "/?s=caspian",
        "/category/public/?page=1",
        "/category/public/?page=2",
        "/no/such/page/",
    ]


def word_of(state):
    return MARK + state.replace("_", "")


def hide(state, **fields):
    """An article with its word in every text of it, in the state; made by the newsroom's own verbs."""
    word, ahead = word_of(state), timezone.now() + timedelta(days=3)
    image = factories.image(caption=word, credit=word, agency=word, alt_text=word)
    piece = factories.article(
        f"Caspian {word}",
        slug=f"hidden-{state.replace('_', '-')}",
        short_headline=f"Short {word}",
        kicker=word,
        standfirst=f"Caspian harbour {word}.",
        body=f"<p>The Caspian harbour of {word}.</p>",
        tags=["shared subject", f"subject of {word}"],
        authors=[Author.objects.get(slug="public"), *Author.objects.filter(slug="hidden")],
        further=list(Category.objects.filter(slug="unlit-section")),
        contributor_note=word,
        seo_title=word,
        seo_description=word,
        lead_image=image,
        lead_caption=word,
        lead_alt=word,
        origin="translation",
        original_title=word,
        original_url=f"https://example.com/{word}",
        outlet=factories.outlet(f"Outlet {word}"),
        embargoed_until=ahead if "embargo" in state else None,
        **fields,
    )
    piece.credits.update(affiliation=word)
    {
        "draft": lambda: None,
        "embargoed": lambda: None,
        "in_review": lambda: workflow.submit(piece, by=None),
        "ready": lambda: workflow.approve(piece, by=None),
        "scheduled": lambda: workflow.publish(piece, by=None, at=ahead),
        "scheduled_at_the_embargos_end": lambda: workflow.publish(piece, by=None, at=ahead),
        "unscheduled": lambda: (
            workflow.publish(piece, by=None, at=ahead),
            workflow.unschedule(piece, by=None),
        ),
        "withdrawn": lambda: publish_and_correct(piece, word),
        "deleted": lambda: publish_and_correct(piece, word),
    }[state]()
    show_off(piece)
    if state == "withdrawn":
        workflow.withdraw(piece, by=None, note="The figures were not ours.")
    if state == "deleted":
        piece.delete()
    return piece


def publish_and_correct(piece, word):
    workflow.publish(piece, by=None)
    workflow.correct(piece, by=None, text=f"It was {word}.")


def show_off(piece):
    """Put it wherever editors can put an article by hand."""
    for slot in Placement.Slot.values:
        Placement.objects.create(slot=slot, article=piece)
    for other in piece.primary_category.primary_articles.exclude(pk=piece.pk):
        RelatedArticle.objects.get_or_create(article=other, other=piece, defaults={"is_picked": True})


@pytest.fixture
def newsroom():
    """A little that is public, so that there are pages for the hidden to leak into."""
    section = factories.category("Public")
    factories.category("Child", parent=section)
    factories.category("Opinion")
    factories.author("Public")
    for number in range(3):
        factories.published(
            f"Caspian harbour, part {number}",
            slug=f"shown-{number}",
            primary_category=section,
            further=list(Category.objects.exclude(pk=section.pk)),
            tags=["shared subject"],
        )


@pytest.fixture
def hidden(newsroom):
    """An article in each of the states, by its state; and a section and an author that have no others."""
    factories.category("Unlit section")
    factories.author(MARK, slug="hidden")
    public = Category.objects.get(slug="public")
    return {state: hide(state, primary_category=public) for state in STATES}


def told_of_it(response):
    """Whatever of the answer gives a hidden article away: its word, or its address."""
    told = f"{response.content.decode()} {dict(response.headers)}".casefold()
    return re.findall(rf"{MARK}\w*|/hidden-[\w-]*", told)


def test_a_hidden_articles_words_and_address_stand_nowhere_in_public(client, hidden):
    factories.published("Newer than the hidden ones", slug="newer", tags=["shared subject"])

    # An answer may repeat what it was asked for: those addresses have tests of their own below.
    addresses = [each for each in public_addresses() if MARK not in each and "/hidden-" not in each]

    assert len(addresses) > 40
    told = {address: told_of_it(client.get(address)) for address in addresses}
    assert {address: marks for address, marks in told.items() if marks} == {}


def test_searching_for_a_hidden_word_finds_and_counts_nothing(client, hidden):
    for word in (*map(word_of, STATES), MARK, MARK[:4]):
        response = client.get("/search/", {"q": word})
        assert "Nothing found" in pages.text(response), word
        assert pages.article_links(response, "//*[@class='river']") == [], word
    assert "3 pieces for “caspian”" in pages.text(client.get("/search/", {"q": "caspian"}))


def test_counts_and_lists_know_only_what_is_public(client, hidden):
    for address in ("/category/public/", "/author/public/", "/tag/shared-subject/"):
        assert len(pages.article_links(client.get(address))) == 3, address
    assert "3 pieces" in pages.text(client.get("/author/public/"))
    assert "Nothing has been published" in pages.text(client.get("/category/unlit-section/"))


def test_its_own_address_says_nothing_of_it(client, hidden):
    for state in STATES:
        response = client.get(f"/hidden-{state.replace('_', '-')}/")
        assert response.status_code == (410 if state == "withdrawn" else 404), state
        assert MARK not in response.content.decode(), state


def test_a_withdrawn_article_leaves_the_newsrooms_note(client, newsroom):
    hide("withdrawn")

    response = client.get("/hidden-withdrawn/")

    assert "The figures were not ours." in pages.text(response)
    assert "noindex" in pages.meta(response)["robots"]


def test_an_address_that_a_hidden_article_once_had_leads_nowhere(client, hidden):
    for state, piece in hidden.items():
        if state in ("withdrawn", "deleted"):
            continue
        old = piece.get_absolute_url()
        piece.slug = f"renamed-{word_of(state)}"
        piece.save()
        response = client.get(old)
        assert response.status_code == 404, state
        assert MARK not in f"{response.content.decode()} {response.headers}", state


def test_an_author_and_a_tag_of_hidden_articles_alone_have_no_page_yet(client, hidden):
    paths = ["author/hidden", *Tag.objects.filter(name__contains=MARK).values_list("permalinks", flat=True)]
    assert len(paths) == 1 + len(STATES)
    for path in paths:
        for suffix in ("/", "/feed/", "/feed/atom/"):
            response = client.get(f"/{path}{suffix}")
            assert response.status_code == 404, path
            assert MARK not in pages.text(response), path


def test_an_old_address_of_a_tag_does_not_tell_its_new_one_before_there_is_something_to_read(
    client, newsroom
):
    hide("draft")
    tag = Tag.objects.get(name__contains=MARK)
    old = tag.get_absolute_url()
    tag.slug = "renamed"
    tag.save()

    assert client.get(old).status_code == 404


def test_a_scheduled_article_appears_everywhere_by_itself_when_its_time_comes(client, newsroom, time_machine):
    factories.author("Hidden", slug="hidden")
    piece = hide("scheduled", primary_category=Category.objects.get(slug="child"))
    where = [
        "/", "/category/public/", "/category/public/child/", "/author/public/", "/author/hidden/",
        "/tag/shared-subject/", f"/tag/subject-of-{word_of('scheduled')}/", "/feed/", "/feed/atom/",
        "/category/public/child/feed/", "/tag/shared-subject/feed/atom/", pages.sitemap_part(piece),
        f"/search/?q={word_of('scheduled')}", "/news-sitemap.xml", "/shown-0/",
    ]  # fmt: skip
    address = piece.get_absolute_url()

    time_machine.move_to(piece.published_at - timedelta(seconds=1), tick=False)
    assert [each for each in where if address in client.get(each).content.decode()] == []

    time_machine.move_to(piece.published_at, tick=False)
    assert [each for each in where if address not in client.get(each).content.decode()] == []
    assert client.get(address).status_code == 200

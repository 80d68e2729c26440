import pytest

from articles import illustrations, pictures, renaming, search
from articles.models import Article, SiteSettings
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def worked(django_capture_on_commit_callbacks):
    """`with worked():` what is asked for in there is committed, and the worker does it."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def renamed(worked):
    def rename(thing, **fields):
        with worked():
            for name, value in fields.items():
                setattr(thing, name, value)
            thing.save()
            renaming.spread(thing)

    return rename


def card_of(article):
    return Article.objects.values_list("social_card", flat=True).get(pk=article.pk)


def test_articles_are_found_by_the_new_name_of_what_they_name(renamed):
    author, tag = factories.author("Aysel Old"), factories.tag("oldtag")
    section, further = factories.category("Oldsection"), factories.category("Oldfurther")
    outlet = factories.outlet("Oldoutlet")
    piece = factories.published(
        primary_category=section,
        further=[further],
        authors=[author],
        tags=["oldtag"],
        outlet=outlet,
        origin=Article.Origin.REPRINT,
    )

    for number, thing in enumerate([author, tag, section, further, outlet]):
        renamed(thing, name=f"Newname{number}")

    assert [list(search.find(f"Newname{number}")) for number in range(5)] == [[piece]] * 5
    assert not any(search.find(old) for old in ("Oldtag", "Oldsection", "Oldfurther", "Oldoutlet", "Aysel"))


def test_articles_are_found_by_the_new_caption_of_a_picture_in_their_text(renamed):
    picture = factories.image(caption="A bridge over the Araz")
    figure = f'<figure data-image="{picture.pk}"><img src="/x.jpg" alt=""></figure>'
    piece = factories.published(body=f"{figure}<p>Text</p>")

    renamed(picture, caption="A tunnel under the Kura")
    assert not search.find("tunnel")
    illustrations.renew(picture)
    renamed(picture)

    assert list(search.find("tunnel")) == [piece]
    assert not search.find("araz")


def test_cards_follow_the_names_of_section_and_site_and_the_site_s_logo(renamed, worked):
    with worked():
        section = factories.category("Economy")
        piece = factories.published(primary_category=section)
        elsewhere = factories.published(lead_image=factories.image())
    drawn = [card_of(piece)]
    site = SiteSettings.objects.create(pk=1)

    renamed(section, name="Money")
    drawn.append(card_of(piece))
    renamed(site, name="The Paper")
    drawn.append(card_of(piece))
    renamed(site, logo=factories.image(kind="logo"))
    drawn.append(card_of(piece))
    with worked():
        pictures.put_file(site.logo, factories.picture_file(colour="red"))
    renamed(site.logo)
    drawn.append(card_of(piece))

    assert all(drawn)
    assert len(set(drawn)) == 5
    assert card_of(elsewhere) == ""


def test_a_section_of_any_size_is_walked_in_batches_each_article_once(renamed, monkeypatch):
    monkeypatch.setattr(renaming, "BATCH", 2)
    section = factories.category("Oldsection")
    pieces = [factories.published(primary_category=section) for _ in range(5)]
    factories.published(primary_category=factories.category())

    renamed(section, name="Newsection")

    assert set(search.find("newsection")) == set(pieces)
    assert renaming.follow.call("category", section.pk, pieces[2].pk) == 2
    assert renaming.follow.call("category", section.pk, pieces[4].pk) == 0


def test_drafts_stay_out_of_the_index(renamed):
    author = factories.author("Old")
    factories.article(authors=[author])

    renamed(author, name="Newname")

    assert not search.find("newname")

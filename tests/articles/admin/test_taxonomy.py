import pytest

from articles import search
from articles.models import Article, Author, Category, Menu, Outlet, Tag
from tests import factories


def test_a_section_that_moves_takes_its_lists_along(desk, save, client):
    economy, business = factories.category("Economy"), factories.category("Business")
    energy = factories.category("Energy", parent=economy)
    article = factories.published(primary_category=energy)

    save(desk("chief editor"), energy, parent=business.pk)

    assert list(Article.objects.in_category(business)) == [article]
    assert list(Article.objects.in_category(economy)) == []
    assert client.get("/category/economy/energy/").url.endswith("/category/business/energy/")


def test_a_section_s_new_address_is_its_sub_sections_too(desk, save, client):
    economy = factories.category("Economy")
    factories.category("Energy", parent=economy)

    save(desk("chief editor"), economy, slug="money")

    assert client.get("/category/money/energy/").status_code == 200


@pytest.mark.parametrize("make", [factories.category, factories.author, factories.tag, factories.outlet])
def test_a_new_name_is_what_one_searches_for(desk, save, make, django_capture_on_commit_callbacks):
    thing = make("Oldname")
    given = {"primary_category": thing} if isinstance(thing, Category) else {}
    given |= {"authors": [thing]} if isinstance(thing, Author) else {}
    given |= {"tags": [thing.name]} if isinstance(thing, Tag) else {}
    given |= {"outlet": thing, "origin": Article.Origin.REPRINT} if isinstance(thing, Outlet) else {}
    article = factories.published(**given)

    with django_capture_on_commit_callbacks(execute=True):
        save(desk("chief editor"), thing, name="Newname")

    assert list(search.find("newname")) == [article]
    assert not search.find("oldname")


def test_a_section_address_that_is_taken_is_said_on_the_form(desk, add, errors_of):
    factories.category("Economy")

    response = add(desk("chief editor"), Category, name="Economy too", slug="economy")

    assert "/category/economy/ leads to “Economy”" in errors_of(response)


def test_sub_sections_may_share_a_name_under_different_sections(desk, add):
    first, second = factories.category("News"), factories.category("Opinion")
    window = desk("chief editor")

    for parent in (first, second):
        add(window, Category, name="Russia", parent=parent.pk, slug="")

    assert {each.stored_path for each in Category.objects.filter(name="Russia")} >= {"news/russia"}
    assert Category.objects.filter(name="Russia").count() == 2


def test_a_third_level_is_refused(desk, add, errors_of):
    energy = factories.category("Energy", parent=factories.category("Economy"))

    response = add(desk("chief editor"), Category, name="Gas", parent=energy.pk)

    assert "Select a valid choice" in errors_of(response) or "first level" in errors_of(response)


def test_a_category_shows_in_the_menus_at_once(desk, save, client):
    economy = factories.category("Economy")
    Menu.objects.create(place="header").items.create(category=economy)
    assert "Economy" in client.get("/").content.decode()

    save(desk("chief editor"), economy, name="Money matters")

    assert "Money matters" in client.get("/").content.decode()


def test_a_tag_is_coined_by_an_author_and_renamed_by_an_editor(desk, save, add, address):
    add(desk("author"), Tag, name="qaz boru kəməri", slug="")
    tag = Tag.objects.get()
    assert tag.slug == "qaz-boru-kemeri"
    assert desk("author").get(address(tag)).context["has_change_permission"] is False

    save(desk("editor"), tag, name="gas pipeline")

    assert Tag.objects.get().name == "gas pipeline"


def test_tags_are_suggested_the_most_used_first(desk):
    factories.published(tags=["energy", "energy policy"])
    factories.published(tags=["energy policy", "renewable energy"])

    answer = desk("contributor").get("/admin/articles/tag/suggestions/", {"q": "energ"}).json()

    assert answer["tags"] == ["energy policy", "energy", "renewable energy"]


def test_tags_are_suggested_to_the_newsroom_only(desk, client):
    assert client.get("/admin/articles/tag/suggestions/").status_code == 302
    assert desk("").get("/admin/articles/tag/suggestions/", follow=True).status_code == 403


def test_an_editor_does_not_tie_bylines_to_accounts(desk, save):
    author, window = factories.author(), desk("editor")

    save(window, author, user=window.user.pk, affiliation="Ganja")

    author.refresh_from_db()
    assert author.affiliation == "Ganja"
    assert author.user is None


def test_a_link_without_an_address_is_said_on_the_form(desk, save, errors_of):
    response = save(desk("editor"), factories.author(), links="Telegram")

    assert "Line 1 must end with a web address" in errors_of(response)


def test_a_byline_whose_address_is_taken_is_said_on_the_form(desk, add, errors_of):
    factories.author("Aynur", slug="aynur")

    assert "Choose another address." in errors_of(
        add(desk("editor"), Author, name="Another Aynur", slug="aynur")
    )


@pytest.mark.parametrize("model", [Author, Category, Tag])
def test_lists_cost_the_same_however_long_they_are(model, desk, django_assert_max_num_queries, address):
    make = {Author: factories.author, Category: factories.category, Tag: factories.tag}[model]
    window = desk("chief editor")
    for _ in range(4):
        make()
    window.get(address(model, "changelist"))

    with django_assert_max_num_queries(8):
        window.get(address(model, "changelist"))

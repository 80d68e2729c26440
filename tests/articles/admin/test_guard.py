"""Two editors with the same form open: the second save is refused, and keeps what was typed."""

import datetime
from concurrent.futures import ThreadPoolExecutor

import pytest
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.db import IntegrityError, connection

from accounts.models import User
from articles import illustrations
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
    Permalink,
    Placement,
    SiteSettings,
    Tag,
)
from tests import factories

# How each model at the desk is made, and a text field of its form to change (or the form data that does it).
THINGS = {
    Article: (factories.article, "standfirst"),
    Author: (factories.author, "affiliation"),
    Tag: (factories.tag, "description"),
    Image: (factories.image, "caption"),
    Placement: (lambda: Placement.objects.create(article=factories.article()), "position"),
    Menu: (lambda: Menu.objects.create(place="header"), "items"),
    PartnerLink: (lambda: PartnerLink.objects.create(name="Partner", url="https://example.com/"), "name"),
    Category: (factories.category, "description"),
    Outlet: (factories.outlet, "name"),
    Page: (lambda: Page.objects.create(title="Who we are"), "standfirst"),
    SiteSettings: (lambda: SiteSettings.objects.create(pk=1), "tagline"),
    User: (lambda: factories.user("author"), "display_name"),
    Group: (lambda: Group.objects.create(name="Night shift"), "name"),
    EmailAddress: (lambda: factories.user().emailaddress_set.get(), "email"),
}
FIRST = {"position": "1", "email": "first@example.com"}
SECOND = {"position": "2", "email": "second@example.com"}


def with_text(form, field, text):
    if field != "items":
        return {**form, field: text}
    # A menu has nothing of its own to change but its lines.
    count = int(form["items-TOTAL_FORMS"][0])
    line = {
        "position": "0",
        "label": text,
        "url": "/somewhere/",
        "category": "",
        "page": "",
        "parent": "",
        "id": "",
    }
    lines = {f"items-{count}-{name}": value for name, value in line.items()}
    return {**form, **lines, "items-TOTAL_FORMS": str(count + 1)}


def can_be_changed(model_admin, rf):
    request = rf.get("/")
    request.user = User(is_superuser=True, is_active=True)
    return model_admin.has_change_permission(request)


def test_every_model_that_can_be_changed_at_the_desk_is_tried_here(rf):
    changeable = {model for model, each in admin.site._registry.items() if can_be_changed(each, rf)}

    assert changeable == set(THINGS)


@pytest.mark.parametrize("model", THINGS, ids=lambda model: model.__name__)
def test_the_second_of_two_saves_is_refused_and_its_text_kept(model, desk, form_of, address):
    make, field = THINGS[model]
    thing = make()
    leyla, kamran = desk(user=factories.user("administrator", display_name="Leyla")), desk()
    before = form_of(leyla.get(address(thing))), form_of(kamran.get(address(thing)))
    first, second = FIRST.get(field, "the first text"), SECOND.get(field, "the second text")

    assert leyla.post(address(thing), with_text(before[0], field, first)).status_code == 302
    saved = list(model.objects.filter(pk=thing.pk).values())
    refused = kamran.post(address(thing), with_text(before[1], field, second))

    page = refused.content.decode()
    assert refused.status_code == 200
    assert f"Leyla changed this {model._meta.verbose_name} after you opened it. Nothing was saved" in page
    assert second in page
    assert list(model.objects.filter(pk=thing.pk).values()) == saved


@pytest.mark.parametrize("model", THINGS, ids=lambda model: model.__name__)
def test_one_editor_saves_twice_in_a_row(model, desk, form_of, address):
    make, field = THINGS[model]
    thing, window = make(), desk()
    first, second = FIRST.get(field, "the first text"), SECOND.get(field, "the second text")

    for text in (first, second):
        form = with_text(form_of(window.get(address(thing))), field, text)
        response = window.post(address(thing), {**form, "_continue": "1"})
        assert response.status_code == 302, response.content.decode()


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(
    connection.vendor == "sqlite", reason="SQLite lets one save begin when the other has ended"
)
def test_of_two_saves_at_the_very_same_moment_one_is_refused(desk, form_of, address):
    article = factories.article()
    windows = [desk("editor") for _ in range(4)]
    forms = [form_of(window.get(address(article))) for window in windows]

    def save(window, form, number):
        try:
            return window.post(
                address(article), form | {"headline": f"Headline of window {number}"}
            ).status_code
        finally:
            connection.close()

    with ThreadPoolExecutor(len(windows)) as pool:
        answers = list(pool.map(save, windows, forms, range(4)))

    assert sorted(answers) == [200, 200, 200, 302]


def test_a_refused_save_can_be_made_to_replace_the_other(desk, form_of, address):
    tag = factories.tag()
    first, second = desk(), desk()
    before = form_of(first.get(address(tag))), form_of(second.get(address(tag)))
    first.post(address(tag), before[0] | {"description": "the first text"})

    refused = second.post(address(tag), before[1] | {"description": "the second text"})
    again = second.post(address(tag), form_of(refused))
    current = refused.context["conflict"].current
    replaced = second.post(address(tag), form_of(refused, _replace=current))

    assert again.status_code == 200
    assert "Nothing was saved" in again.content.decode()
    assert replaced.status_code == 302
    tag.refresh_from_db()
    assert tag.description == "the second text"


def test_a_change_in_an_inline_is_a_change(desk, form_of, address):
    article = factories.article()
    first, second = desk(), desk()
    before = form_of(first.get(address(article))), form_of(second.get(address(article)))
    first.post(address(article), before[0] | {"credits-0-affiliation": "Our man in Ganja"})

    refused = second.post(address(article), before[1] | {"headline": "Another headline"})

    assert "Nothing was saved" in refused.content.decode()


def test_lines_whose_rows_somebody_deleted_stay_on_the_screen(desk, form_of, address):
    article = factories.article(authors=[factories.author("Aynur"), factories.author("Rashad")])
    first, second = desk(), desk()
    before = form_of(first.get(address(article))), form_of(second.get(address(article)))
    first.post(address(article), before[0] | {"credits-1-DELETE": "on"})

    refused = second.post(address(article), before[1] | {"credits-1-affiliation": "Our woman in Sheki"})

    assert "Nothing was saved" in refused.content.decode()
    assert "Our woman in Sheki" in refused.content.decode()


def test_tags_are_watched_too(desk, form_of, address):
    article = factories.article(tags=["energy"])
    first, second = desk(), desk()
    before = form_of(first.get(address(article))), form_of(second.get(address(article)))
    first.post(address(article), before[0] | {"tags": "energy, Caspian"})

    refused = second.post(address(article), before[1])

    assert "Nothing was saved" in refused.content.decode()


def test_publishing_from_the_list_is_a_change(desk, form_of, address):
    article = factories.article()
    first, second = desk("editor"), desk("editor")
    form = form_of(second.get(address(article)))
    first.post(address(Article, "changelist"), {"action": "publish", "_selected_action": [article.pk]})

    refused = second.post(address(article), form | {"headline": "Another headline"})

    assert f"{first.user} changed this article after you opened it." in refused.content.decode()


def test_a_role_given_meanwhile_is_a_change(desk, form_of, address):
    person = factories.user("author")
    first, second = desk(), desk()
    before = form_of(first.get(address(person))), form_of(second.get(address(person)))
    first.post(address(person), before[0] | {"role": "editor"})

    refused = second.post(address(person), before[1] | {"display_name": "Somebody else"})

    assert "Nothing was saved" in refused.content.decode()


def test_what_the_machine_notes_is_no_change(desk, form_of, address):
    image, person, window = factories.image(), factories.user(), desk()
    forms = form_of(window.get(address(image))), form_of(window.get(address(person)))
    now = datetime.datetime.now(tz=datetime.UTC)
    Image.objects.update(rendered_at=now)
    User.objects.filter(pk=person.pk).update(last_login=now)

    assert window.post(address(image), forms[0]).status_code == 302
    assert window.post(address(person), forms[1]).status_code == 302


def test_a_picture_that_is_printed_anew_in_the_text_is_no_change(desk, form_of, address):
    image, window = factories.image(caption="Dawn"), desk()
    article = factories.article(body=f'<figure data-image="{image.pk}"><img src="/a.jpg" alt=""></figure>')
    illustrations.settle(article)
    form = form_of(window.get(address(article)))
    Image.objects.update(caption="Noon")
    illustrations.renew(image)

    assert window.post(address(article), form).status_code == 302
    article.refresh_from_db()
    assert "Noon" in article.body_html


def test_a_change_without_a_trace_names_nobody(desk, form_of, address):
    tag, window = factories.tag(), desk()
    window.post(address(tag), form_of(window.get(address(tag))) | {"description": "mine"})
    form = form_of(window.get(address(tag)))
    Tag.objects.update(description="by a script")

    refused = window.post(address(tag), form)

    assert "Somebody changed this tag after you opened it." in refused.content.decode()


def test_one_is_told_of_one_s_own_other_window(desk, form_of, address):
    tag, window = factories.tag(), desk()
    form = form_of(window.get(address(tag)))
    window.post(address(tag), form | {"description": "from the other window"})

    refused = window.post(address(tag), form | {"description": "from this window"})

    assert "In another window, at" in refused.content.decode()


def test_a_thing_deleted_meanwhile_gives_the_text_back(desk, form_of, address):
    article = factories.article()
    first, second = desk("chief editor"), desk("editor")
    form = form_of(second.get(address(article)))
    first.post(address(article, "delete"), {"post": "yes"})

    response = second.post(address(article), form | {"standfirst": "Hours of work"})

    assert response.status_code == 409
    page = response.content.decode()
    assert f"{first.user} deleted it after you opened it. Nothing was saved." in page
    assert "Hours of work" in page


def test_a_form_without_a_fingerprint_is_refused(desk, form_of, address):
    tag, window = factories.tag(), desk()
    form = form_of(window.get(address(tag)))
    del form["_fingerprint"]

    assert "Nothing was saved" in window.post(address(tag), form).content.decode()


def test_a_slug_taken_between_the_question_and_the_answer_is_a_message(desk, form_of, address, monkeypatch):
    """The race itself cannot be staged on one connection; what the database says then can."""
    window = desk()
    form = form_of(window.get(address(Tag, "add"))) | {"name": "energy"}
    real, calls = Tag.save, []

    def taken_once(self, *args, **kwargs):
        calls.append(self)
        if len(calls) == 1:
            raise IntegrityError("UNIQUE constraint failed: articles_permalink.path")
        return real(self, *args, **kwargs)

    monkeypatch.setattr(Tag, "save", taken_once)
    response = window.post(address(Tag, "add"), form)

    assert response.status_code == 200
    assert "At the same moment somebody saved" in response.content.decode()
    assert not Permalink.objects.filter(tag__isnull=False).exists()
    assert not Tag.objects.exists()


def test_the_form_s_import_map_carries_the_page_s_nonce(desk, address):
    response = desk("author").get(address(Article, "add"))

    policy = response["Content-Security-Policy"]
    nonce = policy.split("'nonce-")[1].split("'")[0]
    assert f'<script type="importmap" nonce="{nonce}">' in response.content.decode()


def test_a_computed_relative_does_not_disturb_the_editor(desk, form_of, address):
    article, other = factories.published(), factories.published()
    window = desk("editor")
    article.related_rows.all().delete()
    form = form_of(window.get(address(article)))
    article.related_rows.create(other=other, is_picked=False)

    assert window.post(address(article), form).status_code == 302


def test_a_pick_takes_over_the_computed_row(desk, form_of, address):
    article, other = factories.published(), factories.published()
    window = desk("editor")
    article.related_rows.all().delete()
    article.related_rows.create(other=other, is_picked=False)
    form = form_of(window.get(address(article)))
    line = {"related_rows-0-other": other.pk, "related_rows-0-position": "0", "related_rows-TOTAL_FORMS": "1"}

    response = window.post(address(article), form | line)

    assert response.status_code == 302
    assert list(article.related_rows.filter(is_picked=True).values_list("other", flat=True)) == [other.pk]


def test_credits_are_made_once(desk, form_of, address):
    article, window = factories.article(), desk()
    window.post(address(article), form_of(window.get(address(article))))

    assert Credit.objects.filter(article=article).count() == 1
    assert MenuItem.objects.count() == 0

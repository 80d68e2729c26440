import json
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from articles import workflow
from articles.models import Article, Credit, RelatedArticle
from tests import factories

LIST = "/admin/articles/article/"
Status = Article.Status


def now_saved(article):
    return Article.objects.get(pk=article.pk)


# Who may do what ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("role", "status"), [("contributor", 302), ("author", 302), ("editor", 200), ("chief editor", 200)]
)
def test_other_people_s_drafts_are_the_editors_business(role, status, desk, address):
    article = factories.article("Not yet yours")
    window = desk(role)

    assert window.get(address(article)).status_code == status
    assert ("Not yet yours" in window.get(LIST).content.decode()) is (status == 200)


def test_a_contributor_sees_drafts_that_credit_them(desk, address):
    window = desk("contributor")
    article = factories.article(authors=[factories.author(user=window.user)])

    assert window.get(address(article)).status_code == 200


@pytest.mark.parametrize(
    ("role", "status", "may_change"),
    [
        ("contributor", Status.DRAFT, True),
        ("contributor", Status.IN_REVIEW, False),
        ("contributor", Status.READY, False),
        ("author", Status.DRAFT, True),
        ("author", Status.IN_REVIEW, False),
        ("editor", Status.IN_REVIEW, True),
        ("editor", Status.READY, True),
    ],
)
def test_what_was_handed_in_is_with_the_editors(role, status, may_change, desk, form_of, address):
    window = desk(role)
    article = factories.article(created_by=window.user, status=status)
    page = window.get(address(article))

    assert page.context["has_change_permission"] is may_change
    assert window.post(address(article), {}).status_code == (200 if may_change else 403)


@pytest.mark.parametrize(("role", "may"), [("contributor", False), ("author", False), ("editor", True)])
def test_what_is_published_is_changed_by_those_who_publish(role, may, desk, address):
    window = desk(role)
    article = factories.published(created_by=window.user)

    assert window.get(address(article)).context["has_change_permission"] is may


@pytest.mark.parametrize(
    ("role", "offered"),
    [
        ("contributor", ["submit"]),
        ("author", ["submit"]),
        (
            "editor",
            [
                "submit", "send_back", "approve", "unschedule", "mark_breaking", "end_breaking", "publish",
                "withdraw",
            ],
        ),
    ],
)  # fmt: skip
def test_the_list_offers_the_acts_that_a_role_may_do(role, offered, desk):
    window = desk(role)
    factories.article(created_by=window.user)

    choices = window.get(LIST).context["action_form"].fields["action"].choices

    assert [name for name, _ in choices if name] == offered


@pytest.mark.parametrize("role", ["contributor", "author"])
def test_a_reporter_cannot_publish_by_any_door(role, desk, save):
    window = desk(role)
    article = factories.article(created_by=window.user)

    window.post(LIST, {"action": "publish", "_selected_action": [article.pk]})
    assert window.post(reverse("admin:articles_article_withdraw") + f"?ids={article.pk}").status_code == 403
    assert save(window, article, _publish="Publish").status_code == 403
    assert now_saved(article).status == Status.DRAFT


def test_a_reporter_cannot_slip_a_publication_time_in(desk, save):
    window = desk("author")
    article = factories.article(created_by=window.user)

    save(window, article, published_at_0="2020-01-01", published_at_1="10:00", slug="mine")

    assert now_saved(article).published_at is None
    assert now_saved(article).slug == article.slug


@pytest.mark.parametrize(("role", "status"), [("chief editor", 403), ("administrator", 302)])
def test_what_was_published_is_not_deleted_but_by_administrators(role, status, desk, address):
    assert desk(role).post(address(factories.published(), "delete"), {"post": "yes"}).status_code == status


def test_a_chief_editor_deletes_a_draft(desk, address):
    article = factories.article()

    assert desk("chief editor").post(address(article, "delete"), {"post": "yes"}).status_code == 302
    assert not Article.objects.exists()


# Writing --------------------------------------------------------------------------------------------


def test_a_new_article_belongs_to_who_wrote_it_and_proposes_their_byline(desk, form_of, address):
    window = desk("author")
    author = factories.author("Kamran Aliyev", user=window.user)
    form = form_of(window.get(address(Article, "add")))
    assert form["credits-0-author"] == [str(author.pk)]

    window.post(
        address(Article, "add"), form | {"headline": "Rain over Lankaran", "body": "<p>It rains.</p>"}
    )

    article = Article.objects.get()
    assert article.created_by == window.user
    assert article.slug == "rain-over-lankaran"
    assert [credit.author for credit in article.credits.all()] == [author]


def test_the_proposed_byline_can_be_taken_out(desk, form_of, address):
    window = desk("author")
    factories.author(user=window.user)
    form = form_of(window.get(address(Article, "add")))

    window.post(address(Article, "add"), form | {"headline": "Unsigned", "credits-TOTAL_FORMS": "0"})

    assert not Credit.objects.exists()


def test_a_contributor_takes_the_tags_there_are(desk, save, errors_of):
    window = desk("contributor")
    factories.tag("Energy")
    article = factories.article(created_by=window.user)

    refused = save(window, article, tags="energy, hydrogen")
    assert "There is no tag “hydrogen” yet." in errors_of(refused)
    save(window, article, tags="energy")

    assert [tag.name for tag in article.tags.all()] == ["Energy"]


def test_a_headline_is_one_line(desk, save):
    article = factories.article()

    save(desk("editor"), article, headline="Two\nlines  in one")

    assert now_saved(article).headline == "Two lines in one"


def test_the_text_is_cleaned_and_counted(desk, save):
    article = factories.article()

    save(desk("editor"), article, body='<p onclick="x()">Four words stand here.</p><script>alert(1)</script>')

    assert now_saved(article).body_html == "<p>Four words stand here.</p>"
    assert now_saved(article).word_count == 4


def test_a_picture_in_the_text_is_printed_however_the_form_is_saved(desk, save):
    image = factories.image(caption="The pier", credit="Aynur Hasan")
    article = factories.article()
    body = f'<p>Text</p><figure data-image="{image.pk}"><img src="/a.jpg" alt=""></figure>'

    for changes in ({"body": body}, {"headline": "Another"}, {"credits-0-role": "editor"}, {"_submit": "1"}):
        save(desk("editor"), article, **changes)
        assert "The pier" in now_saved(article).body_html, changes


def test_naughty_text_is_saved_without_a_fault(desk, form_of, address, corpora):
    window = desk("editor")
    form = form_of(window.get(address(Article, "add")))
    naughty = [text for text in json.loads((corpora / "naughty" / "blns.json").read_text()) if text.strip()]

    # Four at a time, and each of them in its turn in every place.
    for turn in range(4):
        four = [naughty[(turn + place) % 4 :: 4] for place in range(4)]
        for headline, standfirst, body, tags in list(zip(*four, strict=False))[turn::4]:
            fields = {"headline": headline[:250], "standfirst": standfirst[:600], "body": body, "tags": tags}
            response = window.post(address(Article, "add"), form | fields)
            assert response.status_code in (200, 302), (headline, standfirst, body, tags)

    # What is refused is refused by a form that says why: control characters, mostly.
    assert Article.objects.count() > len(naughty) / 4 * 0.8
    for text in naughty[::20]:
        assert window.get(LIST, {"q": text}).status_code == 200


def test_saving_a_published_article_refiles_it(desk, save):
    article, other = factories.published(), factories.category("Economy")

    save(desk("editor"), article, primary_category=other.pk, tags="gas, pipelines")

    assert list(Article.objects.in_category(other)) == [article]
    assert now_saved(article).status == Status.PUBLISHED
    assert {tagging.tag.name for tagging in article.taggings.filter(listed_at__isnull=False)} == {
        "gas",
        "pipelines",
    }


# Faults are messages --------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"slug": "feed"}, "“feed” is an address of the site itself. Choose another."),
        ({"slug": "taken"}, "/taken/ leads to “The first”, or did so once. Choose another address."),
        ({"headline": ""}, "This field is required."),
        ({"tags": "energy, " + "o" * 101}, "is too long for a tag; it takes 100 letters at most."),
        ({"published_at_0": "", "published_at_1": ""}, "What was published keeps its publication time."),
        ({"primary_category": ""}, "A published article stands in a category."),
        ({"origin": "reprint"}, "A translation, reprint or agency piece names its outlet."),
        (
            {"embargoed_until_0": "2090-01-01", "embargoed_until_1": "00:00"},
            "The publication time lies before the end of the embargo.",
        ),
        ({"revised_at_0": "2001-01-01", "revised_at_1": "00:00"}, "The update lies before the publication."),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_the_database_would_refuse_is_said_on_the_form(changes, message, desk, save, errors_of):
    factories.article("The first", slug="taken")
    article = factories.published()

    response = save(desk("editor"), article, standfirst="Still here", **changes)

    assert response.status_code == 200
    assert message in errors_of(response)
    assert "Still here" in response.content.decode()


def test_a_credit_given_twice_is_said_on_the_form(desk, save, errors_of):
    article = factories.article(authors=[factories.author("Aynur"), factories.author("Rashad")])
    first = article.credits.first()

    response = save(desk("editor"), article, **{"credits-1-author": first.author_id})

    assert "Please correct the duplicate" in response.content.decode()


def test_an_exclusive_piece_with_an_outlet_is_said_on_the_form(desk, save, errors_of):
    response = save(desk("editor"), factories.article(), outlet=factories.outlet().pk)

    assert "An exclusive piece has no outlet" in errors_of(response)


def test_a_moved_article_says_that_its_old_address_still_works(desk, save, client, messages_of):
    article = factories.published(slug="old")

    response = save(desk("editor"), article, slug="new")

    assert "The address is /new/ now. Readers who follow /old/ are sent on to it." in messages_of(response)
    assert client.get("/old/").url.endswith("/new/")


# Acts -----------------------------------------------------------------------------------------------


def test_from_draft_to_reader(desk, save, client):
    reporter, editor = desk("author"), desk("editor")
    article = factories.article("Green light for the corridor", created_by=reporter.user)

    save(reporter, article, _submit="1")
    assert now_saved(article).status == Status.IN_REVIEW
    save(editor, article, _send_back="1")
    assert now_saved(article).status == Status.DRAFT
    save(reporter, article, _submit="1")
    save(editor, article, _approve="1")
    assert now_saved(article).status == Status.READY
    assert client.get(article.get_absolute_url()).status_code == 404
    save(editor, article, _publish="1")

    assert now_saved(article).status == Status.PUBLISHED
    assert client.get(article.get_absolute_url()).status_code == 200


def test_the_button_saves_what_was_typed_before_it_acts(desk, save):
    article = factories.article()

    save(desk("editor"), article, headline="The better headline", _publish="1")

    assert now_saved(article).headline == "The better headline"
    assert now_saved(article).is_public


def test_a_new_article_can_be_published_at_once(desk, form_of, address):
    window, category, author = desk("editor"), factories.category(), factories.author()
    form = form_of(window.get(address(Article, "add")))
    credit = {"credits-TOTAL_FORMS": "1", "credits-0-author": author.pk, "credits-0-role": "writer"}
    content = {"headline": "At once", "body": "<p>News.</p>", "primary_category": category.pk}

    window.post(
        address(Article, "add"), form | content | credit | {"credits-0-position": "0", "_publish": "1"}
    )

    assert Article.objects.get().is_public


def test_a_publication_time_ahead_schedules(desk, save, client, messages_of):
    article = factories.article("Later")
    tomorrow = timezone.localtime() + timedelta(days=1)

    response = save(
        desk("editor"),
        article,
        published_at_0=tomorrow.strftime("%Y-%m-%d"),
        published_at_1=tomorrow.strftime("%H:%M:%S"),
        _publish="1",
    )

    assert now_saved(article).is_scheduled
    assert "“Later” is scheduled." in messages_of(response)
    assert client.get(article.get_absolute_url()).status_code == 404
    save(desk("editor"), article, _unschedule="1")
    assert now_saved(article).status == Status.READY


def test_an_article_that_lacks_something_is_saved_but_not_published(desk, save, messages_of):
    article = factories.article("Unfinished", primary_category=None)

    response = save(desk("editor"), article, standfirst="New words", _publish="1")

    assert now_saved(article).status == Status.DRAFT
    assert now_saved(article).standfirst == "New words"
    assert "“Unfinished” could not be published. Choose a primary category." in messages_of(response)
    assert "What you wrote is saved." in messages_of(response)


def test_the_form_lists_what_is_missing(desk, address):
    article = factories.article(primary_category=None)

    assert "Choose a primary category." in desk("editor").get(address(article)).content.decode()


def test_many_are_published_from_the_list_and_the_unfit_are_named(desk, messages_of):
    fit, unfit = factories.article("Fit"), factories.article("Unfit", body="")

    response = desk("editor").post(
        LIST, {"action": "publish", "_selected_action": [fit.pk, unfit.pk]}, follow=True
    )

    assert now_saved(fit).is_public
    assert now_saved(unfit).status == Status.DRAFT
    assert "“Unfit” could not be published. The article has no text yet." in messages_of(response)


def test_withdrawing_asks_for_a_note_and_tells_readers(desk, client, messages_of):
    article = factories.published("A mistake")
    editor = desk("editor")

    asked = editor.post(LIST, {"action": "withdraw", "_selected_action": [article.pk]}, follow=True)
    assert "A mistake" in asked.content.decode()
    assert now_saved(article).is_public
    without = editor.post(asked.request["PATH_INFO"] + f"?ids={article.pk}", {"note": " "})
    assert "This field is required." in without.content.decode()
    editor.post(asked.request["PATH_INFO"] + f"?ids={article.pk}", {"note": "Our source was wrong."})

    response = client.get(article.get_absolute_url())
    assert response.status_code == 410
    assert "Our source was wrong." in response.content.decode()


@pytest.mark.parametrize("ids", ["", "x", "0", "9" * 30, "²", "1,,2"])
def test_withdrawing_nothing_does_no_harm(ids, desk):
    response = desk("editor").get("/admin/articles/article/withdraw/", {"ids": ids})

    assert "No article was chosen." in response.content.decode()


def test_who_may_only_read_sees_the_text_and_not_its_markup(desk, address):
    window = desk("author")
    article = factories.published(created_by=window.user, body="<p>Plain words.</p>")

    assert "<p>Plain words.</p>" in window.get(address(article)).content.decode()


def test_a_refused_form_still_tells_the_state_that_is_saved(desk, save):
    article = factories.published()

    response = save(desk("editor"), article, headline="", published_at_0="2090-01-01", published_at_1="10:00")

    assert response.context["state"].word == "Published"


def test_a_withdrawn_article_can_be_brought_back(desk, save):
    article = factories.published()
    time = article.published_at
    workflow.withdraw(article, by=None, note="Wrong")

    save(desk("editor"), article, _publish="1")

    assert now_saved(article).is_public
    assert abs(now_saved(article).published_at - time) < timedelta(seconds=1)


def test_a_correction_is_printed_and_counts_as_an_update(desk, save, client):
    article = factories.published()
    line = {"corrections-TOTAL_FORMS": "1", "corrections-0-text": "It was Tuesday, not Monday."}
    moment = timezone.localtime()
    line |= {
        "corrections-0-corrected_at_0": f"{moment:%Y-%m-%d}",
        "corrections-0-corrected_at_1": f"{moment:%H:%M:%S}",
    }

    save(desk("editor"), article, **line)

    assert now_saved(article).revised_at is not None
    assert "It was Tuesday, not Monday." in client.get(article.get_absolute_url()).content.decode()


def test_a_draft_has_no_corrections(desk, address):
    assert b"corrections-TOTAL_FORMS" not in desk("editor").get(address(factories.article())).content


# Pictures -------------------------------------------------------------------------------------------


def figure(image, alt=""):
    return f'<figure data-image="{image.pk}"><img src="{image.original.url}" alt="{alt}"></figure>'


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"alt_text": ""}, "Describe the lead picture (alt text) for those who do not see it."),
        ({"credit": ""}, "Credit the lead picture: name the photographer"),
        ({"rights_expire_at": timezone.now() - timedelta(days=1)}, "The right to print"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_what_is_published_gets_no_picture_that_could_not_be(fault, sentence, desk, save, errors_of):
    article, image = factories.published(), factories.image(**fault)

    response = save(desk("editor"), article, lead_image=image.pk)

    assert sentence in errors_of(response)
    assert sentence in str(response.context["adminform"].form.errors["lead_image"])
    assert now_saved(article).lead_image is None


def test_it_does_when_the_picture_is_described_in_its_place(desk, save):
    article, image = factories.published(), factories.image(alt_text="")

    save(desk("editor"), article, lead_image=image.pk, lead_alt="A bridge at dawn")

    assert now_saved(article).lead_image == image


def test_a_draft_takes_any_picture_and_says_what_it_lacks(desk, save):
    article, image = factories.article(), factories.image(alt_text="", credit="")

    page = save(desk("editor"), article, lead_image=image.pk, _continue="1").content.decode()

    assert now_saved(article).lead_image == image
    assert "Describe the lead picture (alt text)" in page
    assert "Credit the lead picture" in page


def test_old_pieces_are_corrected_whatever_their_pictures_lack(desk, save):
    image, in_text = factories.image(), factories.image()
    article = factories.published(lead_image=image, body=f"<p>Words.</p>{figure(in_text)}")
    type(image).objects.update(alt_text="", credit="", rights_expire_at=timezone.now() - timedelta(days=1))

    save(desk("editor"), article, headline="With a comma, now", body=f"<p>Better words.</p>{figure(in_text)}")

    assert now_saved(article).headline == "With a comma, now"
    assert "Better words." in now_saved(article).body_html


def test_the_words_that_describe_a_printed_picture_are_not_taken_away(desk, save, errors_of):
    image = factories.image(alt_text="")
    article = factories.published(lead_image=image, lead_alt="A bridge at dawn")

    response = save(desk("editor"), article, lead_alt="")

    assert "Describe the lead picture" in errors_of(response)
    assert now_saved(article).lead_alt == "A bridge at dawn"


def test_a_new_picture_in_a_published_text_is_described_and_credited_too(desk, save, errors_of):
    known, new = factories.image(), factories.image(alt_text="", credit="", title="Pier")
    article = factories.published(body=f"<p>Words.</p>{figure(known)}")
    type(known).objects.filter(pk=known.pk).update(credit="")

    response = save(desk("editor"), article, body=f"<p>Words.</p>{figure(known)}{figure(new)}")
    assert "Describe the picture “Pier” in the text" in errors_of(response)
    assert "Credit the picture “Pier” in the text" in errors_of(response)
    assert errors_of(response).count("Credit") == 1

    type(new).objects.filter(pk=new.pk).update(credit="Leyla")
    save(desk("editor"), article, body=f"<p>Words.</p>{figure(known)}{figure(new, 'A pier')}")
    assert article.illustrations.count() == 2


def test_the_form_tells_whose_the_picture_is(desk, address):
    window = desk("editor")
    credited = factories.article(lead_image=factories.image(credit="Leyla", agency="Orbit"))
    uncredited = factories.article(lead_image=factories.image(credit=""))

    assert "Leyla / Orbit" in window.get(address(credited)).content.decode()
    assert "Nobody yet" in window.get(address(uncredited)).content.decode()
    assert "field-lead_credit" not in window.get(address(factories.article())).content.decode()


@pytest.mark.parametrize("make", [factories.article, factories.published])
def test_the_form_warns_of_a_right_that_ends(make, desk, address):
    end = timezone.now() + timedelta(days=10)
    article = make(lead_image=factories.image(title="Pier", rights_expire_at=end))

    assert "The right to print “Pier” ends on" in desk("editor").get(address(article)).content.decode()


def test_a_right_that_is_over_is_said_once(desk, address):
    article = factories.article(
        lead_image=factories.image(rights_expire_at=timezone.now() - timedelta(days=1))
    )

    assert desk("editor").get(address(article)).content.decode().count("The right to print") == 1


def test_saving_asks_for_the_card_that_networks_show(desk, save):
    article = factories.article()

    save(desk("editor"), article, _publish="1")
    before = now_saved(article).social_card
    save(desk("editor"), article, headline="The better headline")

    assert before.startswith("cards/")
    assert now_saved(article).social_card not in ("", before)


# Preview --------------------------------------------------------------------------------------------


def test_a_preview_shows_the_draft_to_its_people_only(desk, client, address):
    writer = desk("author")
    article = factories.article("Not for everybody yet", created_by=writer.user)
    preview = address(article, "preview")

    response = writer.get(preview)

    assert "Not for everybody yet" in response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert desk("editor").get(preview).status_code == 200
    assert desk("author").get(preview).status_code == 404
    assert client.get(preview).status_code == 302


@pytest.mark.parametrize("pk", ["0", "99", "x", "1%2F2", "9" * 30, "²"])
def test_a_preview_of_nothing_is_not_found(pk, desk):
    assert desk("editor").get(f"/admin/articles/article/{pk}/preview/").status_code == 404


def test_view_on_site_is_offered_for_what_readers_see(desk, address):
    assert "View on site" in desk("editor").get(address(factories.published())).content.decode()
    assert "View on site" not in desk("editor").get(address(factories.article())).content.decode()


# The list -------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_costs_the_same_however_long_it_is(rows, desk, django_assert_num_queries):
    window = desk("editor")
    for _ in range(rows):
        factories.published(
            lead_image=factories.image(), authors=[factories.author(), factories.author()], tags=["energy"]
        )
    window.get(LIST)

    with django_assert_num_queries(8):
        window.get(LIST)


def test_the_list_tells_scheduled_from_published(desk):
    factories.published("Tomorrow's news", at=timezone.now() + timedelta(days=1))
    window = desk("editor")

    assert "state--scheduled" in window.get(LIST).content.decode()
    assert "Tomorrow" in window.get(LIST, {"state": "scheduled"}).content.decode()
    assert "Tomorrow" not in window.get(LIST, {"state": "published"}).content.decode()


def test_the_list_tells_an_embargo(desk):
    factories.article("Hold this", embargoed_until=timezone.now() + timedelta(days=1))

    page = desk("editor").get(LIST, {"state": "embargoed"}).content.decode()

    assert "Hold this" in page
    assert "embargoed until" in page


def test_the_list_is_filtered_by_section_and_its_sub_sections(desk):
    economy, politics = factories.category("Economy"), factories.category("Politics")
    energy = factories.category("Energy", parent=economy)
    factories.article("About gas", primary_category=energy)
    factories.article("About votes", primary_category=politics)
    factories.article("About both", primary_category=politics, further=[economy])

    page = desk("editor").get(LIST, {"category": economy.pk}).content.decode()

    assert "About gas" in page
    assert "About both" in page
    assert "About votes" not in page


def test_the_list_is_filtered_to_one_s_own(desk):
    window = desk("editor")
    factories.article("My own", created_by=window.user)
    factories.article("Also my own", authors=[factories.author(user=window.user)])
    factories.article("Not a word of it")

    page = window.get(LIST, {"whose": "mine"}).content.decode()

    assert "My own" in page
    assert "Also my own" in page
    assert "Not a word of it" not in page


@pytest.mark.parametrize("query", [{"category": "x"}, {"state": "x"}, {"whose": "x"}, {"category": "9" * 30}])
def test_a_made_up_filter_does_no_harm(query, desk):
    assert desk("editor").get(LIST, query, follow=True).status_code == 200


def test_headlines_and_addresses_are_searched(desk):
    factories.article("Wheat prices fall", slug="harvest")
    window = desk("editor")

    for query in ("wheat", "harvest"):
        assert "Wheat prices fall" in window.get(LIST, {"q": query}).content.decode()


def test_everybody_may_pick_what_the_public_may_read(desk):
    factories.published("Out in the open")
    factories.article("Under wraps")
    query = {
        "app_label": "articles",
        "model_name": RelatedArticle._meta.model_name,
        "field_name": "other",
        "term": "",
    }

    offered = desk("contributor").get("/admin/autocomplete/", query).json()["results"]

    assert [each["text"] for each in offered] == ["Out in the open"]


# Breaking news --------------------------------------------------------------------------------------


def test_breaking_news_is_one_click_and_one_click_back(desk, save, messages_of, client):
    window, article = desk("editor"), factories.published("Flood in Lankaran")

    told = messages_of(save(window, article, _mark_breaking="Mark as breaking"))

    assert any("“Flood in Lankaran” is breaking until" in each for each in told)
    for address in ("/", article.get_absolute_url(), article.primary_category.get_absolute_url()):
        assert "Breaking" in client.get(address).content.decode(), address

    save(window, article, _end_breaking="No longer breaking")

    assert "Breaking" not in client.get("/").content.decode()


def test_another_moment_is_written_and_one_that_is_over_refused(desk, save, errors_of):
    window, article = desk("editor"), factories.published()

    response = save(window, article, breaking_until_0="2020-01-01", breaking_until_1="10:00")
    assert "That moment is over. Choose a later one, or leave it empty." in errors_of(response)

    save(window, article, breaking_until_0="2040-01-01", breaking_until_1="10:00")
    assert now_saved(article).is_breaking


def test_only_what_readers_see_is_offered_as_breaking(desk, address):
    window = desk("editor")
    draft = factories.article()
    later = factories.published(at=timezone.now() + timedelta(days=1))

    for article in (draft, later):
        response = window.get(address(article))
        assert "mark_breaking" not in [act.name for act in response.context["acts"]]

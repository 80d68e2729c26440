"""What readers get for a picture that a text names by its number."""

import re
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from lxml import html

from articles import illustrations, pictures, rendering, workflow
from articles.models import Article, Illustration, Image, Page
from tests import factories

pytestmark = pytest.mark.django_db


def figure(image, *, alt="", caption="", css_class="", link=""):
    number = image if isinstance(image, int) else image.pk
    opening = f'<figure data-image="{number}"' + (f' class="{css_class}">' if css_class else ">")
    img = f'<img src="/media/images/ab/old/preview.jpg" alt="{alt}">'
    img = f'<a href="{link}">{img}</a>' if link else img
    return f"{opening}{img}<figcaption>{caption}</figcaption></figure>"


def gallery(*figures, caption=""):
    return f'<figure class="gallery">{"".join(figures)}<figcaption>{caption}</figcaption></figure>'


def settled(body):
    article = factories.article(body=body)
    illustrations.settle(article)
    article.refresh_from_db()
    return article


def seen(article):
    """What readers get, as a tree."""
    return html.fragment_fromstring(article.body_html, create_parent="main")


def words(element):
    return " ".join(element.text_content().split())


@pytest.fixture
def image():
    made = factories.image(
        alt_text="A pier in fog", caption="The pier at dawn", credit="Aynur Hasan", agency="AzN"
    )
    pictures.make_renditions(made)
    return Image.objects.get(pk=made.pk)


# A picture in a text ------------------------------------------------------------------------------


def test_a_picture_is_printed_with_what_the_library_says_of_it(image):
    found = seen(settled(f"<p>Before</p>{figure(image)}<p>After</p>"))

    assert [each.tag for each in found] == ["p", "figure", "p"]
    assert found.find(".//img").get("alt") == "A pier in fog"
    assert words(found.find(".//figcaption")) == "The pier at dawn Aynur Hasan / AzN"
    assert words(found.find(".//*[@class='figure__credit']")) == "Aynur Hasan / AzN"


def test_a_text_may_say_something_else_but_the_credit_stays(image):
    found = seen(settled(figure(image, alt="Fog &quot;1&quot;", caption="As <em>we</em> saw it")))

    assert found.find(".//img").get("alt") == 'Fog "1"'
    assert words(found.find(".//figcaption")) == "As we saw it Aynur Hasan / AzN"
    assert found.find(".//figcaption/em").text == "we"


def test_a_picture_that_nobody_says_anything_of_has_no_caption():
    mute = factories.image(caption="", credit="")

    assert seen(settled(figure(mute))).find(".//figcaption") is None


def test_what_the_library_says_is_text_and_no_markup():
    sly = factories.image(alt_text='"><script>x()</script>', caption="<b>5 < 6</b>", credit="<i>A & B</i>")

    found = seen(settled(figure(sly)))

    assert found.find(".//script") is None
    assert found.find(".//img").get("alt") == '"><script>x()</script>'
    assert words(found.find(".//figcaption")) == "<b>5 < 6</b> <i>A & B</i>"


def test_readers_choose_among_its_renditions_and_the_room_for_it_is_known(image):
    found = seen(settled(figure(image)))

    assert [each.get("type") for each in found.iterfind(".//picture//source")] == ["image/avif", "image/webp"]
    shown = found.find(".//picture//img")
    assert (shown.get("width"), shown.get("height"), shown.get("loading")) == ("90", "60", "lazy")
    assert default_storage.exists(shown.get("src").removeprefix("/media/"))


@pytest.mark.parametrize("css_class", ["", "figure--wide", "figure--full", "figure--left", "figure--right"])
def test_a_figure_keeps_its_width_and_tells_the_browser(css_class, image):
    found = seen(settled(figure(image, css_class=css_class)))

    assert found[0].get("class") == f"figure {css_class}".strip()
    assert found.find(".//source").get("sizes").endswith(illustrations.SIZES[css_class])


def test_it_leads_to_itself_at_its_largest(image):
    link = seen(settled(figure(image))).find(".//a")

    assert link.get("href") == default_storage.url(image.rendition_name("full", 90, "jpg"))
    assert link.get("data-zoom") is not None


def test_a_link_that_an_editor_laid_around_it_stays(image):
    link = seen(settled(figure(image, link="https://example.com/map/"))).find(".//a")

    assert dict(link.attrib) == {"href": "https://example.com/map/", "rel": "noopener"}
    assert link.find("picture//img") is not None


def test_a_link_to_an_old_file_of_ours_gives_way_to_the_picture(image):
    link = seen(settled(figure(image, link="/media/images/ab/old/original.jpg"))).find(".//a")

    assert link.get("href") == default_storage.url(image.rendition_name("full", 90, "jpg"))


def test_what_else_stands_in_the_figure_is_not_lost(image):
    body = (
        f'<figure data-image="{image.pk}"><p>Above</p>'
        '<p><a href="/map/">See <img src="/x.jpg" alt=""></a></p>'
        "<figcaption>Words</figcaption></figure>"
    )

    found = seen(settled(body))

    assert words(found.find("figure")) == "Words Aynur Hasan / AzN"
    assert [words(each) for each in found.iterfind("p")] == ["Above", "See"]
    assert found.find("p/a").get("href") == "/map/"


def test_what_else_stands_in_a_gallery_is_not_lost_either(image):
    body = f'<figure class="gallery"><p>Above</p>{figure(image)}<p><img src="/x.jpg" alt=""></p></figure>'

    found = seen(settled(body))

    assert [each.tag for each in found] == ["figure", "p", "p"]
    assert words(found.find("p")) == "Above"


@pytest.mark.parametrize("css_class", ["figure--wide figure--left", "gallery", "embed"])
def test_classes_that_do_not_go_together_do_no_harm(css_class, image):
    found = seen(settled(figure(image, css_class=css_class)))

    assert found.find("figure//img").get("alt") == "A pier in fog"
    assert found.find("figure").get("class") in ("figure", "figure figure--wide")


def test_words_that_look_like_a_figure_are_words(image):
    sly = f"&lt;figure data-image=&quot;{image.pk}&quot;&gt;"
    article = settled(f'<p>{sly}</p><p><img src="/x.jpg" alt="{sly}"></p>')

    assert not article.illustrations.exists()
    assert seen(article).find("p/img").get("alt") == f'<figure data-image="{image.pk}">'


def test_a_film_beside_it_is_left_alone(image):
    film = '<figure data-embed="https://youtu.be/abcdefghijk"><figcaption>The film</figcaption></figure>'

    found = seen(settled(film + figure(image)))

    assert found[0].get("data-embed-src") == "https://www.youtube-nocookie.com/embed/abcdefghijk"
    assert words(found[0].find("figcaption")) == "The film"


# A picture that is not there ----------------------------------------------------------------------


def test_where_a_picture_is_gone_readers_see_neither_a_hole_nor_its_caption():
    article = settled("<p>Before</p>" + figure(404, caption="What was here") + "<p>After</p>")

    assert article.body_html == "<p>Before</p><p>After</p>"
    assert not article.illustrations.exists()
    assert "What was here" in article.body


def test_a_picture_from_elsewhere_under_an_unknown_number_stays():
    body = figure(404, caption="Far").replace("/media/images/ab/old/preview.jpg", "https://example.com/a.jpg")

    found = seen(settled(body))

    assert found.find("figure/img").get("src") == "https://example.com/a.jpg"
    assert words(found) == "Far"


def test_a_picture_that_a_text_shows_cannot_be_deleted(image):
    settled(figure(image))

    with pytest.raises(ProtectedError):
        image.delete()


# A gallery ----------------------------------------------------------------------------------------


def test_a_gallery_is_a_list_of_pictures_each_with_its_words(image):
    other = factories.image(caption="The other", credit="")

    found = seen(settled(gallery(figure(image), figure(other, caption="Here"), caption="Two <em>days</em>")))

    frame = found.find("figure[@class='gallery']")
    assert [words(each) for each in frame.iterfind("ul/li")] == ["The pier at dawn Aynur Hasan / AzN", "Here"]
    assert words(frame.find("figcaption")) == "Two days"
    assert len(frame.findall("ul/li/figure/a[@data-zoom]")) == 2
    assert frame.find(".//source").get("sizes").endswith(illustrations.SIZES_IN_GALLERY)
    assert "/3x2-" in frame.find(".//img").get("src")


def test_a_gallery_without_words_has_no_caption(image):
    assert seen(settled(gallery(figure(image)))).find("figure/figcaption") is None


def test_a_gallery_skips_the_picture_that_is_gone(image):
    found = seen(settled(gallery(figure(404), figure(image))))

    assert len(found.findall("figure/ul/li")) == 1


def test_of_a_gallery_without_pictures_nothing_remains():
    assert settled("<p>Text</p>" + gallery(figure(404), caption="Two days")).body_html == "<p>Text</p>"


def test_the_pictures_of_a_gallery_are_noted_too_each_once(image):
    other = factories.image()

    article = settled(gallery(figure(image), figure(other)) + figure(image))

    assert set(article.illustrations.values_list("image", flat=True)) == {image.pk, other.pk}
    assert article.illustrations.count() == 2


# When texts and pictures change -------------------------------------------------------------------


def test_a_picture_taken_out_of_the_text_is_noted_no_more(image):
    article = settled(figure(image))
    kept, other = article.illustrations.get(), factories.image()
    article.body += figure(other)
    article.save()
    illustrations.settle(article)
    assert kept in article.illustrations.all()

    article.body = figure(other)
    article.save()
    illustrations.settle(article)

    assert [each.image for each in article.illustrations.all()] == [other]


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"caption": "Another day"}, "Another day Aynur Hasan / AzN"),
        ({"credit": "Kamran Aliyev", "agency": ""}, "The pier at dawn Kamran Aliyev"),
    ],
)
def test_what_changes_in_the_library_changes_in_every_text(changes, expected, image):
    article = settled(figure(image))
    page = Page.objects.create(title="About", body=gallery(figure(image)))
    illustrations.settle(page)
    before = article.updated_at
    Image.objects.filter(pk=image.pk).update(**changes)

    illustrations.renew(image)

    article.refresh_from_db()
    page.refresh_from_db()
    for text in (article, page):
        assert words(seen(text).find(".//figcaption")) == expected
    assert article.updated_at == before


def test_a_fresh_picture_is_shown_at_once_and_in_every_size_when_they_are_made():
    fresh = factories.image()
    article = settled(figure(fresh))
    assert seen(article).find(".//source") is None
    assert seen(article).find(".//img").get("src") == default_storage.url(fresh.preview_name)

    pictures.make_renditions(fresh)

    article.refresh_from_db()
    assert seen(article).find(".//source") is not None


def test_a_picture_of_many_texts_is_renewed_in_all_of_them(image, monkeypatch):
    monkeypatch.setattr(illustrations, "BATCH", 2)
    articles = [settled(figure(image)) for _ in range(5)]
    Image.objects.filter(pk=image.pk).update(caption="Another day")

    illustrations.renew(image)

    for article in articles:
        article.refresh_from_db()
        assert "Another day" in article.body_html


def test_a_renewal_takes_the_text_as_it_is_and_not_as_somebody_still_holds_it(image):
    article = settled(figure(image))
    stale = Article.objects.get(pk=article.pk)
    article.body = "<p>Newer</p>" + figure(image)
    article.save()

    illustrations.settle(stale)

    article.refresh_from_db()
    assert "<p>Newer</p>" in article.body_html
    assert "<p>Newer</p>" in stale.body_html


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif(connection.vendor == "sqlite", reason="SQLite lets one write begin when the other ended")
def test_a_text_saved_while_its_picture_is_being_made_shows_it_whole():
    fresh = factories.image()
    Image.objects.update(rendered_at=None)
    article = factories.article(body=figure(fresh))

    def make():
        try:
            pictures.make_renditions(fresh)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            illustrations.settle(article)  # the text is printed with the preview, but not committed
            made = pool.submit(make)
            with pytest.raises(TimeoutError):
                made.result(timeout=2)
        made.result(timeout=20)

    article.refresh_from_db()
    assert seen(article).find(".//source") is not None


# What it costs ------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 3])
def test_texts_without_pictures_cost_two_queries(count, django_assert_num_queries):
    articles = [factories.article() for _ in range(count)]

    with django_assert_num_queries(4):  # two of them begin and end the transaction
        illustrations.settle(*articles)


@pytest.mark.parametrize("count", [1, 3])
def test_texts_are_settled_together(count, image, django_assert_num_queries):
    articles = [factories.article(body=figure(image) + figure(factories.image())) for _ in range(count)]
    illustrations.settle(*articles)

    with django_assert_num_queries(5):
        illustrations.settle(*articles)


# Through the doors of the newsroom ----------------------------------------------------------------


def test_captions_are_found_by_the_search(image, client):
    factories.published("Harbour news", body="<p>Text</p>" + figure(image))

    assert "Harbour news" in client.get("/search/?q=pier+dawn").content.decode()


def test_captions_are_neither_counted_nor_the_beginning_of_the_summary(image):
    article = factories.published(body=figure(image) + "<p>Four words stand here.</p>", standfirst="")

    article.refresh_from_db()
    assert "The pier at dawn" in article.body_html
    assert article.word_count == 4
    assert rendering.summary(article.body_html, 160) == "Four words stand here."


def test_the_page_of_an_article_prints_caption_and_credit(image, client):
    article = factories.published(body=f"<p>Text</p>{figure(image)}")

    page = html.fromstring(client.get(article.get_absolute_url()).content)

    assert words(page.find(".//div/figure/figcaption")) == "The pier at dawn Aynur Hasan / AzN"


def test_every_verb_leaves_the_pictures_in_the_text(image):
    article = factories.article(body=f"<p>Text</p>{figure(image)}")
    for verb in (workflow.submit, workflow.approve, workflow.publish):
        verb(Article.objects.defer("body", "body_html").get(pk=article.pk), by=None)
        article.refresh_from_db()
        assert "Aynur Hasan" in article.body_html, verb
    workflow.correct(article, by=None, text="It was noon.", at=timezone.now())
    workflow.withdraw(article, by=None, note="Wrong.")

    article.refresh_from_db()
    assert "Aynur Hasan" in article.body_html


# For the editor -----------------------------------------------------------------------------------


def test_the_editor_gets_each_picture_where_it_lies_now_and_what_the_library_says(image):
    body, facts = illustrations.for_editor(figure(image, alt="Mine", link="/map/") + figure(404))

    found = html.fragment_fromstring(body, create_parent="main").findall(".//img")
    assert dict(found[0].attrib) == {
        "src": default_storage.url(image.preview_name), "alt": "Mine", "width": "90", "height": "60",
    }  # fmt: skip
    assert found[0].getparent().get("href") == "/map/"
    assert found[1].get("src") == "/media/images/ab/old/preview.jpg"
    assert facts == {
        str(image.pk): {"alt": "A pier in fog", "caption": "The pier at dawn", "credit": "Aynur Hasan / AzN"}
    }


def test_whoever_asks_what_a_text_shows_is_told_each_picture_with_its_own_words(image):
    body = gallery(figure(image, alt="Fog"), figure(404)) + '<p><img src="/x.jpg" alt="No number"></p>'

    assert illustrations.uses(body) == [(image.pk, "Fog"), (404, "")]
    assert illustrations.uses("<p>data-image=</p>") == []


def test_the_editor_gets_a_gallery_whole(image):
    body = gallery(figure(image, caption="One"), figure(image, caption="Two"), caption="Both")

    given, _ = illustrations.for_editor(body)

    assert re.findall("<figcaption>(.*?)</figcaption>", given) == ["One", "Two", "Both"]
    assert Illustration.objects.count() == 0


def test_a_text_without_pictures_asks_nothing_and_stays_as_it_is(django_assert_num_queries):
    body = '<p onclick="x()">As it came</p>'

    with django_assert_num_queries(0):
        assert illustrations.for_editor(body) == (body, {})

"""The desk as people use it: in a browser, with the real editor."""

import re
from datetime import timedelta

import lxml.html
import pytest
from django.utils import timezone
from playwright.sync_api import expect

from articles import rendering
from articles.models import Article, Image, Menu
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Every element and attribute of the allowlist, as an importer might have left them.
EVERYTHING = (
    '<h2>Heading</h2><h3 lang="az">Başlıq</h3><h4>Small heading</h4>'
    '<p dir="rtl" lang="fa">سلام</p>'
    "<p><strong>bold</strong> <em>italic</em> <s>struck</s> H<sub>2</sub>O m<sup>2</sup> "
    '<q cite="/q/">said</q> '
    '<abbr title="State Oil Company">SOCAR</abbr> <cite>The Book</cite> <code>code</code> '
    '<time datetime="2026-11-23">today</time> <span lang="tr">merhaba</span> '
    '<a href="https://example.com/" title="A title" hreflang="de">link</a> first<br>second</p>'
    '<ul><li><p>point</p></li></ul><ol start="3" type="a"><li value="5"><p>number</p></li></ol>'
    '<blockquote cite="/source/"><p>quoted</p></blockquote><aside><p>beside</p></aside><hr>'
    '<aside class="key-points"><h2>Key points</h2><ul><li><p>a point</p></li></ul></aside>'
    '<blockquote class="pullquote" lang="ar" dir="rtl"><p>pulled</p></blockquote>'
    '<p>noted<span class="footnote">A note with <a href="/b/">a <em>link</em></a> in it.</span></p>'
    "<pre>  kept   as it is</pre>"
    '<table><tbody><tr><th scope="col"><p>Year</p></th><th><p>Barrels</p></th></tr>'
    '<tr><td colspan="2"><p>none</p></td></tr></tbody></table>'
    '<figure class="figure--wide" data-image="7"><a href="https://example.com/large/">'
    '<img src="/media/a.jpg" alt="A pier" width="90" height="60"></a>'
    "<figcaption>The <em>pier</em> at dawn</figcaption></figure>"
    '<figure class="gallery"><figure data-image="8"><img src="/media/a.jpg" alt="One" width="90" height="60">'
    "<figcaption>The <em>first</em></figcaption></figure>"
    '<figure data-image="9"><img src="/media/a.jpg" alt=""></figure>'
    "<figcaption>Two <strong>days</strong></figcaption></figure>"
    '<figure data-embed="https://www.youtube.com/watch?v=abcdefghijk">'
    '<figcaption>The film of the <a href="https://example.com/pier/">pier</a></figcaption></figure>'
    '<figure data-embed="https://vimeo.com/123456"></figure>'
    "<p>The end</p>"
)


def sign_in(page, user):
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_label("E-mail address").fill(user.email)
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Today at the desk")).to_be_visible()


def text_of(page):
    return page.locator(".tiptap")


def written(page):
    """What the form will send as the body."""
    return page.locator("#id_body").input_value()


def paste(page, *, html="", text=""):
    text_of(page).click()
    page.evaluate(
        """([html, text]) => {
            const clipboardData = new DataTransfer()
            if (html) clipboardData.setData("text/html", html)
            clipboardData.setData("text/plain", text)
            const event = new ClipboardEvent("paste", { clipboardData, bubbles: true, cancelable: true })
            document.querySelector(".tiptap").dispatchEvent(event)
        }""",
        [html, text],
    )


def elements(html):
    """Every element as (name, attributes, text)."""
    root = lxml.html.fragment_fromstring(html, create_parent="main")
    return [(each.tag, dict(each.attrib), each.text_content()) for each in root.iterdescendants()]


def test_an_article_goes_from_the_reporter_s_editor_to_the_reader(page, window, tmp_path, complaints):
    reporter, editor = factories.user("author"), factories.user("editor")
    economy = factories.category("Economy")
    factories.category("Energy", parent=economy)
    factories.author("Kamran Aliyev", user=reporter)
    photo = tmp_path / "pier.jpg"
    photo.write_bytes(factories.picture_file(size=(900, 600)).read())

    sign_in(page, reporter)
    page.get_by_role("link", name="New article").click()
    page.locator("#id_headline").fill("A pier for the zephyrglass works")
    page.locator("#id_standfirst").fill("The works open in spring.")
    text_of(page).click()
    page.keyboard.type("The pier was closed for a year.")
    page.keyboard.press("Enter")
    page.get_by_role("button", name="picture from the library").click()
    upload(page, photo, alt="A pier in the morning", caption="The pier", credit="Aynur Hasan")
    expect(text_of(page).locator("figure img")).to_be_visible()
    page.get_by_role("button", name="Choose or upload").click()
    page.get_by_role("dialog").get_by_role("button", name="The pier").click()
    choose(page, "primary_category", "Energy")
    page.locator("#id_tags").fill("harbours, ")
    page.get_by_role("button", name="Submit for review").click()
    expect(page.get_by_text("is handed in for review")).to_be_visible()
    assert Image.objects.count() == 1

    sign_in(window, editor)
    window.get_by_role("link", name="A pier for the zephyrglass works").first.click()
    window.get_by_role("button", name="Publish now").click()
    expect(window.get_by_text("is published.")).to_be_visible()

    article = Article.objects.get()
    for address in (
        "/",
        "/category/economy/energy/",
        "/category/economy/",
        "/author/kamran-aliyev/",
        "/tag/harbours/",
        "/feed/",
        "/sitemap.xml",
        "/search/?q=zephyrglass",
    ):
        assert stands_on(page, address, article), address
    page.goto(article.get_absolute_url())
    expect(page.get_by_role("heading", name="A pier for the zephyrglass works")).to_be_visible()
    expect(page.get_by_alt_text("A pier in the morning").first).to_be_visible()
    expect(page.get_by_text("The pier was closed for a year.")).to_be_visible()


def upload(page, photo, *, alt, caption, credit):
    dialog = page.get_by_role("dialog")
    dialog.get_by_label("Picture file").set_input_files(photo)
    dialog.get_by_label("What it shows").fill(alt)
    dialog.get_by_label("Caption").fill(caption)
    dialog.get_by_label("Credit").fill(credit)
    dialog.get_by_role("button", name="Upload and use").click()
    expect(dialog).to_have_count(0)


def choose(page, field, name):
    """Pick from one of the admin's fields that search as one types."""
    page.locator(f".field-{field} .select2-selection").click()
    page.locator(".select2-search__field").fill(name)
    page.get_by_role("option", name=name).click()


def stands_on(page, address, article):
    answer = page.request.get(address).text()
    if address == "/sitemap.xml" and "<sitemapindex" in answer:
        parts = lxml.etree.fromstring(answer.encode()).findall(".//{*}loc")
        answer = "".join(page.request.get("/" + part.text.split("/", 3)[3]).text() for part in parts)
    return article.get_absolute_url() in answer


def test_of_two_editors_the_second_is_told_and_keeps_the_text(page, window):
    article = factories.article("The first headline")
    sign_in(page, factories.user("editor", display_name="Leyla"))
    sign_in(window, factories.user("editor"))
    form = f"/admin/articles/article/{article.pk}/change/"
    page.goto(form)
    window.goto(form)

    page.locator("#id_headline").fill("The headline Leyla wants")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    text_of(window).click()
    window.keyboard.type("An hour's work. ")
    window.keyboard.press("Control+s")

    expect(window.get_by_role("alert")).to_contain_text("Leyla changed this article after you opened it.")
    expect(text_of(window)).to_contain_text("An hour's work.")
    assert Article.objects.get().headline == "The headline Leyla wants"
    window.get_by_role("button", name="Replace the current version with mine").click()
    expect(window.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    assert "An hour's work." in article.body
    assert article.headline == "The first headline"


def test_the_editor_and_the_allowlist_agree(page, complaints):
    everything = EVERYTHING.replace("/media/a.jpg", factories.image().original.url)
    article = factories.article(body=everything)
    sign_in(page, factories.user("editor"))
    page.goto(f"/admin/articles/article/{article.pk}/change/")

    text_of(page).get_by_text("The end").click()
    page.keyboard.press("End")
    page.keyboard.type(".")
    kept, produced = elements(rendering.render(written(page))), elements(written(page))

    # Nothing that the allowlist lets through is lost by opening the text and saving it ...
    for name, attributes, text in elements(rendering.render(everything)):
        text = text.replace("The end", "The end.")
        alike = [others for other, others, words in kept if (other, words) == (name, text)]
        assert any(attributes.items() <= others.items() for others in alike), (name, attributes, text)
    # ... and nothing that the editor writes is lost when it is rendered, but what says nothing to readers.
    assert {name for name, _, _ in produced} <= rendering.TAGS
    lost = {
        (name, attribute)
        for name, attributes, _ in produced
        for attribute in attributes
        if attribute not in rendering.ATTRIBUTES.get(name, set()) | rendering.ATTRIBUTES["*"]
    }
    assert lost <= {("ol", "data-type"), ("table", "style")}


def test_every_button_of_the_editor_writes_what_readers_get(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")

    for button, element in (("bold", "strong"), ("italic", "em"), ("strike", "s"), ("subscript", "sub")):
        text_of(page).click()
        page.keyboard.press("Control+End")
        page.get_by_role("button", name=button, exact=True).click()
        page.keyboard.type(f"words in {button}")
        page.get_by_role("button", name=button, exact=True).click()
        page.keyboard.press("Enter")
        assert f"<{element}>words in {button}</{element}>" in rendering.render(written(page))
    for button, element in (("unordered list", "ul"), ("ordered list", "ol"), ("blockquote", "blockquote")):
        page.keyboard.press("Control+End")
        page.get_by_role("button", name=button, exact=True).click()
        page.keyboard.type(f"words in {button}")
        page.keyboard.press("Enter")
        page.keyboard.press("Enter")
        assert f"<{element}" in rendering.render(written(page))


def test_key_points_stand_at_the_top_and_are_inserted_once(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")
    text_of(page).click()
    page.keyboard.type("The story.")

    page.get_by_role("button", name="key points", exact=True).click()
    page.keyboard.type("The point")
    page.get_by_role("button", name="key points", exact=True).click()

    assert re.sub(r"</?p>", "", rendering.render(written(page))) == (
        '<aside class="key-points"><h2>Key points</h2><ul><li>The point</li></ul></aside>The story.'
    )


def test_a_quotation_is_pulled_out_and_put_back(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")
    text_of(page).click()
    page.keyboard.type("I make readings.")
    pull = page.get_by_role("button", name="pull quote", exact=True)

    pull.click()
    pulled = '<blockquote class="pullquote"><p>I make readings.</p></blockquote>'
    assert rendering.render(written(page)) == pulled
    pull.click()
    assert rendering.render(written(page)) == "<p>I make readings.</p>"
    page.get_by_role("button", name="blockquote", exact=True).click()
    pull.click()
    assert rendering.render(written(page)) == pulled


def test_a_footnote_is_written_where_it_belongs(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")
    text_of(page).click()
    page.keyboard.type("It fell.")

    page.get_by_role("button", name="footnote", exact=True).click()
    page.get_by_label("What the note says").fill("By two metres.")
    page.get_by_role("button", name="Insert", exact=True).click()
    page.keyboard.type(" It rose.")

    assert rendering.render(written(page)) == (
        '<p>It fell.<span class="footnote">By two metres.</span> It rose.</p>'
    )
    note = text_of(page).locator(".footnote").bounding_box()
    page.mouse.click(note["x"] + 60, note["y"] + 10)
    expect(page.get_by_role("button", name="footnote", exact=True)).to_have_class(re.compile(r"\bactive\b"))
    page.get_by_role("button", name="footnote", exact=True).click()
    assert rendering.render(written(page)) == "<p>It fell.By two metres. It rose.</p>"


def test_the_address_of_a_film_becomes_the_film(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")

    paste(page, text="https://youtu.be/abcdefghijk")

    assert 'data-embed="https://youtu.be/abcdefghijk"' in written(page)
    assert 'data-embed-src="https://www.youtube-nocookie.com/embed/abcdefghijk"' in rendering.render(
        written(page)
    )


def test_an_embed_keeps_its_caption_and_takes_another(page):
    film = "https://youtu.be/abcdefghijk"
    article = factories.article(
        body=f'<p>Before</p><figure data-embed="{film}"><a href="{film}">{film}</a>'
        "<figcaption>The <em>pier</em> in spring</figcaption></figure><p>After</p>"
    )
    sign_in(page, factories.user("editor"))
    page.goto(f"/admin/articles/article/{article.pk}/change/")

    text_of(page).get_by_text("in spring").click()
    page.keyboard.press("End")
    page.keyboard.type(" and autumn")
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()

    article.refresh_from_db()
    caption = "<figcaption>The <em>pier</em> in spring and autumn</figcaption></figure>"
    assert article.body == (
        f'<p>Before</p><figure data-embed="{film}"><a href="{film}">{film}</a>{caption}<p>After</p>'
    )
    assert f">YouTube</a>{caption}" in article.body_html


def test_an_embed_is_chosen_with_a_click_and_taken_out_with_a_key(page):
    film = "https://youtu.be/abcdefghijk"
    article = factories.article(body=f'<p>Before</p><figure data-embed="{film}"></figure><p>After</p>')
    sign_in(page, factories.user("editor"))
    page.goto(f"/admin/articles/article/{article.pk}/change/")

    text_of(page).get_by_text(film).click()
    page.keyboard.press("Delete")

    assert written(page) == "<p>Before</p><p>After</p>"


def opened(page, body, role="editor"):
    """The text in the editor of somebody who signed in."""
    article = factories.article(body=body)
    sign_in(page, factories.user(role))
    page.goto(f"/admin/articles/article/{article.pk}/change/")
    expect(text_of(page)).to_be_visible()
    return article


def saved(page, article):
    page.keyboard.press("Control+s")
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    article.refresh_from_db()
    return article


def picture(image, caption=""):
    return (
        f'<figure data-image="{image.pk}"><img src="{image.original.url}" alt="">'
        f"<figcaption>{caption}</figcaption></figure>"
    )


def said(element, place):
    """What the style sheet prints before or after the words of an element."""
    return element.evaluate("(element, place) => getComputedStyle(element, place).content", place)


def numbers(body):
    root = lxml.html.fragment_fromstring(body, create_parent="main")
    return [int(each.get("data-image")) for each in root.iterfind(".//figure[@data-image]")]


@pytest.fixture
def pier():
    return factories.image(alt_text="A pier in fog", caption="The pier at dawn", credit="Aynur Hasan")


def test_an_empty_caption_shows_what_the_library_says_and_readers_get_it(page, pier, complaints):
    article = opened(page, f"<p>Text</p>{picture(pier)}")

    caption = text_of(page).locator("figcaption")
    assert said(caption, "::before") == '"From the library: The pier at dawn"'
    assert said(caption, "::after") == '"Credit: Aynur Hasan"'
    text_of(page).get_by_text("Text", exact=True).click()
    page.keyboard.type("More ")
    saved(page, article)

    assert "The pier at dawn" not in article.body
    page.goto(f"/admin/articles/article/{article.pk}/preview/")
    expect(page.locator(".prose figcaption")).to_have_text("The pier at dawn Aynur Hasan")
    expect(page.locator(".prose img")).to_have_attribute("alt", "A pier in fog")


def test_a_caption_of_one_s_own_takes_the_place_of_the_library_s(page, pier):
    article = opened(page, f"<p>Text</p>{picture(pier)}")

    caption = text_of(page).locator("figcaption")
    caption.click()
    page.keyboard.type("As we saw it")
    assert said(caption, "::before") == "none"
    assert said(caption, "::after") == '"Credit: Aynur Hasan"'
    saved(page, article)

    assert "<figcaption>As we saw it</figcaption>" in article.body
    page.goto(f"/admin/articles/article/{article.pk}/preview/")
    expect(page.locator(".prose figcaption")).to_have_text("As we saw it Aynur Hasan")


def test_an_empty_description_is_the_library_s_and_the_dialog_says_which(page, pier):
    article = opened(page, f"<p>Text</p>{picture(pier)}")

    page.get_by_role("button", name="Describe this picture").click()
    dialog = page.locator(".prose-editor-dialog")
    expect(dialog).to_contain_text("Left empty, the picture's own is read out: “A pier in fog”")
    dialog.get_by_label("What it shows").fill("Fog over a pier")
    dialog.get_by_role("button", name="Update").click()
    expect(dialog).to_have_count(0)
    saved(page, article)

    assert 'alt="Fog over a pier"' in article.body
    assert 'alt="Fog over a pier"' in article.body_html


def test_the_width_of_a_picture_is_chosen_beside_it(page, pier):
    article = opened(page, f"<p>Text</p>{picture(pier)}")

    width = page.get_by_role("combobox", name="Width of the picture")
    width.select_option("Wide")
    saved(page, article)

    assert f'<figure class="figure figure--wide" data-image="{pier.pk}">' in article.body_html
    expect(width).to_have_value("figure--wide")
    width.select_option("Normal width")
    assert "figure--wide" not in written(page)


def test_a_replaced_file_is_not_broken_in_an_old_text(page, pier):
    opened(page, f"<p>Text</p>{picture(pier).replace(pier.original.url, '/media/images/ab/old/x.jpg')}")

    shown = text_of(page).locator("figure img")
    expect(shown).to_have_js_property("complete", True)
    assert shown.evaluate("(img) => img.naturalWidth") == 90


def test_several_pictures_become_a_gallery_that_readers_get(page, pier, complaints):
    other = factories.image(caption="The other bank", credit="Kamran Aliyev")
    article = opened(page, "<p>Text</p>")

    text_of(page).get_by_text("Text", exact=True).click()
    page.get_by_role("button", name="gallery of pictures from the library").click()
    choose_pictures(page, "The pier at dawn", "The other bank")
    expect(text_of(page).locator(".desk-gallery img")).to_have_count(2)
    text_of(page).locator(".desk-gallery__pictures > figcaption").click()
    page.keyboard.type("Two banks")
    saved(page, article)

    assert sorted(numbers(article.body)) == [pier.pk, other.pk]
    page.goto(f"/admin/articles/article/{article.pk}/preview/")
    gallery = page.locator("figure.gallery")
    expect(gallery.get_by_text("The other bank Kamran Aliyev")).to_be_visible()
    expect(gallery.get_by_text("The pier at dawn Aynur Hasan")).to_be_visible()
    expect(gallery.get_by_text("Two banks")).to_be_visible()


def choose_pictures(page, *names):
    dialog = page.get_by_role("dialog", name="Picture library")
    for name in names:
        dialog.get_by_role("button", name=name).click()
    dialog.get_by_role("button", name=re.compile(r"^Use (this|\d+) picture")).click()
    expect(dialog).to_have_count(0)


def gallery(*images, caption=""):
    return (
        f'<figure class="gallery">{"".join(map(picture, images))}<figcaption>{caption}</figcaption></figure>'
    )


def test_the_pictures_of_a_gallery_change_places_by_key(page):
    first, second, third = (factories.image(caption=name) for name in ("First", "Second", "Third"))
    opened(page, f"<p>Text</p>{gallery(first, second, third)}")

    page.get_by_role("button", name="Move earlier").nth(2).focus()
    page.keyboard.press("Enter")
    assert numbers(written(page)) == [first.pk, third.pk, second.pk]
    page.keyboard.press("Enter")  # the button went along
    assert numbers(written(page)) == [third.pk, first.pk, second.pk]
    page.keyboard.press("Enter")  # there is nowhere to go
    assert numbers(written(page)) == [third.pk, first.pk, second.pk]
    page.get_by_role("button", name="Move later").nth(1).click()

    assert numbers(written(page)) == [third.pk, second.pk, first.pk]


def test_the_pictures_of_a_gallery_change_places_by_dragging(page):
    first, second = factories.image(caption="First"), factories.image(caption="Second")
    opened(page, f"<p>Text</p>{gallery(first, second)}")

    pictures = text_of(page).locator(".desk-gallery img")
    box = pictures.nth(0).bounding_box()
    pictures.nth(1).drag_to(pictures.nth(0), target_position={"x": 2, "y": box["height"] / 2})

    assert numbers(written(page)) == [second.pk, first.pk]
    expect(text_of(page).locator(".desk-gallery")).to_have_count(1)


def test_a_picture_of_a_gallery_has_its_own_caption_and_can_be_taken_out(page):
    first, second = factories.image(caption="First"), factories.image(caption="Second")
    article = opened(page, f"<p>Text</p>{gallery(first, second, caption='Both')}")

    text_of(page).locator(".desk-picture figcaption").nth(1).click()
    page.keyboard.type("Mine")
    page.get_by_role("button", name="Remove from the gallery").nth(0).click()
    saved(page, article)

    assert numbers(article.body) == [second.pk]
    assert "<figcaption>Mine</figcaption>" in article.body
    assert "<figcaption>Both</figcaption>" in article.body
    assert article.body_html.count("gallery__item") == 1


def test_more_pictures_are_added_to_a_gallery(page, pier):
    other = factories.image(caption="The other bank")
    opened(page, f"<p>Text</p>{gallery(pier, caption='Banks')}")

    page.get_by_role("button", name="Add pictures").click()
    choose_pictures(page, "The other bank")

    expect(text_of(page).locator(".desk-gallery img")).to_have_count(2)
    assert numbers(written(page)) == [pier.pk, other.pk]
    assert written(page).endswith("<figcaption>Banks</figcaption></figure>")


def test_a_gallery_copied_from_the_page_is_a_gallery_again(page, pier):
    other = factories.image(caption="The other bank", credit="Kamran Aliyev")
    shown = factories.published(body=f"<p>Text</p>{gallery(pier, other)}")
    shown.refresh_from_db()
    article = opened(page, "<p>Text</p>")

    paste(page, html=shown.body_html)
    saved(page, article)

    assert article.body.count('<figure class="gallery">') == 1
    assert numbers(article.body) == [pier.pk, other.pk]
    assert "Kamran Aliyev" not in article.body
    assert article.body_html.count("Kamran Aliyev") == 1
    assert article.body_html.count("data-zoom") == 2


def drop(page, name, data):
    """A file from the desktop, let go over the text."""
    page.evaluate(
        """([name, data]) => {
            const dataTransfer = new DataTransfer()
            dataTransfer.items.add(new File([Uint8Array.from(data)], name, { type: "image/jpeg" }))
            const paragraph = document.querySelector(".tiptap p").getBoundingClientRect()
            const at = { clientX: paragraph.x + 5, clientY: paragraph.y + 5 }
            const event = new DragEvent("drop", { dataTransfer, bubbles: true, cancelable: true, ...at })
            document.querySelector(".tiptap").dispatchEvent(event)
        }""",
        [name, list(data)],
    )


def test_a_file_dropped_on_the_text_is_uploaded_and_stands_there(page, complaints):
    opened(page, "<p>Text</p>")

    drop(page, "pier.jpg", factories.picture_file().read())

    expect(text_of(page).locator("figure img")).to_be_visible()
    assert numbers(written(page)) == [Image.objects.get().pk]
    expect(page.get_by_text("Uploading")).to_have_count(0)


def test_a_file_that_is_refused_says_why_in_the_text(page):
    opened(page, "<p>Text</p>")

    drop(page, "pier.jpg", b"not a picture")

    note = page.get_by_role("alert").filter(has_text="pier.jpg was not uploaded.")
    expect(note).to_be_visible()
    note.get_by_role("button", name="Dismiss").click()
    expect(note).to_have_count(0)
    assert written(page) == "<p>Text</p>"
    assert not Image.objects.exists()


def test_an_ordinary_address_stays_what_it_is(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")

    paste(page, text="https://example.com/watch?v=abcdefghijk")

    assert "<figure" not in written(page)
    assert "https://example.com/watch?v=abcdefghijk" in written(page)


def test_lists_from_word_are_lists_again(page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")
    item = (
        "<p class=MsoListParagraph style='mso-list:l0 level1'><span>{}<span>&nbsp;&nbsp; </span></span>{}</p>"
    )

    paste(
        page,
        html="<html><body><p class=MsoNormal>Before</p>"
        + item.format("·", "oil")
        + item.format("·", "<b>gas</b>")
        + item.format("1.", "wind")
        + "<p class=MsoNormal>After</p></body></html>",
    )

    clean = rendering.render(written(page))
    assert "<ul><li><p>oil</p></li><li><p><strong>gas</strong></p></li></ul>" in clean
    assert "<li><p>wind</p></li></ol>" in clean
    assert "<p>Before</p>" in clean
    assert "<p>After</p>" in clean


@pytest.mark.parametrize(
    ("day", "label"),
    [
        ("", "Publish now"),
        ("01/02/2090", "Schedule"),
        ("2090-02-01", "Schedule"),
        ("01/02/2020", "Publish with the date given"),
        ("soon", "Publish"),
    ],
)
def test_the_button_says_what_it_will_do(day, label, page):
    sign_in(page, factories.user("editor"))
    page.goto("/admin/articles/article/add/")

    page.locator("#id_published_at_0").fill(day)

    expect(page.get_by_role("button", name=label, exact=True)).to_be_visible()


def test_tags_are_suggested_while_one_types(page):
    factories.article(tags=["Caspian Sea", "Caspian seal"])
    sign_in(page, factories.user("author"))
    page.goto("/admin/articles/article/add/")

    page.locator("#id_tags").fill("energy, ")
    page.locator("#id_tags").press_sequentially("casp")
    page.get_by_role("option", name="Caspian seal").click()

    assert page.locator("#id_tags").input_value() == "energy, Caspian seal, "


def test_the_focal_point_is_set_with_a_click(page):
    image = factories.image()
    sign_in(page, factories.user("editor"))
    page.goto(f"/admin/articles/image/{image.pk}/change/")

    box = page.locator("[data-focus] img").bounding_box()
    page.mouse.click(box["x"] + box["width"] * 0.25, box["y"] + box["height"] * 0.75)
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("was changed successfully")).to_be_visible()
    image.refresh_from_db()
    assert image.focal_x == pytest.approx(0.25, abs=0.03)
    assert image.focal_y == pytest.approx(0.75, abs=0.03)


@pytest.mark.parametrize("width", [390, 768, 1280, 1440])
def test_no_column_of_a_list_is_cut_off(width, page):
    longest_moments = timezone.now() - timedelta(days=400)
    article = factories.published(
        "A headline of so many words that it takes several lines of any list",
        lead_image=factories.image(credit="A photographer with a long name"),
        at=longest_moments,
    )
    Article.objects.filter(pk=article.pk).update(updated_at=longest_moments)
    factories.author("An author", affiliation="The society for affiliations of some length")
    sign_in(page, factories.user("chief editor"))
    page.set_viewport_size({"width": width, "height": 900})

    hidden = "([list]) => list.scrollWidth - list.clientWidth"
    for name in ("articles/article", "articles/author", "accounts/user"):
        page.goto(f"/admin/{name}/")
        assert page.locator(".results").evaluate_all(hidden) == 0, name


def test_on_a_phone_every_value_of_a_list_says_what_it_is(page):
    factories.author("Kamran Aliyev", affiliation="Economist")
    sign_in(page, factories.user("chief editor"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto("/admin/articles/author/")

    told = "(cell) => getComputedStyle(cell, '::before').content"
    assert page.locator("td.field-affiliation").first.evaluate(told) == '"Affiliation: "'


def test_on_a_phone_all_acts_are_in_sight_and_the_next_one_comes_first(page):
    article = factories.article(status=Article.Status.IN_REVIEW)
    sign_in(page, factories.user("editor"))
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"/admin/articles/article/{article.pk}/change/")

    boxes = [each.bounding_box() for each in page.locator(".bar__acts .act").all()]
    first = page.locator(".bar__acts .act--next").bounding_box()
    assert all(box["x"] >= 0 and box["x"] + box["width"] <= 390 for box in boxes)
    assert all(box["y"] + box["height"] <= 844 for box in boxes)
    assert (first["y"], first["x"]) == min((box["y"], box["x"]) for box in boxes)


def test_every_field_of_the_desk_has_a_name(page):
    menu = Menu.objects.create(place=Menu.Place.FOOTER)
    menu.items.create(label="Home", url="/", position=1)
    sign_in(page, factories.user("chief editor"))

    page.goto("/admin/articles/article/add/")
    expect(page.get_by_role("combobox", name="Outlet")).to_be_visible()
    page.goto(f"/admin/articles/menu/{menu.pk}/change/")
    expect(page.get_by_role("combobox", name="Category")).to_be_visible()
    expect(page.get_by_role("textbox", name="Label")).to_have_value("Home")
    page.locator(".add-row a").click()
    expect(page.get_by_role("combobox", name="Category")).to_have_count(2)


def test_the_editor_is_no_wider_before_its_icons_have_come(page):
    page.route("**/material-icons.woff2", lambda route: route.abort())
    sign_in(page, factories.user("editor"))
    page.set_viewport_size({"width": 768, "height": 900})

    page.goto("/admin/articles/article/add/")
    expect(page.locator(".prose-menubar .material-icons").first).to_be_visible()

    assert page.evaluate("document.documentElement.scrollWidth") <= 768


@pytest.mark.parametrize("width", [390, 768, 1440])
def test_nothing_is_wider_than_the_screen(width, page):
    article = factories.published(lead_image=factories.image(), further=[factories.category("Further")])
    sign_in(page, factories.user("editor"))
    page.set_viewport_size({"width": width, "height": 900})

    for address in (
        "/admin/",
        "/admin/articles/article/",
        "/admin/articles/article/add/",
        f"/admin/articles/article/{article.pk}/change/",
        "/admin/articles/image/",
        f"/admin/articles/image/{article.lead_image.pk}/change/",
    ):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address

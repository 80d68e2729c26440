"""The picture library as picture editors use it: in a browser, with real files."""

import base64
import io
import math
import re
from pathlib import Path

import pytest
from PIL import Image as Drawing
from PIL import ImageChops, ImageDraw, ImageStat
from playwright.sync_api import expect

from articles import pictures
from articles.models import Article, Image
from articles.storage import storage
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LIBRARY = "/admin/articles/image/"

# Puts files where a hand would drop them; names and contents as base64.
DROP = """(target, files) => {
    const dataTransfer = new DataTransfer()
    for (const [name, type, base64] of files) {
        const bytes = Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0))
        dataTransfer.items.add(new File([bytes], name, { type }))
    }
    for (const name of ["dragenter", "dragover", "drop"]) {
        target.dispatchEvent(new DragEvent(name, { dataTransfer, bubbles: true, cancelable: true }))
    }
}"""


def scene(number=0, size=(600, 400)):
    """The bytes of a picture that looks like no other: each number has an arrangement of its own."""
    drawing = Drawing.new("RGB", size, (30 + number * 37 % 200, 90, 120))
    pen = ImageDraw.Draw(drawing)
    for row in range(8):
        for column in range(8):
            light = int(127 + 127 * math.sin((row * 8 + column + 1) * (number + 1) * 1.7))
            box = [
                column * size[0] / 8,
                row * size[1] / 8,
                (column + 1) * size[0] / 8,
                (row + 1) * size[1] / 8,
            ]
            pen.rectangle(box, fill=(light, 255 - light, (light * (number + 3)) % 256))
    out = io.BytesIO()
    drawing.save(out, "JPEG", quality=88)
    return out.getvalue()


def file(name, content, kind="image/jpeg"):
    return {"name": name, "mimeType": kind, "buffer": content}


def drop(page, selector, *files):
    page.locator(selector).evaluate(
        DROP, [[each["name"], each["mimeType"], base64.b64encode(each["buffer"]).decode()] for each in files]
    )


def sign_in(page, user=None, role="editor"):
    page.goto("/accounts/login/?next=/admin/")
    page.get_by_label("E-mail address").fill((user or factories.user(role)).email)
    page.get_by_label("Password", exact=True).fill(factories.PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", name="Today at the desk")).to_be_visible()


def picture(number=0, size=(600, 400), **fields):
    fields = {"alt_text": "A board of many fields", "credit": "Elchin Rahmanov"} | fields
    return pictures.intake(io.BytesIO(scene(number, size)), **fields)


@pytest.fixture(autouse=True)
def patience():
    """Pictures are decoded, and in the tests all their sizes made, before an upload is answered."""
    expect.set_options(timeout=30_000)
    yield
    expect.set_options(timeout=5_000)


@pytest.fixture
def held(page):
    """Uploads wait at the door until `held.pop()` lets the oldest in."""
    waiting = []
    page.route("**/image/upload/", lambda route: waiting.append(route))
    return waiting


@pytest.fixture
def taking_turns(page):
    """The tests' database may lie in memory, where all threads share one connection: one upload at a time."""
    waiting, running = [], []

    def arrive(route):
        waiting.append(route)
        advance()

    def leave(request):
        if request in running:
            running.remove(request)
            advance()

    def advance():
        if waiting and not running:
            route = waiting.pop(0)
            running.append(route.request)
            route.continue_()

    page.route("**/image/upload/", arrive)
    page.on("requestfinished", leave)
    page.on("requestfailed", leave)


# Putting in -------------------------------------------------------------------------------------------


def test_a_dozen_pictures_are_dropped_at_once(page, complaints, taking_turns):
    sign_in(page)
    page.goto(LIBRARY)
    page.get_by_text("Credit, rights and tags for all of them").click()
    page.locator("#batch_credit").fill("Aynur Hasan")
    page.locator("#batch_tags").fill("Novruz, Baku")

    drop(page, "[data-drop]", *(file(f"novruz-{number}.jpg", scene(number)) for number in range(12)))

    expect(page.get_by_role("status").get_by_text("All 12 uploaded")).to_be_visible(timeout=90_000)
    expect(page.locator("[data-tile]")).to_have_count(12)
    expect(page.locator("[data-tile]").first.get_by_text("no description")).to_be_visible()
    expect(page.locator("[data-tile]").first.get_by_text("no credit")).to_have_count(0)
    assert Image.objects.filter(credit="Aynur Hasan", tags__name="Novruz").count() == 12


def test_each_upload_and_all_of_them_show_how_far_they_are(page, held):
    sign_in(page)
    page.goto(LIBRARY)

    page.locator("[data-chooser]").set_input_files(
        [file(f"pier-{number}.jpg", scene(number)) for number in range(5)]
    )

    expect(page.get_by_role("progressbar", name="All uploads")).to_be_visible()
    expect(page.get_by_role("progressbar", name=re.compile(r"^pier-\d"))).to_have_count(3)
    expect(page.get_by_text("2 more are waiting.")).to_be_visible()
    expect(page.get_by_role("status").get_by_text("0 of 5 uploaded")).to_be_visible()
    for done in range(1, 5):
        held.pop(0).continue_()
        expect(page.get_by_role("status").get_by_text(f"{done} of 5 uploaded")).to_be_visible()
    held.pop(0).continue_()
    expect(page.get_by_role("status").get_by_text("All 5 uploaded")).to_be_visible()
    expect(page.get_by_role("progressbar", name=re.compile(r"^pier-\d"))).to_have_count(0)


def test_leaving_while_uploads_run_asks_first(page, held):
    sign_in(page)
    page.goto(LIBRARY)
    page.locator("[data-chooser]").set_input_files([file("pier.jpg", scene())])
    expect(page.get_by_role("progressbar", name="pier.jpg")).to_be_visible()
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.dismiss()))

    page.evaluate("location.href = '/admin/'")
    page.wait_for_timeout(300)

    assert asked == ["beforeunload"]
    assert page.url.endswith(LIBRARY)
    page.get_by_role("button", name="Stop").click()
    expect(page.get_by_text("Stopped.")).to_be_visible()


def test_each_file_says_why_it_was_refused(page, taking_turns):
    sign_in(page)
    page.goto(LIBRARY)
    sent = []
    page.on("request", lambda request: sent.append(request) if request.url.endswith("/upload/") else None)

    drop(
        page,
        "[data-drop]",
        file("minutes.pdf", b"%PDF-1.7", "application/pdf"),
        file("empty.jpg", b""),
        file("torn.jpg", scene()[:400]),
        file("good.jpg", scene()),
    )

    line = page.locator(".intake__file")
    expect(line.filter(has_text="minutes.pdf")).to_contain_text("This is not a picture.")
    expect(line.filter(has_text="empty.jpg")).to_contain_text("The file is empty.")
    expect(line.filter(has_text="torn.jpg")).to_contain_text("damaged")
    expect(page.get_by_role("status").get_by_text("1 of 4 uploaded, 3 failed")).to_be_visible()
    assert len(sent) == 2  # what cannot be a picture is not even sent
    assert Image.objects.count() == 1


def test_a_file_that_is_too_large_is_not_even_sent(page, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_BYTES", 1024 * 1024)
    sign_in(page)
    page.goto(LIBRARY)

    page.locator("[data-chooser]").set_input_files([file("large.jpg", b"\xff\xd8" + bytes(1024 * 1024))])

    expect(page.get_by_text("The file is larger than 1 MB.")).to_be_visible()


def test_whoever_was_signed_out_signs_in_elsewhere_and_goes_on(page):
    user = factories.user("editor")
    sign_in(page, user)
    page.goto(LIBRARY)
    page.context.clear_cookies()

    page.locator("[data-chooser]").set_input_files([file("pier.jpg", scene())])
    expect(page.get_by_text("Sign in again in another tab")).to_be_visible()
    other_tab = page.context.new_page()
    sign_in(other_tab, user)
    page.get_by_role("button", name="Try again", exact=True).click()

    expect(page.get_by_role("status").get_by_text("All 1 uploaded")).to_be_visible()
    assert Image.objects.get().uploaded_by == user


def test_a_look_alike_is_noticed_and_one_of_the_two_discarded(page):
    old = picture(3, caption="The board of last year")
    sign_in(page)
    page.goto(LIBRARY)

    page.locator("[data-chooser]").set_input_files([file("board.jpg", scene(3, size=(900, 600)))])

    line = page.locator(".intake__file")
    expect(line).to_contain_text("Looks like The board of last year, uploaded on")
    expect(page.locator("[data-tile]")).to_have_count(2)
    line.get_by_role("button", name="Use the old one, discard this").click()
    expect(line).to_have_count(0)
    expect(page.locator("[data-tile]")).to_have_count(1)
    assert list(Image.objects.all()) == [old]


def test_both_look_alikes_may_be_kept(page):
    picture(3)
    sign_in(page)
    page.goto(LIBRARY)

    page.locator("[data-chooser]").set_input_files([file("board.jpg", scene(3, size=(900, 600)))])
    page.get_by_role("button", name="Keep both").click()

    expect(page.locator(".intake__file")).to_have_count(0)
    assert Image.objects.count() == 2


# Words in place ---------------------------------------------------------------------------------------


def test_words_are_edited_on_the_tile(page, complaints):
    image = picture(alt_text="", caption="Before")
    sign_in(page)
    page.goto(LIBRARY)
    tile = page.locator(f'[data-tile="{image.pk}"]')
    expect(tile.get_by_text("no description")).to_be_visible()

    tile.get_by_role("button", name="Describe").click()
    page.keyboard.type("A board in the park")  # the first field has the cursor
    page.keyboard.press("Tab")
    tile.get_by_label("Caption").fill("After")
    tile.get_by_label("Tags").fill("parks")
    page.keyboard.press("Enter")

    expect(tile.get_by_role("status")).to_have_text("Saved")
    expect(tile.locator(".tile__name")).to_have_text("After")
    expect(tile.get_by_text("no description")).to_have_count(0)
    image.refresh_from_db()
    assert (image.alt_text, image.caption, list(image.tags.names())) == (
        "A board in the park",
        "After",
        ["parks"],
    )


def test_a_file_name_is_refused_on_the_tile_and_stays_to_be_mended(page):
    picture(alt_text="")
    sign_in(page)
    page.goto(LIBRARY)

    page.get_by_role("button", name="Describe", exact=False).last.click()
    page.get_by_label("What it shows").fill("IMG_2041.jpg")
    page.keyboard.press("Enter")

    expect(page.locator(".describe__state")).to_contain_text("This is the name of a file.")
    expect(page.get_by_label("What it shows")).to_have_value("IMG_2041.jpg")


def test_of_two_who_describe_a_picture_the_second_chooses(page, window):
    image = picture(caption="Before")
    for each in (page, window):
        sign_in(each)
        each.goto(LIBRARY)
        each.locator("[data-describe-one]").click()

    page.get_by_label("Caption").fill("What she wrote")
    page.keyboard.press("Enter")
    expect(page.locator(".describe__state")).to_have_text("Saved")
    window.get_by_label("Caption").fill("What he wrote")
    window.keyboard.press("Enter")

    expect(window.locator(".describe__state")).to_contain_text(
        "Somebody else changed this picture meanwhile."
    )
    expect(window.locator(".describe__theirs")).to_contain_text("What she wrote")
    expect(window.get_by_label("Caption")).to_have_value("What he wrote")
    image.refresh_from_db()
    assert image.caption == "What she wrote"
    window.get_by_role("button", name="Replace with mine").click()
    expect(window.locator(".describe__state")).to_have_text("Saved")
    image.refresh_from_db()
    assert image.caption == "What he wrote"


def test_all_tiles_are_described_in_a_row(page):
    for number in range(3):
        picture(number, alt_text="")
    sign_in(page)
    page.goto(LIBRARY)

    page.get_by_role("button", name="Describe pictures here").click()

    expect(page.get_by_label("What it shows")).to_have_count(3)
    page.get_by_role("button", name="Describe pictures here").click()
    expect(page.get_by_label("What it shows")).to_have_count(0)


# The form ---------------------------------------------------------------------------------------------


def point_of(page):
    return tuple(float(page.locator(f"#id_focal_{axis}").input_value()) for axis in "xy")


def test_the_focal_point_is_set_by_a_click_and_by_keys(page, complaints):
    image = picture()
    sign_in(page)
    page.goto(f"{LIBRARY}{image.pk}/change/")
    focus = page.locator("[data-focus]")
    box = focus.locator("img").bounding_box()

    focus.click(position={"x": box["width"] * 0.25, "y": box["height"] * 0.75})
    assert point_of(page) == pytest.approx((0.25, 0.75), abs=0.01)

    focus.focus()
    page.keyboard.press("ArrowRight")
    page.keyboard.press("Shift+ArrowUp")
    assert point_of(page) == pytest.approx((0.26, 0.65), abs=0.011)
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == pytest.approx((0.26, 0.65), abs=0.011)


@pytest.mark.parametrize(
    ("size", "focal_point"), [((900, 500), (0.1, 0.5)), ((900, 500), (0.7, 0.2)), ((400, 700), (0.5, 0.65))]
)
def test_a_crop_s_preview_shows_what_its_rendition_will(focal_point, size, page):
    image = picture(5, size=size)
    sign_in(page)
    page.set_viewport_size({"width": 1440, "height": 2000})  # nothing lies under the bar of buttons
    page.goto(f"{LIBRARY}{image.pk}/change/")
    for axis, value in zip("xy", focal_point, strict=True):
        page.locator(f"#id_focal_{axis}").fill(str(value))
    page.locator("[data-crop] img").first.evaluate("(img) => img.decode()")
    shown = {}
    for shape in ("16x9", "3x2", "4x3", "1x1"):
        frame = page.locator(f'[data-crop="{shape}"]')
        frame.scroll_into_view_if_needed()
        shown[shape] = Drawing.open(io.BytesIO(frame.screenshot())).convert("RGB")

    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_text("was changed successfully")).to_be_visible()
    image.refresh_from_db()

    for shape, preview in shown.items():
        name = image.rendition_name(shape, image.rendition_widths(shape)[-1], image.fallback)
        cut = Drawing.open(io.BytesIO(storage.read(name))).convert("RGB").resize(preview.size)
        assert unlike(preview, cut) < 14, shape


def unlike(one, other):
    """How far two pictures are apart, from 0 to 255."""
    return sum(ImageStat.Stat(ImageChops.difference(one, other)).mean) / 3


def test_a_file_name_is_refused_as_a_description(page):
    image = picture()
    sign_in(page)
    page.goto(f"{LIBRARY}{image.pk}/change/")

    page.locator("#id_alt_text").fill("DSC_0412.JPG")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("This is the name of a file. Say what the picture shows.")).to_be_visible()


def test_a_picture_is_used_credited_found_and_replaced(page, window, tmp_path):
    image = picture(1, credit="Aynur Hasan", agency="Report")
    article = factories.published(
        "A pier for the works",
        body=f'<p>Text.</p><figure data-image="{image.pk}"><img src="/x.jpg" alt=""></figure>',
        lead_image=image,
    )

    page.goto(article.get_absolute_url())
    expect(page.locator("figure").get_by_text("Aynur Hasan / Report").first).to_be_visible()

    sign_in(window)
    window.goto(f"{LIBRARY}{image.pk}/change/")
    uses = window.locator(".uses")
    expect(uses.get_by_role("link", name="A pier for the works")).to_have_count(2)
    expect(uses.get_by_text("Published").first).to_be_visible()
    fresh = tmp_path / "fresh.jpg"
    fresh.write_bytes(scene(9))
    window.locator("#id_file").set_input_files(fresh)
    window.get_by_role("button", name="Save", exact=True).click()
    expect(window.get_by_text("was changed successfully")).to_be_visible()

    old = image.key
    image.refresh_from_db()
    page.reload()
    sources = page.locator("main img").evaluate_all(
        "(images) => images.map((each) => each.currentSrc || each.src)"
    )
    assert old != image.key
    assert [source for source in sources if old in source] == []
    assert len([source for source in sources if image.key in source]) == 2
    assert Article.objects.get().lead_image == image


# The dialog and the field -----------------------------------------------------------------------------


def open_library(page, **options):
    """Opens the dialog as the editor's gallery does; what it resolves to is `page.evaluate("answer")`."""
    page.evaluate(
        """(options) => {
            window.answer = null
            return import("newsroom/library").then(({ openLibrary }) => {
                const asked = openLibrary("/admin/articles/image/library/", options)
                asked.then((answer) => { window.answer = answer })
            })
        }""",
        options,
    )


def test_several_pictures_are_chosen_in_their_order(page, complaints):
    for number in range(3):
        picture(number, caption=f"Board {number}")
    sign_in(page)
    page.goto("/admin/articles/article/add/")
    open_library(page, several=True)
    dialog = page.get_by_role("dialog")

    for name in ("Board 2", "Board 0", "Board 1"):
        dialog.get_by_role("button", name=name).click()
    dialog.get_by_role("button", name="Board 0").click()  # and not, after all
    dialog.get_by_role("button", name="Use 2 pictures").click()

    expect(dialog).to_have_count(0)
    assert [each["caption"] for each in page.evaluate("window.answer")] == ["Board 2", "Board 1"]


def test_a_closed_dialog_answers_with_nothing(page):
    picture()
    sign_in(page)
    page.goto("/admin/articles/article/add/")

    for options, nothing in (({"several": True}, []), ({}, None)):
        open_library(page, **options)
        page.get_by_role("dialog").get_by_role("button", name="Close").click()
        expect(page.get_by_role("dialog")).to_have_count(0)
        assert page.evaluate("window.answer") == nothing


def test_files_are_dropped_onto_the_dialog(page, taking_turns):
    sign_in(page)
    page.goto("/admin/articles/article/add/")
    open_library(page, several=True)
    dialog = page.get_by_role("dialog")
    expect(dialog.get_by_label("Picture files")).to_be_visible()

    drop(page, "dialog", file("one.jpg", scene(1)), file("two.jpg", scene(2)))
    dialog.get_by_label("Credit").fill("Aynur Hasan")
    dialog.get_by_role("button", name="Upload and use").click()
    dialog.get_by_role("button", name="Use 2 pictures").click()

    expect(dialog).to_have_count(0)
    assert [each["title"] for each in page.evaluate("window.answer")] == ["one", "two"]
    assert Image.objects.filter(credit="Aynur Hasan").count() == 2


def test_a_file_dropped_onto_the_lead_picture_becomes_it(page, complaints):
    sign_in(page)
    page.goto("/admin/articles/article/add/")
    field = page.locator("[data-picture]").first

    drop(page, ".field-lead_image [data-picture]", file("pier.jpg", scene()))

    expect(field.locator("img")).to_be_visible()
    expect(field.get_by_text("no description")).to_be_visible()
    image = Image.objects.get()
    assert page.locator("#id_lead_image").input_value() == str(image.pk)


@pytest.mark.parametrize("width", [390, 1440])
def test_nothing_of_the_library_is_wider_than_the_screen(width, page):
    image = picture(caption="A caption of many words that goes on and on, " * 4)
    sign_in(page)
    page.set_viewport_size({"width": width, "height": 844})

    for address in (LIBRARY, f"{LIBRARY}?view=list", f"{LIBRARY}{image.pk}/change/", f"{LIBRARY}add/"):
        page.goto(address)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, address


def test_one_picture_at_a_time_goes_in_without_scripts(open_window, tmp_path):
    page = open_window(java_script_enabled=False)
    photo = Path(tmp_path / "pier.jpg")
    photo.write_bytes(scene())
    sign_in(page)

    page.goto(LIBRARY)
    expect(page.locator("[data-intake]")).to_be_hidden()
    page.get_by_role("link", name="New picture").click()
    page.locator("#id_file").set_input_files(photo)
    page.locator("#id_alt_text").fill("A pier")
    page.get_by_role("button", name="Save", exact=True).click()

    expect(page.get_by_text("was added successfully")).to_be_visible()
    assert Image.objects.get().alt_text == "A pier"

"""Pictures as large as the window: by keyboard, by finger, and without JavaScript as plain links."""

import pytest
from playwright.sync_api import expect

from articles import pictures
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}


def picture(alt, **fields):
    file = factories.picture_file((600, 400))
    return pictures.intake(file, alt_text=alt, credit="Elchin Rahmanov", **fields)


def figure(image):
    return f'<figure data-image="{image.pk}"><img src="/media/x.jpg" alt=""></figure>'


@pytest.fixture
def story():
    """A lead picture, one in the text, and two in a gallery."""
    quay = figure(picture("A quay", caption="Where they waited."))
    gallery = f'<figure class="gallery">{figure(picture("A mast"))}{figure(picture("A gull"))}</figure>'
    body = f"{'<p>The quay was empty by noon.</p>' * 30}{quay}{gallery}"
    return factories.published("A ferry leaves", body=body, lead_image=picture("A bay"))


def in_view(page):
    """What the open lightbox shows: the picture that is not inert."""
    return page.get_by_role("dialog", name="Pictures").locator("figure:not([inert])")


def drag(finger, start, end, steps=12):
    """A touch that moves, as the browser gets it from a screen."""
    for step in range(steps + 1):
        at = {axis: a + (b - a) * step / steps for axis, a, b in zip("xy", start, end, strict=True)}
        kind = "touchMove" if step else "touchStart"
        finger.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": [at]})
    finger.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def test_the_pictures_are_looked_through_by_keyboard_alone(page, story):
    page.goto(story.get_absolute_url())
    link = page.locator("main").get_by_role("link", name="A quay")
    link.focus()
    page.keyboard.press("Enter")
    box = page.get_by_role("dialog", name="Pictures")
    place = box.get_by_role("status")
    expect(place).to_have_text("2 of 4: A quay")
    expect(in_view(page).get_by_role("img", name="A quay")).to_be_in_viewport()
    expect(in_view(page)).to_contain_text("Where they waited. Elchin Rahmanov")

    for key, told in [
        ("ArrowRight", "3 of 4: A mast"),
        ("End", "4 of 4: A gull"),
        ("ArrowRight", "1 of 4: A bay"),
        ("ArrowLeft", "4 of 4: A gull"),
        ("Home", "1 of 4: A bay"),
    ]:
        page.keyboard.press(key)
        expect(place).to_have_text(told)
        expect(in_view(page).get_by_role("img", name=told.split(": ")[1])).to_be_in_viewport(ratio=0.9)

    page.keyboard.press("Escape")
    expect(box).to_be_hidden()
    expect(link).to_be_focused()


def test_tab_stays_within_the_box_and_its_buttons_are_large_enough_to_hit(page, story):
    page.set_viewport_size(PHONE)
    page.goto(story.get_absolute_url())
    page.get_by_role("link", name="A bay").first.click()
    box = page.get_by_role("dialog", name="Pictures")
    expect(box.get_by_role("button", name="Close")).to_be_focused()
    for name in ("Close", "Previous picture", "Next picture"):
        hit = box.get_by_role("button", name=name).bounding_box()
        assert min(hit["width"], hit["height"]) >= 44, name

    for _ in range(6):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.closest('dialog, body').matches('dialog, body')")
        assert page.evaluate("!document.querySelector('main article').contains(document.activeElement)")

    box.get_by_role("button", name="Next picture").click()
    expect(box.get_by_role("status")).to_have_text("2 of 4: A quay")
    box.get_by_role("button", name="Close").click()
    expect(box).to_be_hidden()


def test_a_finger_swipes_to_the_next_picture_and_the_page_behind_stays(open_window, story):
    page = open_window(viewport=PHONE, has_touch=True, is_mobile=True)
    page.goto(story.get_absolute_url())
    page.locator("main").get_by_role("link", name="A quay").tap()
    place = page.get_by_role("dialog", name="Pictures").get_by_role("status")
    expect(place).to_have_text("2 of 4: A quay")
    before = page.evaluate("scrollY")

    finger = page.context.new_cdp_session(page)
    drag(finger, (330, 400), (60, 400))
    expect(place).to_have_text("3 of 4: A mast")
    drag(finger, (200, 600), (200, 200))
    assert page.evaluate("scrollY") == before


@pytest.mark.parametrize("window", [PHONE, {"width": 1440, "height": 700}, {"width": 844, "height": 390}])
def test_a_picture_larger_than_the_window_is_seen_whole_and_never_covers_its_words(page, window):
    large = pictures.intake(factories.picture_file((1320, 880)), alt_text="A bay", credit="Elchin Rahmanov")
    page.set_viewport_size(window)
    page.goto(factories.published(lead_image=large).get_absolute_url())
    page.locator("main").get_by_role("link", name="A bay").click()

    shown = in_view(page).get_by_role("img", name="A bay")
    expect(shown).to_be_in_viewport(ratio=1)
    words = in_view(page).locator("figcaption")
    expect(words).to_be_in_viewport(ratio=1)
    picture = shown.bounding_box()
    assert picture["y"] + picture["height"] <= words.bounding_box()["y"]


def test_the_neighbours_are_fetched_before_they_are_asked_for(page, story):
    page.goto(story.get_absolute_url())
    page.locator("main").get_by_role("link", name="A bay").click()
    loading = page.locator("dialog figure img").evaluate_all("all => all.map((img) => img.loading)")

    assert loading == ["eager", "eager", "lazy", "lazy"]


def test_a_modified_click_opens_the_file_elsewhere(page, story):
    page.goto(story.get_absolute_url())
    with page.context.expect_page() as opened:
        page.locator("main").get_by_role("link", name="A bay").click(modifiers=["Control"])
    opened.value.wait_for_load_state()

    assert opened.value.url.endswith("/full-400.jpg")
    expect(page.get_by_role("dialog", name="Pictures")).to_be_hidden()


def test_without_javascript_a_picture_is_a_link_to_its_file(open_window, story):
    page = open_window(java_script_enabled=False)
    page.goto(story.get_absolute_url())
    assert page.get_by_role("listitem").get_by_role("img", name="A mast").is_visible()
    page.locator("main").get_by_role("link", name="A mast").click()

    assert page.url.endswith("/full-400.jpg")

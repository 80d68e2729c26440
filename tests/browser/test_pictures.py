"""What a browser makes of our pictures: which file it takes, and that nothing moves when it comes."""

import io
import time

import pytest
from PIL import Image as Drawing

from articles import pictures
from articles.models import Image
from tests import factories

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1440, "height": 900}
WATCH = """
window.shifts = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    shifts.push([entry.value, ...entry.sources.map((each) => each.node?.className ?? "")]);
  }
}).observe({ type: "layout-shift", buffered: true });
"""
READ_ON = """async () => {
  for (let top = 0; top < document.body.scrollHeight; top += 300) {
    scrollTo(0, top);
    await new Promise((done) => setTimeout(done, 60));
  }
}"""
# Which file each picture in the text shows: `[["full-400.avif", 390], ...]` with its width on the page.
CHOSEN = """() => [...document.querySelectorAll("article.article figure img")].map((img) =>
  [img.currentSrc.split("/").pop(), img.clientWidth])"""


def picture(size=(1320, 880), **fields):
    fields = {"alt_text": "A bay", "credit": "Elchin Rahmanov"} | fields
    return pictures.intake(factories.picture_file(size), **fields)


def figure(image, css_class=""):
    return f'<figure data-image="{image.pk}" class="{css_class}"><img src="/media/x.jpg" alt=""></figure>'


@pytest.fixture
def story():
    """A lead picture, figures of three kinds, and a gallery of three."""
    bay, tower, pier, map_ = picture(), picture((800, 1200)), picture(), picture((900, 600))
    gallery = f'<figure class="gallery">{figure(bay)}{figure(tower)}{figure(map_)}</figure>'
    words = "<p>The quay was empty by noon, and nobody had said why.</p>" * 8
    body = f"{words}{figure(tower)}{words}{figure(pier, 'figure--wide')}{words}{figure(map_, 'figure--left')}"
    return factories.published("A ferry leaves", body=f"{body}{words}{gallery}{words}", lead_image=bay)


@pytest.fixture
def high_story(story):
    """One that is led by a picture higher than wide."""
    return factories.published("A tower stands", lead_image=Image.objects.get(height=1200))


@pytest.fixture
def reader(open_window):
    """Opens windows that note what moves: `reader(viewport=DESK)`."""

    def opened(**options):
        page = open_window(**{"viewport": PHONE} | options)
        page.add_init_script(WATCH)
        return page

    return opened


def late(route):
    time.sleep(0.15)
    route.continue_()


@pytest.mark.parametrize("made", [True, False], ids=["renditions", "previews"])
@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_nothing_moves_when_pictures_come(reader, story, high_story, window, made):
    if not made:
        Image.objects.update(rendered_at=None)
    page = reader(viewport=window)
    # Later than the first glance at the page.
    page.route("**/media/**", late)
    for address in (story.get_absolute_url(), high_story.get_absolute_url(), "/"):
        page.goto(address)
        page.evaluate(READ_ON)
        page.wait_for_load_state("networkidle")
        assert page.locator("main img").count() > 0
        assert page.evaluate("[...document.images].every((img) => img.complete && img.naturalWidth)")
        # A glyph that moves by a hair when its font arrives is no picture: a thousandth is what counts.
        assert [shift for shift in page.evaluate("shifts") if shift[0] >= 0.001] == []


def test_a_phone_takes_the_smallest_avif_that_is_sharp(reader, story):
    for density, expected in [(1, 400), (2, 800), (3, 1280)]:
        page = reader(device_scale_factor=density)
        page.goto(story.get_absolute_url())
        page.wait_for_load_state("networkidle")

        assert page.evaluate(CHOSEN)[0] == [f"full-{expected}.avif", 390]


@pytest.mark.parametrize("window", [PHONE, DESK], ids=["phone", "desk"])
def test_no_picture_is_much_larger_than_its_place_or_smaller(reader, story, window):
    page = reader(viewport=window)
    page.goto(story.get_absolute_url())
    page.evaluate(READ_ON)
    page.wait_for_load_state("networkidle")

    chosen = [
        (int(name.split("-")[-1].removesuffix(".avif")), width) for name, width in page.evaluate(CHOSEN)
    ]
    assert len(chosen) == 7
    # The first of an odd gallery is larger than the others, and its file is a compromise with theirs.
    assert all(min(shown, 800) / 1.5 <= taken < shown * 2 for taken, shown in chosen), chosen


def test_every_picture_says_how_large_it_is_and_none_is_missing(reader, story):
    page = reader()
    failed = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.on("requestfailed", lambda request: failed.append(request.url))
    for address in ("/", story.get_absolute_url(), story.primary_category.get_absolute_url()):
        page.goto(address)
        page.evaluate(READ_ON)
        page.wait_for_load_state("networkidle")
        assert page.locator("img").count() > 0
        assert page.locator("img:not([width][height][alt])").count() == 0
    assert failed == []


@pytest.mark.parametrize(
    ("wish", "shown"), [("no-preference", "motion-480.webp"), ("reduce", "full-400.avif")]
)
def test_a_moving_picture_moves_for_those_who_like_it(reader, wish, shown):
    frames = [Drawing.new("RGB", (600, 400), colour) for colour in ("teal", "maroon")]
    file = io.BytesIO()
    frames[0].save(file, "GIF", save_all=True, append_images=frames[1:], duration=200, loop=0)
    file.seek(0)
    image = pictures.intake(file, alt_text="A lamp that blinks", credit="Elchin Rahmanov", kind="graphic")
    article = factories.published("A lamp blinks", lead_image=image)

    page = reader(reduced_motion=wish)
    page.goto(article.get_absolute_url())
    page.wait_for_load_state("networkidle")
    assert page.evaluate(CHOSEN)[0][0] == shown


STARTED = """(kind) => {
  const [painted] = performance.getEntriesByName("first-contentful-paint");
  const started = performance.getEntriesByType("resource").filter((each) => each.name.match(kind));
  return started.map((each) => each.startTime - painted.startTime);
}"""


def test_the_first_screen_waits_for_no_script_and_no_further_picture(open_window):
    for number in range(3):
        factories.published(f"Piece {number}", lead_image=picture())
    page = open_window(viewport=PHONE)
    page.goto("/")
    page.wait_for_load_state("networkidle")

    pictures_, scripts = (page.evaluate(STARTED, kind) for kind in ("/media/", "/js/(?!preferences)"))
    first, *others = sorted(pictures_)
    assert first < 0
    assert len(others) == 2
    assert min(others) > 0
    assert scripts
    assert min(scripts) > 0


def test_without_scripts_pictures_are_fetched_as_ever(open_window):
    factories.published("Lead", lead_image=picture())
    further = factories.published("Further", lead_image=picture()).lead_image
    page = open_window(viewport=PHONE, java_script_enabled=False)
    with page.expect_response(lambda answer: further.key in answer.url) as fetched:
        page.goto("/")

    assert fetched.value.ok

from pathlib import Path

import pytest
from lxml import html

from articles import responsive
from articles.imaging import renditions
from articles.models import Image


def picture_of(image, shape="3x2", sizes="50vw", **options):
    """What `picture()` prints: its sources and its <img>."""
    printed = html.fragment_fromstring(f"<div>{responsive.picture(image, shape, sizes, **options)}</div>")
    return printed.findall(".//source"), printed.find(".//img")


def test_a_picture_offers_every_file_that_was_made_and_the_lightest_first(photograph):
    sources, img = picture_of(photograph)

    offered = {
        kind: ", ".join(
            f"/media/{photograph.rendition_name('3x2', width, kind)} {width}w"
            for width in photograph.rendition_widths("3x2")
        )
        for kind in ("avif", "webp", "jpg")
    }
    assert [(source.get("type"), source.get("srcset")) for source in sources] == [
        ("image/avif", offered["avif"]),
        ("image/webp", offered["webp"]),
    ]
    assert img.get("srcset") == offered["jpg"]
    assert img.get("src") in img.get("srcset")
    assert {each.get("sizes") for each in (*sources, img)} == {"50vw"}
    assert (img.get("width"), img.get("height")) == ("1280", "853")
    assert img.get("alt") == "A bay"


@pytest.mark.parametrize(
    ("sizes", "widest"),
    [
        ("80px", 240),
        ("7rem", 360),
        ("(min-width: 40rem) 15rem, 7rem", 732),
        ("(min-width: 40rem) 15rem, 40vw", 1280),
        ("100rem", 1280),
    ],
)
def test_a_picture_of_a_fixed_width_offers_what_the_densest_screen_could_use(sizes, widest, photograph):
    sources, img = picture_of(photograph, sizes=sizes)

    for each in (*sources, img):
        assert each.get("srcset").split()[-1] == f"{widest}w"
    assert (img.get("width"), img.get("height")) == ("1280", "853")


def test_a_picture_in_the_making_shows_its_preview_where_its_crop_will_stand(photograph):
    _, ready = picture_of(photograph)
    photograph.rendered_at = None

    sources, img = picture_of(photograph)

    assert sources == []
    assert img.get("src") == f"/media/{photograph.preview_name}"
    assert img.get("srcset") is None
    assert (img.get("width"), img.get("height")) == (ready.get("width"), ready.get("height"))
    assert "picture--3x2" in img.get("class").split()


@pytest.mark.parametrize(
    ("size", "focus", "place"),
    [
        ((2000, 1000), (0.5, 0.9), 5),
        ((2000, 1000), (0.0, 0.5), 0),
        ((2000, 1000), (0.4, 0.5), 1),  # 500 pixels are left over; 50 of them stand to the left of the crop
        ((1000, 2000), (0.9, 1.0), 10),
        ((1000, 2000), (0.1, 0.4), 4),  # of 1,333 that are left over, 467 stand above it: 3.5 tenths
        ((1500, 1000), (0.0, 0.0), 5),
    ],
)
def test_a_preview_is_cut_where_the_crop_will_be(photograph, size, focus, place):
    photograph.rendered_at = None
    photograph.width, photograph.height = size
    photograph.focal_x, photograph.focal_y = focus

    _, img = picture_of(photograph)

    assert f"picture--at-{place}" in img.get("class").split()


def test_only_the_first_picture_of_a_page_is_hurried(photograph):
    _, first = picture_of(photograph, priority=True)
    _, other = picture_of(photograph, alt="", css_class="face")

    assert (first.get("fetchpriority"), first.get("loading")) == ("high", None)
    assert (other.get("fetchpriority"), other.get("loading")) == ("low", "lazy")
    assert other.get("alt") == ""
    assert "face" in other.get("class").split()


def test_a_picture_lends_its_colour_to_its_place_until_it_comes(photograph):
    _, img = picture_of(photograph)

    assert {"tint", "tint--r1", "tint--g3", "tint--b5"} <= set(img.get("class").split())


def test_nothing_shows_through_what_is_transparent(photograph):
    photograph.original = "images/ab/abcdef/original.png"

    sources, img = picture_of(photograph)

    assert "tint" not in img.get("class")
    assert [source.get("type") for source in sources] == ["image/avif", "image/webp"]
    assert ".png 240w" in img.get("srcset")


def test_a_moving_picture_stands_still_for_those_who_ask_for_it(photograph):
    photograph.is_animated = True

    (motion, *stills), _ = picture_of(photograph, "full")
    assert motion.get("media") == "(prefers-reduced-motion: no-preference)"
    assert motion.get("srcset").split()[0] == f"/media/{photograph.rendition_name('motion', 480, 'webp')}"
    assert [source.get("media") for source in stills] == [None, None]

    assert [source.get("media") for source in picture_of(photograph, "3x2")[0]] == [None, None]
    photograph.plays = False
    assert [source.get("media") for source in picture_of(photograph, "full")[0]] == [None, None]


def test_a_drawing_in_lines_needs_no_sizes():
    logo = Image(
        key="abcdef", original="images/ab/abcdef/original.svg", width=300, height=80, colour="#000000"
    )

    sources, img = picture_of(logo, "full", alt="The firm")

    assert sources == []
    assert img.get("src") == "/media/images/ab/abcdef/original.svg"
    assert (img.get("width"), img.get("height"), img.get("alt")) == ("300", "80", "The firm")
    assert (img.get("srcset"), img.get("class")) == (None, None)


def test_a_high_picture_takes_no_more_width_than_its_height_allows(photograph):
    _, wide = picture_of(photograph, "full", priority=True, highest=42)
    photograph.width, photograph.height = 1000, 2000
    _, high = picture_of(photograph, "full", priority=True, highest=42)

    assert (wide.get("sizes"), wide.get("class").split()[0]) == ("50vw", "tint")
    assert (high.get("sizes"), high.get("class").split()[0]) == (
        "(min-width: 40rem) 21.0rem, 50vw",
        "picture--high",
    )


def test_a_picture_links_to_its_largest_file(photograph):
    link = html.fragment_fromstring(f"<a {responsive.zoom(photograph)}></a>")
    assert link.get("href") == f"/media/{photograph.rendition_name('full', 1920, 'jpg')}"
    assert link.get("data-zoom").endswith(f"/media/{photograph.rendition_name('full', 1920, 'avif')} 1920w")

    photograph.rendered_at = None
    link = html.fragment_fromstring(f"<a {responsive.zoom(photograph)}></a>")
    assert (link.get("href"), link.get("data-zoom")) == (f"/media/{photograph.preview_name}", "")


def test_every_class_that_a_picture_may_have_is_styled(photograph):
    styles = (Path(__file__).parents[2] / "static/css/components.css").read_text()
    classes = {f"picture--{shape}" for shape, ratio in renditions.RATIOS.items() if ratio}
    classes |= {f"picture--at-{place}" for place in range(11) if place != 5}  # which is the browser's own
    classes |= {f"tint--{channel}{step}" for channel in "rgb" for step in range(6)}

    assert {each for each in classes if f".{each} {{" not in styles} == set()

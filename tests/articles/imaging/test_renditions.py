import itertools

import pytest
from PIL import Image as Picture
from PIL import ImageMath

from articles.imaging.originals import normalise
from articles.imaging.renditions import (
    AVIF_QUALITY_IN_LARGE,
    RATIOS,
    WIDTHS,
    Film,
    encode,
    encode_film,
    plan,
    render,
    rendition_height,
    widths,
)
from tests.pictures import encoded, opened, scenery, two_halves

PHOTOGRAPHS = [
    "exif-orientation/recurser--Landscape_1.jpg",
    "formats/wp--33772.jpg",
    "formats/wp--waffles.jpg",
    "formats/wp--webp-lossless.webp",
    "avif/linku--fox.profile0.8bpc.yuv420.avif",
    "cmyk-icc/sharp--gain-map.jpg",
]


def rendered(data, wanted, focal_point=(0.5, 0.5)):
    return {rendition: opened(content) for rendition, content in render(data, wanted, focal_point)}


def blocks(picture):
    """The mean of each eight by eight pixels."""
    return picture.resize((picture.width // 8, picture.height // 8), Picture.Resampling.BOX)


def structural_similarity(one, other):
    """SSIM of the brightness of two pictures: 1 where they are the same."""
    size = one.width // 8 * 8, one.height // 8 * 8
    x, y = (each.convert("L").crop((0, 0, *size)).convert("F") for each in (one, other))
    product = ImageMath.lambda_eval
    means = {
        name: blocks(product(lambda args: args["a"] * args["b"], a=a, b=b))
        for name, a, b in (("xx", x, x), ("yy", y, y), ("xy", x, y))
    }

    def index(args):
        mx, my = args["mx"], args["my"]
        covariance = args["xy"] - mx * my
        variances = args["xx"] - mx * mx + args["yy"] - my * my
        above = (2 * mx * my + 6.5025) * (2 * covariance + 58.5225)
        return above / ((mx * mx + my * my + 6.5025) * (variances + 58.5225))

    found = ImageMath.lambda_eval(index, mx=blocks(x), my=blocks(y), **means)
    return found.resize((1, 1), Picture.Resampling.BOX).getpixel((0, 0))


def test_tall_pictures_are_made_less_wide():
    """An encoder would need more memory than there is."""
    assert max(widths(2000, 4000, "full")) == 1280
    assert max(widths(4000, 2000, "full")) == 1920
    assert widths(300, 4000, "full") == [300]


def test_a_picture_is_never_enlarged():
    assert widths(5000, 4000, "full") == list(WIDTHS["full"])
    assert widths(700, 500, "full") == [320, 400, 640]
    assert widths(100, 80, "full") == [100]
    assert widths(2000, 300, "16x9") == [320]
    assert widths(50, 300, "1x1") == [50]


def test_every_shape_is_made_in_every_format_and_motion_only_of_what_moves():
    still, moving = plan(1000, 500, "jpg"), plan(1000, 500, "jpg", moves=True)

    assert {(shape, kind) for shape, _, kind in still} == set(
        itertools.product(["full", "16x9", "3x2", "4x3", "1x1"], ["avif", "webp", "jpg"])
    )
    assert moving == [*still, ("motion", 480, "webp"), ("motion", 960, "webp")]
    assert {kind for _, _, kind in plan(1000, 500, "png")} == {"avif", "webp", "png"}


@pytest.mark.parametrize("size", [(1000, 700), (333, 77), (77, 333), (1, 1), (3, 500)])
def test_every_rendition_of_the_plan_is_made_once_and_has_the_size_that_the_page_says(size):
    wanted = plan(*size, "jpg")
    made = list(render(encoded(Picture.new("RGB", size)), wanted, (0.5, 0.5)))

    assert sorted(rendition for rendition, _ in made) == sorted(wanted)
    for (shape, width, kind), content in made:
        picture = opened(content)
        assert picture.format == {"jpg": "JPEG"}.get(kind, kind.upper())
        assert picture.size == (width, rendition_height(*size, shape, width))
        assert picture.width <= size[0]
        assert picture.height <= size[1]


@pytest.mark.parametrize("shape", [shape for shape, ratio in RATIOS.items() if ratio])
def test_a_crop_has_its_ratio(shape):
    width = widths(1600, 1200, shape)[-1]

    assert width / rendition_height(1600, 1200, shape, width) == pytest.approx(RATIOS[shape], rel=0.01)


def test_a_crop_centres_on_the_focal_point_and_stays_inside():
    data = encoded(two_halves((600, 200)))
    wanted = [("1x1", 96, "jpg")]

    left = rendered(data, wanted, (0.0, 0.5))[wanted[0]].getpixel((48, 48))
    right = rendered(data, wanted, (1.0, 0.5))[wanted[0]].getpixel((48, 48))

    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


def test_a_crop_shows_what_lies_around_the_focal_point():
    picture = Picture.new("RGB", (900, 300))
    picture.paste("white", (440, 140, 460, 160))
    wanted = [("1x1", 192, "jpg")]

    crop = rendered(encoded(picture), wanted, (450 / 900, 0.5))[wanted[0]]

    assert crop.getpixel((96, 96))[0] > 200
    assert crop.getpixel((60, 96))[0] < 30


def test_the_same_picture_gives_the_same_bytes():
    data = encoded(scenery((600, 400)))
    wanted = plan(600, 400, "jpg")

    assert list(render(data, wanted, (0.3, 0.4))) == list(render(data, wanted, (0.3, 0.4)))


def test_transparency_survives_where_the_format_has_it_and_is_white_paper_in_jpeg():
    data = encoded(Picture.new("RGBA", (200, 200), (255, 0, 0, 128)), "PNG")
    wanted = [("1x1", 96, kind) for kind in ("avif", "webp", "png", "jpg")]

    made = rendered(data, wanted)

    for kind in ("avif", "webp", "png"):
        assert made["1x1", 96, kind].getchannel("A").getpixel((10, 10)) == pytest.approx(128, abs=2)
    assert made["1x1", 96, "jpg"].getpixel((10, 10)) == pytest.approx((255, 127, 127), abs=4)


def test_motion_keeps_frames_and_times_and_stills_show_the_first():
    frames = [Picture.new("RGB", (960, 400), colour) for colour in ("red", "lime", "blue")]
    film = encode_film(Film(frames, [100, 200, 300], 0))
    wanted = [("motion", 480, "webp"), ("full", 320, "jpg")]

    made = rendered(film, wanted)

    moving = made[wanted[0]]
    assert (moving.n_frames, moving.size, moving.info["loop"]) == (3, (480, 200), 0)
    moving.seek(1)
    moving.load()
    assert moving.convert("RGB").getpixel((9, 9)) == pytest.approx((0, 255, 0), abs=6)
    assert made[wanted[1]].getpixel((9, 9)) == pytest.approx((254, 0, 0), abs=4)


def test_nothing_but_the_picture_is_encoded():
    picture = scenery((64, 64))
    exif = Picture.Exif()
    exif[0x010F] = "Camera maker"
    picture.info = {"exif": exif.tobytes(), "comment": b"Camera maker", "xmp": b"Camera maker", "dpi": (9, 9)}

    for kind in ("avif", "webp", "jpg", "png"):
        content = encode(picture, kind)
        assert b"Camera maker" not in content
        assert not opened(content).getexif()
        assert "icc_profile" not in opened(content).info


def test_a_phone_gets_as_much_of_a_busy_picture_as_of_a_calm_one():
    calm = scenery((732, 488))
    busy = Picture.merge("RGB", [Picture.effect_noise((732, 488), 40)] * 3)

    assert encode(calm, "avif") == encode(calm, "avif", quality=AVIF_QUALITY_IN_LARGE)
    assert len(encode(busy, "avif")) < 0.8 * len(encode(busy, "avif", quality=AVIF_QUALITY_IN_LARGE))


def test_renditions_come_one_after_the_other():
    answers = render(encoded(scenery((1920, 1080))), plan(1920, 1080, "jpg"), (0.5, 0.5))

    first, _ = next(answers)

    assert first in plan(1920, 1080, "jpg")
    answers.close()


@pytest.mark.parametrize("name", PHOTOGRAPHS)
def test_a_lead_on_a_phone_is_light_and_as_good_as_its_jpeg(corpora, name):
    data = normalise((corpora / "images" / name).read_bytes()).data
    wanted = [("16x9", width, kind) for width in (320, 640) for kind in ("avif", "jpg")]
    wanted += [("full", 400, kind) for kind in ("avif", "jpg")]

    made = dict(render(data, wanted, (0.5, 0.5)))

    for shape, width, kind in wanted:
        if kind == "avif":
            light, usual = made[shape, width, "avif"], made[shape, width, "jpg"]
            assert len(light) < 36 * 1024
            assert len(light) < len(usual)
            assert structural_similarity(opened(light), opened(usual)) >= 0.95

import contextlib
import io
import random
import struct
import zlib

import pytest
from PIL import Image as Picture
from PIL import ImageCms, PngImagePlugin

from articles import renditions
from articles.renditions import UnusablePicture, normalise, render, rendition_height, widths


def encoded(picture, kind="JPEG", **options):
    out = io.BytesIO()
    picture.save(out, kind, **options)
    return out.getvalue()


def opened(data):
    picture = Picture.open(io.BytesIO(data))
    picture.load()
    return picture


def two_halves(size=(60, 40), mode="RGB"):
    """Left half red, right half blue: what turns or is cut can be seen."""
    picture = Picture.new(mode, size, "blue")
    picture.paste("red", (0, 0, size[0] // 2, size[1]))
    return picture


def png_that_claims(width, height):
    """A few bytes that say they are a picture of that size."""

    def chunk(kind, data):
        body = kind + data
        return struct.pack(">I", len(data)) + body + struct.pack(">I", zlib.crc32(body))

    header = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    pixels = zlib.compress(b"\0" * 1000)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


# The original.


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_every_accepted_kind_becomes_a_jpeg(kind):
    original = normalise(encoded(two_halves(), kind))

    assert (original.extension, original.width, original.height) == ("jpg", 60, 40)
    assert opened(original.data).format == "JPEG"


def test_transparency_is_kept_in_a_png_but_only_where_there_is_any():
    clear = Picture.new("RGBA", (10, 10), (255, 0, 0, 90))
    idle = Picture.new("RGBA", (10, 10), (255, 0, 0, 255))

    assert normalise(encoded(clear, "PNG")).extension == "png"
    assert normalise(encoded(idle, "PNG")).extension == "jpg"


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_photograph_is_turned_upright(orientation):
    picture = two_halves()
    exif = Picture.Exif()
    exif[0x0112] = orientation

    original = normalise(encoded(picture, exif=exif))

    upright = opened(original.data)
    assert upright.size == ((60, 40) if orientation <= 4 else (40, 60)) == (original.width, original.height)
    assert 0x0112 not in upright.getexif()


def test_exif_orientations_of_real_cameras_come_out_alike(corpora):
    folder = corpora / "images" / "exif-orientation"
    for kind, ratio in (("Landscape", lambda w, h: w > h), ("Portrait", lambda w, h: w < h)):
        found = sorted(folder.glob(f"sharp--{kind}_[1-8].jpg"))
        assert len(found) == 8
        for path in found:
            original = normalise(path.read_bytes())
            assert ratio(original.width, original.height), path.name


def test_where_and_with_what_it_was_taken_is_removed():
    exif = Picture.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (40.0, 22.0, 39.0)
    data = encoded(two_halves(), exif=exif, comment=b"A private comment")
    assert b"Camera maker" in data

    clean = normalise(data).data

    assert not opened(clean).getexif()
    assert opened(clean).info.keys() <= {
        "jfif",
        "jfif_version",
        "jfif_unit",
        "jfif_density",
        "progressive",
        "progression",
    }
    assert b"Camera maker" not in clean
    assert b"private" not in clean


def test_notes_in_a_png_are_removed():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Somebody at home")
    picture = Picture.new("RGBA", (10, 10), (255, 0, 0, 90))

    clean = normalise(encoded(picture, "PNG", pnginfo=notes)).data

    assert b"Somebody" not in clean


def test_cmyk_becomes_rgb():
    picture = Picture.new("CMYK", (20, 20), (0, 255, 255, 0))

    red, green, blue = opened(normalise(encoded(picture)).data).getpixel((5, 5))

    assert red > 200 > 100 > green
    assert blue < 100


def test_a_colour_profile_is_applied_and_left_out():
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    broken = encoded(two_halves(), icc_profile=b"no profile at all")
    strange = encoded(two_halves(), icc_profile=profile)

    for data in (broken, strange):
        picture = opened(normalise(data).data)
        assert picture.mode == "RGB"
        assert "icc_profile" not in picture.info


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "RGBA"])
def test_unusual_pixels_become_usual_ones(mode):
    picture = Picture.new("L", (20, 10), 255 if mode == "1" else 200)
    if mode == "I;16":
        picture = picture.convert("I").point(lambda value: value * 257)
    picture = picture.convert(mode)

    upright = opened(normalise(encoded(picture, "PNG")).data)

    assert upright.mode == "RGB"
    assert upright.getpixel((5, 5))[0] == pytest.approx(255 if mode == "1" else 200, abs=3)


def test_a_huge_photograph_is_made_smaller():
    original = normalise(encoded(Picture.new("RGB", (5000, 1000))))

    assert (original.width, original.height) == (4000, 800)


def test_a_moving_picture_stands_still():
    frames = [Picture.new("P", (10, 10), shade) for shade in (10, 20, 30)]

    assert (
        opened(normalise(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:])).data).format
        == "JPEG"
    )


# What is no picture.


@pytest.mark.parametrize(
    "data", [b"", b"%PDF-1.7", b"<svg onload='alert(1)'/>", b"GIF89a", b"\xff\xd8\xff", b"MZ" * 99]
)
def test_what_is_no_picture_is_refused_in_words(data):
    with pytest.raises(UnusablePicture, match=r"not a JPEG|damaged"):
        normalise(data)


def test_a_file_is_known_by_its_bytes_and_other_formats_are_not_let_in():
    for kind in ("TIFF", "BMP", "ICO", "PPM"):
        with pytest.raises(UnusablePicture, match="not a JPEG"):
            normalise(encoded(two_halves(), kind))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_file_cut_off_anywhere_is_damaged(kind):
    noise = Picture.effect_noise((64, 64), 80).convert("RGB")
    data = encoded(noise, kind)
    for share in (0.3, 0.6, 0.9):
        with pytest.raises(UnusablePicture):
            normalise(data[: int(len(data) * share)])


@pytest.mark.parametrize(
    ("width", "height"), [(8000, 8000), (12_000, 12_000), (60_000, 60_000), (2**31 - 1, 1)]
)
def test_a_few_bytes_that_claim_to_be_huge_are_refused_before_they_are_unpacked(width, height):
    with pytest.raises(UnusablePicture, match=r"million pixels|damaged"):
        normalise(png_that_claims(width, height))


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF"])
def test_damaged_bytes_raise_nothing_but_that(kind):
    chance = random.Random(7)
    data = encoded(Picture.effect_noise((32, 32), 80).convert("RGB"), kind)
    for _ in range(150):
        broken = bytearray(data)
        for _ in range(chance.randint(1, 8)):
            broken[chance.randrange(len(broken))] = chance.randrange(256)
        with contextlib.suppress(UnusablePicture):
            normalise(bytes(broken))


def test_pictures_of_the_corpora_become_originals_or_are_refused(corpora):
    files = [path for path in sorted((corpora / "images").rglob("*")) if path.is_file()]
    refused = set()
    for path in files:
        try:
            original = normalise(path.read_bytes())
        except UnusablePicture:
            refused.add(path.suffix.lower())
        else:
            assert opened(original.data).size == (original.width, original.height), path.name
            assert opened(original.data).mode in ("RGB", "RGBA")

    assert len(files) > 70
    assert refused <= {".tif", ".tiff", ".heic", ".heif", ".bmp", ".svg", ".psd", ".jp2", ".ico", ".pdf"}, (
        refused
    )


# Renditions.


def test_a_picture_is_never_enlarged():
    assert widths(5000, 4000, "full") == [360, 640, 960, 1280, 1920]
    assert widths(700, 500, "full") == [360, 640]
    assert widths(100, 80, "full") == [100]
    assert widths(100, 300, "wide") == [100]
    assert widths(2000, 300, "wide") == [240, 360]
    assert widths(50, 300, "square") == [50]


@pytest.mark.parametrize("shape", renditions.SHAPES)
@pytest.mark.parametrize("size", [(1600, 900), (900, 1600), (333, 77), (1, 1), (3, 500)])
def test_a_rendition_has_the_size_that_the_page_says(shape, size):
    data = encoded(Picture.new("RGB", size))
    for width in widths(*size, shape):
        picture = opened(render(data, shape, width))
        assert picture.format == "WEBP"
        assert picture.size == (width, rendition_height(*size, shape, width))
        assert picture.width <= size[0]
        assert picture.height <= size[1]


def test_a_crop_centres_on_the_focal_point():
    data = encoded(two_halves((600, 200)))

    left = opened(render(data, "square", 96, (0.0, 0.5))).getpixel((48, 48))
    right = opened(render(data, "square", 96, (1.0, 0.5))).getpixel((48, 48))

    assert left[0] > 200 > 60 > left[2]
    assert right[2] > 200 > 60 > right[0]


def test_the_same_picture_gives_the_same_bytes():
    data = encoded(two_halves((600, 200)))

    assert render(data, "wide", 240) == render(data, "wide", 240)
    assert normalise(data) == normalise(data)


def test_transparency_survives_into_renditions():
    data = normalise(encoded(Picture.new("RGBA", (200, 200), (255, 0, 0, 90)), "PNG")).data

    assert opened(render(data, "square", 96)).getchannel("A").getpixel((10, 10)) == 90

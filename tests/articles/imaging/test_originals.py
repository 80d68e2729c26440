import contextlib
import io
import itertools
import struct
import subprocess
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import ImageChops, ImageCms, ImageDraw, ImageStat, PngImagePlugin

from articles.imaging import colours, originals
from articles.imaging.originals import MAX_FRAMES, UnusablePicture, normalise
from articles.imaging.renditions import plan, preview_width, render
from tests.pictures import chunk, encoded, opened, png, scenery, two_halves, with_segment

STILLS = ["JPEG", "PNG", "WEBP", "GIF", "AVIF", "TIFF"]
# Files of the corpora that are no pictures for print, or none at all.
REFUSED = {
    "wp--test-image.bmp": "not a JPEG",
    "wp--test-image.ico": "not a JPEG",
    "wp--test-image.jp2": "not a JPEG",
    "wp--test-image.psd": "not a JPEG",
    "sharp--cielab-dagams.tiff": "rare way",
}


def pixel(data, at=(5, 5)):
    return opened(data).convert("RGB").getpixel(at)


def difference(one, other):
    """The mean difference of two pictures of one size, in shades of 255."""
    assert one.size == other.size
    return max(ImageStat.Stat(ImageChops.difference(one.convert("RGB"), other.convert("RGB"))).mean)


def animated(kind, colours=("red", "lime", "blue"), **options):
    first, *others = [Picture.new("RGB", (40, 30), colour) for colour in colours]
    options = {"duration": 120, "loop": 0} | options
    return encoded(first, kind, save_all=True, append_images=others, **options)


# What comes out.


@pytest.mark.parametrize("kind", STILLS)
def test_every_accepted_kind_becomes_a_jpeg(kind):
    original = normalise(encoded(two_halves(), kind))

    assert (original.extension, original.width, original.height) == ("jpg", 60, 40)
    assert opened(original.data).format == opened(original.preview).format == "JPEG"
    red, _, blue = pixel(original.data, (5, 20))
    assert red > 200 > 60 > blue


def test_a_phones_picture_becomes_a_jpeg(corpora):
    original = normalise((corpora / "images" / "heic" / "ianare--IMG_5195.HEIC").read_bytes())

    assert (original.extension, original.width, original.height) == ("jpg", 2566, 3313)
    assert original.facts["taken_on"] == "2021-04-11"


def test_a_picture_of_several_photographs_is_its_first(corpora):
    first, second = Picture.new("RGB", (60, 40), "red"), Picture.new("RGB", (60, 40), "blue")
    original = normalise(encoded(first, "MPO", save_all=True, append_images=[second]))

    assert (original.extension, original.is_animated) == ("jpg", False)
    assert pixel(original.data)[0] > 200
    gain_map = normalise((corpora / "images" / "cmyk-icc" / "sharp--gain-map.jpg").read_bytes())
    assert (gain_map.width, gain_map.height) == (3840, 2160)


def test_a_huge_photograph_is_made_smaller_and_a_small_one_is_left():
    huge = normalise(encoded(Picture.new("RGB", (5000, 1000))))
    small = normalise(encoded(Picture.new("RGB", (50, 10))))

    assert (huge.width, huge.height) == (4000, 800)
    assert (small.width, small.height) == (50, 10)


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "TIFF"])
def test_what_is_made_smaller_in_bands_shows_no_seam(kind):
    picture = scenery((4600, 1500))
    original = opened(normalise(encoded(picture, kind)).data)

    assert difference(original, picture.resize((4000, 1304), Picture.Resampling.LANCZOS)) < 2


def test_a_photograph_is_too_large_to_be_decoded_whole_and_still_comes_out():
    data = encoded(two_halves((9000, 6000)))

    original = normalise(data)

    assert (original.width, original.height) == (4000, 2667)
    assert pixel(original.data, (100, 100))[0] > 200


def test_a_preview_is_made_at_once():
    original = normalise(encoded(scenery((2000, 1000))))

    assert opened(original.preview).size == (960, 480)
    assert difference(opened(original.preview), opened(original.data).resize((960, 480))) < 3


def test_the_same_file_gives_the_same_original():
    data = encoded(scenery((300, 200)))

    assert normalise(data) == normalise(data)


# Upright.


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "TIFF", "AVIF"])
def test_a_photograph_is_turned_upright(kind, orientation):
    picture = two_halves()
    exif = Picture.Exif()
    exif[0x0112] = orientation
    expected = {  # where the left half, the red one, comes to lie
        1: (10, 20), 2: (50, 20), 3: (50, 20), 4: (10, 20),
        5: (20, 10), 6: (20, 10), 7: (20, 50), 8: (20, 50),
    }[orientation]  # fmt: skip

    upright = opened(normalise(encoded(picture, kind, exif=exif)).data)

    assert upright.size == ((60, 40) if orientation <= 4 else (40, 60))
    red, _, blue = upright.getpixel(expected)
    assert red > 200 > 60 > blue
    assert 0x0112 not in upright.getexif()


@pytest.mark.parametrize("orientation", range(1, 9))
@pytest.mark.parametrize("shape", ["Landscape", "Portrait"])
@pytest.mark.parametrize("maker", ["recurser", "sharp"])
def test_all_orientations_of_real_files_look_like_the_upright_one(corpora, maker, shape, orientation):
    def picture(number):
        path = corpora / "images" / "exif-orientation" / f"{maker}--{shape}_{number}.jpg"
        found = opened(normalise(path.read_bytes()).data)
        # The number of the orientation is painted into the middle of each.
        ImageDraw.Draw(found).rectangle([side * part for part in (0.3, 0.7) for side in found.size], "gray")
        return found.resize((found.width // 3, found.height // 3), Picture.Resampling.BOX)

    assert difference(picture(orientation), picture(1)) < 6


@pytest.mark.parametrize(("turns", "mirrored"), list(itertools.product(range(4), range(2))))
def test_all_turns_and_mirrors_of_avif_look_like_the_upright_one(corpora, turns, mirrored):
    def picture(turns, mirrored):
        path = corpora / "images" / "avif" / f"pillow--rot{turns}mir{mirrored}.avif"
        found = opened(normalise(path.read_bytes()).data)
        ImageDraw.Draw(found).rectangle([side * part for part in (0.2, 0.8) for side in found.size], "gray")
        return found.resize((160, 107), Picture.Resampling.BOX)

    assert difference(picture(turns, mirrored), picture(0, 0)) < 6


@pytest.mark.parametrize(
    "name", ["mirror-vertical", "mirror-vertical.rotate270", "mirror-vertical.rotate270.crop"]
)
def test_mirrored_and_turned_avif_look_alike(corpora, name):
    def picture(name):
        return opened(
            normalise((corpora / "images" / "avif" / f"linku--kimono.{name}.avif").read_bytes()).data
        )

    assert difference(picture(name), picture("mirror-horizontal")) < 4


def test_an_orientation_that_only_xmp_tells_is_applied():
    xmp = (
        b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">'
        b'<rdf:Description tiff:Orientation="6" xmlns:tiff="http://ns.adobe.com/tiff/1.0/"/></rdf:RDF></x:xmpmeta>'
    )

    original = normalise(encoded(two_halves(), xmp=xmp))

    assert (original.width, original.height) == (40, 60)


# Colours.


def test_cmyk_becomes_rgb():
    red, green, blue = pixel(normalise(encoded(Picture.new("CMYK", (20, 20), (0, 255, 255, 0)))).data)

    assert red > 200 > 100 > green
    assert blue < 100


def test_printing_inks_become_the_colours_that_their_profile_means(corpora):
    folder = corpora / "images" / "cmyk-icc"

    # Full magenta and yellow on coated paper, the red of every printer in Europe.
    assert pixel(normalise((folder / "sharp--fogra-0-100-100-0.tif").read_bytes()).data) == pytest.approx(
        (227, 6, 19), abs=4
    )
    with_profile, without = (
        opened(normalise((folder / f"sharp--Channel_digital_image_CMYK_color{end}.jpg").read_bytes()).data)
        for end in ("", "_no_profile")
    )
    assert difference(with_profile, without) < 40


def profile_of(path):
    return opened(path.read_bytes()).info["icc_profile"]


@pytest.mark.parametrize("source", ["sharp--p3.png", "sharp--prophoto.png", "numbered"])
@pytest.mark.parametrize("transparent", [False, True])
def test_colours_of_a_wide_space_come_out_as_they_were_seen(corpora, source, transparent):
    """Known colours are written as the wide space writes them, and must be known again."""
    folder = corpora / "images" / "cmyk-icc"
    profile = colours.profile_of(12, 13) if source == "numbered" else profile_of(folder / source)
    seen = [(200, 60, 40), (60, 160, 80), (40, 70, 190), (128, 128, 128), (240, 200, 170)]
    transform = ImageCms.buildTransform(
        ImageCms.createProfile("sRGB"), ImageCms.ImageCmsProfile(io.BytesIO(profile)), "RGB", "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
    )  # fmt: skip
    patches = Picture.new("RGB", (len(seen), 1))
    patches.putdata(seen)
    wide = transform.point(patches)
    assert difference(wide, patches) > 5
    if transparent:
        wide.putalpha(200)

    original = normalise(encoded(wide.resize((80, 16), 0), "PNG", icc_profile=profile), "graphic")

    found = opened(original.data)
    assert found.mode == ("RGBA" if transparent else "RGB")
    assert "icc_profile" not in found.info
    for index, colour in enumerate(seen):
        assert found.getpixel((index * 16 + 8, 8))[:3] == pytest.approx(colour, abs=4)
    if transparent:
        assert found.getpixel((8, 8))[3] == 200


def test_wide_colours_that_an_avif_only_numbers_are_converted():
    data = encoded(Picture.new("RGB", (32, 32), (200, 150, 100)), "AVIF", quality=90)
    assert data.count(b"colrnclx\x00\x01\x00\x0d") == 1

    wide = data.replace(b"colrnclx\x00\x01\x00\x0d", b"colrnclx\x00\x0c\x00\x0d")

    assert pixel(normalise(data).data) == pytest.approx((200, 150, 100), abs=4)
    assert pixel(normalise(wide).data) == pytest.approx((209, 147, 91), abs=4)


def test_a_picture_for_hdr_screens_is_bright_as_paper():
    data = encoded(Picture.new("RGB", (32, 32), (148, 148, 148)), "AVIF", quality=90)

    hdr = data.replace(b"colrnclx\x00\x01\x00\x0d", b"colrnclx\x00\x09\x00\x10")

    assert pixel(normalise(hdr).data) == pytest.approx((254, 254, 254), abs=3)


def test_lab_becomes_rgb():
    lab = ImageCms.createProfile("LAB")
    transform = ImageCms.buildTransform(ImageCms.createProfile("sRGB"), lab, "RGB", "LAB")
    picture = transform.point(Picture.new("RGB", (20, 20), (200, 60, 40)))

    assert pixel(normalise(encoded(picture, "TIFF")).data) == pytest.approx((200, 60, 40), abs=5)


def test_a_grey_profile_is_applied():
    """Linear light: the number 55 stands for what sRGB calls 128."""
    curve = struct.pack(">4s4xI", b"curv", 0)
    white = struct.pack(">4s4x3i", b"XYZ ", 0xF6D6, 0x10000, 0xD32D)
    table = (
        struct.pack(">I", 2) + struct.pack(">4s2I", b"kTRC", 156, 12) + struct.pack(">4s2I", b"wtpt", 168, 20)
    )
    head = struct.pack(
        ">I4xI4s4s4s12x4s28x3I48x",
        188,
        0x02400000,
        b"mntr",
        b"GRAY",
        b"XYZ ",
        b"acsp",
        0xF6D6,
        0x10000,
        0xD32D,
    )
    profile = head + table + curve + white

    assert pixel(
        normalise(encoded(Picture.new("L", (20, 20), 55), icc_profile=profile)).data
    ) == pytest.approx((128, 128, 128), abs=3)
    with_alpha = encoded(Picture.new("LA", (20, 20), (55, 99)), "PNG", icc_profile=profile)
    assert opened(normalise(with_alpha, "logo").data).getpixel((5, 5)) == pytest.approx(
        (128, 128, 128, 99), abs=3
    )


def test_a_profile_for_other_pixels_is_left_aside():
    lab = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()
    srgb = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    grey = Picture.new("L", (20, 20), 90)

    for data in (
        encoded(two_halves(), icc_profile=b"no profile at all"),
        encoded(two_halves(), icc_profile=lab),
    ):
        assert pixel(normalise(data).data)[0] > 200
    assert pixel(normalise(encoded(grey, icc_profile=srgb)).data) == pytest.approx((90, 90, 90), abs=2)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "PA", "I;16", "RGBA"])
def test_unusual_pixels_become_usual_ones(mode):
    picture = Picture.new("L", (20, 10), 255 if mode == "1" else 200)
    if mode == "I;16":
        picture = picture.convert("I").point(lambda value: value * 257)
    data = encoded(picture.convert("P" if mode == "PA" else mode), "PNG")

    upright = opened(normalise(data).data)

    assert upright.mode == "RGB"
    assert upright.getpixel((5, 5))[0] == pytest.approx(255 if mode == "1" else 200, abs=3)


def test_sixteen_bits_a_channel_become_eight():
    row = b"\0" + struct.pack(">3H", 51200, 25600, 12800) * 8
    header = struct.pack(">IIBBBBB", 8, 8, 16, 2, 0, 0, 0)
    body = chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(row * 8)) + chunk(b"IEND", b"")

    assert pixel(normalise(b"\x89PNG\r\n\x1a\n" + body).data) == pytest.approx((200, 100, 50), abs=3)


# Transparency.


def test_transparency_is_kept_in_graphics_and_logos_and_is_white_paper_in_photographs():
    clear = encoded(Picture.new("RGBA", (10, 10), (255, 0, 0, 128)), "PNG")

    for kind in ("graphic", "logo"):
        original = normalise(clear, kind)
        assert original.extension == "png"
        assert opened(original.data).getpixel((5, 5)) == (255, 0, 0, 128)
        assert opened(original.preview).format == "PNG"
    photograph = normalise(clear, "photograph")
    assert photograph.extension == "jpg"
    assert pixel(photograph.data) == pytest.approx((255, 127, 127), abs=3)


@pytest.mark.parametrize("kind", ["graphic", "logo", "photograph"])
def test_transparency_that_is_not_used_is_dropped(kind):
    idle = encoded(Picture.new("RGBA", (10, 10), (255, 0, 0, 255)), "PNG")

    assert normalise(idle, kind).extension == "jpg"


@pytest.mark.parametrize("mode", ["P", "L", "RGB"])
def test_a_colour_that_stands_for_nothing_is_transparent(mode):
    picture = Picture.new("L", (10, 10), 0)
    picture.paste(255, (0, 0, 5, 10))
    clear = {"P": 255, "L": 255, "RGB": (255, 255, 255)}[mode]

    original = normalise(encoded(picture.convert(mode), "PNG", transparency=clear), "graphic")

    alpha = opened(original.data).getchannel("A")
    assert (alpha.getpixel((1, 1)), alpha.getpixel((8, 8))) == (0, 255)


# Animations.


@pytest.mark.parametrize("kind", ["GIF", "WEBP", "AVIF", "PNG"])
def test_what_moves_is_kept_as_webp(kind):
    original = normalise(animated(kind))

    film = opened(original.data)
    assert (original.extension, original.is_animated, film.format, film.n_frames) == ("webp", True, "WEBP", 3)
    assert film.info["loop"] == 0
    for number, colour in enumerate([(255, 0, 0), (0, 255, 0), (0, 0, 255)]):
        film.seek(number)
        film.load()
        assert film.convert("RGB").getpixel((9, 9)) == pytest.approx(colour, abs=12)
        assert film.info["duration"] == pytest.approx(120, abs=1)
    assert opened(original.preview).format == "JPEG"
    assert pixel(original.preview)[0] > 200


def test_one_frame_does_not_move():
    original = normalise(animated("GIF", colours=["red"]))

    assert (original.extension, original.is_animated) == ("jpg", False)


def test_frames_that_are_too_fast_are_shown_as_browsers_show_them():
    film = opened(normalise(animated("GIF", duration=0)).data)
    film.load()

    assert film.info["duration"] == 100


def test_a_large_animation_is_made_smaller_and_a_long_one_still_more(monkeypatch):
    monkeypatch.setattr(originals, "KEPT_FILM_PIXELS", 3_000_000)
    frames = [Picture.new("RGB", (1600, 800), colour) for colour in ("red", "lime", "blue")]
    large = normalise(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    small = [Picture.new("L", (600, 400), number * 37 % 256) for number in range(100)]
    long = normalise(encoded(small[0], "GIF", save_all=True, append_images=small[1:]))

    assert (large.width, large.height) == (960, 480)
    assert (long.width, long.height) == (212, 141)
    assert opened(long.data).n_frames == 100


def test_a_giant_animation_is_refused_but_its_still_is_not():
    frames = [Picture.new("L", (3000, 2100), shade) for shade in (0, 255)]

    with pytest.raises(UnusablePicture, match="more than 6 million"):
        normalise(encoded(frames[0], "GIF", save_all=True, append_images=frames[1:]))
    assert normalise(encoded(frames[0], "GIF")).width == 3000


def test_an_endless_animation_is_refused():
    frame = encoded(Picture.new("L", (2, 2)), "GIF")
    start = frame.index(b",")
    endless = frame[:start] + frame[start:-1] * (MAX_FRAMES + 500_000) + b";"

    with pytest.raises(UnusablePicture, match=f"{MAX_FRAMES} frames"):
        normalise(endless)


# What is told of it.


def test_the_average_colour_is_that_on_white_paper():
    assert normalise(encoded(Picture.new("RGB", (9, 9), (10, 20, 30)), "PNG")).colour == "#0a141e"
    assert normalise(encoded(Picture.new("RGBA", (9, 9), (0, 0, 0, 0)), "PNG"), "logo").colour == "#ffffff"


def distance(one, other):
    return ((one ^ other) & (2**64 - 1)).bit_count()


def test_a_fingerprint_survives_scaling_compression_and_another_format(corpora):
    photographs = [
        path
        for path in sorted((corpora / "images" / "formats").glob("wp--*.jpg"))
        if path.stat().st_size > 40_000
    ]
    assert len(photographs) >= 7
    prints = {}
    for path in photographs:
        picture = opened(path.read_bytes()).convert("RGB")
        half = picture.resize((picture.width // 2, picture.height // 2), Picture.Resampling.LANCZOS)
        prints[path.name] = normalise(encoded(picture, quality=95)).fingerprint
        for other in (
            encoded(picture, quality=40),
            encoded(half, quality=75),
            encoded(half, "WEBP"),
            encoded(half, "PNG"),
        ):
            assert distance(prints[path.name], normalise(other).fingerprint) <= 3, path.name
        assert -(2**63) <= prints[path.name] < 2**63
    assert min(distance(*pair) for pair in itertools.combinations(prints.values(), 2)) > 8


def test_the_fingerprint_is_that_of_the_upright_picture(corpora):
    folder = corpora / "images" / "exif-orientation"
    prints = [
        normalise((folder / f"recurser--Landscape_{number}.jpg").read_bytes()).fingerprint
        for number in range(1, 9)
    ]

    assert max(distance(prints[0], other) for other in prints) <= 3


def test_a_picture_of_one_shade_has_no_fingerprint():
    assert normalise(encoded(Picture.new("RGB", (60, 40), "white"))).fingerprint is None


@pytest.mark.parametrize(("x", "y"), [(0.2, 0.3), (0.8, 0.3), (0.25, 0.75), (0.7, 0.7)])
def test_the_focal_point_is_found_on_a_bright_detailed_subject(x, y):
    picture = Picture.new("RGB", (900, 600), (90, 110, 120))
    draw = ImageDraw.Draw(picture)
    for ring in range(9):
        radius = 90 - ring * 10
        box = [900 * x - radius, 600 * y - radius, 900 * x + radius, 600 * y + radius]
        draw.ellipse(box, (230, 170, 140) if ring % 2 else (120, 40, 30))

    found = normalise(encoded(picture)).focal_point

    assert found == pytest.approx((x, y), abs=0.08)


@pytest.mark.parametrize("size", [(900, 600), (600, 900), (1, 1), (1, 900)])
def test_the_focal_point_of_an_even_picture_is_its_middle(size):
    assert normalise(encoded(Picture.new("RGB", size, (200, 160, 140)))).focal_point == (0.5, 0.5)


def test_the_focal_point_of_a_portrait_is_its_face(corpora):
    x, y = normalise((corpora / "images" / "avif" / "pillow--hopper.avif").read_bytes()).focal_point

    assert 0.35 < x < 0.6
    assert 0.2 < y < 0.5


def test_facts_of_the_file_come_along():
    exif = Picture.Exif()
    exif[0x010E] = "A bridge"

    assert normalise(encoded(two_halves(), exif=exif)).facts == {"caption": "A bridge"}


# Logos.

SVG = (
    b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 30 20" onload="alert(1)"><path d="M0 0h9"/></svg>'
)


def test_a_logo_may_be_a_drawing_and_is_cleaned():
    original = normalise(SVG, "logo")

    assert (original.extension, original.width, original.height, original.preview) == ("svg", 30, 20, b"")
    assert original.fingerprint is None
    assert b"onload" not in original.data


@pytest.mark.parametrize("kind", ["photograph", "graphic"])
def test_nothing_else_may_be_a_drawing(kind):
    with pytest.raises(UnusablePicture, match="Only a logo"):
        normalise(SVG, kind)


def test_a_drawing_that_cannot_be_cleaned_is_refused():
    with pytest.raises(UnusablePicture, match="damaged"):
        normalise(SVG[:-4], "logo")


# Privacy.


def test_where_and_with_what_it_was_taken_is_removed():
    exif = Picture.Exif()
    exif[0x010F] = "Camera maker"
    exif.get_ifd(0x8825)[2] = (40.0, 22.0, 39.0)
    data = encoded(two_halves(), exif=exif, comment=b"A private comment")
    assert b"Camera maker" in data

    original = normalise(data)

    for clean in (original.data, original.preview):
        assert not opened(clean).getexif()
        assert b"Camera maker" not in clean
        assert b"private" not in clean


def test_notes_in_a_png_are_removed():
    notes = PngImagePlugin.PngInfo()
    notes.add_text("Author", "Somebody at home")
    picture = Picture.new("RGBA", (10, 10), (255, 0, 0, 90))

    assert b"Somebody" not in normalise(encoded(picture, "PNG", pnginfo=notes), "logo").data


def test_every_file_of_the_corpora_comes_out_clean_or_is_refused_in_words(corpora, program, tmp_path):
    exiftool = program("exiftool")
    files = [path for path in sorted((corpora / "images").rglob("*")) if path.is_file()]
    refused = {}
    for index, path in enumerate(files):
        try:
            original = normalise(path.read_bytes(), "graphic")
        except UnusablePicture as refusal:
            refused[path.name] = str(refusal)
            continue
        picture = opened(original.data)
        assert picture.mode in ("RGB", "RGBA")
        assert picture.size == (original.width, original.height)
        assert opened(original.preview).width == preview_width(*picture.size)
        (tmp_path / f"{index}.{original.extension}").write_bytes(original.data)
        (tmp_path / f"{index}-preview.{'png' if original.extension == 'png' else 'jpg'}").write_bytes(
            original.preview
        )

    assert len(files) > 120
    assert refused.keys() == REFUSED.keys()
    assert all(REFUSED[name] in reason for name, reason in refused.items())
    assert found_by(exiftool, tmp_path) == set()


def test_renditions_of_real_photographs_hold_nothing_but_pixels(corpora, program, tmp_path):
    exiftool = program("exiftool")
    names = [
        "formats/wp--2007-06-17DSC_4173.JPG",
        "heic/ianare--samplefilehub.heif",
        "formats/wp--avif-animated.avif",
    ]
    assert found_by(exiftool, *(corpora / "images" / name for name in names))
    for index, name in enumerate(names):
        original = normalise((corpora / "images" / name).read_bytes())
        wanted = plan(original.width, original.height, "jpg", original.is_animated)
        for (shape, width, kind), content in render(original.data, wanted, original.focal_point):
            (tmp_path / f"{index}-{shape}-{width}.{kind}").write_bytes(content)

    assert len(list(tmp_path.iterdir())) > 80
    assert found_by(exiftool, tmp_path) == set()


def found_by(exiftool, *places):
    """Names of what exiftool finds in the files beyond what a picture must say: its size and its format."""
    groups = [
        "EXIF",
        "XMP",
        "IPTC",
        "Photoshop",
        "MakerNotes",
        "ICC_Profile",
        "MPF",
        "GPS",
        "PNG:text",
        "JUMBF",
    ]
    command = [exiftool, "-q", "-G", "-s", "-r", *(f"-{group}:all" for group in groups)]
    command += ["-Comment", "-SerialNumber", "-Creator", "-Software", *map(str, places)]
    printed = subprocess.run(command, capture_output=True, text=True, timeout=60).stdout
    return {line.split(":")[0].strip() for line in printed.splitlines() if not line.startswith("=")}


# What is no picture.


def tiff_that_goes_in_circles():
    data = bytearray(encoded(Picture.new("RGB", (8, 8)), "TIFF"))
    place = struct.unpack("<I", data[4:8])[0]
    entries = struct.unpack("<H", data[place : place + 2])[0]
    end = place + 2 + 12 * entries
    data[end : end + 4] = struct.pack("<I", place)
    return bytes(data)


HUGE_SCREEN = b"GIF89a\xff\xff\xff\xff\0\0\0" + b",\0\0\0\0\1\0\1\0\0\2\2D\1\0;"
NO_PICTURES = {
    "nothing": b"",
    "one byte": b"\xff",
    "document": b"%PDF-1.7",
    "page": b"<!doctype html><script>alert(1)</script>",
    "archive": b"PK\x03\x04" + bytes(100),
    "program": b"MZ" * 99,
    "start of a GIF": b"GIF89a",
    "start of a JPEG": b"\xff\xd8\xff",
    "GIF that is a script": b"GIF89a/*" + bytes(20) + b"*/=alert(1)",
    "bitmap": encoded(two_halves(), "BMP"),
    "icon": encoded(two_halves(), "ICO"),
    "portable map": encoded(two_halves(), "PPM"),
    "wide header": png(50_000, 50_000),
    "flat header": png(2**31 - 1, 1),
    "GIF with a huge screen": HUGE_SCREEN,
    "PNG with a bomb of a note": png(4, 4, chunk(b"zTXt", b"a\0\0" + zlib.compress(bytes(90_000_000)))),
    "PNG with a bomb of a profile": png(4, 4, chunk(b"iCCP", b"a\0\0" + zlib.compress(bytes(90_000_000)))),
    "PNG without end": png(400, 400, pixels=b"\0" * 100),
    "floating numbers": encoded(Picture.new("F", (9, 9)), "TIFF"),
    "JPEG of too many scans": encoded(scenery(), progressive=True) + b"\xff\xda" * 200,
}  # fmt: skip


@pytest.mark.parametrize("name", NO_PICTURES)
def test_what_is_no_picture_is_refused_in_words(name):
    with pytest.raises(UnusablePicture, match=r"^[A-Z].+\.$"):
        normalise(NO_PICTURES[name])


def test_a_refusal_says_what_is_accepted_and_how_much():
    with pytest.raises(UnusablePicture, match="JPEG, PNG, WebP, GIF, AVIF, HEIC or TIFF"):
        normalise(b"<html>")
    with pytest.raises(UnusablePicture, match="more than 30 million pixels"):
        normalise(png(50_000, 50_000))
    with pytest.raises(UnusablePicture, match="empty"):
        normalise(b"")


@pytest.mark.parametrize("size", [(1, 1), (1, 10_000), (10_000, 1)])
def test_an_absurd_shape_is_a_picture_all_the_same(size):
    original = normalise(encoded(Picture.new("RGB", size), "PNG"))

    assert (original.width, original.height) == tuple(min(side, 4000) for side in size)


def test_a_name_counts_for_nothing_and_a_tail_is_cut_off():
    script = b"<script>alert(1)</script>"
    for kind in STILLS:
        assert script not in normalise(encoded(two_halves(), kind) + script).data


def test_pages_that_go_in_circles_are_not_followed():
    assert normalise(tiff_that_goes_in_circles()).width == 8


def test_a_broken_note_does_not_break_the_picture():
    data = with_segment(encoded(two_halves()), 0xE1, b"Exif\0\0MM\0*\xff\xff\xff\xff" + b"\xff" * 40)

    assert normalise(data).width == 60


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "AVIF"])
def test_a_file_cut_off_anywhere_is_damaged(kind):
    data = encoded(Picture.effect_noise((64, 64), 80).convert("RGB"), kind)
    for share in (0.02, 0.3, 0.6, 0.9):
        with pytest.raises(UnusablePicture):
            normalise(data[: int(len(data) * share)])


@pytest.mark.parametrize("kind", [*STILLS, "moving GIF", "moving WEBP"])
@settings(max_examples=40, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.integers(0, 255)), max_size=8))
def test_random_damage_is_survived(kind, changes):
    data = bytearray(SMALL[kind])
    for place, byte in changes:
        data[int(place * len(data))] = byte

    with contextlib.suppress(UnusablePicture):
        normalise(bytes(data))


SMALL = {kind: encoded(scenery((32, 24)), kind) for kind in STILLS}
SMALL |= {f"moving {kind}": animated(kind) for kind in ("GIF", "WEBP")}

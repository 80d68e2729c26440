import struct
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Picture

from articles.imaging.facts import LONGEST, read
from tests.pictures import encoded, opened, with_segment

RDF = (
    '<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" '
    'xmlns:Iptc4xmpCore="http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/">'
)
XMP = (
    f'<?xpacket begin="\ufeff" id="W5M0"?>{RDF}'
    '<rdf:Description rdf:about="" photoshop:Credit="AZERTAC" photoshop:Headline="Bazaar" '
    'photoshop:DateCreated="2024-03-15T10:20:30+04:00">'
    '<dc:description><rdf:Alt><rdf:li xml:lang="az">Bazarda</rdf:li>'
    '<rdf:li xml:lang="x-default">Bazarda qoca qadın, Şəki</rdf:li></rdf:Alt></dc:description>'
    "<dc:creator><rdf:Seq><rdf:li>Leyla Əliyeva</rdf:li><rdf:li>Rəşad M.</rdf:li></rdf:Seq></dc:creator>"
    '<dc:rights><rdf:Alt><rdf:li xml:lang="x-default">© 2024 Digest</rdf:li></rdf:Alt></dc:rights>'
    '<Iptc4xmpCore:AltTextAccessibility><rdf:Alt><rdf:li xml:lang="x-default">A woman selling pomegranates'
    "</rdf:li></rdf:Alt></Iptc4xmpCore:AltTextAccessibility>"
    '</rdf:Description></rdf:RDF></x:xmpmeta><?xpacket end="w"?>'
)


def jpeg(**options):
    return encoded(Picture.new("RGB", (8, 8)), **options)


def record(number, value, section=2):
    return struct.pack(">BBBH", 0x1C, section, number, len(value)) + value


def with_iptc(*records):
    """A JPEG with an IPTC record, as agencies send it."""
    block = b"".join(records)
    resource = b"8BIM" + struct.pack(">HHI", 0x0404, 0, len(block)) + block + b"\0" * (len(block) % 2)
    return with_segment(jpeg(), 0xED, b"Photoshop 3.0\0" + resource)


def with_exif(**tags):
    exif = Picture.Exif()
    numbers = {"description": 0x010E, "artist": 0x013B, "rights": 0x8298}
    for name, value in tags.items():
        if name == "taken":
            exif.get_ifd(0x8769)[0x9003] = value
        else:
            exif[numbers[name]] = value
    return jpeg(exif=exif)


def facts(data):
    return read(opened(data))


def test_xmp_is_read_in_its_usual_language():
    assert facts(jpeg(xmp=XMP.encode())) == {
        "caption": "Bazarda qoca qadın, Şəki",
        "credit": "Leyla Əliyeva, Rəşad M.",
        "agency": "AZERTAC",
        "rights": "© 2024 Digest",
        "title": "Bazaar",
        "alt_text": "A woman selling pomegranates",
        "taken_on": "2024-03-15",
    }


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "AVIF", "TIFF"])
def test_xmp_is_read_in_every_format_that_has_it(kind):
    picture = Picture.new("RGB", (8, 8))
    if kind == "PNG":
        from PIL.PngImagePlugin import PngInfo

        notes = PngInfo()
        notes.add_itxt("XML:com.adobe.xmp", XMP)
        data = encoded(picture, kind, pnginfo=notes)
    elif kind == "TIFF":
        data = encoded(picture, kind, tiffinfo={700: XMP.encode()})
    else:
        data = encoded(picture, kind, xmp=XMP.encode())

    assert facts(data)["credit"] == "Leyla Əliyeva, Rəşad M."


def test_an_agencys_record_is_read():
    data = with_iptc(
        record(90, b"\x1b%G", section=1),
        record(120, "Bazarda qoca qadın".encode()),
        record(80, "Leyla Əliyeva".encode()),
        record(80, b"R. M."),
        record(110, b"Reuters"),
        record(115, b"Somebody else"),
        record(116, "© Reuters".encode()),
        record(105, b"Bazaar"),
        record(55, b"20240315"),
    )

    assert facts(data) == {
        "caption": "Bazarda qoca qadın",
        "credit": "Leyla Əliyeva, R. M.",
        "agency": "Reuters",
        "rights": "© Reuters",
        "title": "Bazaar",
        "taken_on": "2024-03-15",
    }


def test_a_source_is_the_agency_where_no_credit_line_is():
    assert facts(with_iptc(record(115, b"Turan"), record(5, b"Object"))) == {
        "agency": "Turan",
        "title": "Object",
    }


def test_letters_without_declaration_are_utf8_where_they_can_be_and_latin_elsewhere():
    assert facts(with_iptc(record(120, "Gəncə".encode())))["caption"] == "Gəncə"
    assert facts(with_iptc(record(120, "Genève".encode("latin-1"))))["caption"] == "Genève"
    assert facts(with_exif(artist="Aynur"))["credit"] == "Aynur"


def test_what_a_camera_notes_is_read_last():
    data = with_exif(description="A bridge", artist="R. M.", rights="CC BY", taken="2024:03:15 10:20:30")
    exif = opened(data).info["exif"]

    assert facts(data) == {
        "caption": "A bridge",
        "credit": "R. M.",
        "rights": "CC BY",
        "taken_on": "2024-03-15",
    }
    assert facts(jpeg(exif=exif, xmp=XMP.encode()))["caption"] == "Bazarda qoca qadın, Şəki"


def test_a_tiff_of_an_agency_is_read():
    block = record(80, b"R. M.") + record(120, b"A bridge")
    picture = Picture.new("RGB", (8, 8))

    assert facts(encoded(picture, "TIFF", tiffinfo={33723: block})) == {
        "credit": "R. M.",
        "caption": "A bridge",
    }


@pytest.mark.parametrize(
    "noise",
    [
        "OLYMPUS DIGITAL CAMERA", "SONY DSC", "DCIM", "SAMSUNG", "SAMSUNG CAMERA PICTURES", "-", "Picture 12",
        "Exif_JPEG_PICTURE", "Untitled", "IMG_2041.JPG", "DSC_0042", "20240315", "charset=Ascii", "  ",
        "Screenshot", "KONICA MINOLTA DIGITAL CAMERA", "MINOLTA DIGITAL CAMERA", "\0\0\0",
    ],
)  # fmt: skip
def test_what_cameras_say_of_themselves_is_no_caption(noise):
    assert "caption" not in facts(with_exif(description=noise))


def test_noise_in_one_place_does_not_hide_a_caption_in_another():
    noisy = XMP.replace("Bazarda qoca qadın, Şəki", "OLYMPUS DIGITAL CAMERA")
    exif = opened(with_exif(description="A bridge")).info["exif"]

    assert facts(jpeg(xmp=noisy.encode(), exif=exif))["caption"] == "A bridge"


@pytest.mark.parametrize(
    "value",
    ["0000:00:00 00:00:00", "2024:13:01 00:00:00", "2024:02:30", "1700:01:01", "yesterday", "20240315123"],
)
def test_an_impossible_date_is_none(value):
    assert facts(with_exif(taken=value)) == {}


def test_control_characters_are_dropped_and_lines_are_joined():
    caption = facts(with_exif(description="A\r\nbridge\x07 \x1b[31mred\tone  "))["caption"]

    assert caption == "A bridge [31mred one"


def test_facts_fit_their_fields():
    long = b"word " * 2000
    records = [record(number, long) for number in (120, 80, 110, 116, 105)]

    for name, value in facts(with_iptc(*records)).items():
        assert 0 < len(value) <= LONGEST[name]


@pytest.mark.parametrize(
    "packet",
    [
        b"",
        b"<x:xmpmeta",
        b"<a>" * 1000,
        b'<!DOCTYPE a [<!ENTITY b "c">]><a xmlns="http://purl.org/dc/elements/1.1/"><description>&b;</description></a>',
        b"<a>" + b" " * 600_000 + b"</a>",
        "<a/>".encode("utf-16"),
        b'<?xml version="1.0" encoding="no-such"?><a/>',
    ],
)  # fmt: skip
def test_broken_xmp_says_nothing_and_stops_nothing(packet):
    said = read(SimpleNamespace(info={"xmp": packet}, getexif=Picture.Exif))

    assert said == {}


@pytest.mark.filterwarnings("ignore:Corrupt EXIF")
def test_broken_exif_says_nothing_and_stops_nothing():
    data = with_segment(jpeg(), 0xE1, b"Exif\0\0II*\0\xff\xff\xff\xff")

    assert facts(data) == {}


@given(st.binary(max_size=200))
def test_no_record_breaks_the_reader(block):
    said = read(SimpleNamespace(info={"photoshop": {0x0404: block}, "xmp": block}, getexif=Picture.Exif))

    assert set(said) <= {*LONGEST, "taken_on"}


def test_facts_of_real_files(corpora):
    folder = corpora / "images" / "formats"

    said = {
        name: facts((folder / f"wp--{name}.jpg").read_bytes()) for name in ("2004-07-22-DSC_0007", "waffles")
    }

    assert said["2004-07-22-DSC_0007"] == {
        "caption": "IPTC Caption",
        "credit": "IPTC Creator",
        "rights": "IPTC Copyright",
        "title": "IPTC Headline",
        "taken_on": "2004-07-22",
    }
    assert said["waffles"]["rights"] == "© 2008 Andrew S. Webb"

import io
import itertools
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageFont

from articles.imaging import social_cards
from articles.imaging.social_cards import Card, Type

LONG = (
    "Parliament adopts a budget that doubles spending on hospitals and schools while the manat holds steady "
    "against a basket of currencies abroad"
)
ONE_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft"
AZERBAIJANI = "əƏğĞıİöÖüÜçÇşŞ"
RUSSIAN = "абвгдеёжзийклмнопрстуфхцчшщъыьэюяАБВГДЕЁЖЗИЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ"


def card(headline="Green light for the corridor", label="Economy", origin="", site_name="Aze.Media"):
    return Card(headline, label, origin, site_name)


def picture(data):
    return Image.open(io.BytesIO(data)).convert("RGB")


def inked(data):
    """The box of everything that is not ground, below the bar and above the rule."""
    shown = picture(data).crop((0, 120, social_cards.WIDTH, social_cards.FOOT_RULE))
    ground = Image.new("RGB", shown.size, social_cards.GROUND)
    return ImageChops.difference(shown, ground).convert("L").point(lambda value: 255 * (value > 24)).getbbox()


def logo(colour, size=(400, 100)):
    out = io.BytesIO()
    mark = Image.new("RGBA", size, (0, 0, 0, 0))
    ImageDraw.Draw(mark).rectangle((0, 0, size[0] - 1, size[1] - 1), fill=colour)
    mark.save(out, "PNG")
    return out.getvalue()


def colours_of_the_foot(data):
    foot = picture(data).crop((0, social_cards.FOOT_RULE + 4, social_cards.WIDTH, social_cards.HEIGHT))
    return {colour for _, colour in foot.getcolors(100_000)}


# Letters --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("family", [social_cards.DISPLAY, social_cards.LABELS, social_cards.NOTES])
@pytest.mark.parametrize("letter", AZERBAIJANI + RUSSIAN)
def test_every_letter_of_azerbaijani_and_russian_has_a_glyph(letter, family):
    files = [
        ImageFont.truetype(social_cards.FONTS / f"{name}.woff2", 40, layout_engine=ImageFont.Layout.BASIC)
        for name, _, _ in family
    ]
    drawn = [(bytes(font.getmask(letter)), bytes(font.getmask("\U0010fffd"))) for font in files]
    assert any(glyph != missing for glyph, missing in drawn)

    runs = list(Type(family, 40).runs(letter))

    assert [text for _, text in runs] == [letter]
    assert bytes(runs[0][0].getmask(letter)) != bytes(runs[0][0].getmask("\U0010fffd"))


def test_no_two_of_these_letters_look_the_same():
    boxes = {letter: social_cards.draw(card(letter, label="", site_name="")) for letter in AZERBAIJANI}

    assert len(set(boxes.values())) == len(AZERBAIJANI)


def test_letters_from_two_files_stand_on_one_line_without_a_gap():
    display = Type(social_cards.DISPLAY, 80)

    assert [text for _, text in display.runs("Łoś")] == ["Ł", "o", "ś"]
    assert display.width("Łoś") == pytest.approx(sum(map(display.width, "Łoś")))


def test_azerbaijani_is_set_from_one_file():
    assert [text for _, text in Type(social_cards.DISPLAY, 80).runs("Şəki İğdır")] == ["Şəki İğdır"]


def test_pairs_are_kerned():
    display = Type(social_cards.DISPLAY, 80)

    assert display.width("AV") < display.width("A") + display.width("V")


@pytest.mark.parametrize(
    ("headline", "is_drawable"),
    [
        ("Şəki ipəyi", True),
        ("Каспий, İçərişəhər and 50 ₼", True),
        ("Cafe\u0301 society", True),
        ("🎉 Novruz 🔥️ begins", True),
        ("中国 and the Caspian", False),
        ("أذربيجان", False),
        ("საქართველო", False),
        ("🎉🔥", False),
        ("…", False),
        ("", False),
    ],
)
def test_a_headline_is_drawn_where_no_word_of_it_would_be_missing(headline, is_drawable):
    assert social_cards.is_drawable(headline) is is_drawable


def test_emoji_and_control_characters_leave_nothing_behind():
    plain = social_cards.draw(card("Novruz begins"))

    assert social_cards.draw(card("🎉 Novruz\u200b\x0b 👩‍👩‍👧️ begins 🔥")) == plain


def test_labels_in_capitals_keep_their_dots():
    assert social_cards._capitals("İqtisadiyyat") == "İQTİSADİYYAT"
    assert social_cards._capitals("Qarabağın işıqları") == "QARABAĞIN İŞIQLARI"
    assert social_cards._capitals("Politics") == "POLITICS"


# Lines ----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("headline", "most_lines", "least_size"),
    [
        ("Ceasefire", 1, 120),
        ("Rain over Lankaran", 2, 120),
        ("Green light for the Zangezur corridor as ministers meet in Baku", 3, 80),
        (LONG[:140], 5, 56),
        ("Каспийский путь в Европу: что изменит новый договор о транзите грузов", 4, 64),
        (f"{LONG} and nobody in the chamber objected to the amendments tabled late on Tuesday night", 6, 44),
    ],
)  # fmt: skip
def test_a_headline_is_set_as_large_as_it_fits_and_whole(headline, most_lines, least_size):
    set_in, lines = social_cards.lines_of(headline)

    assert " ".join(lines) == headline
    assert len(lines) <= most_lines
    assert set_in.size >= least_size
    assert max(map(set_in.width, lines)) <= social_cards.MEASURE


def test_no_word_is_left_alone_in_the_last_line():
    for count in range(4, 23):
        headline = " ".join(LONG.split()[:count])
        set_in, lines = social_cards.lines_of(headline)
        if len(lines) > 1:
            assert set_in.width(lines[-1]) > 0.35 * max(map(set_in.width, lines)), lines


def test_a_short_word_goes_with_the_one_it_leads():
    _, lines = social_cards.lines_of("Путь в Европу и в Азию: что мы знаем о договоре и о грузах")

    assert not any(line.split()[-1] in ("в", "и", "о") for line in lines)


def test_a_word_wider_than_the_card_is_divided_and_nothing_of_it_lost():
    set_in, lines = social_cards.lines_of(f"{ONE_WORD} wird gegründet")

    assert max(map(set_in.width, lines)) <= social_cards.MEASURE
    assert "".join(line.removesuffix("-") for line in lines) == f"{ONE_WORD} wird gegründet"


def test_what_does_not_fit_at_all_ends_with_an_ellipsis():
    set_in, lines = social_cards.lines_of("WWWWWWWWWW " * 23)

    assert len(lines) == social_cards.MAX_LINES
    assert lines[-1].endswith("W…")
    assert max(map(set_in.width, lines)) <= social_cards.MEASURE


# The card -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "headline", ["Ceasefire", LONG, ONE_WORD, "ƏDALƏT, İŞIQ VƏ ÇÖRƏK", "W" * 250, "Ğ Ş Ç " * 40]
)
def test_a_card_is_light_has_the_size_that_networks_ask_for_and_keeps_its_margins(headline):
    data = social_cards.draw(card(headline, origin="Translated from Azerbaijani"))

    shown = picture(data)
    assert shown.size == (1200, 630)
    assert Image.open(io.BytesIO(data)).get_format_mimetype() == social_cards.MIME_TYPE
    assert len(data) < 60_000
    left, top, right, bottom = inked(data)
    assert left >= social_cards.MARGIN - 12
    assert right <= social_cards.WIDTH - social_cards.MARGIN + 12
    assert top > 0
    assert bottom < social_cards.FOOT_RULE - 120


def test_the_same_card_is_the_same_file():
    assert social_cards.draw(card()) == social_cards.draw(card())


def test_everything_that_a_card_says_is_seen_on_it():
    cards = [
        card(),
        card(headline="Red light for the corridor"),
        card(label="Politics"),
        card(label=""),
        card(origin="Translated from Azerbaijani"),
        card(site_name="Gündəm"),
    ]

    assert len({social_cards.draw(each) for each in cards}) == len(cards)


def test_the_full_stop_of_the_name_has_the_accent():
    accent = (160, 17, 41)

    assert accent in colours_of_the_foot(social_cards.draw(card(site_name="Aze.Media")))
    assert accent not in colours_of_the_foot(social_cards.draw(card(site_name="Gündəm")))


def test_long_labels_names_and_origins_do_not_run_into_each_other():
    data = social_cards.draw(
        card(
            label="Politics and commentary " * 4, origin="From The Herald of " * 5, site_name="The Name " * 7
        )
    )
    foot = picture(data).crop((0, social_cards.FOOT_RULE + 4, social_cards.WIDTH, social_cards.HEIGHT - 4))
    dark = foot.convert("L").point(lambda value: 255 * (value < 200))
    free = [x for x in range(social_cards.WIDTH) if not dark.crop((x, 0, x + 1, foot.height)).getbbox()]
    widest = max(
        len(list(run)) for _, run in itertools.groupby(enumerate(free), lambda pair: pair[1] - pair[0])
    )

    assert widest >= social_cards.MARGIN


def test_a_logo_takes_the_place_of_the_name():
    data = social_cards.draw(card(), logo("#0a4c59"))

    assert (10, 76, 89) in colours_of_the_foot(data)
    assert (160, 17, 41) not in colours_of_the_foot(data)


@pytest.mark.parametrize(
    "unsuitable",
    [logo("#ffffff"), logo("#f6f2ea"), logo("#0a4c59", (40, 20)), logo("#0a4c59", (900, 20))],
    ids=["white", "as our ground", "tiny", "a thread"],
)
def test_a_logo_that_could_not_be_read_does_not(unsuitable):
    assert social_cards.draw(card(), unsuitable) == social_cards.draw(card())


def test_naughty_text_is_drawn_or_left_alone(corpora):
    naughty = json.loads((corpora / "naughty" / "blns.json").read_text())

    for text in naughty[::10]:
        if social_cards.is_drawable(text):
            assert picture(social_cards.draw(card(text[:250], text[:80], text[:80], text[:60]))).size == (
                1200,
                630,
            )


@settings(deadline=None, max_examples=40)
@given(st.text(min_size=1, max_size=250), st.text(max_size=80))
def test_whatever_is_typed_a_card_comes_of_it(headline, other):
    data = social_cards.draw(card(f"A {headline}", other, other, other))

    assert picture(data).size == (1200, 630)

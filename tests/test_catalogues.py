"""The catalogues of the interface: complete, and true to the messages they translate."""

import re
import subprocess
from collections import Counter
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from django.utils import translation

from articles.models.languages import LANGUAGES, TRANSLATED_FROM
from articles.models.site import INTERFACE_LANGUAGES

ROOT = Path(__file__).resolve().parents[1]
CATALOGUES = sorted((ROOT / "locale").glob("*/LC_MESSAGES/django.po"))
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|\{\w+\}|%%")
TAG = re.compile(r"<[^>]*>")


@pytest.fixture(params=CATALOGUES, ids=lambda path: path.parts[-3])
def catalogue(request):
    with request.param.open("rb") as file:
        return read_po(file)


def test_every_language_but_the_one_of_the_sources_has_a_catalogue():
    written = {path.parts[-3] for path in CATALOGUES}
    assert written == {code for code, _ in INTERFACE_LANGUAGES} - {"en"}


def messages(catalogue):
    """(the message in English, its translations) of each message."""
    for message in catalogue:
        if message.id:
            plural = isinstance(message.string, tuple)
            yield message, message.string if plural else (message.string,)


def test_every_message_is_translated(catalogue):
    bare = [message.id for message, strings in messages(catalogue) if not all(map(str.strip, strings))]
    # Between two names stands a comma and a space, in any language.
    assert [each for each in bare if each != ", "] == []


def test_nothing_is_left_to_guess_or_to_clear_away(catalogue):
    assert [message.id for message in catalogue if message.id and message.fuzzy] == []
    assert list(catalogue.obsolete) == []


def test_every_plural_has_its_forms(catalogue):
    wrong = [
        message.id
        for message, strings in messages(catalogue)
        if isinstance(message.id, tuple) and len(strings) != catalogue.num_plurals
    ]
    assert wrong == []


def test_plurals_are_counted_as_the_language_counts(catalogue):
    forms = {"az": 2, "ru": 3}  # Azerbaijani's are alike; Django's own catalogue has two as well
    assert catalogue.num_plurals == forms[str(catalogue.locale)]


def test_placeholders_and_markup_agree(catalogue):
    """The plural's, where there is one: the singular may leave the number out."""
    wrong = []
    for message, strings in messages(catalogue):
        source = message.id[-1] if isinstance(message.id, tuple) else message.id
        for pattern in (PLACEHOLDER, TAG):
            expected = Counter(pattern.findall(source))
            wrong += [(source, each) for each in strings if Counter(pattern.findall(each)) != expected]
    assert wrong == []


def test_sentences_end_as_they_do_in_english(catalogue):
    """A full stop, a colon or a question mark that was lost is a word that was."""
    wrong = []
    for message, strings in messages(catalogue):
        source = message.id[-1] if isinstance(message.id, tuple) else message.id
        end = source[-1] if source[-1] in ".:?" else ""
        wrong += [(source, each) for each in strings if (each[-1] if each[-1] in ".:?" else "") != end]
    assert wrong == []


def test_every_language_that_an_article_may_have_is_translated_from_in_a_sentence():
    assert list(TRANSLATED_FROM) == [code for code, _ in LANGUAGES]


@pytest.mark.parametrize(
    ("code", "label"),
    [("ru", "Перевод с азербайджанского"), ("az", "Azərbaycan dilindən tərcümə")],
)
def test_the_name_of_a_language_is_inflected(code, label):
    with translation.override(code):
        assert str(TRANSLATED_FROM["az"]) == label


def test_compiled_catalogues_are_not_kept():
    listed = subprocess.run(["git", "ls-files", "*.mo"], cwd=ROOT, capture_output=True, text=True)
    assert listed.stdout == ""

import errno
import os
import re
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.files.base import ContentFile
from django.core.management import call_command

from azemedia.storage import MediaFolder


@pytest.fixture
def folder(tmp_path):
    return MediaFolder(location=tmp_path / "media")


class Broken:
    """Content that ends in the middle, as on a full disk."""

    def chunks(self):
        yield b"half a "
        raise OSError(errno.ENOSPC, "No space left on device")


def names(folder):
    return [each.name for each in folder.contents("")]


def test_a_file_is_there_whole_or_not_at_all(folder):
    with pytest.raises(OSError, match="No space left"):
        folder._save("images/ab/abc/original.jpg", Broken())

    assert names(folder) == []
    assert not os.path.exists(folder.path("images/ab/abc"))


def test_a_name_is_written_anew_in_one_step(folder):
    folder.save("a.jpg", ContentFile(b"old"))
    old, _ = folder.fetch("a.jpg")

    assert folder.save("a.jpg", ContentFile(b"the new one")) == "a.jpg"
    with pytest.raises(OSError, match="No space left"):
        folder._save("a.jpg", Broken())

    assert folder.read("a.jpg") == b"the new one"
    with old:
        assert old.read() == b"old"  # whoever is reading reads on


def test_everybody_may_read_what_is_served(folder):
    folder.save("a.jpg", ContentFile(b"picture"))

    assert os.stat(folder.path("a.jpg")).st_mode & 0o777 == 0o644


def test_a_folder_tells_what_lies_in_it_and_below(folder):
    for name in ("images/ab/abc/original.jpg", "images/ab/abc/full-320.jpg", "images/cd/cde/original.jpg"):
        folder.save(name, ContentFile(b"picture"))

    assert {each.name for each in folder.contents("images/ab/abc")} == {
        "images/ab/abc/original.jpg",
        "images/ab/abc/full-320.jpg",
    }
    assert len(list(folder.contents("images"))) == 3
    assert {each.size for each in folder.contents("images")} == {7}
    assert list(folder.contents("images/no/such")) == []


def test_what_is_removed_takes_the_empty_folder_along(folder):
    folder.save("images/ab/abc/original.jpg", ContentFile(b"picture"))
    folder.save("images/ab/abd/original.jpg", ContentFile(b"picture"))

    folder.remove(["images/ab/abc/original.jpg", "images/ab/abc/gone-already.jpg"])

    assert names(folder) == ["images/ab/abd/original.jpg"]
    assert not os.path.exists(folder.path("images/ab/abc"))


def rules_of(sheet):
    """It without comments and white space."""
    return re.sub(r"/\*.*?\*/|\s", "", sheet, flags=re.DOTALL)


def test_readers_fetch_one_style_sheet_and_one_script(settings, tmp_path):
    settings.STATIC_ROOT = tmp_path
    settings.STORAGES = settings.STORAGES | {"staticfiles": {"BACKEND": "azemedia.storage.StaticStorage"}}
    call_command("collectstatic", verbosity=0, interactive=False)

    sheet = (tmp_path / staticfiles_storage.stored_name("css/site.css")).read_text()
    script = (tmp_path / staticfiles_storage.stored_name("js/site.js")).read_text()

    assert not re.search("^@import", sheet, re.MULTILINE)
    assert (
        sheet.index("@layer tokens, base")
        < sheet.index("@layer components {")
        < sheet.index("@media print {")
    )
    assert re.search(r'url\("\.\./fonts/newsreader-text-latin\.[0-9a-f]{12}\.woff2"\)', sheet)
    # Nothing but what they say to those who write them is left out.
    assert "/*" not in sheet
    sources = (finders.find(f"css/{name}.css") for name in ("layout", "components", "account", "print"))
    assert all(rules_of(Path(each).read_text()) in rules_of(sheet) for each in sources)
    assert not re.search("^import", script, re.MULTILINE)
    # A name that two modules give to things of their own stays theirs.
    assert script.count("const KEY") + script.count("const root") == 2
    assert re.search(r"^\{\n// What is personal .*^\}\n\{\n// Masthead", script, re.MULTILINE | re.DOTALL)

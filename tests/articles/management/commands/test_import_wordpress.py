import re
import xml.etree.ElementTree as ET
from collections import Counter
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.core.management import CommandError, call_command
from django.db import connection, transaction
from django.utils import timezone

from articles.models import Article, Author, Category, MenuItem, Page, Tag
from articles.slugs import RESERVED

pytestmark = pytest.mark.django_db

EXPORT = Path(__file__).parents[3] / "data" / "newsroom.xml"
LEFT_ALONE = {"trash", "auto-draft", "inherit"}


def run(*paths, **options):
    call_command("import_wordpress", *map(str, paths), **options)


def dump():
    """Every row of every table."""
    with connection.cursor() as cursor:
        rows = {}
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            rows[table] = sorted(map(repr, cursor.fetchall()))
    return rows


def exports(corpora, *, broken=False):
    """The exports that the XML parser takes or, if broken, refuses; each in a database of its own."""
    for path in sorted((corpora / "wxr").glob("*.xml")):
        try:
            channel = ET.parse(path).getroot().find("channel")
        except ET.ParseError:
            channel = None
        if (channel is None) == broken:
            with transaction.atomic():
                yield path, channel
                transaction.set_rollback(True)


def texts(channel, *names):
    found = [each.text or "" for name in names for each in channel.findall(name)]
    return [text.strip() for text in found if text.strip()]


def items(channel, kind):
    return [
        item
        for item in channel.findall("item")
        if item.findtext("{*}post_type") == kind and item.findtext("{*}status") not in LEFT_ALONE
    ]


def key(name):
    return re.sub(r"[^\w@.-]", "", unquote(name).strip().lower().replace(" ", "-"))


def terms_of_items(channel, *domains):
    return {
        key(each.get("nicename") or each.text): each.text.strip()
        for item in items(channel, "post")
        for each in item.findall("category")
        if each.get("domain") in domains
    }


def terms(channel, element, slug, name, taxonomy, *domains):
    """Name by key, of the terms that are declared and those that only posts name."""
    found = terms_of_items(channel, *domains)
    for term in channel.findall(f"{{*}}{element}"):
        if term.find(slug) is not None:
            found[key(term.findtext(slug))] = term.findtext(name).strip()
    for term in channel.findall("{*}term"):
        if term.findtext("{*}term_taxonomy") == taxonomy:
            found.setdefault(key(term.findtext("{*}term_slug")), term.findtext("{*}term_name").strip())
    return found


def held(channel):
    """What the file holds, counted without the importer."""
    authors = {key(login) for login in texts(channel, "{*}author/{*}author_login")}
    for item in items(channel, "post"):
        together = item.findall("category[@domain='author']")
        authors |= {each.get("nicename") for each in together} or set(texts(item, "{*}creator", "{*}author"))
    categories = terms(channel, "category", "{*}category_nicename", "{*}cat_name", "category", "category")
    tags = terms(channel, "tag", "{*}tag_slug", "{*}tag_name", "post_tag", "post_tag", "tag")
    return {
        "articles": len(items(channel, "post")),
        "pages": len(items(channel, "page")),
        "authors": len({key(author) for author in authors}),
        "categories": len(categories),
        "tags": len(set(tags.values())),  # two of one name are one here
        "published": sum(is_published(item) for item in items(channel, "post")),
    }


def is_published(item):
    """Out in the open; what was planned for a day that has passed is too."""
    status, date = item.findtext("{*}status"), item.findtext("{*}post_date_gmt")
    is_due = status == "publish" or (status == "future" and date < str(timezone.now()))
    return is_due and not item.findtext("{*}post_password")


def imported():
    return {
        "articles": Article.objects.count(),
        "pages": Page.objects.count(),
        "authors": Author.objects.count(),
        "categories": Category.objects.exclude(import_ref=None).count(),
        "tags": Tag.objects.count(),
        "published": Article.objects.published().count(),
    }


def old_addresses(channel):
    """Where each published post stood: at its slug, of two with the same one the second at its link."""
    taken = Counter()
    for item in filter(is_published, items(channel, "post")):
        slug = unquote(item.findtext("{*}post_name") or "")
        taken[slug] += 1
        if taken[slug] > 1 and slug:
            slug = item.findtext("link").rstrip("/").rpartition("/")[2]
        if slug and slug not in RESERVED:  # those words are the site's own; the report tells the new address
            yield f"/{slug}/"


def test_every_export_comes_in_whole_and_a_second_run_changes_no_row(corpora, capsys):
    seen = 0
    for path, channel in exports(corpora):
        run(path)
        assert imported() == held(channel), path.name
        before = dump()
        run(path)
        assert dump() == before, path.name
        seen += 1
    assert seen >= 38


def test_every_published_post_of_every_export_answers_at_its_old_address(corpora, client, capsys):
    seen = 0
    for path, channel in exports(corpora):
        run(path)
        addresses = {*old_addresses(channel), *map(Article.get_absolute_url, Article.objects.published())}
        for address in sorted(addresses):
            assert client.get(address, follow=True).status_code == 200, (path.name, address)
        seen += len(addresses)
    assert seen > 200


def test_a_broken_export_changes_no_row_and_names_the_line(corpora):
    seen = 0
    for path, _ in exports(corpora, broken=True):
        before = dump()
        with pytest.raises(CommandError, match=r"line \d+, column \d+: the XML is broken"):
            run(path)
        assert dump() == before, path.name
        seen += 1
    assert seen >= 3


def test_foreign_xml_changes_no_row(corpora):
    before = dump()
    for path in sorted((corpora / "xml").iterdir()):
        with pytest.raises(CommandError, match="Nothing was imported"):
            run(path)
    assert dump() == before


def test_several_exports_of_one_site_come_in_together(corpora, capsys):
    names = "block-test-data-64.xml", "theme-unit-test.xml", "importer--theme-unit-test-data.xml"
    paths = [corpora / "wxr" / name for name in names]
    run(*paths)
    before = dump()
    run(*reversed(paths))
    assert dump() == before
    assert "is it from another site?" in capsys.readouterr().out  # two posts of one number, told apart


def test_one_broken_file_keeps_the_others_out(tmp_path):
    broken = tmp_path / "broken.xml"
    broken.write_text("<rss><channel>")
    with pytest.raises(CommandError, match=r"broken\.xml: line 1"):
        run(EXPORT, broken)
    assert not Article.objects.exists()


def test_a_missing_file_is_told(tmp_path):
    with pytest.raises(CommandError, match="No such file"):
        run(tmp_path / "none.xml")


def test_the_closing_table_tells_what_came_in_and_what_did_not(capsys):
    run(EXPORT)
    shown = capsys.readouterr().out

    assert re.search(r"newsroom\.xml: 18 items in \d+\.\d s", shown)
    assert re.search(r"article +9 +0 +1\n", shown)
    assert "1 article: it lies in the waste basket" in shown
    assert "2 comment: comments do not come in" in shown
    assert "1 protected by a password in WordPress, so a draft here: Behind a word" in shown


def test_a_dry_run_tells_the_same_and_changes_no_row(capsys):
    before = dump()
    run(EXPORT, dry_run=True)
    shown = capsys.readouterr().out

    assert re.search(r"article +9 +0 +1\n", shown)
    assert "nothing was changed" in shown
    assert dump() == before
    assert not MenuItem.objects.exists()


def test_a_terminal_is_shown_a_bar(capsys, monkeypatch):
    monkeypatch.setattr("sys.stdout.isatty", lambda: True, raising=False)
    run(EXPORT)
    assert "100 %" in capsys.readouterr().out

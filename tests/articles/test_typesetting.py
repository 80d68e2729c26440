import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import html

from articles.rendering import TAGS, plain_text, render, word_count
from articles.typesetting import PREFIXES, contents, typeset

ROOT = Path(__file__).resolve().parents[2]
MARKUP = st.lists(
    st.sampled_from([f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)])
    | st.sampled_from(['<span class="footnote">', '<h2 id="x" lang="az">', "<table><tr>", '<a href="/a/">'])
    | st.text(max_size=5),
    max_size=25,
).map("".join)


def printed(body):
    return typeset(render(body))


def parsed(body):
    return html.fragment_fromstring(printed(body), create_parent="div")


def test_a_footnote_is_a_number_in_the_text_and_a_line_at_its_end():
    body = '<p>It fell <span class="footnote">By <em>two</em> metres.</span> again.</p><p>So they say.</p>'
    assert printed(body) == (
        '<p>It fell<sup class="note-sign"><a id="note-sign-1" href="#note-1" role="doc-noteref">1</a></sup>'
        " again.</p><p>So they say.</p>"
        '<div class="notes" role="doc-endnotes" aria-labelledby="words-notes"><hr><ol>'
        '<li id="note-1">By <em>two</em> metres. <a class="notes__back" href="#note-sign-1" '
        'role="doc-backlink" aria-labelledby="words-back">↑</a></li></ol></div>'
    )


def test_footnotes_are_numbered_in_the_order_of_the_text():
    body = parsed(
        '<p>a<span class="footnote">first <span class="footnote">within</span></span></p>'
        '<ul><li>b<span class="footnote">third</span></li></ul>'
    )
    assert [each.text_content() for each in body.find_class("note-sign")] == ["1", "3", "2"]
    assert [each.text.strip() for each in body.iterfind(".//div[@role]//li")] == ["first", "within", "third"]


def test_a_number_never_stands_inside_another_link():
    body = printed('<p><a href="/a/">word<span class="footnote">note</span> more</a> end</p>')
    assert body.startswith('<p><a href="/a/">word more</a><sup class="note-sign">')


def test_a_text_without_footnotes_has_no_list_of_them():
    assert printed("<p>a</p>") == "<p>a</p>"
    assert printed('<p>a<span class="footnote"> </span></p>') == "<p>a</p>"


def test_numbers_of_notes_are_no_words():
    body = printed('<p>the sea<span class="footnote">The Caspian.</span> fell</p>')
    assert plain_text(body) == "the sea fell The Caspian."
    assert word_count(body) == 5


def test_a_wide_table_scrolls_in_a_region_named_by_its_first_row():
    table = "<table><tbody><tr><th>Year</th></tr><tr><td>9</td></tr></tbody></table>"
    assert printed(table + "<p>a</p>" + table) == (
        '<div class="table" role="region" aria-labelledby="words-table table-1" tabindex="0">'
        '<table><tbody><tr id="table-1"><th>Year</th></tr><tr><td>9</td></tr></tbody></table></div><p>a</p>'
        '<div class="table" role="region" aria-labelledby="words-table table-2" tabindex="0">'
        '<table><tbody><tr id="table-2"><th>Year</th></tr><tr><td>9</td></tr></tbody></table></div>'
    )


def test_a_table_within_a_table_is_part_of_it():
    inner = "<table><tbody><tr><td>x</td></tr></tbody></table>"
    body = printed(f"<table><tbody><tr><td>{inner}</td></tr><tr><td>y</td></tr></tbody></table>")
    assert body.count("<div") == body.count("</div>") == body.count('id="table-1"') == 1


def test_a_section_can_be_linked_to_by_its_words():
    assert printed('<h2 lang="az">Xəzər niyə <em>çəkilir</em>?</h2>') == (
        '<h2 id="section-xezer-niye-cekilir" lang="az">Xəzər niyə <em>çəkilir</em>?</h2>'
    )


def test_sections_of_the_same_name_have_anchors_of_their_own():
    body = printed("<h2>Then</h2><h2>Then</h2><h2>Then 2</h2><h2>!</h2>")
    assert re.findall('id="([^"]*)"', body) == [
        "section-then", "section-then-2", "section-then-2-2", "section-part",
    ]  # fmt: skip


def test_the_contents_are_the_sections_without_their_notes():
    body = printed(
        '<h2>One &amp; only<span class="footnote">Nearly.</span></h2><p>a</p>'
        "<aside><h2>Key points</h2></aside><h3>Small</h3><h2>Two</h2>"
    )
    assert contents(body) == [("section-one-only", "One & only"), ("section-two", "Two")]


def test_an_id_of_the_source_is_never_printed():
    body = printed('<h2 id="content">a</h2><p id="note-1">b<span class="footnote" id="x">c</span></p>')
    assert {each.get("id") for each in html.fromstring(f"<div>{body}</div>").iter() if each.get("id")} == {
        "section-a", "note-sign-1", "note-1",
    }  # fmt: skip


@settings(deadline=None)
@given(MARKUP)
def test_whatever_is_written_ids_are_unique_and_every_link_within_leads_somewhere(source):
    body = parsed(source)
    ids = [each.get("id") for each in body.iter() if each.get("id")]
    assert len(ids) == len(set(ids))
    assert all(each.startswith(PREFIXES) for each in ids)
    assert {link[1:] for link in body.xpath("//@href") if link.startswith("#note")} <= set(ids)
    # A link in a table in a link is what a browser makes of it, too; no number of ours stands in one.
    assert not body.xpath("//a//a[@role]")


@settings(deadline=None)
@given(MARKUP)
def test_no_word_is_lost(source):
    clean = render(source)
    assert sorted("".join(plain_text(typeset(clean)).split())) == sorted("".join(plain_text(clean).split()))


@pytest.mark.parametrize("prefix", PREFIXES)
def test_no_template_uses_the_ids_of_texts(prefix):
    pages = [path for path in (ROOT / "templates").rglob("*.html") if "admin" not in path.parts]
    assert [path.name for path in pages if re.search(rf'\sid="{prefix}', path.read_text())] == []

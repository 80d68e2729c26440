import pytest

from articles.importers.cleaning import clean, plain


def html(source, site="https://courier.example"):
    return clean(source, site).html


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("first\n\nsecond\nline", "<p>first</p><p>second<br>line</p>"),
        ("first\r\n\r\nsecond", "<p>first</p><p>second</p>"),
        ("one<br />\ntwo", "<p>one<br>two</p>"),
        ("<p>one\ntwo</p>\n\nthree", "<p>one\ntwo</p><p>three</p>"),
        ("a\n<ul><li>b</li>\n\n<li>c</li></ul>\nd", "<p>a</p><ul><li>b</li>\n\n<li>c</li></ul><p>d</p>"),
        ("<blockquote>one\n\ntwo</blockquote>", "<blockquote><p>one</p><p>two</p></blockquote>"),
        ("<div>one</div>two", "<p>one</p><p>two</p>"),
        ("<h2>Head</h2>text", "<h2>Head</h2><p>text</p>"),
        ("C:\\xampp\\htdocs", "<p>C:\\xampp\\htdocs</p>"),
        ("ends with ]] >", "<p>ends with ]] &gt;</p>"),
        ("", ""),
    ],
)
def test_blank_lines_make_paragraphs_where_there_are_none(source, expected):
    assert html(source) == expected


def test_comments_of_blocks_and_page_breaks_are_gone():
    source = '<!-- wp:paragraph {"align":"wide"} -->\n<p>a</p>\n<!-- /wp:paragraph -->\n\n<!--more-->b'
    assert html(f"{source}<!--nextpage-->") == "<p>a</p><p>b</p>"


def test_a_caption_becomes_a_figure():
    picture = '<a href="/x"><img src="/a.jpg" alt="A"></a>'
    assert html(f'[caption id="a_7" width="300"]{picture} Seen <em>then</em>[/caption]') == (
        f"<figure>{picture}<figcaption>Seen <em>then</em></figcaption></figure>"
    )


def test_a_caption_of_the_old_kind_is_read_from_its_attribute():
    assert "<figcaption>Old &amp; good</figcaption>" in html(
        '[caption width="3" caption="Old &amp; good"]<img src="/a.jpg">[/caption]'
    )


@pytest.mark.parametrize(
    "source",
    [
        "https://youtu.be/dQw4w9WgXcQ",
        "[embed]https://youtu.be/dQw4w9WgXcQ[/embed]",
        '[embed width="600"]https://youtu.be/dQw4w9WgXcQ[/embed]',
        "[youtube https://youtu.be/dQw4w9WgXcQ]",
        "[youtube=https://youtu.be/dQw4w9WgXcQ]",
    ],
)
def test_an_address_on_a_line_of_its_own_becomes_an_embed(source):
    assert html(f"before\n\n{source}\n\nafter") == (
        '<p>before</p><figure data-embed="https://youtu.be/dQw4w9WgXcQ"></figure><p>after</p>'
    )


def test_an_embed_block_keeps_its_caption():
    source = (
        '<figure class="wp-block-embed is-provider-youtube"><div class="wp-block-embed__wrapper">\n'
        "https://youtu.be/dQw4w9WgXcQ\n</div><figcaption>Seen</figcaption></figure>"
    )
    assert html(source) == (
        '<figure data-embed="https://youtu.be/dQw4w9WgXcQ"><figcaption>Seen</figcaption></figure>'
    )


def test_a_players_frame_becomes_an_embed_and_any_other_a_link():
    frame = '<iframe width="5" src="{}" allowfullscreen></iframe>'
    assert "data-embed" in html(frame.format("//www.youtube.com/embed/dQw4w9WgXcQ?feature=oembed"))
    body = clean(frame.format("https://maps.example/?a=1&amp;b=2"))
    assert (
        body.html
        == '<p><a href="https://maps.example/?a=1&amp;b=2">https://maps.example/?a=1&amp;b=2</a></p>'
    )
    assert body.notes == ["a frame of another site replaced by a link"]


@pytest.mark.parametrize(
    "source",
    [
        '[audio mp3="https://courier.example/talk%20one.mp3"][/audio]',
        '[audio src="https://courier.example/talk%20one.mp3"]',
        '<audio controls src="https://courier.example/talk%20one.mp3"></audio>',
        '<video><source type="x" src="https://courier.example/talk%20one.mp3"></video>',
    ],
)
def test_a_player_becomes_a_link_to_its_file(source):
    assert html(source) == '<p><a href="/talk%20one.mp3">talk one.mp3</a></p>'


def test_figures_are_left_around_pictures_alone():
    table = "<table><tbody><tr><td>1</td></tr></tbody></table>"
    picture = '<figure><img src="/a.jpg" alt="A"><figcaption>A</figcaption></figure>'

    assert html(f'<figure class="wp-block-table">{table}<figcaption>Sums</figcaption></figure>') == (
        f"{table}<p>Sums</p>"
    )
    assert html("<figure><blockquote><p>Said.</p></blockquote></figure>") == (
        "<blockquote><p>Said.</p></blockquote>"
    )
    assert html(
        f'<figure class="wp-block-gallery">{picture}{picture}<figcaption>Two</figcaption></figure>'
    ) == (f"{picture}{picture}<p>Two</p>")


def test_a_gallery_is_left_out_and_that_is_said():
    body = clean('before [gallery ids="1,2"] after')
    assert body.html == "<p>before after</p>"
    assert body.notes == ["a gallery left out: its pieces are not in the text"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("he said [sic] and [1] and [Laughs] and [...]", "he said [sic] and [1] and [Laughs] and [...]"),
        ("[button url='/x' color=red]Press[/button]", "Press"),
        ('[vc_row][vc_column width="1/2"]In[/vc_column][/vc_row]', "In"),
        ('[contact-form-7 id="4" title="Write"]x', "x"),
        ("write [[gallery]] to show one", "write [gallery] to show one"),
        ("[a][b]x[/b][/a]", "x"),
    ],
)
def test_only_what_looks_like_a_shortcode_is_taken_out(source, expected):
    assert html(source) == f"<p>{expected}</p>"


def test_code_is_left_as_it_is():
    source = "<pre>a\n\n[gallery]\nhttps://youtu.be/dQw4w9WgXcQ</pre>"
    assert html(source) == source


def test_links_and_pictures_of_the_old_site_are_those_of_the_new_one():
    source = (
        '<p><a href="https://courier.example/a/">a</a> <a href="http://www.courier.example">b</a> '
        '<a href="https://courier.example.org/">c</a> <img src="https://courier.example/wp-content/a.jpg"></p>'
    )
    assert html(source) == (
        '<p><a href="/a/">a</a> <a href="/">b</a> <a href="https://courier.example.org/">c</a> '
        '<img alt="" src="/wp-content/a.jpg"></p>'
    )


def test_a_site_in_a_folder_loses_the_folder():
    inside, outside = "https://courier.example/news/a/", "https://courier.example/newsy/"
    source = f'<p><a href="{inside}">a</a> <a href="{outside}">b</a></p>'
    assert html(source, "https://courier.example/news/") == source.replace(inside, "/a/")


def test_what_could_run_does_not_come_in():
    assert html('<p onclick="x()">a</p><script>alert(1)\n\n</script><img src=x onerror=alert(1)>') == (
        '<p>a</p><p><img alt="" src="x"></p>'
    )


def test_a_title_is_plain_text():
    assert plain("<em>A</em> &amp; B [gallery] [sic]") == "A & B [sic]"

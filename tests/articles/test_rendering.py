import json
import re
import xml.etree.ElementTree as ET

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from lxml import html

from articles.rendering import (
    ATTRIBUTES,
    LINK_SCHEMES,
    TAGS,
    plain_text,
    player_url,
    render,
    sanitise,
    summary,
    word_count,
)

ADDED = {"loading", "decoding", "rel"}
MARKUP = st.lists(
    st.sampled_from([f"<{tag}>" for tag in sorted(TAGS)] + [f"</{tag}>" for tag in sorted(TAGS)])
    | st.sampled_from(["<div>", "</div>", "<h1>", "<script>", "<svg>", "<!--", "&nbsp;", " ", "<img src=x>"])
    | st.text(max_size=5),
    max_size=25,
).map("".join)


def assert_harmless(source):
    """Parse the output as a browser would be given it, and look at every element."""
    rendered = render(source)
    for element in html.fragment_fromstring(rendered, create_parent="div").iterdescendants():
        assert element.tag in TAGS, rendered
        allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(element.tag, set()) | ADDED
        assert set(element.attrib) <= allowed, rendered
        for name in ("href", "src", "cite", "data-embed", "data-embed-src"):
            scheme = re.match("([^/?#]*):", element.get(name, ""))
            assert not scheme or scheme[1].lower() in LINK_SCHEMES, rendered


def test_sanitiser_cases_leave_nothing_that_runs(corpora):
    cases = json.loads((corpora / "xss" / "dompurify-expect.json").read_text(encoding="utf-8"))
    assert len(cases) > 200
    for case in cases:
        assert_harmless(case["payload"])


def test_wordpress_attack_list_leaves_nothing_that_runs(corpora):
    attacks = list(ET.parse(corpora / "xss" / "wordpress-xssAttacks.xml").iter("code"))
    assert len(attacks) > 90
    for attack in attacks:
        assert_harmless(attack.text or "")


def test_naughty_strings_leave_nothing_that_runs(corpora):
    for text in json.loads((corpora / "naughty" / "blns.json").read_text(encoding="utf-8")):
        assert_harmless(text)


@pytest.mark.parametrize(
    "source",
    [
        "<a href='\u2028javascript:alert(1)'>x</a>",
        "<a href='\u00a0javascript:alert(1)'>x</a>",
        "<a href='JaVaScRiPt:alert(1)'>x</a>",
        "<a href='java\nscript:alert(1)'>x</a>",
        "<a href='data:text/html,<script>alert(1)</script>'>x</a>",
        "<img src='data:image/svg+xml,<svg onload=alert(1)>'>",
        "<img src='mailto:someone@example.com'>",
        "<blockquote cite='javascript:alert(1)'>x</blockquote>",
        "<figure data-embed='javascript:alert(1)'></figure>",
        "<figure data-embed-src='https://evil.example/embed/abcdefghijk'>x</figure>",
        "<p style='background:url(javascript:alert(1))' onclick='alert(1)'>x</p>",
        "<iframe src='https://www.youtube.com/embed/abcdefghijk'></iframe>",
    ],
)
def test_what_could_run_is_gone(source):
    assert_harmless(source)
    for word in ("javascript", "data:", "evil.example", "onclick", "style", "iframe", "mailto"):
        assert word not in render(source).lower()


@settings(deadline=None)
@given(MARKUP)
@example("<a><table><a>0")
@example("&nbsp;</div>&nbsp;")
def test_rendering_twice_changes_nothing(source):
    once = render(source)
    assert render(once) == once


@settings(deadline=None)
@given(MARKUP)
def test_random_markup_leaves_nothing_that_runs(source):
    assert_harmless(source)


def test_what_an_editor_writes_comes_out_as_written():
    body = (
        '<p dir="rtl" lang="az">Neft <strong>qiyməti</strong> <em>artdı</em> <s>no</s></p>'
        "<p>H<sub>2</sub>O x<sup>2</sup></p>"
        '<h2>Then</h2><h3>More</h3><h4>Least</h4><ul><li>one</li></ul><ol start="3" type="a"><li>c</li></ol>'
        '<blockquote cite="https://example.org/"><p>Said.</p><cite>She</cite></blockquote><hr>'
        "<pre>  a   b\n\nc</pre><p><code>x</code><br>y <q>z</q></p>"
        '<p><abbr title="Azerbaijan">AZ</abbr> <time datetime="2025-11-23">today</time></p>'
        '<table><thead><tr><th scope="col">A</th></tr></thead>'
        '<tbody><tr><td colspan="2"></td></tr></tbody></table>'
        '<aside><p>Key points</p></aside><p><span lang="ru">да</span></p>'
    )
    assert render(body) == body


def test_a_figure_keeps_its_picture_its_caption_and_known_classes():
    body = (
        '<figure class="figure--wide sneaky" data-image="12"><img src="/media/a.jpg" alt="A &quot;b&quot;" '
        'width="800" height="400px"><figcaption>Seen</figcaption></figure>'
    )
    figure = html.fromstring(render(body))
    assert dict(figure.attrib) == {"data-image": "12"}
    assert dict(figure[0].attrib) == {
        "loading": "lazy", "decoding": "async", "src": "/media/a.jpg", "alt": 'A "b"', "width": "800",
    }  # fmt: skip
    assert html.fromstring(render(body.replace(" sneaky", ""))).get("class") == "figure--wide"


@pytest.mark.parametrize(
    "body",
    [
        '<aside class="key-points"><h2>Key points</h2><ul><li>One</li></ul></aside>',
        '<blockquote class="pullquote" dir="rtl" lang="ar"><p>x</p></blockquote>',
        '<p>a<span class="footnote" lang="az">b <a href="/c/">c</a></span></p>',
    ],
)
def test_what_is_marked_in_a_text_keeps_its_class(body):
    assert render(body) == body


@pytest.mark.parametrize(
    "body",
    [
        '<aside class="pullquote">x</aside>',
        '<blockquote class="key-points pullquote">x</blockquote>',
        '<figure class="footnote">x</figure>',
        '<p class="footnote">x</p>',
        '<p>x<button class="footnote">y</button></p>',
        '<aside class="">x</aside>',
        '<aside class="bar">x</aside>',
    ],
)
@pytest.mark.filterwarnings("error")
def test_no_class_of_the_page_or_of_another_element_is_kept(body):
    assert "class" not in render(body)


def test_a_gallery_keeps_its_pictures_and_every_caption():
    body = (
        '<figure class="gallery"><figure data-image="1"><img src="/a.jpg" alt=""><figcaption>One</figcaption>'
        '</figure><figure data-image="2"><img src="/b.jpg" alt=""></figure>'
        "<figcaption>Both</figcaption></figure>"
    )
    assert render(body) == body.replace("<img ", "<img loading=lazy decoding=async ")


def test_a_gallery_of_nothing_is_dropped():
    assert (
        render('<p>a</p><figure class="gallery"><figure><figcaption></figcaption></figure></figure>')
        == "<p>a</p>"
    )


def test_a_picture_without_description_gets_an_empty_one():
    assert 'alt=""' in render('<p><img src="/a.jpg"></p>')
    assert 'alt="real"' in render('<p><img title="a > b" src="/a.jpg" alt="real"></p>')


def test_a_picture_without_address_is_dropped():
    assert render('<p>a <img alt="x"> b</p>') == "<p>a b</p>"


def test_links_lose_target_and_handlers():
    assert render('<a href="https://example.org/" target="_blank" onclick="x()">x</a>') == (
        '<a rel=noopener href="https://example.org/">x</a>'
    )


def test_links_within_the_site_stay_bare():
    body = '<p><a href="/about/">a</a> <a href="mailto:desk@example.org">b</a></p>'
    assert render(body) == body


def test_what_editors_get_keeps_embeds_as_addresses():
    body = '<figure data-embed="https://youtu.be/dQw4w9WgXcQ"></figure><p><a href="https://example.org/">x</a></p>'
    assert sanitise(body + "<script>x</script>") == body


def test_headings_stand_below_the_headline():
    assert render("<h1>A</h1><H5 class=x>B</H5><h6>C</h6>") == "<h2>A</h2><h4>B</h4><h4>C</h4>"


def test_words_of_unknown_blocks_do_not_run_together():
    assert render("<div>relations.</div><div>Although</div>") == "<p>relations.</p><p>Although</p>"
    assert plain_text(render("<section><dl><dt>a</dt><dd>b</dd></dl></section>")) == "a b"


def test_empty_paragraphs_and_alignment_by_spaces_are_dropped():
    body = "<p>&nbsp;</p><p>a&nbsp;&nbsp; b 10&nbsp;km<br></p><p><em> </em></p><ul><li></li></ul><p><br></p>"
    assert render(body) == "<p>a b 10&nbsp;km</p>"


def test_spans_that_say_nothing_are_unwrapped():
    body = '<p><span style="x">a <span class="y"><em>b</em></span></span> <span lang="ru">да</span></p>'
    assert render(body) == '<p>a <em>b</em> <span lang="ru">да</span></p>'


@pytest.mark.parametrize(
    "url",
    [
        "https://www.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?app=desktop&amp;v=dQw4w9WgXcQ&amp;t=3",
        "https://youtu.be/dQw4w9WgXcQ?t=3",
        "http://m.youtube.com/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/shorts/dQw4w9WgXcQ",
        "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ",
    ],
)
def test_a_film_becomes_a_link_that_loads_on_click(url):
    figure = f'<figure data-embed="{url}"><figcaption>Seen</figcaption></figure>'
    assert render(figure) == (
        '<figure class="embed" data-embed-src="https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ">'
        '<a rel=noopener href="https://www.youtube.com/watch?v=dQw4w9WgXcQ">YouTube</a>'
        "<figcaption>Seen</figcaption></figure>"
    )


def test_vimeo_is_asked_not_to_track():
    assert player_url("https://vimeo.com/76979871") == "https://player.vimeo.com/video/76979871?dnt=1"


def test_a_film_of_an_unknown_provider_is_a_plain_link():
    assert render('<figure data-embed="https://films.example/?a=1&amp;b=2"></figure>') == (
        '<figure><a rel=noopener href="https://films.example/?a=1&amp;b=2">https://films.example/?a=1&amp;b=2</a>'
        "</figure>"
    )


@pytest.mark.parametrize(
    "url",
    [
        "https://youtube.com.evil.example/watch?v=dQw4w9WgXcQ",
        "https://www.youtube.com/watch?v=%22onload=1",
        "ftp://youtu.be/dQw4w9WgXcQ",
        "https://vimeo.com/about",
        "https://[",
        "",
    ],
)
def test_only_known_providers_have_a_player(url):
    assert player_url(url) is None


def test_the_fallback_link_inside_an_embed_is_not_doubled():
    source = '<figure data-embed="https://youtu.be/dQw4w9WgXcQ"><a href="https://youtu.be/dQw4w9WgXcQ">it</a></figure>'
    assert render(source).count("<a ") == 1


def test_words_are_counted_without_markup():
    body = (
        "<h2>Two words</h2><ul><li>one</li><li>more</li></ul><p>a<br>b&nbsp;c &amp; d</p><script>no</script>"
    )
    assert plain_text(body) == "Two words one more a b c & d"
    assert word_count(body) == 9
    assert word_count("") == 0


def test_a_summary_begins_with_the_text_and_not_under_a_picture():
    body = (
        '<figure><img src="/a.jpg" alt="x"><figcaption>The pier</figcaption></figure><p>Oil prices rise</p>'
    )
    assert summary(body, 100) == "Oil prices rise"


def test_a_summary_ends_between_two_words():
    assert summary("<p>Oil prices rise, again</p>", 100) == "Oil prices rise, again"
    assert summary("<p>Oil prices rise, again</p>", 18) == "Oil prices rise…"
    assert summary("<p>Supercalifragilistic</p>", 10) == "Supercali…"
    assert all(len(summary("<p>Oil prices rise, again</p>", length)) <= length for length in range(4, 30))

import re
from xml.etree import ElementTree

import pytest

from articles.imaging.vectors import ELEMENTS, MAX_BYTES, UnusableDrawing, clean, is_drawing

CANARY = "https://canary.example/seen"
SVG = "{http://www.w3.org/2000/svg}"


def svg(content, attributes='viewBox="0 0 10 10"', before=""):
    return (
        f'{before}<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'{attributes}><rect id="r" width="10" height="10" fill="#123456"/>{content}</svg>'
    ).encode()


# Each tries to run something, or to fetch something from elsewhere.
HOSTILE = {
    "script": svg("<script>alert(1)</script>"),
    "script with CDATA": svg("<script><![CDATA[alert(1)]]></script>"),
    "script from elsewhere": svg(f'<script href="{CANARY}"/>'),
    "script by xlink": svg(f'<script xlink:href="{CANARY}"/>'),
    "script with a prefix": svg('<s:script xmlns:s="http://www.w3.org/2000/svg">alert(1)</s:script>'),
    "script of HTML": svg('<script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>'),
    "onload of the drawing": svg("", 'viewBox="0 0 10 10" onload="alert(1)"'),
    "onload of a shape": svg('<g onload="alert(1)"/>'),
    "onclick": svg('<rect width="10" height="10" onclick="alert(1)"/>'),
    "onbegin": svg('<animate attributeName="x" dur="1s" onbegin="alert(1)"/>'),
    "onfocusin": svg('<a tabindex="0" href="#r" onfocusin="alert(1)" autofocus="1"><text>x</text></a>'),
    "foreign body": svg(
        '<foreignObject width="9" height="9"><body xmlns="http://www.w3.org/1999/xhtml" onload="alert(1)">'
        '<img src="x" onerror="alert(1)"/></body></foreignObject>'
    ),
    "frame": svg(
        f'<foreignObject width="9" height="9"><iframe xmlns="http://www.w3.org/1999/xhtml" src="{CANARY}"/>'
        "</foreignObject>"
    ),
    "HTML picture": svg('<img xmlns="http://www.w3.org/1999/xhtml" src="x" onerror="alert(1)"/>'),
    "link that runs": svg('<a href="javascript:alert(1)"><rect width="10" height="10"/></a>'),
    "link that runs by xlink": svg('<a xlink:href="java&#10;script:alert(1)"><path d="M0 0h9v9"/></a>'),
    "link set in motion": svg(
        '<a><animate attributeName="href" values="javascript:alert(1)" begin="0s" fill="freeze"/>'
        '<rect width="10" height="10"/></a>'
    ),
    "link that is set": svg(
        '<a href="#r"><set attributeName="xlink:href" to="javascript:alert(1)"/><path d="M0 0h9v9"/></a>'
    ),
    "handler that is set": svg('<path d="M0 0h9v9"><set attributeName="onclick" to="alert(1)"/></path>'),
    "use of another file": svg(f'<use href="{CANARY}#x"/>'),
    "use of a written file": svg(
        '<use href="data:image/svg+xml,&lt;svg id=&quot;x&quot; xmlns=&quot;http://www.w3.org/2000/svg&quot; '
        'onload=&quot;alert(1)&quot;/&gt;#x"/>'
    ),
    "fill from elsewhere": svg(f'<rect width="9" height="9" fill="url({CANARY}#p)"/>'),
    "filter from elsewhere": svg(f'<rect width="9" height="9" filter="url(\'{CANARY}#f\')"/>'),
    "style from elsewhere": svg(f"<style>@import url({CANARY});</style>"),
    "style from elsewhere, written": svg(f"<style>@import '{CANARY}';</style>"),
    "style with escapes": svg(f"<style>@\\69mport '{CANARY}'; rect {{ fill: u\\72l({CANARY}) }}</style>"),
    "style behind a comment": svg(f"<style>/* */@import/**/url({CANARY});</style>"),
    "font from elsewhere": svg(
        f"<style>@font-face {{ font-family: x; src: url({CANARY}) }} text {{ font-family: x }}</style>"
        "<text y='9'>x</text>"
    ),
    "style of the page around it": svg(f"<style>* {{ background: url({CANARY}) }}</style>"),
    "style attribute": svg(f'<rect width="9" height="9" style="mask-image: url({CANARY})"/>'),
    "style attribute with image-set": svg(
        f'<rect width="9" height="9" style="fill: red; cursor: image-set(\'{CANARY}\' 1x), auto"/>'
    ),
    "style of HTML": svg(f'<link xmlns="http://www.w3.org/1999/xhtml" rel="stylesheet" href="{CANARY}"/>'),
    "style sheet instruction": svg("", before=f'<?xml-stylesheet href="{CANARY}" type="text/css"?>'),
    "transformation": svg("", before=f'<?xml-stylesheet href="{CANARY}" type="text/xsl"?>'),
    "handler element": svg(
        '<handler xmlns:ev="http://www.w3.org/2001/xml-events" ev:event="load">alert(1)</handler>'
    ),
    "film": svg(f'<video xmlns="http://www.w3.org/1999/xhtml" src="{CANARY}" autoplay="autoplay"/>'),
    "cursor": svg(f'<rect width="10" height="10" cursor="url({CANARY}), auto"/>'),
    "base address": svg(f'<g xml:base="{CANARY}"><use href="#x"/></g>'),
    "path text from elsewhere": svg(f'<text><textPath href="{CANARY}#p">x</textPath></text>'),
    "gradient from elsewhere": svg(
        f'<linearGradient id="g" href="{CANARY}#g"/><rect width="9" height="9" fill="url(#g)"/>'
    ),
    "UTF-16": svg("<script>alert(1)</script>").decode().encode("utf-16"),
}  # fmt: skip


@pytest.fixture
def seen(browser):
    """What happens when a drawing is opened and clicked in a browser: requests and alerts."""
    context = browser.new_context()
    page = context.new_page()
    happened, served = [], []
    page.on("dialog", lambda dialog: (happened.append("alert"), dialog.dismiss()))

    def answer(route):
        if route.request.url.startswith("https://drawings.example/"):
            route.fulfill(body=served[-1], content_type="image/svg+xml")
        else:
            happened.append(route.request.url)
            route.abort()

    def look(drawing):
        happened.clear()
        served.append(drawing)
        page.goto(f"https://drawings.example/{len(served)}.svg", wait_until="load")
        page.mouse.click(640, 360)  # the middle, which a raw one fills
        page.mouse.click(5, 5)
        page.wait_for_timeout(20)
        return list(happened)

    context.route("**/*", answer)
    yield look
    context.close()


def test_nothing_of_a_hostile_drawing_runs_or_is_fetched_in_a_browser(seen):
    happened = {name: seen(clean(payload)[0]) for name, payload in HOSTILE.items()}

    assert len(happened) >= 25
    assert {name: events for name, events in happened.items() if events} == {}


def test_the_browser_would_have_noticed(seen):
    loud = ["script", "onload of the drawing", "onclick", "link set in motion", "foreign body"]
    loud += ["style from elsewhere"]

    assert [name for name in loud if not seen(HOSTILE[name])] == []


@pytest.mark.parametrize("name", HOSTILE)
def test_only_known_elements_and_no_address_come_out(name):
    drawing, _, _ = clean(HOSTILE[name])

    text = drawing.decode()
    for word in ("canary", "alert", "javascript", "data:", "@", "\\", "<?", "<!", "foreignObject", "onload"):
        assert word not in text
    for element in ElementTree.fromstring(drawing).iter():
        assert element.tag.removeprefix(SVG) in ELEMENTS
        assert element.get("href", "#").startswith("#")
    assert 'fill="#123456"' in text


def test_a_drawing_is_known_by_its_beginning():
    assert all(is_drawing(payload) for payload in HOSTILE.values())
    for other in (b"", b"\x89PNG", b"<html><body><svg/></body></html>", b"<?xml version='1.0'?><rss/>"):
        assert not is_drawing(other)


def test_cleaning_twice_changes_nothing():
    for payload in HOSTILE.values():
        once = clean(payload)
        assert clean(once[0]) == once


def test_an_ordinary_logo_comes_out_as_it_was_drawn():
    logo = svg(
        "<title>Digest</title>"
        '<defs><linearGradient id="a" x1="0" x2="1"><stop offset="0" stop-color="#f00"/></linearGradient>'
        '<clipPath id="c"><circle cx="5" cy="5" r="5"/></clipPath></defs>'
        "<style>.st0{fill:url(#a);stroke:none} /* grey */ .st1, g > path { fill : rgb(1, 2, 3) }</style>"
        '<g clip-path="url(#c)" transform="translate(1 1) rotate(45)"><path class="st0" d="M0 0h9v9z"/></g>'
        '<use xlink:href="#r" x="3"/>'
        '<text style="font-family:Arial; font-size: 3px">Xəbər <tspan>1</tspan> a</text>'
    )

    drawing, width, height = clean(logo)

    text = drawing.decode()
    assert (width, height) == (10, 10)
    assert ".st0{fill:url(#a);stroke:none}" in text
    assert ".st1, g &gt; path{fill:rgb(1, 2, 3)}" in text
    assert 'clip-path="url(#c)" transform="translate(1 1) rotate(45)"' in text
    assert '<use href="#r" x="3"' in text
    assert 'style="font-family:Arial;font-size:3px"' in text
    assert "Xəbər <tspan>1</tspan> a" in text
    assert "<title>Digest</title>" in text


def test_what_drawing_programs_add_is_left_out():
    drawing, _, _ = clean(
        svg(
            "<metadata>Drawn by Somebody at home</metadata><!-- a note -->"
            '<i:view xmlns:i="http://ns.adobe.com/AdobeIllustrator/10.0/" name="x"/>',
            before='<?xml version="1.0"?><!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" '
            '"http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd">',
        )
    )

    assert not re.search(rb"Somebody|note|DOCTYPE|view ", drawing)


@pytest.mark.parametrize(
    ("attributes", "size"),
    [
        ('viewBox="0 0 320 64"', (320, 64)),
        ('viewBox="0,0,32.5,6.4"', (32, 6)),
        ('width="120" height="40px"', (120, 40)),
        ('width="1in" height="72pt"', (96, 96)),
        ('width="100%" height="100%" viewBox="-5 -5 50 25"', (50, 25)),
        ('width="200" viewBox="0 0 100 50"', (200, 100)),
        ('height="10mm" viewBox="0 0 2 1"', (76, 38)),
        ('viewBox="0 0 90000 9000"', (4000, 400)),
        ('viewBox="0 0 0.5 0.1"', (1, 1)),
    ],
)  # fmt: skip
def test_the_size_is_told_in_pixels_and_written_down(attributes, size):
    drawing, *found = clean(svg("", attributes))

    root = ElementTree.fromstring(drawing)
    assert tuple(found) == size == (int(root.get("width")), int(root.get("height")))
    assert root.get("viewBox")


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (svg("", ""), "how large"),
        (svg("", 'viewBox="0 0 0 10"'), "how large"),
        (svg("", 'viewBox="0 0 nan inf"'), "how large"),
        (svg("", 'width="1e999" height="5"'), "how large"),
        (b"<html><svg/></html>", "not an SVG"),
        (b"<svg viewBox='0 0 1 1'/>", "not an SVG"),
        (svg("")[:-9], "damaged"),
        (b"<svg \xff\xfe", "damaged"),
        (svg("<g>" * 60 + "</g>" * 60), "complicated"),
        (svg("<g/>" * 21_000), "complicated"),
        (svg("<g/>" * 200_000), f"{MAX_BYTES // 1024} KB"),
        (svg('<image href="data:image/png;base64,AAAA" width="9" height="9"/>'), "photograph"),
        (svg(f'<image href="{CANARY}" width="9" height="9"/>'), "photograph"),
        (svg(f'<filter id="f"><feImage href="{CANARY}"/></filter>'), "photograph"),
        (svg('<g id="a"><use href="#b"/></g><g id="b"><use href="#a"/></g>'), "itself"),
        (svg('<g id="a"><use href="#a"/></g>'), "itself"),
        (
            svg(
                '<g id="g0"><path d="M0 0"/></g>'
                + "".join(f'<g id="g{n}">' + f'<use href="#g{n - 1}"/>' * 9 + "</g>" for n in range(1, 9))
            ),
            "complicated",
        ),
        (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a "b">]>'), "entities"),
        (svg("&a;", before='<!DOCTYPE svg [<!ENTITY a SYSTEM "file:///etc/passwd">]>'), "entities"),
        (svg("", before='<!DOCTYPE svg [<!ENTITY % a SYSTEM "https://canary.example/"> %a;]>'), "entities"),
    ],
)  # fmt: skip
def test_what_cannot_be_shown_is_refused_in_words(data, reason):
    with pytest.raises(UnusableDrawing, match=reason):
        clean(data)


def test_entity_bombs_of_the_corpora_are_refused(corpora):
    bombs = [path for path in sorted((corpora / "xml").iterdir()) if path.is_file()]
    assert bombs
    for path in bombs:
        with pytest.raises(UnusableDrawing):
            clean(path.read_bytes())

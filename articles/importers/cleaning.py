"""WordPress bodies to the HTML our editors write. Pure: text in, text and remarks out."""

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import unquote, urlsplit

from articles import rendering

# Inside these, line breaks are the markup's business.
_ISLANDS = frozenset({
    "dl", "fieldset", "figure", "form", "h1", "h2", "h3", "h4", "h5", "h6", "iframe", "ol", "p", "pre",
    "script", "select", "style", "svg", "table", "textarea", "ul", "video",
})  # fmt: skip
_CONTAINERS = frozenset({
    "address", "article", "aside", "blockquote", "center", "details", "div", "footer", "header", "hr", "main",
    "nav", "section", "summary",
})  # fmt: skip
_TAG = re.compile(r"(<(?P<close>/?)(?P<name>[a-zA-Z][a-zA-Z0-9]*)\b[^<>]*>)")
_VERBATIM = re.compile(r"(<(pre|code|script|style)\b.*?</\2\s*>)", re.DOTALL | re.IGNORECASE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)

_ATTRIBUTE = re.compile(r"""([\w-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'\]]+))""")
_ESCAPED_SHORTCODE = re.compile(r"\[(\[[a-z][\w-]*[^\[\]]*\])\]")
_CAPTION = re.compile(r"\[(caption|wp_caption)(?P<attributes>\s[^\]]*)?\](?P<inner>.*?)\[/\1\]", re.DOTALL)
_CAPTIONED = re.compile(r"\s*(?P<picture>(?:<a\s[^>]*>\s*)?<img\s[^>]*>(?:\s*</a>)?)(?P<text>.*)", re.DOTALL)
_EMBED = re.compile(
    r"\[(?:embed\b[^\]]*\]\s*|(?:youtube|vimeo)[\s=]+)(?P<url>https?://[^\s\]\[<]+)(?:\s*\[/embed\]|[^\]]*\])"
)
_MEDIA = re.compile(r"\[(?P<kind>audio|video|playlist|gallery)(?P<attributes>\s[^\]]*)?/?\](?:\s*\[/\1\])?")
_PAIR = re.compile(r"\[([a-z][\w-]*)(?:\s[^\[\]]*)?\](?P<inner>.*?)\[/\1\]", re.DOTALL)
_SINGLE = re.compile(r"\[/?([a-z][\w-]*)(?:\s+[\w-]+\s*=\s*(?:\"[^\"]*\"|'[^']*'|[^\s\]]+))+\s*/?\]")
_OF_BUILDERS = re.compile(
    r"\[/?(?:vc|et_pb|fusion|av|su|tds?|elementor|wpml|contact-form)[_-][\w-]*(?:\s[^\]]*)?/?\]"
)

_BARE_ADDRESS = re.compile(r"^[ \t]*(https?://[^\s<>\"]+)[ \t]*$", re.MULTILINE)
_EMBED_FIGURE = re.compile(
    r"<figure\b[^>]*\bwp-block-embed\b[^>]*>\s*<div\b[^>]*>\s*(?P<url>https?://[^\s<>\"]+)\s*</div>",
    re.IGNORECASE,
)
_FIGURE_TAG = re.compile(r"(<figure\b[^<>]*>|</figure\s*>)")
_FIGCAPTION_TAG = re.compile(r"<(/?)figcaption\b[^<>]*>")
_IFRAME = re.compile(
    r"<iframe\b[^>]*?\ssrc\s*=\s*([\"'])(?P<url>.*?)\1[^>]*>.*?</iframe\s*>", re.DOTALL | re.IGNORECASE
)
_PLAYER = re.compile(r"<(audio|video)\b(?P<inner>.*?)</\1\s*>", re.DOTALL | re.IGNORECASE)
_PLAYER_SRC = re.compile(r"""\ssrc\s*=\s*(["'])(.*?)\1""")


@dataclass
class Body:
    """What became of a body, and what was left out of it."""

    html: str = ""
    notes: list[str] = field(default_factory=list)

    def note(self, text: str) -> None:
        if text not in self.notes:
            self.notes.append(text)


def clean(source: str, site: str = "") -> Body:
    """The body in our editors' HTML; `site` is the address that the old site's own links begin with."""
    body = Body()
    parts = _VERBATIM.split(_COMMENT.sub("", source.replace("\r\n", "\n").replace("\r", "\n")))
    del parts[2::3]  # split() gives text, verbatim, its tag's name, text, ...
    parts[::2] = (_prose(part, body) for part in parts[::2])
    text = plain_figures("".join(parts))
    body.html = rendering.sanitise(relative(paragraphs(text), site))
    return body


def plain(source: str) -> str:
    """A title or excerpt without tags, shortcodes and entities."""
    return rendering.plain_text(_shortcodes(_COMMENT.sub("", source), Body()))


def _prose(text: str, body: Body) -> str:
    text = _EMBED_FIGURE.sub(lambda found: f'<figure data-embed="{_quoted(found["url"])}">', text)
    text = _IFRAME.sub(lambda found: _frame(found["url"], body), text)
    text = _PLAYER.sub(lambda found: _player(found["inner"], body), text)
    text = _shortcodes(text, body)
    return _BARE_ADDRESS.sub(lambda found: _embed(found[1]), text)


def _shortcodes(text: str, body: Body) -> str:
    """Those we know become HTML; of others the text inside stays. "[sic]" and "[1]" are no shortcodes."""
    kept: list[str] = []

    def keep(found: re.Match[str]) -> str:
        kept.append(found[1])
        return f"\0{len(kept) - 1}\0"

    text = _ESCAPED_SHORTCODE.sub(keep, text.replace("\0", ""))
    text = _CAPTION.sub(lambda found: _caption(found["attributes"] or "", found["inner"]), text)
    text = _EMBED.sub(lambda found: _embed(found["url"]), text)
    text = _MEDIA.sub(lambda found: _media(found["kind"], found["attributes"] or "", body), text)
    text = _unknown_shortcodes(text, body)
    return re.sub("\0(\\d+)\0", lambda found: kept[int(found[1])], text)


def _unknown_shortcodes(text: str, body: Body) -> str:
    before = text
    text, found = _OF_BUILDERS.sub("", text), 1
    while found:
        text, found = _PAIR.subn(lambda pair: pair["inner"], text)
    text = _SINGLE.sub("", text)
    if text != before:
        body.note("shortcodes of plug-ins taken out, the text inside kept")
    return text


def _attributes(text: str) -> dict[str, str]:
    return {name.lower(): a or b or c for name, a, b, c in _ATTRIBUTE.findall(text)}


def _caption(attributes: str, inner: str) -> str:
    found = _CAPTIONED.fullmatch(inner)
    if not found:
        return inner
    text = found["text"].strip() or _attributes(attributes).get("caption", "")
    caption = f"<figcaption>{text}</figcaption>" if text else ""
    return f"\n\n<figure>{found['picture']}{caption}</figure>\n\n"


def _media(kind: str, attributes: str, body: Body) -> str:
    if kind in ("gallery", "playlist"):
        body.note(f"a {kind} left out: its pieces are not in the text")
        return ""
    values = _attributes(attributes)
    formats = ("src", "mp3", "m4a", "ogg", "wav", "mp4", "m4v", "webm", "ogv")
    return _file_link(next((values[each] for each in formats if values.get(each)), ""), body)


def _player(inner: str, body: Body) -> str:
    found = _PLAYER_SRC.search(inner)
    return _file_link(html.unescape(found[2]) if found else "", body)


def _file_link(url: str, body: Body) -> str:
    if not url:
        body.note("a player without a file left out")
        return ""
    body.note("an audio or video player replaced by a link to its file")
    name = unquote(urlsplit(url).path.rpartition("/")[2]) or url
    return f'\n\n<p><a href="{_quoted(url)}">{html.escape(name)}</a></p>\n\n'


def _frame(url: str, body: Body) -> str:
    url = html.unescape(url)
    url = f"https:{url}" if url.startswith("//") else url
    if rendering.player_url(url):
        return _embed(url)
    body.note("a frame of another site replaced by a link")
    return f'\n\n<p><a href="{_quoted(url)}">{html.escape(url)}</a></p>\n\n' if url.startswith("http") else ""


def _embed(url: str) -> str:
    return f'\n\n<figure data-embed="{_quoted(url)}"></figure>\n\n'


def _quoted(url: str) -> str:
    return html.escape(html.unescape(url))


def relative(text: str, site: str) -> str:
    """Links and pictures of the old site as addresses of this one, which takes its place."""
    parts = urlsplit(site)
    if not parts.hostname:
        return text
    own = re.escape(parts.netloc.removeprefix("www.") + parts.path.rstrip("/"))
    address = rf"""(\s(?:href|src)\s*=\s*["'])https?://(?:www\.)?{own}(?:/|(?=["'?#]))"""
    return re.sub(address, r"\1/", text)


def plain_figures(text: str) -> str:
    """A figure is a picture or an embed with its caption; those around tables, quotes and galleries go."""
    pieces = _FIGURE_TAG.split(text)
    open_figures: list[list[int]] = []  # of each, where it opens and what lies in it but in no inner one
    for place, piece in enumerate(pieces):
        if piece.startswith("<figure") and place % 2:
            open_figures.append([place])
        elif place % 2 and open_figures:
            own = open_figures.pop()
            if not any("<img" in pieces[each] or "data-embed" in pieces[each] for each in own):
                for each in own:
                    pieces[each] = _FIGCAPTION_TAG.sub(r"<\1p>", pieces[each])
                pieces[own[0]] = pieces[place] = ""
        elif open_figures:
            open_figures[-1].append(place)
    return "".join(pieces)


def paragraphs(text: str) -> str:
    """Blank lines become paragraphs and single line ends breaks, outside of what is marked up already."""
    return "".join(_paragraphs(text))


def _paragraphs(text: str) -> Iterator[str]:
    flow, island, depth = "", "", 0
    for piece in _pieces(text):
        name, closes = _tag_of(piece)
        if depth:
            depth += 0 if name != island else -1 if closes else 1
            yield piece
        elif name in _ISLANDS and not closes:
            yield from _wrap(flow)
            yield piece
            flow, island, depth = "", name, 1
        elif name in _ISLANDS | _CONTAINERS:
            yield from _wrap(flow)
            yield piece
            flow = ""
        else:
            flow += piece
    yield from _wrap(flow)


def _pieces(text: str) -> Iterator[str]:
    end = 0
    for tag in _TAG.finditer(text):
        yield text[end : tag.start()]
        yield tag[0]
        end = tag.end()
    yield text[end:]


def _tag_of(piece: str) -> tuple[str, bool]:
    tag = _TAG.fullmatch(piece)
    return (tag["name"].lower(), bool(tag["close"])) if tag else ("", False)


def _wrap(flow: str) -> Iterator[str]:
    for chunk in re.split(r"\n[ \t]*\n\s*", flow):
        lines = re.sub(r"(?:<br\s*/?>)?[ \t]*\n[ \t]*", "<br>", chunk.strip())
        if lines:
            yield f"<p>{lines}</p>"

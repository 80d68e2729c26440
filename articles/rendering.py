"""Body source to safe HTML: the single allowlist of the site, for editors' text and for imported text alike.

Knows no Django. `render` may be given its own output, and changes nothing then.
"""

import html
import re
from urllib.parse import parse_qs, urlsplit

import nh3

TAGS = frozenset({
    "a", "abbr", "aside", "blockquote", "br", "cite", "code", "em", "figcaption", "figure", "h2", "h3", "h4",
    "hr", "img", "li", "ol", "p", "pre", "q", "s", "span", "strong", "sub", "sup", "table", "tbody", "td",
    "th", "thead", "time", "tr", "ul",
})  # fmt: skip

ATTRIBUTES = {
    "*": {"dir", "lang"},
    "a": {"href", "hreflang", "title"},
    "abbr": {"title"},
    "aside": {"class"},
    "blockquote": {"cite", "class"},
    "figure": {"class", "data-embed", "data-embed-src", "data-image"},
    "img": {"alt", "height", "src", "width"},
    "li": {"value"},
    "ol": {"start", "type"},
    "q": {"cite"},
    "span": {"class"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
    "time": {"datetime"},
}

# Nothing else may be called anything: our style sheet would set it as a part of the page.
CLASSES = {
    "aside": {"key-points"},
    "blockquote": {"pullquote"},
    "figure": {"embed", "figure--wide", "figure--full", "figure--left", "figure--right", "gallery"},
    "span": {"footnote"},
}
LINK_SCHEMES = frozenset({"http", "https", "mailto", "tel"})

# Their text is no part of the story. (Elements that are merely unknown lose the tag and keep the text.)
_DROPPED_WITH_CONTENT = frozenset({
    "applet", "audio", "button", "canvas", "embed", "iframe", "math", "noembed", "noframes", "noscript",
    "object", "script", "select", "style", "svg", "template", "textarea", "title", "video",
})  # fmt: skip
# What pasted and imported text is full of, and what it means here. Blocks become paragraphs rather than
# nothing, because the words at their edges would run together.
_RENAMED = {
    "h1": "h2", "h5": "h4", "h6": "h4", "b": "strong", "i": "em", "del": "s", "strike": "s",
    "acronym": "abbr", "tt": "code", "kbd": "code", "samp": "code", "var": "em", "dfn": "em",
    "tfoot": "tbody", "address": "p", "article": "p", "caption": "p", "center": "p", "dd": "p",
    "details": "p", "div": "p", "dl": "p", "dt": "p", "fieldset": "p", "footer": "p", "form": "p",
    "header": "p", "hgroup": "p", "legend": "p", "main": "p", "nav": "p", "section": "p", "summary": "p",
}  # fmt: skip
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})(?=[\s/>])", re.IGNORECASE)

_ATTRIBUTE_VALUES = {
    "colspan": re.compile(r"[1-9]\d?"),
    "data-image": re.compile(r"\d{1,18}"),
    "datetime": re.compile(r"[0-9T:.Z +-]{4,32}"),
    "dir": re.compile(r"ltr|rtl|auto"),
    "height": re.compile(r"[1-9]\d{0,4}"),
    "hreflang": re.compile(r"[A-Za-z0-9-]{2,35}"),
    "lang": re.compile(r"[A-Za-z0-9-]{2,35}"),
    "rowspan": re.compile(r"[1-9]\d{0,2}"),
    "scope": re.compile(r"col|row|colgroup|rowgroup"),
    "start": re.compile(r"-?\d{1,6}"),
    "type": re.compile(r"[1aAiI]"),
    "value": re.compile(r"-?\d{1,6}"),
    "width": re.compile(r"[1-9]\d{0,4}"),
}

_IMG_WITHOUT_ALT = re.compile(r"""<img(?=[\s/>])(?!(?:[^<>"']|"[^"]*"|'[^']*')*\salt\s*=)""", re.IGNORECASE)
# The opening tag of an embed as the editor writes it, and the fallback link it may carry inside.
_EMBED = re.compile(
    r"""<figure\s[^<>]*?\bdata-embed\s*=\s*(["']?)(?P<url>[^"'<>\s]+)\1[^<>]*>(?:\s*<a\s[^<>]*>[^<]*</a>)?""",
    re.IGNORECASE,
)
_IMG_WITHOUT_SRC = re.compile(r"<img(?![^<>]*\ssrc=)[^<>]*>")
_EXTERNAL_LINK = re.compile(r'<a (?=[^<>]*\bhref="(?:https?:)?//)')
_EMPTY = re.compile(
    r"<(p|h[2-4]|li|ul|ol|blockquote|figure|figcaption|aside|a|em|strong|s|span|pre|code|q|cite|sub|sup|abbr)"
    r"(?:\s(?![^<>]*data-embed)[^<>]*)?>(?:\s|&nbsp;|<br>)*</\1>"
)
_CAPTION = re.compile(r"<figcaption\b.*?</figcaption>", re.DOTALL)
_BARE_SPAN = re.compile(r"<span>((?:(?!</?span[\s>]).)*)</span>", re.DOTALL)
_BREAKS_BEHIND_EDGE = re.compile(r"<p>(?:\s|&nbsp;|<br>)+")
_BREAKS_BEFORE_EDGE = re.compile(r"(?:\s|&nbsp;|<br>)+</p>")
# Whether there are any: to look for them tries every space of the text for their beginning.
_BREAK_BEFORE_EDGE = re.compile(r"</p>(?:(?<=\s</p>)|(?<=&nbsp;</p>)|(?<=<br></p>))")
# Nothing that XML refuses: the text goes into feeds too.
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SPACES = re.compile(r"(?:&nbsp;|[ \t]){2,}")
_PREFORMATTED = re.compile(r"(<pre\b.*?</pre>)", re.DOTALL)
# Numbers that lead to footnotes and the arrows back (see typesetting.py): signs, not words.
_NOTE_NUMBER = re.compile(r'<sup class="note-sign">.*?</sup>')
_NOTE_ARROW = re.compile(r' <a class="notes__back"[^<>]*>[^<>]*</a>')
# These read nothing but what the sanitiser wrote: every tag is closed, every value that could hold an angle
# bracket stands in double quotes.
_TAG = re.compile(r"""(<[^<>"]*(?:"[^"]*"[^<>"]*)*>)""")
_BLOCK_EDGE = re.compile(
    r"<(?:/?(?:p|h[2-4]|li|ul|ol|blockquote|figure|figcaption|aside|pre|t[dhr])|[bh]r)\b"
)


def render(body: str) -> str:
    """The body as readers get it. Whatever comes in, only TAGS and ATTRIBUTES come out."""
    body = _EMBED.sub(lambda figure: _facade(html.unescape(figure["url"])), body)
    # No quotes in these: were one ever to hit the inside of an attribute, it could not end it.
    clean = _EXTERNAL_LINK.sub("<a rel=noopener ", sanitise(body))
    return clean.replace("<img ", "<img loading=lazy decoding=async ")


def sanitise(body: str) -> str:
    """The body as editors get it: as safe as `render` makes it, with embeds still their bare address."""
    body = _RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2].lower()]}", body)
    body = _IMG_WITHOUT_ALT.sub('<img alt=""', body)
    clean = _CLEANER.clean(body)  # last, so that none of the above needs to be trusted
    if "<table" in clean:
        # What does not belong in a table was put before it, even a link into a link. Read anew, it is mended.
        clean = _CLEANER.clean(clean)
    return _tidy(clean)


def pieces(clean: str) -> list[str]:
    """The text between the tags and the tags, in turn, of what `render` or `sanitise` wrote."""
    return _TAG.split(clean)


def plain_text(body_html: str) -> str:
    """The words alone; those of two blocks never run together."""
    return " ".join(html.unescape(_STRIPPER.clean(_spaced(body_html))).split())


def paragraphs(rendered: str) -> list[str]:
    """Its parts, each of which `printed` takes by itself."""
    return rendered.split("</p>")


def printed(rendered: str) -> str:
    """The words alone of what `render` wrote, where a tag is all that an angle bracket begins."""
    return html.unescape(_TAG.sub("", _spaced(rendered)))


def _spaced(body_html: str) -> str:
    """With a space before every edge of a block, without what only leads to notes and back."""
    without_signs = _NOTE_ARROW.sub("", _NOTE_NUMBER.sub("", body_html))
    # A function, for Python puts a template together anew at each place.
    return _BLOCK_EDGE.sub(lambda edge: f" {edge[0]}", without_signs)


def linked_slugs(body_html: str, site_url: str) -> set[str]:
    """The first parts of the addresses on this site that the text leads to."""
    return set(re.findall(rf'href="(?:{re.escape(site_url)})?/([^"/?#]+)', body_html))


def word_count(body_html: str) -> int:
    return len(plain_text(body_html).split())


def for_xml(text: str) -> str:
    """Without the characters that XML refuses, one of which would take a whole feed down."""
    return _CONTROLS.sub("", text)


def summary(body_html: str, length: int) -> str:
    """The beginning of a text, as `shortened`, but of nothing that stands under a picture."""
    return shortened(plain_text(_CAPTION.sub("", body_html)), length)


def shortened(text: str, length: int) -> str:
    """As many whole words as fit, with an ellipsis where some are left out."""
    text = " ".join(text.split())
    if len(text) <= length:
        return text
    head, _, _ = text[:length].rpartition(" ")
    return (head or text[: length - 1]).rstrip(" ,;:–—-") + "…"


def player_url(url: str) -> str | None:
    """The address of the provider's player for an address people copy; None where the provider is unknown."""
    provider = _provider(url)
    return provider[1] if provider else None


def _provider(url: str) -> tuple[str, str, str] | None:
    """(provider's name, player address, page address)"""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.")
    except ValueError:
        return None
    if parts.scheme not in ("http", "https"):
        return None
    if host in ("youtube.com", "youtu.be", "youtube-nocookie.com"):
        return _youtube(host, parts.path, parts.query)
    if host in ("vimeo.com", "player.vimeo.com"):
        return _vimeo(parts.path)
    return None


def _youtube(host: str, path: str, query: str) -> tuple[str, str, str] | None:
    if host == "youtu.be":
        found = path.strip("/")
    elif path.rstrip("/") == "/watch":
        found = parse_qs(query).get("v", [""])[0]
    else:
        found = re.sub(r"^/(?:embed|shorts|live|v)/", "", path).rstrip("/")
    if not re.fullmatch(r"[\w-]{11}", found, re.ASCII):
        return None
    return (
        "YouTube",
        f"https://www.youtube-nocookie.com/embed/{found}",
        f"https://www.youtube.com/watch?v={found}",
    )


def _vimeo(path: str) -> tuple[str, str, str] | None:
    found = re.fullmatch(r"/(?:video/)?(\d{4,12})/?", path, re.ASCII)
    if not found:
        return None
    return "Vimeo", f"https://player.vimeo.com/video/{found[1]}?dnt=1", f"https://vimeo.com/{found[1]}"


def _facade(url: str) -> str:
    """An opening figure with a link to the film: nothing is asked of the provider until a reader clicks.

    The provider's name is all it says: what is kept has no words of a language that the site may change.
    """
    provider = _provider(url)
    if not provider and _scheme(url) not in ("http", "https"):
        return "<figure>"
    if not provider:
        return f'<figure><a href="{html.escape(url)}">{html.escape(url)}</a>'
    name, player, page = provider
    return f'<figure class="embed" data-embed-src="{player}"><a href="{page}">{name}</a>'


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    # Kept as it is or not at all: the sanitiser judged this very value, and strip() alone can turn an address
    # it took for a relative one into a script.
    return value if _is_fit(tag, name, value) else None


def _is_fit(tag: str, name: str, value: str) -> bool:
    if name == "class":
        return bool(value) and CLASSES.get(tag, set()).issuperset(value.split())
    if name in ("href", "cite"):
        return _scheme(value) in LINK_SCHEMES | {""}
    if name == "src":
        return value != "" and _scheme(value) in ("", "http", "https")
    if name == "data-embed":
        return _scheme(value) in ("http", "https")
    if name == "data-embed-src":
        return player_url(value) == value
    allowed = _ATTRIBUTE_VALUES.get(name)
    return allowed is None or allowed.fullmatch(value) is not None


def _scheme(url: str) -> str:
    """What stands before the colon, odd characters and all; nothing for a relative address."""
    head = re.match(r"([^/?#]*):", url)
    return head[1].lower() if head else ""


def _tidy(clean: str) -> str:
    """Without empty elements and the spaces people align with. Sees nothing but the sanitiser's output."""
    clean, found = _IMG_WITHOUT_SRC.sub("", _CONTROLS.sub("", clean)), 1
    while found:
        # Whatever is taken out may have stood between two spaces.
        clean = _without_breaks_at_edges(_single_spaced(clean))
        clean, empty = _EMPTY.subn("", clean)
        clean, bare = _BARE_SPAN.subn(r"\1", clean)
        found = empty + bare
    return clean.strip()


def _single_spaced(clean: str) -> str:
    # Nearly no text has more, and whether it may is found out in no time.
    if not any(each in clean for each in ("  ", "\t", "&nbsp;")):
        return clean
    parts = _PREFORMATTED.split(clean)
    parts[::2] = (_SPACES.sub(" ", part) for part in parts[::2])
    return "".join(parts)


def _without_breaks_at_edges(clean: str) -> str:
    clean = _BREAKS_BEHIND_EDGE.sub("<p>", clean)
    return _BREAKS_BEFORE_EDGE.sub("</p>", clean) if _BREAK_BEFORE_EDGE.search(clean) else clean


_CLEANER = nh3.Cleaner(
    tags=set(TAGS),
    attributes={tag: set(names) for tag, names in ATTRIBUTES.items()},
    attribute_filter=_keep_attribute,
    clean_content_tags=set(_DROPPED_WITH_CONTENT),
    url_schemes=set(LINK_SCHEMES),
    link_rel=None,
)
_STRIPPER = nh3.Cleaner(tags=set(), clean_content_tags=set(_DROPPED_WITH_CONTENT))

"""Pictures in running text: which they are, and how they are printed.

The body as written names a picture by its number (`<figure data-image="12">`). What readers get holds
whatever the picture is at present: its renditions, its description, its caption and its credit, unless
the text says otherwise in this place. It is put together when the text is saved, and anew when the
picture changes; a page view does nothing.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from django.core.files.storage import default_storage
from django.db import transaction
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

from articles import rendering
from articles.models import Article, Illustration, Image, Page
from articles.typesetting import typeset

Text: TypeAlias = Article | Page
Images: TypeAlias = dict[int, Image]

BATCH = 100
# How wide a figure is printed, for browsers that do not look it up themselves: see static/css/article.css.
SIZES = {
    "": "(min-width: 40rem) 35rem, 92vw",
    "figure--wide": "(min-width: 76rem) 47rem, (min-width: 64rem) 35rem, (min-width: 40rem) 52rem, 100vw",
    "figure--full": "(min-width: 76rem) 58vw, (min-width: 64rem) 35rem, (min-width: 40rem) 52rem, 100vw",
    "figure--left": "(min-width: 40rem) 17rem, 92vw",
    "figure--right": "(min-width: 40rem) 17rem, 92vw",
}
SIZES_IN_GALLERY = "(min-width: 40rem) 22.5rem, 60vw"

# These read nothing but what the sanitiser wrote: every tag is closed, every value that could hold an angle
# bracket stands in double quotes.
_REST = r'[^<>"]*(?:"[^"]*"[^<>"]*)*'
_FIGURE = re.compile(f"<figure{_REST}>")
_NUMBER = re.compile(r'\sdata-image="(\d+)"')
_CLASS = re.compile(r'\sclass="([^"]*)"')
_ALT = re.compile(r'\salt="([^"]*)"')
_SRC = re.compile(r'\ssrc="([^"]*)"')
_HREF = re.compile(r'\shref="([^"]*)"')
_PICTURE = re.compile(rf"(?P<link><a\s{_REST}>)?\s*(?P<img><img\s{_REST}>)\s*(?(link)</a>)")
_CAPTION = re.compile(rf"<figcaption{_REST}>((?:(?!<figcaption|<figure).)*?)</figcaption>", re.DOTALL)


def are_in(clean: str) -> bool:
    """Whether the text, as `rendering.render` wrote it, may show any: `settle` finds nothing to do else."""
    return "<figure" in clean


def settle(*texts: Text) -> None:
    """Note which pictures the saved texts show, and print them; in the transaction that saved them."""
    for model in (Article, Page):
        own = {text.pk: text for text in texts if isinstance(text, model)}
        if own:
            for pk, body_html in _settle(model, own).items():
                own[pk].body_html = body_html


def renew(image: Image) -> None:
    """Print the picture anew wherever a text shows it, once what is new about it is committed.

    Not before: whoever saves a text locks the text first and its pictures then.
    """
    for model in (Article, Page):
        texts = model._default_manager.filter(illustrations__image=image)
        pks = list(texts.order_by("pk").values_list("pk", flat=True))
        for start in range(0, len(pks), BATCH):
            _settle(model, pks[start : start + BATCH])


def for_editor(body: str) -> tuple[str, dict[str, dict[str, str]]]:
    """The body with its pictures where they lie now, and what the library says of each, by its number."""
    if not _NUMBER.search(body):
        return body, {}
    pieces = rendering.pieces(rendering.sanitise(body))
    images = _images(pieces)
    for place, number in _shown(pieces):
        if image := images.get(number):
            pieces[place] = _current(pieces[place], image)
    return "".join(pieces), {str(number): _facts(image) for number, image in images.items()}


def uses(body: str) -> list[tuple[int, str]]:
    """The pictures that the body shows, by number; each with the words that describe it there, if any do."""
    if not _NUMBER.search(body):
        return []
    pieces = rendering.pieces(rendering.sanitise(body))
    return [(number, _value(_ALT, pieces[place])) for place, number in _shown(pieces)]


@transaction.atomic
def _settle(model: type[Text], pks: Iterable[int]) -> dict[int, str]:
    """Do so as the texts stand in the database, whatever the caller believes; what readers get, by key."""
    texts = model._default_manager.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
    rows = list(texts.values_list("pk", "body", "body_html"))
    printed = {pk: rendering.pieces(rendering.render(body)) for pk, body, _ in rows}
    # Locked, so that what changes in a picture meanwhile waits, and finds this text among those to renew.
    images = _images(*printed.values(), lock=True)
    _note(model, {pk: _numbers(pieces) & images.keys() for pk, pieces in printed.items()})
    settled = {pk: typeset(_print(pieces, images)) for pk, pieces in printed.items()}
    for pk, _, body_html in rows:
        if settled[pk] != body_html:
            model._default_manager.filter(pk=pk).update(body_html=settled[pk])
    return settled


def _note(model: type[Text], shown: dict[int, set[int]]) -> None:
    """Bring the rows that tell where pictures are used in line with the texts."""
    owner = f"{model._meta.model_name}_id"
    wanted = {(pk, number) for pk, numbers in shown.items() for number in numbers}
    rows = Illustration.objects.filter(**{f"{owner}__in": shown})
    known = {(pk, number): row for row, pk, number in rows.values_list("pk", owner, "image_id")}
    if gone := [row for use, row in known.items() if use not in wanted]:
        Illustration.objects.filter(pk__in=gone).delete()
    Illustration.objects.bulk_create(
        Illustration(image_id=number, **{owner: pk}) for pk, number in sorted(wanted - known.keys())
    )


def _images(*texts: list[str], lock: bool = False) -> Images:
    numbers = set[int]().union(*map(_numbers, texts))
    if not numbers:
        return {}
    images = Image.objects.filter(pk__in=numbers).order_by("pk")
    return {image.pk: image for image in (images.select_for_update(no_key=True) if lock else images)}


def _numbers(pieces: list[str]) -> set[int]:
    return {_number(piece) for piece in pieces if _FIGURE.fullmatch(piece)} - {0}


def _shown(pieces: list[str]) -> Iterator[tuple[int, int]]:
    """Where an image stands in a figure that names a picture, and the number of that."""
    figures = [""]  # the opening tags of those that we are in
    for place, piece in enumerate(pieces):
        if _FIGURE.fullmatch(piece):
            figures.append(piece)
        elif piece == "</figure>":
            figures.pop()
        elif piece.startswith("<img ") and (number := _number(figures[-1])):
            yield place, number


def _number(figure: str) -> int:
    """The number of the picture that an opening tag names; 0 where it names none."""
    return int(_value(_NUMBER, figure) or 0)


def _value(attribute: re.Pattern[str], tag: str) -> str:
    found = attribute.search(tag)
    return html.unescape(found[1]) if found else ""


# What readers get ------------------------------------------------------------------------------------


@dataclass
class _Figure:
    """One whose end is not read yet."""

    opening: str
    parts: list[str] = field(default_factory=list)
    figures: list[str] = field(default_factory=list)  # printed ones: of a gallery

    @property
    def is_gallery(self) -> bool:
        return not _number(self.opening) and "gallery" in self.classes

    @property
    def classes(self) -> list[str]:
        return _value(_CLASS, self.opening).split()

    @property
    def inner(self) -> str:
        return "".join(self.parts)


def _print(pieces: list[str], images: Images) -> str:
    """The text with each figure that names a picture, and each gallery, as readers get it."""
    open_figures = [_Figure("")]
    for piece in pieces:
        if _FIGURE.fullmatch(piece):
            open_figures.append(_Figure(piece))
        elif piece == "</figure>":
            figure, around = open_figures.pop(), open_figures[-1]
            printed = _print_gallery(figure) if figure.is_gallery else _print_figure(figure, around, images)
            (around.figures if around.is_gallery else around.parts).append(printed)
        else:
            open_figures[-1].parts.append(piece)
    return open_figures[0].inner


def _print_figure(figure: _Figure, around: _Figure, images: Images) -> str:
    number, picture = _number(figure.opening), _PICTURE.search(figure.inner)
    if not number or not picture:
        return f"{figure.opening}{figure.inner}</figure>"
    if number not in images:
        # Nobody is shown a hole, nor the words under it. A picture from elsewhere stays what it was.
        is_hole = _is_ours(_value(_SRC, picture["img"]))
        return "" if is_hole else f"{figure.opening}{figure.inner}</figure>"
    words = figure.inner.replace(picture[0], "", 1)
    context = _of_picture(images[number], picture, _caption(words)) | _of_place(figure, around)
    return render_to_string("components/_figure.html", context).strip() + _rest(words)


def _of_picture(image: Image, picture: re.Match[str], caption: str) -> dict[str, Any]:
    link = picture["link"] or ""
    return {
        "image": image,
        "alt": _value(_ALT, picture["img"]) or image.alt_text,
        "caption": caption or image.caption,
        # One to an older file of ours gives way to the link to the picture itself.
        "link": "" if _is_ours(_value(_HREF, link)) else _cleaned(link),
    }


def _of_place(figure: _Figure, around: _Figure) -> dict[str, str]:
    if around.is_gallery:
        return {"shape": "3x2", "sizes": SIZES_IN_GALLERY, "css_class": ""}
    css_class = next((name for name in figure.classes if name in SIZES), "")
    return {"shape": "full", "sizes": SIZES[css_class], "css_class": css_class}


def _print_gallery(gallery: _Figure) -> str:
    figures = [_cleaned(figure) for figure in gallery.figures if figure]
    if not figures:
        return _rest(gallery.inner)
    context = {"figures": figures, "caption": _caption(gallery.inner)}
    return render_to_string("components/_gallery.html", context).strip() + _rest(gallery.inner)


def _caption(inner: str) -> SafeString:
    found = _CAPTION.search(inner)
    return _cleaned(found[1] if found else "")


def _rest(inner: str) -> str:
    """What else somebody had put into a figure; it stands after it."""
    rest = _CAPTION.sub("", inner)
    return f" {rest} " if "<img" in rest or rendering.plain_text(rest) else ""


def _is_ours(address: str) -> bool:
    return address.startswith(default_storage.url("images/"))


def _cleaned(clean: str) -> SafeString:
    return mark_safe(clean.strip())  # noqa: S308 (the sanitiser's output, or a template's)


# What editors get ------------------------------------------------------------------------------------


def _current(img: str, image: Image) -> str:
    """The tag anew, with the words that stand in it. A file that was replaced has another address."""
    src = default_storage.url(image.preview_name)
    alt = _value(_ALT, img)
    return format_html('<img src="{}" alt="{}" width="{}" height="{}">', src, alt, image.width, image.height)


def _facts(image: Image) -> dict[str, str]:
    return {"alt": image.alt_text, "caption": image.caption, "credit": image.full_credit}

"""From an uploaded file to a picture that can be printed, to its renditions, and to its end.

No row without its file and no file without its row: what is put into the storage is noted, and goes again
where no row names it in the end (`kept_with_their_rows`).
"""

from __future__ import annotations

import errno
import logging
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import DatabaseError, OperationalError, connection, transaction
from django.utils import timezone
from django.utils.dateparse import parse_date
from django_tasks import TaskContext, task
from django_tasks_db.models import DBTaskResult

from articles import illustrations
from articles.imaging import darkroom
from articles.models import Image
from articles.models.image import BANDS, original_path
from articles.storage import storage

if TYPE_CHECKING:
    from accounts.models import User
    from articles.querysets import ImageQuerySet

log = logging.getLogger(__name__)

MAX_BYTES = 25 * 1024 * 1024
TOO_LARGE = f"The file is larger than {MAX_BYTES // 1024 // 1024} MB."
NO_ROOM = "There is no room left on the server; nothing was kept. Tell whoever looks after it."
OUT_OF_REACH = "The place where pictures are kept does not answer; nothing was kept. Try again in a while."

# In how many of their 64 bits the fingerprints of the same picture may differ; how many are told of.
ALL_BITS, ALIKE, LOOK_ALIKES = 2**64 - 1, 6, 20

# How long a worker may take over one picture. One that is known to be dead loses its claim at once.
CLAIM = timedelta(minutes=10)
# A picture that killed its workers so often is left in peace.
ATTEMPTS = 3
# When what went wrong is tried again: a full disk is, a file that nobody can read is hardly ever mended.
SOON, MUCH_LATER = timedelta(minutes=5), timedelta(days=1)
REQUESTS_AT_ONCE = 500
# What may happen to a picture on its way to its renditions.
FAULTS = (OSError, darkroom.UnusablePicture)

# How databases say that they, or the disk under them, are full.
_FULL = re.compile(r"\bfull\b|no space left|disk i/o error", re.IGNORECASE)
# What another file changes.
_OF_THE_FILE = (
    "key", "original", "width", "height", "file_size", "colour", "fingerprint", "is_animated",
    "focal_x", "focal_y", "rendered_at", "claimed_until",
)  # fmt: skip


@dataclass
class _Touched:
    """Keys of the pictures that were given files, and of those that were to lose theirs."""

    new: set[str] = field(default_factory=set)
    old: set[str] = field(default_factory=set)


_touched: ContextVar[_Touched | None] = ContextVar("touched", default=None)


# Taking in, replacing, removing ---------------------------------------------


def intake(file: IO[bytes], *, by: User | None = None, **fields: Any) -> Image:
    """Keep an uploaded picture: upright, in sRGB, without metadata, under a random name.

    What is not said in `fields` (caption, credit ...) is taken from the file, where it says so.
    Raises ValidationError, with a message for the uploader, and keeps nothing then.
    """
    image = Image(uploaded_by=by, **fields)
    with kept_with_their_rows():
        put_file(image, file)
        image.save()
    request_renditions(image)
    return image


def put_file(image: Image, file: IO[bytes]) -> None:
    """Give the picture its file, its first or another. The caller saves it and requests its renditions.

    Raises ValidationError where the file cannot be printed or kept; the picture is as it was then.
    """
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(TOO_LARGE)
    try:
        original = darkroom.normalise(data, image.kind)
    except darkroom.UnusablePicture as fault:
        raise ValidationError(str(fault)) from fault
    fresh = Image(
        width=original.width,
        height=original.height,
        file_size=len(original.data),
        colour=original.colour,
        fingerprint=original.fingerprint,
        is_animated=original.is_animated,
        focal_x=original.focal_point[0],
        focal_y=original.focal_point[1],
    )
    fresh.original = original_path(fresh, f"original.{original.extension}")
    with _trouble_in_words():
        _store(fresh, original)
    if touched := _touched.get():
        touched.new.add(fresh.key)
        touched.old.add(image.key)
    for name in _OF_THE_FILE:
        setattr(image, name, getattr(fresh, name))
    _take_facts(image, original.facts)


def refocus(image: Image, x: float, y: float) -> None:
    """Crop around another point from now on. Until the new crops are there, the preview stands in."""
    image.focal_x, image.focal_y = x, y
    image.rendered_at = image.claimed_until = None
    image.save(update_fields=["focal_x", "focal_y", "rendered_at", "claimed_until", "updated_at"])
    request_renditions(image)


def delete(image: Image) -> None:
    """Remove the picture and, once that is committed, its files. Raises ProtectedError while it is used."""
    image.delete()
    transaction.on_commit(partial(_remove_unless_named, {image.key}))


def duplicates(image: Image) -> list[Image]:
    """Pictures that look the same, the most alike first."""
    if image.fingerprint is None:
        return []
    found = Image.objects.alike(image.fingerprint, BANDS).exclude(pk=image.pk).order_by()
    distances = {
        pk: ((image.fingerprint ^ (other or 0)) & ALL_BITS).bit_count()
        for pk, other in found.values_list("pk", "fingerprint")
    }
    alike = sorted((pk for pk in distances if distances[pk] <= ALIKE), key=distances.__getitem__)
    rows = Image.objects.in_bulk(alike[:LOOK_ALIKES])
    return [rows[pk] for pk in alike if pk in rows]


@contextmanager
def kept_with_their_rows() -> Iterator[None]:
    """Whatever happens in here: in the end, files stay where a row names them, and nowhere else.

    The new ones go where their row was refused or rolled back, the old ones where another file took their
    place. Stands around the transaction: what one further out undoes is found as an orphan only. Inside
    another it leaves all to that one. A server without room is a ValidationError, its code "no_room".
    """
    if _touched.get() is not None:
        yield
        return
    touched = _Touched()
    token = _touched.set(touched)
    try:
        with ExitStack() as undo, _trouble_in_words():
            undo.callback(_undo, touched)
            yield
            undo.pop_all()
        transaction.on_commit(partial(_remove_unless_named, touched.new | touched.old))
    finally:
        _touched.reset(token)


def _store(image: Image, original: darkroom.Original) -> None:
    with ExitStack() as undo:
        undo.callback(_remove_folder, image.folder)
        storage.save(str(image.original.name), ContentFile(original.data))
        if not image.is_vector:
            storage.save(image.preview_name, ContentFile(original.preview))
        undo.pop_all()


def _take_facts(image: Image, facts: dict[str, str]) -> None:
    """What the file says of itself, where nobody said anything yet."""
    for name, value in facts.items():
        if not getattr(image, name):
            longest = getattr(Image._meta.get_field(name), "max_length", None)
            setattr(image, name, parse_date(value) if name == "taken_on" else value[:longest])


@contextmanager
def _trouble_in_words() -> Iterator[None]:
    """What the machine lacks, for whoever uploads; the code says whether it is room."""
    try:
        yield
    except (OSError, OperationalError) as fault:
        log.exception("A picture could not be kept")
        if getattr(fault, "errno", None) in (errno.ENOSPC, errno.EDQUOT) or _FULL.search(str(fault)):
            raise ValidationError(NO_ROOM, "no_room") from fault
        if isinstance(fault, OperationalError):
            raise
        raise ValidationError(OUT_OF_REACH, "out_of_reach") from fault


def _undo(touched: _Touched) -> None:
    # Inside a transaction that is to be rolled back the old files may be wanted again.
    _remove_unless_named(touched.new | (set() if connection.in_atomic_block else touched.old))


def _remove_unless_named(keys: set[str]) -> None:
    try:
        # Where the transaction is broken, whatever it wrote will be undone.
        is_broken = connection.in_atomic_block and connection.needs_rollback
        named = set() if is_broken else set(Image.objects.filter(key__in=keys).values_list("key", flat=True))
    except DatabaseError:
        log.exception("Files of %s stay: nobody knows whether they are named", keys)
        return
    for key in filter(None, keys - named):
        _remove_folder(Image(key=key).folder)


def _remove_folder(folder: str) -> None:
    """What cannot be removed now is found as an orphan: nobody's work fails because of it."""
    try:
        storage.remove([each.name for each in storage.contents(folder)])
    except OSError:
        log.exception("%s could not be removed", folder)


# Renditions -----------------------------------------------------------------


def make_renditions(image: Image, *, again: bool = False) -> int:
    """Make every rendition that is not there yet, or all `again`, and note that they are there; how many."""
    made = sum(1 for _ in develop(image, again=again))
    note_rendered(image)
    return made


def develop(image: Image, *, again: bool = False) -> Iterator[str]:
    """Make the files, naming one after the other; whoever stops asking stops it. Knows no database.

    A file that is there is whole, and an address never changes what it shows: it need not be made twice.
    """
    there = {each.name for each in storage.contents(image.folder)}
    wanted = [each for each in image.plan() if again or image.rendition_name(*each) not in there]
    if not wanted:
        return
    data = storage.read(str(image.original.name))
    for rendition, content in darkroom.render(data, wanted, (image.focal_x, image.focal_y)):
        name = image.rendition_name(*rendition)
        storage.save(name, ContentFile(content))
        yield name


def note_rendered(image: Image) -> None:
    """The renditions are there: print them from now on, and remove those of before."""
    # Not where it got another file or focal point meanwhile: then it waits for its turn again.
    unchanged = Image.objects.filter(pk=image.pk, key=image.key, focal_x=image.focal_x, focal_y=image.focal_y)
    if unchanged.update(rendered_at=timezone.now(), claimed_until=None):
        illustrations.renew(image)
        there = {each.name for each in storage.contents(image.folder)}
        storage.remove(there - file_names(image))
    else:
        _remove_unless_named({image.key})


def file_names(image: Image) -> set[str]:
    """Every file that there is to be."""
    renditions = (image.rendition_name(*each) for each in image.plan())
    return {str(image.original.name), image.preview_name, *renditions}


@task(takes_context=True)
def render_picture(context: TaskContext, pk: int) -> bool:
    """Make the renditions of a picture that still waits for them; whether there was anything to do.

    One picture a task, so that several workers can share them.
    """
    # A second attempt is made when the worker of the first is dead: its claim says nothing any more.
    again = context.attempt > 1
    among = Image.objects.filter(rendered_at=None) if again else Image.objects.waiting()
    image = claim(pk, among, CLAIM if context.attempt < ATTEMPTS else MUCH_LATER)
    if image is None:
        if again and (image := Image.objects.filter(pk=pk).first()):
            illustrations.renew(image)  # it may have died just before that
        return False
    with ExitStack() as undo:
        undo.callback(put_off, image)
        try:
            made = make_renditions(image)
        except FAULTS as fault:
            log.exception("No renditions of picture %s (%s)", image.pk, image.original.name)
            undo.pop_all()
            put_off(image, fault)
            return False
        undo.pop_all()
    log.info("Made %s renditions of picture %s", made, image.pk)
    return True


def claim(pk: int, among: ImageQuerySet, lasts: timedelta = CLAIM) -> Image | None:
    """Take the picture in hand, if it is still among those: no two will have it."""
    if not among.filter(pk=pk).update(claimed_until=timezone.now() + lasts):
        return None
    return Image.objects.filter(pk=pk).first()


def put_off(image: Image, fault: BaseException | None = None) -> None:
    """Give the picture out of hand, unless that was done. After a fault it waits before it is tried again."""
    hopeless = isinstance(fault, darkroom.UnusablePicture | FileNotFoundError)
    delay = MUCH_LATER if hopeless else SOON if fault else timedelta(0)
    # A worker that is told to stop just after its picture was finished has no claim left.
    claimed = Image.objects.filter(pk=image.pk, key=image.key).exclude(claimed_until=None)
    claimed.update(claimed_until=timezone.now() + delay)


def request_renditions(image: Image) -> None:
    """Ask the background worker for them once the present transaction is committed."""
    transaction.on_commit(partial(render_picture.enqueue, image.pk))


def request_waiting() -> int:
    """Ask for every picture that has none and was not asked for, in case a request was lost; how many."""
    queued = DBTaskResult.objects.filter(task_path=render_picture.module_path, finished_at=None)
    asked = {each["args"][0] for each in queued.values_list("args_kwargs", flat=True)}
    waiting = Image.objects.waiting().order_by("pk").values_list("pk", flat=True)
    missing = [pk for pk in waiting if pk not in asked]
    for start in range(0, len(missing), REQUESTS_AT_ONCE):
        with transaction.atomic():
            for pk in missing[start : start + REQUESTS_AT_ONCE]:
                render_picture.enqueue(pk)
    return len(missing)

"""From an uploaded file to a picture that can be printed, and to its renditions."""

from __future__ import annotations

import logging
from functools import partial
from typing import IO, TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from articles import renditions
from articles.models import Image

if TYPE_CHECKING:
    from accounts.models import User

log = logging.getLogger(__name__)

MAX_BYTES = 25 * 1024 * 1024


def intake(file: IO[bytes], *, by: User | None = None, **fields: Any) -> Image:
    """Keep an uploaded picture: upright, in sRGB, without metadata, under a random name.

    Raises ValidationError, with a message for the uploader, and keeps nothing then.
    """
    image = Image(uploaded_by=by, **fields)
    put_file(image, file)
    image.save()
    request_renditions(image)
    return image


def put_file(image: Image, file: IO[bytes]) -> None:
    """Give the (unsaved) picture its file. Raises ValidationError where that cannot be printed."""
    data = file.read(MAX_BYTES + 1)
    if len(data) > MAX_BYTES:
        raise ValidationError(f"The file is larger than {MAX_BYTES // 1024 // 1024} MB.")
    try:
        original = renditions.normalise(data)
    except renditions.UnusablePicture as fault:
        raise ValidationError(str(fault)) from fault
    image.key = ""
    image.rendered_at = None
    image.width, image.height = original.width, original.height
    image.original.save(f"picture.{original.extension}", ContentFile(original.data), save=False)


def make_renditions(image: Image) -> None:
    """Make every rendition of the picture and note that they are there. Doing it again changes nothing."""
    with image.original.open("rb") as file:
        data = file.read()
    focal_point = (image.focal_x, image.focal_y)
    for shape in renditions.SHAPES:
        for width in image.rendition_widths(shape):
            content = renditions.render(data, shape, width, focal_point)
            _replace(image.rendition_name(shape, width), content)
    # Not where it got another file or focal point meanwhile: then it waits for its turn again.
    unchanged = Image.objects.filter(pk=image.pk, key=image.key, focal_x=image.focal_x, focal_y=image.focal_y)
    unchanged.update(rendered_at=timezone.now())


@task()
def render_picture(pk: int) -> bool:
    """Make the renditions of a picture that still waits for them; whether there was anything to do.

    One picture a task, so that a worker told to stop is done soon, and several can share the work.
    """
    image = Image.objects.filter(pk=pk, rendered_at=None).first()
    if image is None:
        return False
    try:
        make_renditions(image)
    except (OSError, renditions.UnusablePicture):
        log.exception("No renditions of picture %s (%s)", image.pk, image.original.name)
        return False
    return True


def request_renditions(image: Image) -> None:
    """Ask the background worker for them once the present transaction is committed."""
    transaction.on_commit(partial(render_picture.enqueue, image.pk))


def request_waiting() -> int:
    """Ask for every picture that has none yet, in case a worker died over them; how many that are."""
    waiting = Image.objects.filter(rendered_at=None).order_by("pk").values_list("pk", flat=True)
    for pk in waiting:
        render_picture.enqueue(pk)
    return len(waiting)


def _replace(name: str, content: bytes) -> None:
    default_storage.delete(name)
    default_storage.save(name, ContentFile(content))

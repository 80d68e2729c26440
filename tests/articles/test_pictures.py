import errno
import io
import shutil

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import IntegrityError, OperationalError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from PIL import Image as Picture

from articles import pictures
from articles.models import Image
from articles.models.image import BANDS
from azemedia.storage import MediaFolder
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media_root(settings):
    return settings.MEDIA_ROOT


@pytest.fixture
def on_commit(django_capture_on_commit_callbacks):
    """As in a view: `with on_commit():` is a transaction that is committed at its end."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


def files(media_root):
    return {str(path.relative_to(media_root)) for path in media_root.rglob("*") if path.is_file()}


def names(*images):
    return {name for image in images for name in pictures.file_names(image)}


def first_files(image):
    """What is there from the start."""
    return {image.original.name, image.preview_name}


def put_file_and_fail(image, fault):
    pictures.put_file(image, factories.picture_file((60, 90)))
    raise fault


def save_and_fail(image):
    pictures.put_file(image, factories.picture_file((60, 90)))
    image.save()
    raise ZeroDivisionError


class FullFolder(MediaFolder):
    """A disk with room for so many files and a half."""

    def __init__(self, room=0):
        super().__init__()
        self.room = room

    def _save(self, name, content):
        if self.room < 1:
            content = HalfWritten(content)
        self.room -= 1
        return super()._save(name, content)


class HalfWritten:
    def __init__(self, content):
        self.content = content

    def chunks(self):
        yield self.content.read(20)
        raise OSError(errno.ENOSPC, "No space left on device")


def full_after(settings, room):
    settings.STORAGES = settings.STORAGES | {
        "default": {"BACKEND": f"{__name__}.FullFolder", "OPTIONS": {"room": room}}
    }


# Taking in ------------------------------------------------------------------


def test_an_upload_is_kept_under_a_name_that_tells_nothing(media_root):
    file = factories.picture_file((90, 60))
    file.name = "../../Leyla's holiday.php.JPG"

    image = pictures.intake(file, alt_text="A square")

    assert (image.width, image.height) == (90, 60)
    assert image.original.name == f"images/{image.key[:2]}/{image.key}/original.jpg"
    assert files(media_root) == first_files(image)
    assert Image.objects.get().alt_text == "A square"


def test_who_uploaded_it_is_noted():
    editor = factories.user("editor")

    assert pictures.intake(factories.picture_file(), by=editor).uploaded_by == editor


@pytest.mark.parametrize("data", [b"", b"<?php echo 1 ?>", b"\xff\xd8\xff\xe0" + b"\0" * 50])
def test_what_cannot_be_printed_is_refused_and_nothing_kept(data, media_root):
    with pytest.raises(ValidationError):
        pictures.intake(io.BytesIO(data))

    assert not Image.objects.exists()
    assert not media_root.exists()


def test_a_file_that_is_too_large_is_refused_without_reading_it_all():
    class Endless(io.BytesIO):
        def read(self, size=-1):
            assert 0 < size <= pictures.MAX_BYTES + 1
            return b"x" * size

    with pytest.raises(ValidationError, match="larger than 25 MB"):
        pictures.intake(Endless())


# No row without its files, no files without their row -----------------------


@pytest.mark.parametrize("room", [0, 1])
def test_a_full_disk_is_told_in_words_and_nothing_is_kept(room, settings, media_root):
    full_after(settings, room)

    with pytest.raises(ValidationError, match="no room left") as refusal:
        pictures.intake(factories.picture_file())

    assert refusal.value.code == "no_room"
    assert files(media_root) == set()
    assert not Image.objects.exists()


def test_a_full_database_is_told_in_words_and_nothing_is_kept(media_root):
    with pytest.raises(ValidationError, match="no room left"), pictures.kept_with_their_rows():
        put_file_and_fail(Image(), OperationalError("database or disk is full"))

    assert files(media_root) == set()


def test_other_troubles_of_the_database_are_not_taken_for_it(media_root):
    with pytest.raises(OperationalError), pictures.kept_with_their_rows():
        put_file_and_fail(Image(), OperationalError("server closed the connection unexpectedly"))

    assert files(media_root) == set()


def test_a_row_that_the_database_refuses_takes_its_files_along(media_root):
    pictures.intake(factories.picture_file(), import_ref="photo 1")
    before = files(media_root)

    with pytest.raises(IntegrityError), transaction.atomic():
        pictures.intake(factories.picture_file(), import_ref="photo 1")

    assert files(media_root) == before


def test_a_picture_that_is_never_saved_leaves_no_file(media_root, on_commit):
    with on_commit(), pictures.kept_with_their_rows():
        pictures.put_file(Image(), factories.picture_file())

    assert files(media_root) == set()


def test_what_is_rolled_back_leaves_no_file(media_root):
    with pytest.raises(ZeroDivisionError), pictures.kept_with_their_rows(), transaction.atomic():
        save_and_fail(Image())

    assert not Image.objects.exists()
    assert files(media_root) == set()


def test_another_file_takes_another_address_and_the_old_files_go(media_root, on_commit):
    image = pictures.intake(factories.picture_file((700, 500)))
    pictures.make_renditions(image)
    image.refresh_from_db()
    before = names(image)

    with on_commit(), pictures.kept_with_their_rows():
        pictures.put_file(image, factories.picture_file((60, 90)))
        image.save()
        assert before < files(media_root)

    image = Image.objects.get()
    assert (image.width, image.height) == (60, 90)
    assert image.rendered_at is None
    assert not before & names(image)
    assert files(media_root) == first_files(image)


def test_a_replacement_that_comes_to_nothing_changes_nothing(media_root):
    image = pictures.intake(factories.picture_file((700, 500)))
    before, key = files(media_root), image.key

    with pytest.raises(ZeroDivisionError), pictures.kept_with_their_rows():
        put_file_and_fail(image, ZeroDivisionError())
    with pytest.raises(ZeroDivisionError), pictures.kept_with_their_rows(), transaction.atomic():
        save_and_fail(image)

    assert files(media_root) == before
    assert Image.objects.get().key == key


def test_a_replacement_without_room_leaves_the_picture_as_it_was(settings, media_root):
    image = pictures.intake(factories.picture_file((700, 500)))
    before, key = files(media_root), image.key
    full_after(settings, 1)

    with pytest.raises(ValidationError, match="no room left"):
        pictures.put_file(image, factories.picture_file((60, 90)))

    assert (image.key, image.width) == (key, 700)
    assert files(media_root) == before


def test_a_deleted_picture_takes_all_its_files_along(media_root, on_commit):
    gone, kept = (pictures.intake(factories.picture_file((400, 300))) for _ in range(2))
    pictures.make_renditions(gone)

    with on_commit():
        pictures.delete(gone)
        assert names(gone) < files(media_root)

    assert files(media_root) == first_files(kept)
    assert not (media_root / gone.folder).exists()


def test_a_picture_in_use_cannot_be_deleted(media_root, on_commit):
    image = factories.image()
    factories.article(lead_image=image)

    with pytest.raises(ProtectedError), on_commit():
        pictures.delete(image)

    assert files(media_root) == first_files(image)


# Look-alikes ----------------------------------------------------------------


def test_look_alikes_are_found_nearest_first():
    def with_fingerprint(bits):
        image = factories.image()
        signed = bits - 2**64 if bits >= 2**63 else bits
        Image.objects.filter(pk=image.pk).update(fingerprint=signed)
        image.fingerprint = signed
        return image

    base = 0xF0F0_A5A5_1234_9999
    image = with_fingerprint(base)
    five_bits = with_fingerprint(base ^ 0b11111)
    same = with_fingerprint(base)
    # Of the other sign, when read as a number.
    top_bit = with_fingerprint(base ^ 2**63)
    with_fingerprint(base ^ 0xFFFF)
    with_fingerprint(~base & (2**64 - 1))

    assert pictures.duplicates(image) == [same, top_bit, five_bits]


@pytest.mark.skipif(connection.vendor != "sqlite", reason="a small table is not worth an index to PostgreSQL")
def test_look_alikes_are_found_by_their_indexes():
    plan = Image.objects.alike(-5, BANDS).order_by().explain()

    assert plan.count("USING INDEX image_alike_") == len(BANDS)
    assert "SCAN" not in plan


def test_a_picture_without_a_fingerprint_is_like_no_other():
    logos = [factories.image() for _ in range(2)]
    Image.objects.update(fingerprint=None)
    logos[0].refresh_from_db()

    assert pictures.duplicates(logos[0]) == []


# Renditions -----------------------------------------------------------------


def test_renditions_are_made_after_the_upload_is_committed(on_commit, media_root):
    with on_commit():
        image = pictures.intake(factories.picture_file((700, 500)))
        assert Image.objects.get().rendered_at is None

    image.refresh_from_db()
    assert image.rendered_at
    assert image.claimed_until is None
    assert files(media_root) == names(image)


def test_renditions_stand_where_the_page_expects_them_and_are_no_larger_than_the_picture():
    image = pictures.intake(factories.picture_file((300, 200)))

    pictures.make_renditions(image)

    for shape, width, kind in image.plan():
        with default_storage.open(image.rendition_name(shape, width, kind)) as file:
            made = Picture.open(file)
            assert made.format == {"avif": "AVIF", "webp": "WEBP", "jpg": "JPEG"}[kind]
            assert made.size == (width, image.rendition_height(shape, width))
            assert made.width <= 300


def test_what_is_there_is_not_made_again_unless_told_so(media_root):
    image = pictures.intake(factories.picture_file((700, 500)))
    planned = len(image.plan())

    assert pictures.make_renditions(image) == planned - 1  # the preview was there
    assert pictures.make_renditions(image) == 0
    next(path for path in media_root.rglob("1x1-*.avif")).unlink()
    assert pictures.make_renditions(image) == 1
    assert pictures.make_renditions(image, again=True) == planned
    assert files(media_root) == names(image)


def test_another_focal_point_takes_other_crops_and_the_old_ones_go_once_those_are_there(
    media_root, on_commit
):
    image = pictures.intake(factories.picture_file((700, 500)))
    pictures.make_renditions(image)
    before = names(image)

    with on_commit():
        pictures.refocus(image, 0.2, 0.8)
        assert Image.objects.get().rendered_at is None
        assert files(media_root) == before

    image.refresh_from_db()
    assert image.rendered_at
    assert (image.focal_x, image.focal_y) == (0.2, 0.8)
    assert files(media_root) == names(image)
    assert {name for name in before if "/full-" in name} < files(media_root)
    assert {name for name in before if "/16x9-" in name}.isdisjoint(files(media_root))


def test_a_focal_point_moved_while_renditions_were_made_has_them_made_again():
    image = pictures.intake(factories.picture_file((700, 500)))
    Image.objects.update(focal_x=0.2)

    pictures.make_renditions(image)  # as read before the change

    assert Image.objects.get().rendered_at is None


def test_what_was_made_of_a_picture_that_is_gone_meanwhile_goes_too(media_root):
    image = pictures.intake(factories.picture_file((400, 300)))
    Image.objects.all().delete()

    pictures.make_renditions(image)

    assert files(media_root) == set()


def test_without_room_for_renditions_the_picture_waits_and_no_half_file_stays(settings, media_root, caplog):
    image = pictures.intake(factories.picture_file((700, 500)))
    full_after(settings, 3)

    pictures.request_waiting()

    image.refresh_from_db()
    assert image.rendered_at is None
    assert timezone.now() < image.claimed_until < timezone.now() + pictures.SOON
    assert len(files(media_root)) == 2 + 3
    assert not any(path.name.startswith(".") for path in media_root.rglob("*"))
    assert "No space left" in caplog.text

    full_after(settings, 1000)
    Image.objects.update(claimed_until=timezone.now())
    pictures.request_waiting()
    assert files(media_root) == names(image)


def test_what_a_dead_worker_left_is_asked_for_again():
    done, waiting = (pictures.intake(factories.picture_file()) for _ in range(2))
    pictures.make_renditions(done)

    assert pictures.request_waiting() == 1
    assert pictures.request_waiting() == 0
    assert Image.objects.filter(rendered_at=None).count() == 0
    assert all(default_storage.exists(name) for name in names(waiting))


def test_what_is_in_the_queue_is_not_asked_for_once_more(settings, on_commit):
    settings.TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
    with on_commit():
        pictures.intake(factories.picture_file())
    lost = pictures.intake(factories.picture_file())

    assert [pictures.request_waiting() for _ in range(3)] == [1, 0, 0]
    queued = DBTaskResult.objects.values_list("args_kwargs", flat=True)
    assert sorted(each["args"] for each in queued) == [[lost.pk - 1], [lost.pk]]
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    assert pictures.request_waiting() == 2


def test_a_picture_in_somebody_s_hands_is_left_to_them():
    image = pictures.intake(factories.picture_file())
    assert pictures.claim(image.pk, Image.objects.waiting()) == image

    assert pictures.claim(image.pk, Image.objects.waiting()) is None
    assert pictures.request_waiting() == 0
    pictures.put_off(image)
    assert pictures.request_waiting() == 1


def test_a_picture_that_is_finished_is_in_nobody_s_hands_even_if_its_worker_is_stopped_just_then():
    image = pictures.intake(factories.picture_file())
    pictures.claim(image.pk, Image.objects.waiting())
    pictures.make_renditions(image)

    pictures.put_off(image)

    assert Image.objects.get().claimed_until is None


def test_a_lost_or_damaged_file_keeps_no_other_waiting_and_is_given_up_for_long(caplog):
    lost, damaged, sound = (pictures.intake(factories.picture_file((400, 300))) for _ in range(3))
    default_storage.delete(lost.original.name)
    default_storage.save(damaged.original.name, io.BytesIO(b"no picture any more"))

    assert pictures.request_waiting() == 3
    assert pictures.request_waiting() == 0
    assert set(Image.objects.filter(rendered_at=None)) == {lost, damaged}
    assert set(Image.objects.given_up()) == {lost, damaged}
    assert caplog.text.count("No renditions of picture") == 2
    sound.refresh_from_db()
    assert sound.rendered_at


def test_another_file_is_a_new_chance():
    image = pictures.intake(factories.picture_file())
    shutil.rmtree(default_storage.path(image.folder))
    pictures.request_waiting()
    image.refresh_from_db()

    pictures.put_file(image, factories.picture_file())
    image.save()

    assert not Image.objects.given_up().exists()
    assert pictures.request_waiting() == 1


def test_corpora_pictures_are_taken_in_or_refused_in_words(corpora, media_root):
    """The smallest of each kind; tests/articles/test_originals.py takes them all."""
    every = sorted((corpora / "images").rglob("*.*"), key=lambda path: path.stat().st_size)
    smallest = {path.suffix.lower(): path for path in reversed(every)}
    refusals = {}
    for path in smallest.values():
        try:
            with path.open("rb") as file:
                image = pictures.intake(file)
        except ValidationError as refused:
            refusals[path.name] = refused.messages
        else:
            with default_storage.open(image.original.name) as kept:
                assert Picture.open(kept).size == (image.width, image.height)

    assert all(message.endswith(".") for messages in refusals.values() for message in messages)
    assert files(media_root) == {name for image in Image.objects.all() for name in first_files(image)}

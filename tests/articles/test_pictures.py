import io

import pytest
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from PIL import Image as Picture

from articles import pictures, renditions
from articles.models import Image
from tests import factories

pytestmark = pytest.mark.django_db


def all_renditions(image):
    return [
        image.rendition_name(shape, width)
        for shape in renditions.SHAPES
        for width in image.rendition_widths(shape)
    ]


def test_an_upload_is_kept_under_a_name_that_tells_nothing(settings):
    file = factories.picture_file((90, 60))
    file.name = "../../Leyla's holiday.php.JPG"

    image = pictures.intake(file, alt_text="A square")

    assert (image.width, image.height) == (90, 60)
    assert image.original.name == f"images/{image.key[:2]}/{image.key}.jpg"
    assert default_storage.exists(image.original.name)
    assert Image.objects.get().alt_text == "A square"


def test_who_uploaded_it_is_noted():
    editor = factories.user("editor")

    assert pictures.intake(factories.picture_file(), by=editor).uploaded_by == editor


@pytest.mark.parametrize("data", [b"", b"<?php echo 1 ?>", b"\xff\xd8\xff\xe0" + b"\0" * 50])
def test_what_cannot_be_printed_is_refused_and_nothing_kept(settings, data):
    with pytest.raises(ValidationError):
        pictures.intake(io.BytesIO(data))

    assert not Image.objects.exists()
    assert not settings.MEDIA_ROOT.exists()


def test_a_file_that_is_too_large_is_refused_without_reading_it_all():
    class Endless(io.BytesIO):
        def read(self, size=-1):
            assert 0 < size <= pictures.MAX_BYTES + 1
            return b"x" * size

    with pytest.raises(ValidationError, match="larger than 25 MB"):
        pictures.intake(Endless())


def test_renditions_are_made_after_the_upload_is_committed(django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        image = pictures.intake(factories.picture_file((700, 500)))
        assert Image.objects.get().rendered_at is None

    image.refresh_from_db()
    assert image.rendered_at
    assert all(default_storage.exists(name) for name in all_renditions(image))
    assert len(all_renditions(image)) == 2 + 3 + 2


def test_renditions_stand_where_the_page_expects_them_and_are_no_larger_than_the_picture():
    image = pictures.intake(factories.picture_file((300, 200)))

    pictures.make_renditions(image)

    for name in all_renditions(image):
        with default_storage.open(name) as file:
            made = Picture.open(file)
            assert made.format == "WEBP"
            assert made.width <= 300
            assert made.height <= 200
            assert name.endswith(f"-{made.width}.webp")


def test_making_them_again_changes_nothing(settings):
    image = pictures.intake(factories.picture_file((700, 500)))

    def contents():
        return {path: path.read_bytes() for path in settings.MEDIA_ROOT.rglob("*") if path.is_file()}

    pictures.make_renditions(image)
    before = contents()
    pictures.make_renditions(image)

    assert contents() == before


def test_what_a_dead_worker_left_is_asked_for_again():
    done, waiting = (pictures.intake(factories.picture_file()) for _ in range(2))
    pictures.make_renditions(done)

    assert pictures.request_waiting() == 1
    assert pictures.request_waiting() == 0
    assert Image.objects.filter(rendered_at=None).count() == 0
    assert all(default_storage.exists(name) for name in all_renditions(waiting))


def test_a_lost_or_damaged_file_keeps_no_other_waiting(caplog):
    lost, damaged, sound = (pictures.intake(factories.picture_file()) for _ in range(3))
    default_storage.delete(lost.original.name)
    default_storage.delete(damaged.original.name)
    default_storage.save(damaged.original.name, io.BytesIO(b"no picture any more"))

    assert [pictures.render_picture.call(each.pk) for each in (lost, damaged, sound)] == [False, False, True]
    assert set(Image.objects.filter(rendered_at=None)) == {lost, damaged}
    assert caplog.text.count("No renditions of picture") == 2
    sound.refresh_from_db()
    assert sound.rendered_at


def test_another_focal_point_asks_for_other_files():
    image = pictures.intake(factories.picture_file((700, 500)))
    before = set(all_renditions(image))

    image.focal_x = 0.2

    assert {name for name in before if "-full-" in name} == before & set(all_renditions(image))


def test_a_focal_point_moved_while_renditions_were_made_has_them_made_again():
    image = pictures.intake(factories.picture_file((700, 500)))
    Image.objects.update(focal_x=0.2)

    pictures.make_renditions(image)  # as read before the change

    assert Image.objects.get().rendered_at is None


def test_another_file_takes_another_address():
    image = pictures.intake(factories.picture_file((90, 60)))
    before = image.original.name

    pictures.put_file(image, factories.picture_file((60, 90)))
    image.save()

    image = Image.objects.get()
    assert image.original.name != before
    assert (image.width, image.height) == (60, 90)


def test_corpora_pictures_are_taken_in_or_refused_in_words(corpora):
    answers = set()
    for path in sorted(each for each in (corpora / "images").rglob("*") if each.is_file()):
        try:
            with path.open("rb") as file:
                image = pictures.intake(file)
        except ValidationError as refused:
            answers |= set(refused.messages)
        else:
            with default_storage.open(image.original.name) as kept:
                assert Picture.open(kept).size == (image.width, image.height)

    assert answers == {"This is not a JPEG, PNG, WebP, GIF or AVIF picture."}

import pytest
from django.db import IntegrityError, transaction

from articles.models import Image
from tests import factories

pytestmark = pytest.mark.django_db


def test_a_focal_point_lies_inside_the_picture():
    factories.image()

    for point in ({"focal_x": 1.01}, {"focal_y": -0.01}):
        with pytest.raises(IntegrityError, match="image_focal_point_is_inside"), transaction.atomic():
            Image.objects.update(**point)


def test_the_credit_line_is_photographer_and_agency():
    assert Image(credit="Elchin", agency="Orbit").full_credit == "Elchin / Orbit"
    assert Image(agency="Orbit").full_credit == "Orbit"
    assert Image().full_credit == ""


def test_a_renditions_address_is_known_without_asking_and_tells_its_crop(django_assert_num_queries):
    image = Image(key="abcdef", width=2000, height=1000, focal_x=0.25, focal_y=0.5)

    with django_assert_num_queries(0):
        assert image.rendition_name("3x2", 480, "webp") == "images/ab/abcdef/3x2-25x50-480.webp"
        assert image.rendition_name("full", 640, "avif") == "images/ab/abcdef/full-640.avif"
        assert image.rendition_widths("1x1") == [96, 192, 384, 768]


def test_two_pictures_never_share_a_key():
    image, other = factories.image(), factories.image()

    with pytest.raises(IntegrityError), transaction.atomic():
        Image.objects.filter(pk=other.pk).update(key=image.key)

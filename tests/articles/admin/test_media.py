import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from articles.models import Article, Image
from tests import factories

LIBRARY = "/admin/articles/image/library/"
UPLOAD = "/admin/articles/image/upload/"


def picture(name="beach.jpg", **kwargs):
    return SimpleUploadedFile(name, factories.picture_file(**kwargs).read())


def no_picture():
    return SimpleUploadedFile("beach.jpg", b"This is not a picture at all.")


def test_a_picture_is_uploaded_through_its_form(desk, form_of, address):
    window = desk("contributor")
    form = form_of(window.get(address(Image, "add")))

    window.post(
        address(Image, "add"), form | {"file": picture(), "alt_text": "A beach", "credit": "A. Aliyev"}
    )

    image = Image.objects.get()
    assert (image.width, image.height, image.alt_text) == (90, 60, "A beach")
    assert image.uploaded_by == window.user
    assert "beach" not in image.original.name


def test_a_refused_file_is_said_on_the_form(desk, form_of, address, errors_of):
    window = desk("editor")
    form = form_of(window.get(address(Image, "add")))

    response = window.post(address(Image, "add"), form | {"file": no_picture(), "caption": "Still here"})

    assert response.status_code == 200
    assert errors_of(response)
    assert "Still here" in response.content.decode()
    assert not Image.objects.exists()


def test_a_form_without_a_file_is_said_to_lack_it(desk, form_of, address, errors_of):
    window = desk("editor")
    form = form_of(window.get(address(Image, "add")))

    assert "This field is required." in errors_of(window.post(address(Image, "add"), form))


def test_a_file_is_replaced_and_rendered_anew(desk, save):
    image = factories.image()
    key = image.key

    save(desk("editor"), image, file=picture(size=(120, 80)))

    image.refresh_from_db()
    assert image.key != key
    assert image.width == 120
    assert image.rendered_at is not None  # the tests' worker works at once


def test_a_new_focal_point_renders_anew(desk, save):
    image = factories.image()

    save(desk("editor"), image, focal_x="0.1", focal_y="0.9")

    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (0.1, 0.9)
    assert image.rendered_at is not None


@pytest.mark.parametrize("x", ["-0.1", "1.1", "nan", "inf", "left"])
def test_a_focal_point_outside_is_refused(x, desk, form_of, address, errors_of):
    image, window = factories.image(), desk("editor")

    response = window.post(address(image), form_of(window.get(address(image))) | {"focal_x": x})

    assert response.status_code == 200
    assert errors_of(response)


def test_a_picture_says_where_it_is_used(desk, address):
    image = factories.image()
    factories.article("It leads here", lead_image=image)
    factories.article(
        "It stands here", body=f'<figure data-image="{image.pk}"><img src="/x.jpg" alt=""></figure>'
    )
    factories.article("Not here", body=f'<figure data-image="{image.pk}9"><img src="/x.jpg" alt=""></figure>')

    page = desk("editor").get(address(image)).content.decode()

    assert "It leads here" in page
    assert "It stands here" in page
    assert "Not here" not in page


def test_a_contributor_mends_only_their_own_pictures(desk, address):
    window = desk("contributor")
    own, other = factories.image(by=window.user), factories.image()

    assert window.get(address(own)).context["has_change_permission"]
    assert not window.get(address(other)).context["has_change_permission"]


# The dialog -----------------------------------------------------------------------------------------


def test_the_library_finds_pictures(desk):
    factories.image(caption="The harbour at dawn")
    factories.image(caption="A minister")

    answer = desk("contributor").get(LIBRARY, {"q": "harbour"}).json()

    assert [each["caption"] for each in answer["pictures"]] == ["The harbour at dawn"]
    assert answer["upload"] == UPLOAD
    assert answer["more"] is False


def test_a_picture_is_uploaded_in_place(desk):
    window = desk("contributor")

    response = window.post(
        UPLOAD, {"file": picture(), "alt_text": "A beach", "caption": "Dawn", "credit": "A. A."}
    )

    image = Image.objects.get()
    assert response.status_code == 201
    assert response.json() | {"src": "", "thumbnail": ""} == {
        "id": image.pk, "title": "Dawn", "thumbnail": "", "src": "", "width": 90, "height": 60,
        "alt": "A beach", "caption": "Dawn", "credit": "A. A.",
    }  # fmt: skip
    assert image.uploaded_by == window.user
    assert response.json()["src"] == default_storage.url(image.rendition_name("full", 90))
    assert default_storage.exists(image.rendition_name("full", 90))


def test_a_refused_upload_says_why(desk):
    response = desk("contributor").post(UPLOAD, {"file": no_picture()})

    assert response.status_code == 400
    assert response.json()["errors"]["file"]


@pytest.mark.parametrize("address", [LIBRARY, UPLOAD])
def test_the_library_is_the_newsroom_s_own(address, client, desk):
    assert client.get(address).status_code == 302
    assert desk("").get(address, follow=True).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_the_list_of_pictures_costs_the_same_however_long_it_is(
    rows, desk, django_assert_num_queries, address
):
    window = desk("editor")
    for _ in range(rows):
        factories.image()
    window.get(address(Image, "changelist"))

    with django_assert_num_queries(7):
        window.get(address(Image, "changelist"))


def test_an_article_s_form_shows_its_picture(desk, address):
    article = factories.article(lead_image=factories.image(alt_text="Two boats"))

    assert 'alt="Two boats"' in desk("editor").get(address(article)).content.decode()


@pytest.mark.parametrize("value", ["0", "x", "999999999999999999999999"])
def test_a_picture_that_is_not_there_is_said_on_the_form(value, desk, form_of, address, errors_of):
    article, window = factories.article(), desk("editor")

    response = window.post(address(article), form_of(window.get(address(article))) | {"lead_image": value})

    assert response.status_code == 200
    assert "Select a valid choice" in errors_of(response)
    assert Article.objects.get().lead_image is None

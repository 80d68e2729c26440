from datetime import date, timedelta

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from articles.models import Image, PartnerLink
from tests import factories


def picture(name="beach.jpg", **kwargs):
    return SimpleUploadedFile(name, factories.picture_file(**kwargs).read())


def no_picture():
    return SimpleUploadedFile("beach.jpg", b"This is not a picture at all.")


# The grid and the list --------------------------------------------------------------------------------


@pytest.fixture
def found(desk, address):
    """`found("harbour", use="none")`: the captions that a search of the library lists."""
    window = desk("editor")

    def look(words="", **filters):
        page = window.get(address(Image, "changelist"), {"q": words, **filters})
        return [image.caption for image in page.context["cl"].result_list]

    look.window = window
    return look


@pytest.mark.parametrize("view", ["grid", "list"])
@pytest.mark.parametrize("rows", [1, 3])
def test_the_library_costs_the_same_however_much_is_in_it(
    rows, view, desk, django_assert_num_queries, address
):
    window = desk("editor")
    for number in range(rows):
        factories.image(agency=f"Agency {number}").tags.add("sea", "sky")
    window.get(address(Image, "changelist"), {"view": view}, follow=True)

    with django_assert_num_queries(10):
        window.get(address(Image, "changelist"))


def test_the_grid_is_what_one_sees_and_a_choice_lasts(desk, address):
    factories.image()
    window = desk("editor")
    pictures = address(Image, "changelist")

    assert b"data-tiles" in window.get(pictures).content
    window.get(pictures, {"view": "list", "q": "sea"})
    assert b"data-tiles" not in window.get(pictures).content
    assert window.get(pictures, {"view": "grid", "q": "sea"}).url == f"{pictures}?q=sea"
    assert b"data-tiles" in window.get(pictures).content


def test_every_word_of_a_search_stands_somewhere(found):
    image = factories.image(caption="The harbour at dawn", credit="Elchin", agency="Report", title="DSC_0412")
    image.tags.add("Caspian", "oil")
    factories.image(caption="A minister", credit="Elchin")

    for words in (
        "harbour",
        "elchin harbour",
        "caspian oil",
        "dsc_0412",
        "report",
        '"at dawn"',
        "casp elchin",
    ):
        assert found(words) == ["The harbour at dawn"], words
    assert found("caspian minister") == []
    assert set(found("elchin")) == {"The harbour at dawn", "A minister"}


def test_a_search_knows_years_and_days(found):
    factories.image(caption="Old", taken_on=date(2015, 7, 3))
    Image.objects.update(created_at=timezone.now() - timedelta(days=400))
    factories.image(caption="New")

    assert found("2015") == ["Old"]
    assert found("2015-07-03") == ["Old"]
    assert found("2015-07-04") == []
    assert found("2015-13-45") == []
    assert found(str(timezone.localdate())) == ["New"]


def test_the_library_is_filtered(found):
    now = timezone.now()
    bare = factories.image(caption="bare", alt_text="", credit="")
    factories.image(caption="soon", agency="Report", rights_expire_at=now + timedelta(days=20))
    factories.image(caption="ended", kind="graphic", rights_expire_at=now - timedelta(days=1))
    used = factories.image(caption="used", by=found.window.user)
    factories.article(lead_image=used)
    bare.tags.add("sea")

    assert found(lacks="description") == ["bare"]
    assert found(lacks="credit") == ["bare"]
    assert found(rights="soon") == ["soon"]
    assert found(rights="ended") == ["ended"]
    assert found(use="some") == ["used"]
    assert found(use="none") == ["ended", "soon", "bare"]
    assert found(by="me") == ["used"]
    assert found(agency="Report") == ["soon"]
    assert found(tag="sea") == ["bare"]
    assert found(kind__exact="graphic") == ["ended"]


def test_what_nothing_shows_is_marked_in_the_grid(desk, address):
    factories.article(lead_image=factories.image(caption="Shown"))
    factories.author(photo=factories.image(caption="A face"))
    factories.image(caption="Left over")

    tiles = desk("editor").get(address(Image, "changelist")).context["tiles"]

    unused = {tile["name"]: "unused" in [remark.text for remark in tile["remarks"]] for tile in tiles}
    assert unused == {"Shown": False, "A face": False, "Left over": True}


def test_a_contributor_describes_only_their_own_tiles(desk, address):
    window = desk("contributor")
    factories.image(caption="Own", by=window.user)
    factories.image(caption="Other")

    tiles = window.get(address(Image, "changelist")).context["tiles"]

    assert {tile["name"]: bool(tile["words"]) for tile in tiles} == {"Own": True, "Other": False}


def test_an_empty_library_and_a_vain_search_say_so(desk, address):
    window = desk("editor")

    assert "The library is empty" in window.get(address(Image, "changelist")).content.decode()
    assert "No picture answers" in window.get(address(Image, "changelist"), {"q": "x"}).content.decode()


# The form ---------------------------------------------------------------------------------------------


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


def test_a_logo_may_be_an_svg_through_the_form_and_stays_a_logo(desk, add, save, errors_of):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'
    window = desk("editor")

    refused = add(window, Image, file=SimpleUploadedFile("a.svg", svg), kind="photograph")
    add(window, Image, file=SimpleUploadedFile("a.svg", svg), kind="logo")

    assert errors_of(refused)
    logo = Image.objects.get()
    assert logo.is_vector
    assert "only a logo" in errors_of(save(window, logo, kind="photograph"))


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


def test_the_name_of_a_file_is_no_description(desk, save, errors_of):
    image = factories.image()

    assert "name of a file" in errors_of(save(desk("editor"), image, alt_text="IMG_2041"))


def test_a_file_is_replaced_and_rendered_anew(desk, save):
    image = factories.image()
    key, old = image.key, image.original.name

    save(desk("editor"), image, file=picture(size=(120, 80)))

    image.refresh_from_db()
    assert image.key != key
    assert image.width == 120
    assert image.rendered_at is not None  # the tests' worker works at once
    assert not default_storage.exists(old)


def test_a_replaced_file_shows_in_texts_and_on_every_page(desk, save, client):
    image = factories.image()
    article = factories.published(
        body=f'<p>Text.</p><figure data-image="{image.pk}"><img src="/x.jpg" alt=""></figure>'
    )
    PartnerLink.objects.create(name="Partner", url="https://example.com/", logo=image)
    assert image.key in client.get("/").content.decode()

    save(desk("editor"), image, file=picture(size=(120, 80)))

    old = image.key
    image.refresh_from_db()
    for page in (client.get("/"), client.get(article.get_absolute_url())):
        assert image.key in page.content.decode()
        assert old not in page.content.decode()


def test_a_refused_save_keeps_the_old_file_and_no_other(desk, form_of, address, errors_of):
    image, window = factories.image(), desk("editor")
    form = form_of(window.get(address(image)))
    Image.objects.filter(pk=image.pk).update(caption="Somebody was faster")

    response = window.post(address(image), form | {"file": picture(size=(120, 80))})

    assert "changed this image" in errors_of(response)
    image.refresh_from_db()
    assert image.width == 90
    assert default_storage.exists(image.original.name)


def test_a_new_focal_point_renders_anew(desk, save):
    image = factories.image()

    save(desk("editor"), image, focal_x="0.1", focal_y="0.9")

    image.refresh_from_db()
    assert (image.focal_x, image.focal_y) == (0.1, 0.9)
    assert image.rendered_at is not None
    assert default_storage.exists(image.rendition_name("1x1", image.rendition_widths("1x1")[0], "jpg"))


@pytest.mark.parametrize("x", ["-0.1", "1.1", "nan", "inf", "left"])
def test_a_focal_point_outside_is_refused(x, desk, form_of, address, errors_of):
    image, window = factories.image(), desk("editor")

    response = window.post(address(image), form_of(window.get(address(image))) | {"focal_x": x})

    assert response.status_code == 200
    assert errors_of(response)


def test_only_what_moves_may_be_stilled(desk, address, form_of):
    still, moving = factories.image(), factories.image()
    Image.objects.filter(pk=moving.pk).update(is_animated=True)
    window = desk("editor")

    assert "plays" not in form_of(window.get(address(still)))
    assert "plays" in form_of(window.get(address(moving)))


def test_rights_that_end_are_said_on_top_of_the_form(desk, address):
    now = timezone.now()
    over = factories.image(rights_expire_at=now - timedelta(days=1))
    soon = factories.image(rights_expire_at=now + timedelta(days=3))
    window = desk("editor")

    assert "The rights to this picture ended on" in window.get(address(over)).content.decode()
    assert "After that it cannot be published anew" in window.get(address(soon)).content.decode()


def test_a_form_tells_where_a_new_file_would_show(desk, address):
    image = factories.image()
    factories.article("It leads here", lead_image=image)
    factories.author("Her portrait", photo=image)

    page = " ".join(desk("editor").get(address(image)).content.decode().split())

    assert "in 2 places, listed above" in page
    assert "It leads here" in page
    assert "Her portrait" in page


def test_a_contributor_mends_only_their_own_pictures(desk, address, form_of):
    window = desk("contributor")
    own, other = factories.image(by=window.user), factories.image()

    assert window.get(address(own)).context["has_change_permission"]
    assert not window.get(address(other)).context["has_change_permission"]
    assert "Replace the file" not in window.get(address(other)).content.decode()


# Deleting ---------------------------------------------------------------------------------------------


def test_a_picture_that_an_article_shows_is_not_deleted(desk, address, messages_of):
    image = factories.image()
    factories.article("It leads here", lead_image=image)

    answer = desk("editor").post(address(image, "delete"), {"post": "yes"}, follow=True)

    assert "1 article would lose it" in messages_of(answer)[0]
    assert "It leads here" in answer.content.decode()
    assert Image.objects.exists()


def test_who_loses_a_picture_is_named_before_it_is_deleted(desk, address, django_capture_on_commit_callbacks):
    image = factories.image()
    author = factories.author("Leyla Hasan", photo=image)
    window = desk("editor")

    assert "Leyla Hasan" in window.get(address(image, "delete")).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        window.post(address(image, "delete"), {"post": "yes"})

    author.refresh_from_db()
    assert author.photo is None
    assert not Image.objects.exists()
    assert not default_storage.exists(image.original.name)

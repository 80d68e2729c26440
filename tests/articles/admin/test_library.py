import errno
import io

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.middleware.csrf import get_token
from django.test import Client
from PIL import Image as Picture

from articles import pictures
from articles.models import Image, Tag
from articles.storage import storage
from tests import factories

LIBRARY = "/admin/articles/image/library/"
UPLOAD = "/admin/articles/image/upload/"


def picture(name="beach.jpg", **kwargs):
    return SimpleUploadedFile(name, factories.picture_file(**kwargs).read())


def scene(size):
    """A picture with something in it: one of a single colour looks like every other."""
    drawing = Picture.radial_gradient("L").resize(size)
    drawing.paste(Picture.linear_gradient("L").resize((size[0] // 2, size[1])), (0, 0))
    out = io.BytesIO()
    drawing.convert("RGB").save(out, "PNG")
    return SimpleUploadedFile("scene.png", out.getvalue())


def no_picture():
    return SimpleUploadedFile("beach.jpg", b"This is not a picture at all.")


def describe(window, image, version=None, **words):
    """Send words for the picture as a script does that read it just now, or read the given version."""
    version = version or Image.objects.get(pk=image.pk).updated_at.isoformat()
    return window.post(f"/admin/articles/image/{image.pk}/describe/", {"version": version, **words})


def discard(window, image):
    return window.post(f"/admin/articles/image/{image.pk}/discard/")


# Looking ----------------------------------------------------------------------------------------------


def test_the_library_finds_pictures(desk):
    factories.image(caption="The harbour at dawn")
    factories.image(caption="A minister")

    answer = desk("contributor").get(LIBRARY, {"q": "harbour"}).json()

    assert [each["caption"] for each in answer["pictures"]] == ["The harbour at dawn"]
    assert answer["upload"] == UPLOAD
    assert answer["limit"] == pictures.MAX_BYTES
    assert answer["more"] is False


def test_the_library_says_what_a_picture_lacks(desk):
    factories.image(alt_text="")

    assert desk("editor").get(LIBRARY).json()["pictures"][0]["warnings"] == ["no description"]


@pytest.mark.parametrize("rows", [1, 3])
def test_a_page_of_the_library_costs_the_same_however_long_it_is(rows, desk, django_assert_num_queries):
    window = desk("editor")
    for _ in range(rows):
        factories.image()
    window.get(LIBRARY)

    with django_assert_num_queries(6):
        window.get(LIBRARY)


# Putting in -------------------------------------------------------------------------------------------


def test_a_picture_is_uploaded_in_place(desk):
    window = desk("contributor")

    response = window.post(
        UPLOAD, {"file": picture(), "alt_text": "A beach", "caption": "Dawn", "credit": "A. A."}
    )

    image = Image.objects.get()
    assert response.status_code == 201
    told = response.json()
    preview = default_storage.url(image.preview_name)
    assert {name: told[name] for name in ("id", "title", "width", "height", "alt", "caption", "credit")} == {
        "id": image.pk, "title": "Dawn", "width": 90, "height": 60,
        "alt": "A beach", "caption": "Dawn", "credit": "A. A.",
    }  # fmt: skip
    assert told["alike"] == []
    assert f'data-tile="{image.pk}"' in told["tile"]
    assert image.uploaded_by == window.user
    assert told["src"] == preview  # the others are made by the worker
    assert default_storage.exists(image.preview_name)


def test_what_is_typed_for_a_whole_batch_reaches_each_picture(desk):
    desk("editor").post(
        UPLOAD,
        {
            "file": picture(),
            "credit": "Elchin",
            "agency": "Report",
            "rights": "Contract 12",
            "rights_expire_at": "2027-05-03",
            "tags": "harbours, Baku",
            "kind": "graphic",
        },
    )

    image = Image.objects.get()
    assert (image.credit, image.agency, image.rights, image.kind) == (
        "Elchin",
        "Report",
        "Contract 12",
        "graphic",
    )
    assert image.rights_expire_at.isoformat() == "2027-05-02T20:00:00+00:00"  # midnight in Baku
    assert set(image.tags.names()) == {"harbours", "Baku"}


def test_a_picture_without_words_is_found_by_the_name_of_its_file(desk):
    window = desk("editor")

    window.post(UPLOAD, {"file": picture("Novruz 2026-114.jpg")})

    assert [each["title"] for each in window.get(LIBRARY, {"q": "novruz 114"}).json()["pictures"]] == [
        "Novruz 2026-114"
    ]


def test_a_drawing_in_vectors_is_taken_as_a_logo_only(desk):
    window = desk("editor")
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 20 10"><path d="M0 0h20v10z"/></svg>'

    as_photograph = window.post(UPLOAD, {"file": SimpleUploadedFile("a.svg", svg)})
    as_logo = window.post(UPLOAD, {"file": SimpleUploadedFile("a.svg", svg), "kind": "logo"})

    assert as_photograph.status_code == 400
    assert as_logo.status_code == 201
    assert Image.objects.get().is_vector


def test_a_look_alike_is_told_of(desk):
    window = desk("editor")
    old = window.post(UPLOAD, {"file": scene((900, 600)), "caption": "The first"}).json()

    new = window.post(UPLOAD, {"file": scene((450, 300))}).json()

    assert [(each["id"], each["name"]) for each in new["alike"]] == [(str(old["id"]), "The first")]
    assert new["alike"][0]["uploaded"]


def test_a_refused_upload_says_why(desk):
    response = desk("contributor").post(UPLOAD, {"file": no_picture()})

    assert response.status_code == 400
    assert response.json()["errors"]["file"]
    assert "not a" in response.json()["error"]


def test_an_upload_without_a_file_says_so(desk):
    response = desk("editor").post(UPLOAD, {"caption": "Dawn"})

    assert response.status_code == 400
    assert response.json()["error"] == "This field is required."


def test_the_name_of_a_file_is_refused_as_a_description(desk):
    response = desk("editor").post(UPLOAD, {"file": picture(), "alt_text": "IMG_2041.jpg"})

    assert response.status_code == 400
    assert "name of a file" in response.json()["error"]
    assert not Image.objects.exists()


def test_a_file_that_is_too_large_is_refused_unread(desk, monkeypatch):
    monkeypatch.setattr(pictures, "MAX_BYTES", 100)

    response = desk("editor").post(UPLOAD, {"file": picture()})

    assert response.status_code == 413
    assert "larger than" in response.json()["error"]


def test_a_full_disk_is_said_and_leaves_nothing_behind(desk, monkeypatch):
    def full(*args, **kwargs):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(storage, "save", full)

    response = desk("editor").post(UPLOAD, {"file": picture()})

    assert response.status_code == 507
    assert response.json()["error"] == pictures.NO_ROOM
    assert not Image.objects.exists()


# Words in place ---------------------------------------------------------------------------------------


def test_words_are_edited_in_place(desk, django_capture_on_commit_callbacks):
    image = factories.image()
    article = factories.published(
        body=f'<figure data-image="{image.pk}"><img src="/x.jpg" alt=""><figcaption></figcaption></figure>'
        "<p>The text.</p>"
    )

    with django_capture_on_commit_callbacks(execute=True):
        answer = describe(desk("editor"), image, alt_text="Boats", caption="Dawn", credit="E. R.", tags="sea")

    image.refresh_from_db()
    article.refresh_from_db()
    assert (image.alt_text, image.caption, image.credit) == ("Boats", "Dawn", "E. R.")
    assert list(image.tags.names()) == ["sea"]
    assert answer.json()["version"] == image.updated_at.isoformat()
    assert "Dawn" in answer.json()["tile"]
    assert 'alt="Boats"' in article.body_html
    assert "E. R." in article.body_html


def test_words_that_are_not_sent_stay(desk):
    image = factories.image(caption="Dawn")

    describe(desk("editor"), image, credit="E. R.")

    image.refresh_from_db()
    assert (image.caption, image.credit) == ("Dawn", "E. R.")


def test_of_two_who_describe_a_picture_the_second_is_told_what_it_says_now(desk):
    image = factories.image()
    read = image.updated_at.isoformat()

    describe(desk("editor"), image, read, caption="What she wrote")
    answer = describe(desk("editor"), image, read, caption="What he wrote")

    assert answer.status_code == 409
    assert answer.json()["error"] == "Somebody else changed this picture meanwhile."
    present = answer.json()["present"]
    assert present["caption"] == "What she wrote"
    assert Image.objects.get().caption == "What she wrote"
    assert describe(desk("editor"), image, present["version"], caption="What he wrote").status_code == 200


def test_renditions_that_become_ready_are_no_conflict(desk):
    image = factories.image()
    read = image.updated_at.isoformat()

    pictures.make_renditions(image)

    assert describe(desk("editor"), image, read, caption="Dawn").status_code == 200


def test_a_file_name_is_no_description_in_place_either(desk):
    image = factories.image(alt_text="Boats")

    answer = describe(desk("editor"), image, alt_text="DSC_0412.JPG")

    assert answer.status_code == 400
    assert "name of a file" in answer.json()["error"]
    assert Image.objects.get().alt_text == "Boats"


def test_who_may_not_change_a_picture_may_not_describe_it(desk):
    window = desk("contributor")
    own, other = factories.image(by=window.user), factories.image()

    assert describe(window, own, caption="Mine").status_code == 200
    answer = describe(window, other, caption="Not mine")

    assert answer.status_code == 403
    assert "Somebody else uploaded" in answer.json()["error"]


def test_who_may_not_coin_tags_uses_those_there_are(desk):
    window = desk("contributor")
    image = factories.image(by=window.user)
    factories.tag("harbours")

    assert describe(window, image, tags="harbours").status_code == 200
    assert describe(window, image, tags="harbors").status_code == 400
    assert Tag.objects.count() == 1


def test_a_picture_that_is_gone_is_said_to_be(desk):
    image = factories.image()
    Image.objects.all().delete()

    answer = desk("editor").post(
        f"/admin/articles/image/{image.pk}/describe/", {"version": "", "caption": "x"}
    )

    assert answer.status_code == 404
    assert answer.json()["error"]


# Taking back ------------------------------------------------------------------------------------------


def test_whoever_uploaded_a_picture_may_take_it_back(desk, django_capture_on_commit_callbacks):
    window = desk("contributor")
    own, other = factories.image(by=window.user), factories.image()

    with django_capture_on_commit_callbacks(execute=True):
        assert discard(window, own).json() == {"discarded": own.pk}

    assert discard(window, other).status_code == 403
    assert list(Image.objects.all()) == [other]
    assert not default_storage.exists(own.original.name)


@pytest.mark.parametrize("relation", ["article", "author"])
def test_what_something_shows_by_now_is_not_taken_back(relation, desk):
    window = desk("editor")
    image = factories.image(by=window.user)
    if relation == "article":
        factories.article(lead_image=image)
    else:
        factories.author(photo=image)

    assert discard(window, image).status_code == 409
    assert Image.objects.exists()


# Refusals ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("method", "address"), [("get", LIBRARY), ("post", UPLOAD)])
def test_the_library_is_the_newsroom_s_own(method, address, client, desk):
    for window in (client, desk("")):
        answer = getattr(window, method)(address)
        assert answer.status_code == 403
        assert "Sign in again" in answer.json()["error"]


def test_a_wrong_method_is_refused_in_json(desk):
    answer = desk("editor").get(UPLOAD)

    assert answer.status_code == 405
    assert answer.json()["error"]


def test_a_forged_upload_is_refused_and_a_stale_page_gets_the_token_to_go_on(desk, rf):
    window = Client(enforce_csrf_checks=True)
    window.force_login(factories.user("editor"))

    refused = window.post(UPLOAD, {"file": picture()})
    again = window.post(UPLOAD, {"file": picture()}, headers={"X-CSRFToken": refused.json()["token"]})

    assert refused.status_code == 403
    assert refused.json()["error"]
    assert again.status_code == 201
    assert get_token(rf.get("/"))  # another session's token is none for this one
    stranger = window.post(UPLOAD, {"file": picture()}, headers={"X-CSRFToken": get_token(rf.get("/"))})
    assert stranger.status_code == 403


def test_an_upload_that_breaks_off_is_refused_in_json(desk):
    answer = desk("editor").post(UPLOAD, b"--x\r\nbroken", content_type="multipart/form-data; boundary=")

    assert answer.status_code == 400
    assert answer.json()["error"]

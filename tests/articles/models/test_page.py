import pytest

from articles.models import Page

pytestmark = pytest.mark.django_db


def test_the_body_is_cleaned_at_save():
    page = Page.objects.create(title="Terms", body="<p onclick='x()'>Be kind</p><script>x()</script>")

    assert page.body_html == "<p>Be kind</p>"


def test_saving_the_body_alone_saves_what_is_made_of_it():
    page = Page.objects.create(title="Terms", body="<p>One</p>")
    page.body = "<p>Two</p>"

    page.save(update_fields=["body"])

    page.refresh_from_db()
    assert page.body_html == "<p>Two</p>"


def test_it_is_described_by_whatever_there_is():
    assert Page(seo_description="A", standfirst="B", body_html="<p>C</p>").meta_description == "A"
    assert Page(standfirst="B", body_html="<p>C</p>").meta_description == "B"
    assert Page(body_html="<p>C</p>").meta_description == "C"

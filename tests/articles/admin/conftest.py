import lxml.html
import pytest
from django.test import Client
from django.urls import reverse

from tests import factories


@pytest.fixture(autouse=True)
def database(db):
    pass


@pytest.fixture
def desk():
    """`desk("editor")`: a window at the desk, signed in with that role; `.user` is the person."""

    def open_window(role="administrator", user=None):
        client = Client()
        client.user = user or factories.user(role)
        client.force_login(client.user)
        return client

    return open_window


@pytest.fixture
def form_of():
    """What a browser would send if the form on the page were submitted as it is."""

    def read(response, **changes):
        page = lxml.html.fromstring(response.content.decode())
        form = next(
            form
            for form in page.forms
            if "csrfmiddlewaretoken" in form.fields and form.get("id") != "logout-form"
        )
        values = {}
        for name, value in form.form_values():
            if "__prefix__" not in name:
                values.setdefault(name, []).append(value)
        return {**values, **changes}

    return read


@pytest.fixture
def address():
    """`address(article)`, `address(article, "delete")`, `address(Article, "add")`."""

    def find(thing, page="change"):
        meta = thing._meta
        args = [] if page in ("add", "changelist") else [thing.pk]
        return reverse(f"admin:{meta.app_label}_{meta.model_name}_{page}", args=args)

    return find


@pytest.fixture
def messages_of():
    def read(response):
        page = lxml.html.fromstring(response.content.decode())
        return [" ".join(each.text_content().split()) for each in page.xpath("//ul[@class='messagelist']/li")]

    return read


@pytest.fixture
def errors_of():
    def read(response):
        page = lxml.html.fromstring(response.content.decode())
        return " ".join(
            " ".join(each.text_content().split())
            for each in page.xpath("//ul[contains(@class, 'errorlist')]/li")
        )

    return read


@pytest.fixture
def save(form_of, address, django_capture_on_commit_callbacks):
    """`save(window, article, headline="...")`: open the form, change that much, send it."""

    def send(window, thing, **changes):
        form = form_of(window.get(address(thing)))
        with django_capture_on_commit_callbacks(execute=True):
            return window.post(address(thing), form | changes, follow=True)

    return send


@pytest.fixture
def add(form_of, address, django_capture_on_commit_callbacks):
    """`add(window, Tag, name="...")`: the same with the form for a new one."""

    def send(window, model, **fields):
        form = form_of(window.get(address(model, "add")))
        with django_capture_on_commit_callbacks(execute=True):
            return window.post(address(model, "add"), form | fields, follow=True)

    return send

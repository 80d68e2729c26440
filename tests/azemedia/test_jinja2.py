import pytest
from django.template import engines
from django.template.loader import get_template
from django.utils import translation
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy
from markupsafe import Markup


def printed(source, **context):
    return engines["jinja2"].from_string(source).render(context)


@pytest.mark.parametrize(
    ("template", "backend"),
    [
        ("base.html", "jinja2"),
        ("articles/article.html", "jinja2"),
        ("components/_masthead.html", "jinja2"),
        ("404.html", "jinja2"),
        ("429.html", "django"),
        ("account/login.html", "django"),
        ("admin/index.html", "django"),
    ],
)
def test_each_template_is_read_in_its_own_language(template, backend):
    assert get_template(template).backend.name == backend


def test_what_comes_from_people_is_escaped_and_our_own_words_are_not():
    assert printed("{{ name }}", name="<b>R&D</b>") == "&lt;b&gt;R&amp;D&lt;/b&gt;"
    words = """'<a href="%(sign_in_url)s">Sign in</a>'"""
    link = printed("{{ _(" + words + ') % {"sign_in_url": address} }}', address='">')
    assert link == '<a href="&#34;&gt;">Sign in</a>'


def test_words_are_said_in_the_language_of_the_moment():
    said = []
    for language in ("en-gb", "az", "en-gb"):
        with translation.override(language):
            said.append(printed('{{ _("Close") }}'))
    assert said == ["Close", "Bağla", "Close"]


def test_what_is_not_there_prints_nothing():
    assert printed("a{{ missing }}b{% if missing %}c{% endif %}") == "ab"


class Drawing:
    def __html__(self):
        return "<i>"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (Markup("<b>"), "<b>"),
        (mark_safe("<b>"), "<b>"),
        (Drawing(), "<i>"),
        (gettext_lazy("Close") + "<b>", "Close&lt;b&gt;"),
        (type("Words", (str,), {})("<b>"), "&lt;b&gt;"),
        (3, "3"),
        (None, "None"),
    ],
)
def test_nothing_but_what_says_that_it_is_safe_is_printed_as_it_is(value, text):
    assert printed("{{ value }}", value=value) == text
    assert printed("{% macro mine(given) %}{{ given }}{% endmacro %}{{ mine(value) }}", value=value) == text

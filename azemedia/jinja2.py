"""Jinja2, which the public pages are written in, with what their templates call."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.templatetags.static import static
from django.urls import reverse
from django.utils.html import linebreaks
from jinja2 import Environment, FileSystemLoader, TemplateNotFound, Undefined
from lucide.jinja import lucide
from markupsafe import Markup

from articles import presentation

TEMPLATES = Path(settings.BASE_DIR) / "templates"
# The frame and what readers' pages are made of. Accounts, desk and mails are in Django's language, as
# allauth's own templates and the admin's are.
PUBLIC = {
    "base.html", "400.html", "403.html", "404.html", "410.html", "500.html", "admin/styleguide.html",
    "articles", "components",
}  # fmt: skip


class PublicTemplates(FileSystemLoader):
    """Leaves to Django's engine what is written in its language, in the same folder."""

    def get_source(self, environment: Environment, template: str) -> Any:
        if PUBLIC.isdisjoint((template, template.partition("/")[0])):
            raise TemplateNotFound(template)
        return super().get_source(environment, template)


def environment(**options: Any) -> Environment:
    options |= {"loader": PublicTemplates(TEMPLATES), "undefined": Undefined}
    environment = Environment(**options, trim_blocks=True, lstrip_blocks=True)  # noqa: S701 (Django escapes)
    environment.globals |= presentation.GLOBALS | {"lucide": cache(lucide), "static": static, "url": reverse}
    environment.filters |= presentation.FILTERS | {"linebreaks": _linebreaks}
    return environment


def _linebreaks(text: str) -> Markup:
    return Markup(linebreaks(text, autoescape=True))  # noqa: S704 (escaped there)

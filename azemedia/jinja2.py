"""Jinja2, which the public pages are written in, with what their templates call."""

from __future__ import annotations

from collections.abc import MutableMapping
from functools import cache
from typing import Any

from django.templatetags.static import static
from django.urls import reverse
from django.utils.safestring import SafeString
from jinja2 import Environment, FileSystemLoader, TemplateNotFound, Undefined
from jinja2.compiler import CodeGenerator, Frame
from jinja2.nodes import Expr
from jinja2.runtime import Context
from lucide.jinja import lucide
from markupsafe import Markup, escape

from articles import presentation

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


class PublicContext(Context):
    def call(self, called: Any, /, *given: Any, **named: Any) -> Any:
        """As Jinja's, but for what it looks for at every call and nothing of ours has: marks of a class."""
        if hasattr(called, "jinja_pass_arg"):
            return super().call(called, *given, **named)
        named.pop("_block_vars", None)
        named.pop("_loop_vars", None)
        return called(*given, **named)


class PublicCode(CodeGenerator):
    def _output_child_pre(self, node: Expr, frame: Frame, finalize: Any) -> None:
        """Prints as Jinja's does, which marks once more what is marked as safe."""
        if frame.eval_ctx.autoescape and not frame.eval_ctx.volatile and finalize.src is None:
            self.write("environment.printed(")
        else:
            super()._output_child_pre(node, frame, finalize)


class PublicEnvironment(Environment):
    code_generator_class = PublicCode
    context_class = PublicContext

    @staticmethod
    def printed(value: Any) -> str:
        """As part of a page: a string of one of these kinds is safe already."""
        return value if type(value) in (Markup, SafeString) else escape(value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """The same for all templates; a look into Jinja's chain of two takes several times as long."""
        return super().make_globals(d) if d else self.globals


def environment(*, loader: FileSystemLoader, **options: Any) -> Environment:
    """For Django's backend, which hands in a loader of the folders in DIRS, and has everything escaped."""
    environment = PublicEnvironment(
        **options | {"undefined": Undefined},  # Django's, in DEBUG, would print the name of what is not there
        loader=PublicTemplates(loader.searchpath),
        cache_size=-1,  # all there are: the tally of those used last costs a lock each time
        trim_blocks=True,
        lstrip_blocks=True,
    )
    # The same few addresses, and what they lead to does not change while the process lives.
    fixed = {"lucide": cache(lucide), "static": cache(static), "url": cache(reverse)}
    environment.globals |= presentation.GLOBALS | fixed
    environment.filters |= presentation.FILTERS
    return environment

"""Django's templates in the frame of the public pages."""

from __future__ import annotations

from typing import Any

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.loader import get_template
from django.template.loader_tags import BlockNode
from django.utils.safestring import mark_safe

register = template.Library()


class FramedNode(template.Node):
    def __init__(self, nodelist: NodeList) -> None:
        self.nodelist = nodelist

    def render(self, context: template.Context) -> str:
        blocks = [node for node in self.nodelist if isinstance(node, BlockNode)]
        parts: dict[str, Any] = {block.name: mark_safe(block.render(context)) for block in blocks}  # noqa: S308
        return get_template("components/_framed.html").render(parts, context.get("request"))


@register.tag
def framed(parser: Parser, token: Token) -> FramedNode:
    """Puts each block inside ({% block title %} and so on) into the block of that name of base.html."""
    nodelist = parser.parse(("endframed",))
    parser.delete_first_token()
    return FramedNode(nodelist)

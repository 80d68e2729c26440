"""What comes from elsewhere, made to fit our columns."""

import textwrap
from typing import cast

from django.db.models import CharField, Model


def cut(model: type[Model], field: str, text: str) -> str:
    """As many whole words as the field has room for."""
    length = cast("CharField[str, str]", model._meta.get_field(field)).max_length or len(text)
    return text if len(text) <= length else textwrap.shorten(text, length, placeholder="…") or text[:length]

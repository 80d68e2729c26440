"""Reads what the demo is made of: TOML for facts, HTML with TOML front matter for texts."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
FENCE = "+++\n"


def newsroom() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "newsroom.toml").read_text("utf-8"))


def texts(kind: str) -> dict[str, dict[str, Any]]:
    """The texts in a folder by slug: their front matter, and the text itself as `body`."""
    return {path.stem: _text(path) for path in sorted((FOLDER / kind).glob("*.html"))}


def _text(path: Path) -> dict[str, Any]:
    _, facts, body = path.read_text("utf-8").split(FENCE, 2)
    return tomllib.loads(facts) | {"body": body.strip()}

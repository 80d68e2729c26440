"""What gunicorn can do at best: an application that answers the same bytes to everything."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterable
from pathlib import Path

ANSWER = Path(os.environ.get("BENCHMARK_ANSWER", ""))
if ANSWER.is_file():
    HEADERS = [(name, value) for name, value in json.loads(ANSWER.with_suffix(".json").read_text())]
    BODY = [ANSWER.read_bytes()]


def application(environ: dict[str, object], start_response: Callable[..., object]) -> Iterable[bytes]:
    start_response("200 OK", HEADERS)
    return BODY

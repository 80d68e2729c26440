"""Milliseconds and queries of one piece of work."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median, quantiles
from typing import Any, TypeVar

from django.db import connection

Result = TypeVar("Result")
Cost = tuple[float, int]
Measured = dict[str, float | int]


def cost_of(work: Callable[[], Result]) -> tuple[Result, Cost]:
    queries = 0

    def count(execute: Callable[..., Any], *arguments: Any) -> Any:
        nonlocal queries
        queries += 1
        return execute(*arguments)

    began = time.perf_counter()
    with connection.execute_wrapper(count):
        result = work()
    return result, ((time.perf_counter() - began) * 1000, queries)


def summary(costs: list[Cost]) -> Measured:
    times = [ms for ms, _ in costs]
    return {
        "median_ms": round(median(times), 2),
        "p95_ms": round(quantiles(times, n=20, method="inclusive")[-1], 2),
        "queries": round(median(queries for _, queries in costs)),
        "requests": len(costs),
    }

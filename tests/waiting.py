"""Waiting for a condition, never for a time."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

T = TypeVar("T")

LIMIT_SECONDS = 30.0
"""A condition that has not come true by then never will; generous, since the machine may be busy."""


def until(condition: Callable[[], T], what: str = "the condition", limit_seconds: float = LIMIT_SECONDS) -> T:
    """The condition's first true value. AssertionError with `what` when it never comes."""
    end = time.monotonic() + limit_seconds
    while not (value := condition()):
        assert time.monotonic() < end, f"{what} did not come true within {limit_seconds} s"
        time.sleep(0.005)
    return value

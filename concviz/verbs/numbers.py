"""The numbers that options take: each a type for argparse, whose name says what was wanted when something else was written."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

ENDLESS = float("inf")

Number = TypeVar("Number", int, float)


def whole(least: int, most: int, what: str) -> Callable[[str], int]:
    """A whole number from `least` to `most`, both included; `what` names it for people."""

    def parse(text: str) -> int:
        value = int(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return _named(parse, what)


def between(least: float, most: float, what: str) -> Callable[[str], float]:
    """Likewise any number."""

    def parse(text: str) -> float:
        value = float(text)
        if not least <= value <= most:
            raise ValueError(text)
        return value

    return _named(parse, what)


def seconds(most: float = ENDLESS) -> Callable[[str], float]:
    """A number of seconds above 0, and finite."""

    def parse(text: str) -> float:
        value = float(text)
        if not 0 < value <= most or value == ENDLESS:
            raise ValueError(text)
        return value

    return _named(parse, "number of seconds above 0" + ("" if most == ENDLESS else f", {most:g} at most"))


def _named(parse: Callable[[str], Number], what: str) -> Callable[[str], Number]:
    parse.__name__ = what
    return parse


COUNT = whole(1, 100_000_000, "whole number from 1")
PERCENT = between(0, 100, "number of percent from 0 to 100")
COLUMNS = whole(40, 1000, "number of columns from 40 to 1000")
"""Widths that text can be laid out in, in cells."""

"""The options of `concviz run` about runs that last long: how long they may, and what is kept of them."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.stage import Conditions

LEAST_EVENTS = 1000
"""Fewer show nothing."""

POWERS = {"k": 1000, "M": 1_000_000}
"""What may stand behind a number of events."""


def describe(parser: ArgumentParser) -> None:
    """Their words."""
    ends = "then the programs are asked to end, as by Ctrl-C; those that go on are ended 3 s later"
    parser.add_argument("--duration", metavar="SECONDS", type=seconds, help=ends)
    describe_memory(parser)


def describe_memory(parser: ArgumentParser) -> None:
    """What stays in memory."""
    from concviz.runs.launch import KEEP

    words = f"how many of a program's newest events stay in memory, or all; all are on disk (default: {KEEP:,})"
    parser.add_argument("--keep", metavar="EVENTS", type=events, default=KEEP, help=words)


def lasting(conditions: Conditions, options: Namespace) -> Conditions:
    """With what was asked for."""
    return replace(conditions, duration_s=options.duration, keep=options.keep)


def seconds(text: str) -> float:
    """A number of seconds. ValueError for any that is not above 0, or has no end."""
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError(text)
    return value


def events(text: str) -> int | None:
    """As "500000", "500k", "2M"; "all" is None. ValueError for anything else, and for fewer than LEAST_EVENTS."""
    if text == "all":
        return None
    number, power = (text[:-1], POWERS[text[-1]]) if text[-1:] in POWERS else (text, 1)
    value = float(number) * power
    if not LEAST_EVENTS <= value < float("inf"):
        raise ValueError(text)
    return round(value)


events.__name__ = f"number of events from {LEAST_EVENTS:,} on, as 500k or 2M, nor all"
seconds.__name__ = "number of seconds above 0"

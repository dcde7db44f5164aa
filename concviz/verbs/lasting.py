"""The options of `concviz run` about runs that last long: how long they may."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from argparse import ArgumentParser, Namespace

    from concviz.stage import Conditions


def describe(parser: ArgumentParser) -> None:
    """Their words."""
    ends = "then the programs are asked to end, as by Ctrl-C; those that go on are ended 3 s later"
    parser.add_argument("--duration", metavar="SECONDS", type=seconds, help=ends)


def lasting(conditions: Conditions, options: Namespace) -> Conditions:
    """With what was asked for."""
    return replace(conditions, duration_s=options.duration)


def seconds(text: str) -> float:
    """A number of seconds. ValueError for any that is not above 0, or has no end."""
    value = float(text)
    if not 0 < value < float("inf"):
        raise ValueError(text)
    return value


seconds.__name__ = "number of seconds above 0"

"""A finding: what is wrong or worth knowing, when, who has part in it, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import IntEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from concviz.timeline.timeline import Timeline


class Weight(IntEnum):
    """How much it matters."""

    NOTE = 1
    """Worth knowing."""
    WARNING = 2
    """Costs time, or may go wrong another time."""
    ERROR = 3
    """Went wrong."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found in one run."""

    kind: str
    """The name of its check."""
    weight: Weight
    from_ns: int
    """The instant to look at: when it began. Absolute, as in the timeline."""
    to_ns: int
    """When it was over, or the last time at which it was seen."""
    words: str
    """What happened, in one sentence with its measured figures."""
    advice: str
    """What to do about it, in one sentence."""
    workers: tuple[int, ...] = ()
    """Who has part in it, the first to blame first."""
    resources: tuple[int, ...] = ()
    """What it is about."""
    sites: tuple[int, ...] = ()
    """Where in the program."""


@dataclass(frozen=True, slots=True)
class Limit:
    """A threshold of a check, which a person can set."""

    value: float
    """What holds unless another is asked for."""
    words: str
    """What it bounds, with its unit, and where the value comes from."""


@dataclass(frozen=True, slots=True)
class Check:
    """One way to look at a timeline."""

    name: str
    """As typed at the command line: "deadlock", "blocked-loop"."""
    summary: str
    """What it finds, in half a sentence."""
    find: Callable[[Timeline, Mapping[str, float]], Iterable[Finding]]
    """Everything found, given the limits by name. Called again and again while the run goes on: what it finds may grow,
    but must not be withdrawn when more is known, unless it is over."""
    limits: Mapping[str, Limit] = field(default_factory=dict)
    """By name."""

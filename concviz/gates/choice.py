"""What can be chosen at a scheduling point, what was, and how the run ended: shared by the gates and by all that choose.

A run under control stands still whenever a worker has come to its next scheduling point; a chooser then says who goes next.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum


class End(Enum):
    """How a controlled run ended."""

    OK = "ok"
    EXCEPTION = "exception"
    INVARIANT = "invariant"
    DEADLOCK = "deadlock"
    NO_PROGRESS = "no progress"
    RACE = "race"
    LEFT_BEHIND = "left behind"


@dataclass(frozen=True, slots=True)
class Access:
    """What a step touches, for happens-before and for what is independent of what."""

    key: str
    """Which object and which part of it: the same text whenever the program and the choices are the same."""
    write: bool


@dataclass(frozen=True, slots=True)
class Option:
    """A worker that stands at its next scheduling point, and what it is about to do there."""

    worker: int
    """By order of creation in this run: 1 is the first."""
    name: str
    operation: str
    """start, acquire, release, put, get, wait, notify, join, sleep, timer, await, read, write, call (it escapes control), end."""
    resource: str
    """The lock, queue, attribute ... by the name that the source has for it; "" for none."""
    file: str
    line: int
    function: str
    access: Access | None = None
    blocked: str = ""
    """Why it cannot go now ("`b` is held by Thread-2"); "" if it can."""
    blocked_by: tuple[int, ...] = ()
    """The workers that could let it go on."""


Chooser = Callable[[tuple[Option, ...]], int]
"""Given those that can go (whoever went last first, if it can; then by number), the index of who goes. 0: no switch."""


@dataclass(frozen=True, slots=True)
class Step:
    """One granted step."""

    option: Option
    chosen: int
    """The chooser's answer."""
    enabled: tuple[int, ...]
    """The workers that could go, in the chooser's order."""
    preempts: bool
    """Whether whoever went last could have gone on."""
    seen: str = ""
    """What came of it, in words: "0" for a read, "1" for what was written, "timed out"."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """A whole run under control."""

    end: End
    words: str
    """One sentence; "" when all went well."""
    signature: str
    """The same for the same failure by whatever way it was reached; "" when all went well."""
    result: str
    """What distinguishes this outcome from another: repr of what the target returned, or its output."""
    steps: tuple[Step, ...]
    stuck: tuple[Option, ...] = ()
    """Those that could not go at a deadlock."""
    escaped: tuple[str, ...] = ()
    """What happened outside control (a call that blocked in C, real input or output), each a sentence: no verdict of "holds" then."""
    traceback: str = ""
    """The target's own, whole."""
    races: tuple[str, ...] = ()
    """Conflicting accesses that nothing orders, each a sentence; seen with memory alone. `End.RACE` only where that was asked for."""

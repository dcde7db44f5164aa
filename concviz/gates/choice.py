"""What can be chosen at a scheduling point, what was, and how the run ended: shared by the gates and by all that choose.

A run under control stands still whenever a worker has come to its next scheduling point; a chooser then says who goes next.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any


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


Taken = tuple[Option, int, tuple[Option, ...], bool]
"""A granted step as it is written down while the run goes: a Step's fields, with all that could go instead of their numbers."""


class Steps(Sequence[Step]):
    """The steps of a run, each made of what was written down when somebody first asks for any: most runs are only counted."""

    __slots__ = ("_made", "_seen", "_taken")

    def __init__(self, taken: list[Taken], seen: dict[int, str]) -> None:
        """`seen`: step, from 0 -> what came of it. Neither may change any more."""
        self._taken, self._seen = taken, seen
        self._made: tuple[Step, ...] | None = None

    def __len__(self) -> int:
        return len(self._taken)

    def __getitem__(self, at: Any) -> Any:
        return self._all()[at]

    def __iter__(self) -> Iterator[Step]:
        return iter(self._all())

    def __eq__(self, other: object) -> bool:
        return self._all() == (other._all() if isinstance(other, Steps) else other)

    def __hash__(self) -> int:
        return hash(self._all())

    def __reduce__(self) -> Any:
        return tuple, (self._all(),)

    def _all(self) -> tuple[Step, ...]:
        if self._made is None:
            self._made = tuple([step_of(taken, self._seen.get(at, "")) for at, taken in enumerate(self._taken)])
        return self._made


def step_of(taken: Taken, seen: str) -> Step:
    """What was written down, as a step."""
    option, chosen, options, preempts = taken
    return Step(option, chosen, tuple([one.worker for one in options]), preempts, seen)


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
    steps: Sequence[Step]
    stuck: tuple[Option, ...] = ()
    """Those that could not go at a deadlock."""
    escaped: tuple[str, ...] = ()
    """What happened outside control (a call that blocked in C, real input or output), each a sentence: no verdict of "holds" then."""
    traceback: str = ""
    """The target's own, whole."""
    races: tuple[str, ...] = ()
    """Conflicting accesses that nothing orders, each a sentence; seen with memory alone. `End.RACE` only where that was asked for."""

"""Which accesses of a failing run got between each other: another worker's between two of one worker that belong together.

The four patterns that no order of whole pairs could give: Vaziri, Tip, Dolby, "Associating synchronization constraints with data in an
object-oriented language", 2006, for one location.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from concviz.gates.choice import End
from concviz.gates.order import race

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.gates.choice import Outcome, Step

UNSERIALISABLE = frozenset({("r", "w", "r"), ("w", "w", "r"), ("w", "r", "w"), ("r", "w", "w")})
"""One worker's access, another's, the one's again; (write, write, write) leaves what some order would leave too."""

ACCESSES = frozenset({"read", "write"})

DOES = {"r": "reads", "w": "writes"}


@dataclass(frozen=True, slots=True)
class Conflict:
    """Accesses to one thing that conflict: two, or three where another's lies between two of one worker."""

    steps: tuple[int, ...]
    """Their places among the run's steps, from 0, in order."""


def conflict(outcome: Outcome) -> Conflict | None:
    """The one that explains the failure best: behind a preemption, and the closest together. None: there is none, as in most deadlocks."""
    if outcome.end in {End.OK, End.DEADLOCK, End.LEFT_BEHIND} and not outcome.result:
        return None
    by_key: dict[str, list[int]] = {}
    for at, step in enumerate(outcome.steps):
        if step.option.access is not None and step.option.operation in ACCESSES:
            by_key.setdefault(step.option.access.key, []).append(at)
    between = [found for places in by_key.values() for found in _between(outcome.steps, places)]
    if outcome.end is not End.RACE and between:
        behind = [found for found in between if _behind_a_preemption(outcome.steps, found)]
        return Conflict(min(behind or between, key=lambda found: (found[2] - found[0], found)))
    return _racing(outcome) if outcome.end is End.RACE else None


def _between(steps: Sequence[Step], places: Sequence[int]) -> list[tuple[int, int, int]]:
    found: list[tuple[int, int, int]] = []
    last: dict[int, int] = {}
    for index, at in enumerate(places):
        worker = steps[at].option.worker
        before = last.get(worker)
        last[worker] = index
        if before is None:
            continue
        first = places[before]
        others = [
            place for place in places[before + 1 : index] if (_way(steps, first), _way(steps, place), _way(steps, at)) in UNSERIALISABLE
        ]
        found += [(first, place, at) for place in others[-1:]]
    return found


def _way(steps: Sequence[Step], at: int) -> str:
    access = steps[at].option.access
    return "w" if access is not None and access.write else "r"


def _behind_a_preemption(steps: Sequence[Step], found: tuple[int, int, int]) -> bool:
    return any(steps[at].preempts for at in range(found[0] + 1, found[1] + 1))


def _racing(outcome: Outcome) -> Conflict | None:
    """The two that the race's words are about, the closest together."""
    accesses = [at for at, step in enumerate(outcome.steps) if step.option.access is not None and step.option.operation in ACCESSES]
    told = [pair for pair in combinations(accesses, 2) if _race_of(outcome.steps, *pair) == outcome.words]
    return Conflict(min(told, key=lambda pair: (pair[1] - pair[0], pair))) if told else None


def _race_of(steps: Sequence[Step], before: int, now: int) -> str:
    """What would be said of these two, if nothing ordered them; "" for one worker's, or of different things."""
    one, other = steps[before].option, steps[now].option
    if one.worker == other.worker or one.access is None or other.access is None or one.access.key != other.access.key:
        return ""
    return race(one.access.key, (one, DOES[_way(steps, before)]), (other, DOES[_way(steps, now)]))

"""Who waits for whom when nobody can go: the circle, and since when each holds what the next one wants."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from concviz.gates.choice import Option, Outcome

TAKES, GIVES = frozenset({"acquire"}), frozenset({"release", "wait"})
"""Operations after which a worker holds the thing, and after which it no longer does."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One worker that cannot go."""

    option: Option
    """What it wants to do, where, and why it cannot."""
    held_since: int | None
    """The step, from 0, at which the holder took what is wanted; None: nobody holds it, or nobody knows since when."""


@dataclass(frozen=True, slots=True)
class Waits:
    """All who could not go at the end."""

    circle: tuple[Wait, ...]
    """Each waits for the next, and the last for the first; () where there is no circle."""
    others: tuple[Wait, ...]


def waits(outcome: Outcome) -> Waits:
    """Those of a deadlock; empty for a run that ended otherwise."""
    stuck = {option.worker: option for option in outcome.stuck}
    order = _circle(stuck)
    return Waits(
        tuple(_wait(outcome, stuck[worker]) for worker in order),
        tuple(_wait(outcome, option) for worker, option in stuck.items() if worker not in order),
    )


def _wait(outcome: Outcome, option: Option) -> Wait:
    since = None
    for at, step in enumerate(outcome.steps):
        if step.option.worker in option.blocked_by and step.option.resource == option.resource != "":
            since = at if step.option.operation in TAKES else None if step.option.operation in GIVES else since
    return Wait(option, since)


def _circle(stuck: dict[int, Option]) -> list[int]:
    """The first circle, beginning with the lowest number in it."""
    for start in sorted(stuck):
        path: list[int] = []
        if _leads_back(stuck, (start, start), path, set()):
            return path
    return []


def _leads_back(stuck: dict[int, Option], ends: tuple[int, int], path: list[int], seen: set[int]) -> bool:
    """Depth first, from the first of the ends to the second; `path` is what leads there, and in the end the circle."""
    at, start = ends
    path.append(at)
    seen.add(at)
    for other in stuck[at].blocked_by:
        if other == start or (other in stuck and other not in seen and _leads_back(stuck, (other, start), path, seen)):
            return True
    path.pop()
    return False

"""The workers of a run as far as it has come: their names, where each stands, and who is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.gates.choice import End

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.gates.choice import Option, Outcome, Step
    from concviz.stepping.session import Stands

MAIN = 1
"""The number of the worker that the program begins with."""


@dataclass(frozen=True, slots=True)
class Worker:
    """One worker, now."""

    number: int
    """By order of creation, from 1."""
    name: str
    option: Option | None
    """What it is about to do; None: it is over, or on its way."""
    last: Step | None
    """What it did last; None: nothing yet."""
    over: bool
    cut: bool = False
    """Whether it still lived when the run ended, and was broken off with it."""

    @property
    def can(self) -> bool:
        """Whether it can go now."""
        return self.option is not None and not self.option.blocked


def workers(
    steps: Sequence[Step], stands: Stands | None, outcome: Outcome | None = None, lived: frozenset[int] = frozenset()
) -> tuple[Worker, ...]:
    """All that were heard of, by number. `lived`: who stood when all stood last.

    Who lives stands, whenever anybody does: whoever does not is over. Who stood last, made no last step, and is not stuck in the end,
    was broken off with the run; only the main worker of a run that went well had nothing left to do.
    """
    stuck = outcome.stuck if outcome else None
    last = {step.option.worker: step for step in steps}
    standing = {option.worker: option for option in (stands.everybody if stands else stuck or ())}
    names = {number: step.option.name for number, step in last.items()} | {number: one.name for number, one in standing.items()}
    known = stands is not None or stuck is not None
    cut = lived - set(standing) - ({steps[-1].option.worker} if steps else set()) if outcome else frozenset()
    cut -= {MAIN} if outcome and outcome.end is End.OK else set()
    return tuple(
        Worker(number, names[number], standing.get(number), last.get(number), known and number not in standing, number in cut)
        for number in sorted(names)
    )


def names_of(found: Sequence[Worker]) -> dict[int, str]:
    """Number -> name."""
    return {worker.number: worker.name for worker in found}

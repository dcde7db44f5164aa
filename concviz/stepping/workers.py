"""The workers of a run as far as it has come: their names, where each stands, and who is over."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.gates.choice import Option, Step
    from concviz.stepping.session import Stands


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

    @property
    def can(self) -> bool:
        """Whether it can go now."""
        return self.option is not None and not self.option.blocked


def workers(steps: Sequence[Step], stands: Stands | None, stuck: Sequence[Option] | None = None) -> tuple[Worker, ...]:
    """All that were heard of, by number. `stuck`: those that stand at the end of a run that is over; None: it is not.

    Who lives stands, whenever anybody does: whoever does not is over.
    """
    last = {step.option.worker: step for step in steps}
    standing = {option.worker: option for option in (stands.everybody if stands else stuck or ())}
    names = {number: step.option.name for number, step in last.items()} | {number: one.name for number, one in standing.items()}
    known = stands is not None or stuck is not None
    return tuple(
        Worker(number, names[number], standing.get(number), last.get(number), known and number not in standing) for number in sorted(names)
    )


def names_of(found: Sequence[Worker]) -> dict[int, str]:
    """Number -> name."""
    return {worker.number: worker.name for worker in found}

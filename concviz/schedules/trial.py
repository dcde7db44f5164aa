"""What running one schedule once showed; small, since it travels between processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.gates.choice import Chooser, End, Outcome
from concviz.schedules.choosers import Recorder
from concviz.schedules.dependence import Effect, effect

if TYPE_CHECKING:
    from concviz.schedules.plan import Plan, Point, Width

Program = Callable[[Chooser], Outcome]
"""Runs a program once under control; the same choices must give the same run."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one schedule came to."""

    end: End
    words: str
    signature: str
    result: str
    """These four as in the run's Outcome."""
    escaped: tuple[str, ...]
    choices: tuple[int, ...]
    """All that were made, in order."""
    preemptions: int
    steps: int
    diverged: int | None = None
    """The choice, from 0, at which the prefix asked for a worker that was not there."""
    blocked: int | None = None
    """The choice from which on all who could go were asleep: others have tried what follows."""
    widths: tuple[Width, ...] = ()
    points: tuple[Point, ...] = ()
    races: tuple[str, ...] = ()
    """As in the run's Outcome."""
    stuck: tuple[tuple[int, Effect], ...] = ()
    """Workers that could not go at the end, and what they were about to do."""

    @property
    def failed(self) -> bool:
        """Whether it did not end well."""
        return self.end is not End.OK


def run(program: Program, plan: Plan) -> Trial:
    """Run the program once as planned. Called in the process that has the program, one run at a time."""
    recorder = Recorder(plan)
    outcome = program(recorder)
    return Trial(
        end=outcome.end,
        words=outcome.words,
        signature=outcome.signature,
        result=outcome.result,
        escaped=outcome.escaped,
        choices=tuple(recorder.choices),
        preemptions=recorder.preemptions(),
        steps=len(outcome.steps),
        diverged=recorder.diverged,
        blocked=recorder.blocked,
        widths=recorder.widths() if plan.wants == "widths" else (),
        points=recorder.points() if plan.wants == "effects" else (),
        races=outcome.races,
        stuck=tuple((one.worker, effect(one)) for one in outcome.stuck) if plan.wants == "effects" else (),
    )

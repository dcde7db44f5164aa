"""A watched program's end as tests look at it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.timeline.states import State
from tests.runs.watching import ended, running

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline


def watched(folder: Path, source: str, python: str) -> Timeline:
    """All that was seen of this program, which ended well."""
    with running(folder, source, python) as run:
        ended(run)
        run.stop()
        assert run.exit is not None, run.failure
        assert run.exit.code == 0, [line.text for line in run.timeline.output]
        return run.timeline


def shares(timeline: Timeline, name: str) -> dict[State, float]:
    """For how much of its life the worker of that name was in each state."""
    totals = timeline.lane(next(worker.index for worker in timeline.workers if worker.name == name)).totals()
    life_ns = sum(totals.values())
    return {state: totals.get(state, 0) / life_ns for state in State}


def told(timeline: Timeline) -> list[list[str]]:
    """The words of each line that it printed."""
    return [line.text.split() for line in timeline.output]

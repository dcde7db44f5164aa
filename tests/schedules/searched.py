"""What the tests ask a search: all its schedules, run in this process."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from concviz.schedules.trial import run

if TYPE_CHECKING:
    from concviz.gates.choice import End
    from concviz.schedules.searching import Search
    from concviz.schedules.trial import Program

Outcomes = Counter[tuple["End", str, str]]


def searched(search: Search, program: Program, most: int = 20_000) -> tuple[Outcomes, int]:
    """Every outcome, and how many schedules there were; a search that goes on for ever ends at `most`."""
    outcomes: Outcomes = Counter()
    tried = 0
    while tried < most and (plans := search.plans(min(7, most - tried))):
        for plan in plans:
            trial = run(program, plan)
            outcomes[trial.end, trial.signature, trial.result] += 1
            search.learn(plan, trial)
            tried += 1
    return outcomes, tried

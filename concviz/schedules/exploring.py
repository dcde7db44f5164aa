"""Many schedules of one subject, until one fails, all are done, or the budget is spent.

The same seed gives the same answer, however many run at once and wherever: a fixed number of waves is on its way at any time, and what
came of them is learnt in the order in which they were sent.
"""

from __future__ import annotations

import time
from collections import deque
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from concviz.schedules.crew import Crew
    from concviz.schedules.plan import Plan
    from concviz.schedules.searching import Search
    from concviz.schedules.survey import Survey
    from concviz.schedules.trial import Trial

FIRST_WAVE, WAVE = 4, 64
"""Schedules sent together: few at first, since most failures are found soon."""

WAVES = 2
"""Waves on their way, so that nobody waits while the answers to one are learnt."""


@dataclass(frozen=True, slots=True)
class Budget:
    """When to stop without having found anything."""

    schedules: int = 2000
    seconds: float = 60.0
    to_the_end: bool = False
    """Go on also when one has failed: for all outcomes."""


def explore(crew: Crew, search: Search, budget: Budget, survey: Survey, say: Callable[[Survey], None]) -> Survey:
    """Run schedules, and count them in `survey`. `say` is called now and then."""
    crew.load()
    begin = time.monotonic()
    for plan, trial in _answers(crew, search, budget):
        failed = survey.add(trial)
        search.learn(plan, trial)
        survey.seconds = time.monotonic() - begin
        say(survey)
        if (failed and not budget.to_the_end) or survey.seconds > budget.seconds:
            crew.call_off()
            break
    survey.close(search.claims(), exhausted=search.exhausted)
    return survey


def _answers(crew: Crew, search: Search, budget: Budget) -> Iterator[tuple[Plan, Trial]]:
    """Each plan with its trial; what was learnt of it decides what comes next."""
    waves: deque[tuple[list[Plan], Iterator[Trial]]] = deque()
    left, size = budget.schedules, FIRST_WAVE
    while True:
        while len(waves) < WAVES and left and (plans := search.plans(min(size, left))):
            left -= len(plans)
            size = min(size * 2, WAVE)
            waves.append((plans, crew.send(plans)))
        if not waves:
            return
        plans, trials = waves.popleft()
        yield from zip(plans, trials, strict=True)

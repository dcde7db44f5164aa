"""What can be stepped of a scenario: its programs of threads, processes or tasks, each with its challenges."""

from __future__ import annotations

import sys
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from concviz.errors import TargetError
from concviz.stepping.request import Request

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.scenarios.challenges import Challenge
    from concviz.scenarios.lesson import Scenario
    from concviz.schedules.subject import Subject


@dataclass(frozen=True, slots=True)
class Program:
    """One program, and what it is stepped for."""

    request: Request
    model: str
    challenge: Challenge | None = None
    """None: for the sake of seeing it."""
    memory: bool = True
    """Whether each access to shared memory is a step, too, at first."""

    @property
    def words(self) -> str:
        """What the screen calls it."""
        return self.request.words

    def subject(self) -> Subject:
        """The same for a search of schedules. TargetError when it cannot be read."""
        from concviz.schedules.programs import of_file

        request = self.request
        found = of_file(request.script.absolute(), self.words)
        return replace(
            found,
            function=request.function,
            setup=request.setup,
            invariant=request.invariant,
            memory=self.memory,
            env=tuple(request.env.items()),
        )


def programs(scenario: Scenario, values: Mapping[str, int], *, python: str = sys.executable, first: int = 0) -> tuple[Program, ...]:
    """Its challenges, then its programs without one; those of the pane `first` before all others. TargetError when there is none."""
    panes = {pane.script: (place, pane) for place, pane in enumerate(scenario.panes) if pane.can_be_stepped}
    made: list[tuple[int, Program]] = []
    for challenge in scenario.challenges:
        place, model = (panes[challenge.script][0], panes[challenge.script][1].model) if challenge.script in panes else (first, "program")
        env = scenario.environment({**values, **challenge.values})
        made.append((place, Program(Request(challenge.script, python=python, env=env), model, challenge, challenge.memory)))
    env = scenario.environment(values)
    made += [(place, Program(Request(script, python=python, env=env), pane.model)) for script, (place, pane) in panes.items()]
    if not made:
        raise TargetError(
            f"{scenario.name} has no program that can be stepped", "it needs one of threads, of processes or of asyncio tasks"
        )
    # Challenges are what one comes for; sorting keeps their order.
    made.sort(key=lambda one: ((one[0] - first) % len(scenario.panes), one[1].challenge is None))
    return tuple(program for _, program in made)

"""The shortest known way to win a challenge: found by trying schedules with no switch, then with one, and so on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.scenarios.challenges import EXCEPTION, PRINTS
from concviz.schedules.survey import Survey

if TYPE_CHECKING:
    from concviz.scenarios.challenges import Challenge
    from concviz.schedules.subject import Subject
    from concviz.schedules.survey import Tally
    from concviz.schedules.trial import Trial
    from concviz.stepping.programs import Program

SCHEDULES, SECONDS = 20_000, 30.0
"""The search is given up after so many, or so long."""


@dataclass(frozen=True, slots=True)
class Solution:
    """A schedule that wins."""

    choices: tuple[int, ...]
    """Those after them are 0."""
    memory: bool
    switches: int
    """The fewest that win: all schedules with fewer were tried."""
    tried: int
    """Schedules that were run to find it."""


class Wins(Survey):
    """Counts schedules until one wins a challenge."""

    def __init__(self, challenge: Challenge) -> None:
        super().__init__()
        self.switches = 0
        """Of the schedule that wins."""
        self._challenge = challenge

    def add(self, trial: Trial) -> bool:
        """Count it; whether it wins."""
        wins = super().add(trial)
        if wins:
            self.switches = trial.preemptions
        return wins

    def fails(self, tally: Tally) -> bool:
        """Whether this outcome is what the challenge asks for: that is what is looked for here."""
        challenge = self._challenge
        if challenge.goal == PRINTS:
            return challenge.text in tally.result
        return tally.end.value == challenge.goal and (challenge.goal != EXCEPTION or challenge.text in tally.words)


def shortest(subject: Subject, challenge: Challenge) -> Solution | None:
    """Look for it, in a process of its own; None: it was not found, or needs more switches than are allowed."""
    from concviz.schedules.children import Children
    from concviz.schedules.crew import Crew
    from concviz.schedules.exploring import Budget, explore
    from concviz.schedules.strategies import STRATEGIES

    wins = Wins(challenge)
    with Children(1) as children:
        search = STRATEGIES["preemptions"][0]("0")
        explore(Crew(subject, children), search, Budget(SCHEDULES, SECONDS), wins, lambda _: None)
    tally = wins.failing
    if tally is None or (challenge.switches is not None and wins.switches > challenge.switches):
        return None
    return Solution(tally.choices, challenge.memory, wins.switches, wins.schedules)


def of_program(program: Program) -> Solution | None:
    """Likewise of a program with a challenge; None where it has none."""
    if program.challenge is None:
        return None
    return shortest(program.subject(), program.challenge)

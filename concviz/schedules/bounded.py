"""Every schedule with few switches, bound by bound: first those with none, then with one, and so on.

By preemptions: Musuvathi, Qadeer, "Iterative context bounding for systematic testing of multithreaded programs", 2007: a switch away
from a worker that could have gone on counts 1, one at which it could not counts nothing. By delays: Emmi, Qadeer, Rakamaric, "Delay-
bounded scheduling", 2011: choosing the n-th of those that could go counts n. No schedule is run twice, and none is left out.
"""

from __future__ import annotations

from random import Random
from typing import TYPE_CHECKING, NamedTuple

from concviz.schedules.plan import Plan

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.schedules.plan import Width
    from concviz.schedules.trial import Trial

Cost = tuple[str, "Callable[[int, Width], int]"]
"""What is counted, in the plural; and how much a choice above 0 counts."""

PREEMPTIONS: Cost = ("preemptions", lambda _choice, width: int(width[1]))
DELAYS: Cost = ("delays", lambda choice, _width: choice)


class Branch(NamedTuple):
    """A schedule that was not run yet: as another one up to a choice, and there something else."""

    choices: tuple[int, ...]
    at: int
    choice: int

    @property
    def prefix(self) -> tuple[int, ...]:
        """Its first choices; the others are 0."""
        return (*self.choices[: self.at], self.choice)


class Bounded:
    """The search. Owns the branches that are still to be tried, by what they cost."""

    def __init__(self, seed: str, cost: Cost = PREEMPTIONS) -> None:
        """Within a bound, chance says which comes first."""
        self._counted, self._cost = cost
        self._chance = Random(seed)  # noqa: S311 - an order, no secret
        self._waiting: dict[int, list[Branch]] = {}
        self._running: dict[int, int] = {}
        self.bound = 0
        """What the schedules that are tried now cost."""
        self._number = self._tried = 0
        self._completed: tuple[int, int] | None = None
        self._begun = self._broken = False

    def plans(self, most: int) -> list[Plan]:
        """Some of the bound that is being tried."""
        if not self._begun:
            self._begun = True
            return [self._plan(None)]
        if not self._running and self.bound not in self._waiting:
            self._rise()
        found: list[Plan] = []
        while len(found) < most and self.bound in self._waiting:
            found.append(self._plan(self._drawn(self._waiting[self.bound])))
        return found

    def learn(self, plan: Plan, trial: Trial) -> None:
        """Its branches are what could be chosen where nothing was told."""
        cost = self._running.pop(plan.number)
        self._tried += 1
        if trial.diverged is not None:
            self._broken = True
            self._waiting.clear()
        if self._broken:
            return
        for at in range(len(plan.prefix), len(trial.widths)):
            for choice in range(1, trial.widths[at][0]):
                whole = cost + self._cost(choice, trial.widths[at])
                self._waiting.setdefault(whole, []).append(Branch(trial.choices, at, choice))

    @property
    def exhausted(self) -> bool:
        """Whether there is none left, at any bound."""
        return self._begun and not (self._broken or self._running or self._waiting)

    def claims(self) -> tuple[str, ...]:
        """The highest bound of which all schedules are done, with how many there are up to it."""
        if self._broken:
            return ()
        if self.exhausted:
            return (f"every interleaving, {self._tried:,} schedules",)
        if not self._running and self.bound not in self._waiting:
            self._completed = self.bound, self._tried
        if self._completed is None:
            return ()
        bound, tried = self._completed
        return (f"every schedule with at most {bound} {self._counted if bound != 1 else self._counted[:-1]}, {tried:,} schedules",)

    def _rise(self) -> None:
        """To the next bound that has any."""
        if self._waiting:
            self._completed = min(self._waiting) - 1, self._tried
            self.bound = min(self._waiting)

    def _drawn(self, waiting: list[Branch]) -> Branch:
        place = self._chance.randrange(len(waiting))
        waiting[place], waiting[-1] = waiting[-1], waiting[place]
        branch = waiting.pop()
        if not waiting:
            del self._waiting[self.bound]
        return branch

    def _plan(self, branch: Branch | None) -> Plan:
        self._number += 1
        self._running[self._number] = self.bound
        return Plan(self._number, branch.prefix if branch else (), wants="widths")

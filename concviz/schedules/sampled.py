"""Schedules by chance: each on its own, as many as one likes. They find most failures soon, and prove nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.schedules.plan import Plan

if TYPE_CHECKING:
    from concviz.schedules.trial import Trial

DEPTHS = (1, 2, 3)
"""Of PCT, in turn."""


class Random:
    """At each choice, any of those that can go."""

    exhausted = False
    """There is always another one."""

    def __init__(self, seed: str) -> None:
        self._seed = seed
        self._number = 0

    def plans(self, most: int) -> list[Plan]:
        """The next."""
        first = self._number
        self._number += most
        return [Plan(number, then="random", seed=f"{self._seed} {number}") for number in range(first, self._number)]

    def learn(self, plan: Plan, trial: Trial) -> None:
        """Nothing: each is on its own."""

    def claims(self) -> tuple[str, ...]:
        """None."""
        return ()


class Pct:
    """By priorities that change a few times at steps of chance; depths 1, 2 and 3 in turn."""

    exhausted = False
    """There is always another one."""

    def __init__(self, seed: str, depths: tuple[int, ...] = DEPTHS) -> None:
        self._seed = seed
        self._depths = depths
        self._number = 0
        self._steps = 1

    def plans(self, most: int) -> list[Plan]:
        """The next. How long a run is, the first one tells, which is without changes."""
        if not self._number:
            most = 1
        first = self._number
        self._number += most
        return [
            Plan(number, then="pct", seed=f"{self._seed} {number}", depth=self._depths[number % len(self._depths)], steps=self._steps)
            for number in range(first, self._number)
        ]

    def learn(self, plan: Plan, trial: Trial) -> None:  # noqa: ARG002 - as every search
        """The length of the longest run so far."""
        self._steps = max(self._steps, trial.steps)

    def claims(self) -> tuple[str, ...]:
        """None."""
        return ()

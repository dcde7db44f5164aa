"""A presentation: the scenarios in their order, and which one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.scenarios.lesson import Scenario


class Show:
    """Owns the order. Knows no screen."""

    def __init__(self, scenarios: Iterable[Scenario]) -> None:
        self.scenarios = tuple(scenarios)

    def beside(self, scenario: Scenario, step: int) -> Scenario:
        """The one after (1) or before (-1) it; itself at either end, and where it is none of these (0: itself)."""
        if scenario not in self.scenarios:
            return scenario
        place = self.scenarios.index(scenario) + step
        return self.scenarios[min(max(place, 0), len(self.scenarios) - 1)]

    def place(self, scenario: Scenario) -> str:
        """For people: "7 of 68"; "" where it is none of these."""
        return f"{self.scenarios.index(scenario) + 1} of {len(self.scenarios)}" if scenario in self.scenarios else ""

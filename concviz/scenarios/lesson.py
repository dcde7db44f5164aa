"""What a scenario is: panes that run complete scripts, the words around them, and numbers that a person may change."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from concviz.errors import ScenarioError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from concviz.scenarios.challenges import Challenge
    from concviz.scenarios.questions import Question

MODELS = ("sequential", "threads", "processes", "asyncio", "program")
"""Who does the work in a pane; "program" where nobody said."""

STEPPED = frozenset({"threads", "processes", "asyncio", "program"})
"""The models that a person can be the scheduler of."""

BASELINE = "sequential"
"""The model that the others' speed-up is measured against."""

ORDERS = ("together", "in turn")
"""All panes get their GO at once, or each when the one before it has ended."""

Order = Literal["together", "in turn"]


@dataclass(frozen=True, slots=True)
class Pane:
    """One program of a scenario."""

    model: str
    """One of MODELS."""
    script: Path
    title: str
    module: bool = False
    """Whether the script is the dotted name of a module, as for `python -m`."""

    @property
    def can_be_stepped(self) -> bool:
        """Whether its workers can be held at their scheduling points."""
        return self.model in STEPPED and not self.module


@dataclass(frozen=True, slots=True)
class Parameter:
    """A whole number that reaches the scripts as an environment variable."""

    name: str
    """As the command line and the screen call it."""
    env: str
    """As the scripts read it."""
    default: int
    minimum: int
    maximum: int
    words: str
    """What it counts, for people; "" when nothing is said."""

    def check(self, value: int) -> int:
        """The value, if it is within the bounds; else ScenarioError."""
        if not self.minimum <= value <= self.maximum:
            raise ScenarioError(f"{self.name} cannot be {value}", f"it goes from {self.minimum} to {self.maximum}")
        return value


@dataclass(frozen=True, slots=True)
class Scenario:
    """Programs to be watched side by side."""

    name: str
    """Of its folder, or of its script without the suffix."""
    title: str
    chapter: str
    look_for: str
    """One paragraph: what to watch, and why. "" for a single script."""
    order: Order
    panes: tuple[Pane, ...]
    parameters: tuple[Parameter, ...]
    folder: Path
    """Where its scripts lie."""
    questions: tuple[Question, ...] = ()
    """What to predict before it runs."""
    take_away: tuple[str, ...] = ()
    """What to remember, a line each."""
    docs: str = ""
    """The section of the standard documentation that tells more, by name; "" for none."""
    challenges: tuple[Challenge, ...] = ()
    """What to bring about as the scheduler."""

    @property
    def can_be_stepped(self) -> bool:
        """Whether any of its programs has workers that can be held."""
        return any(pane.can_be_stepped for pane in self.panes)

    def with_panes(self, places: Sequence[int]) -> Scenario:
        """With those of its panes alone; what it asks about others is not asked."""
        kept = [one for one in self.questions if {*one.panes} <= {*places}]
        questions = tuple(replace(one, panes=tuple(places.index(place) for place in one.panes)) for one in kept)
        return replace(self, panes=tuple(self.panes[place] for place in places), questions=questions)

    def values(self, wanted: Mapping[str, int]) -> dict[str, int]:
        """Every parameter's value by name: as wanted, else its default. ScenarioError for one out of its bounds."""
        return {one.name: one.check(wanted.get(one.name, one.default)) for one in self.parameters}

    def environment(self, values: Mapping[str, int]) -> dict[str, str]:
        """What the scripts read."""
        return {one.env: str(values.get(one.name, one.default)) for one in self.parameters}

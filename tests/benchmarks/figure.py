"""One measured figure, and how several are asked for."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Figure:
    """What was measured, and what it should be."""

    name: str
    value: float | None
    """None: it could not be measured."""
    unit: str
    goal: float | None = None
    """None: the figure is only told."""
    better: Literal["less", "more"] = "less"
    """On which side of the goal it must lie."""

    @property
    def holds(self) -> bool:
        """Whether it was measured and reaches its goal, if it has one."""
        if self.value is None:
            return False
        if self.goal is None:
            return True
        return self.value <= self.goal if self.better == "less" else self.value >= self.goal


Measure = Callable[[str], list[Figure]]
"""Measures under the interpreter at this path."""


@dataclass(frozen=True, slots=True)
class Benchmark:
    """A measurement under a name that `--only` finds."""

    name: str
    measure: Measure
    under_each: bool = True
    """Whether it is about the watched side, and so repeated under each Python; else it is about ours."""

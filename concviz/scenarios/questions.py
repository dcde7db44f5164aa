"""What a lesson asks before a run: words, choices, and the measure that answers it from the run itself.

Every measure gives one number. Bounds cut the numbers into as many stretches as there are choices, so exactly one choice holds
whatever comes out; where the measure names a pane, a text or a fate, the number is the place of its choice.
"""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping


class Shape(Enum):
    """What a measure's number stands for."""

    NUMBER = "a number: choices, and the bounds between them"
    TRUTH = "yes or no: two choices, the first for yes"
    PANE = "the place of a pane among those asked about"
    TEXT = "the place of a text among the texts"
    FATE = "how a worker ended: four choices, for finished, failed, cancelled, broken off with its program"


FATES = ("it finished", "it failed", "it was cancelled", "it was broken off with its program")
"""What can become of a worker."""

DOINGS = ("alive", "running", "sleeping", "waiting", "lock", "queue", "event", "others", "child", "await", "io", "gil", "ready")
"""What a worker can be asked about; all but the first are states. "waiting" is for anybody's word: lock to await together."""


@dataclass(frozen=True, slots=True)
class Asks:
    """What a measure gives and what it needs to be told."""

    shape: Shape
    summary: str
    """What it measures, in half a sentence."""
    needs: tuple[str, ...] = ()
    """Keys of the question that it cannot do without."""
    panes: int = 1
    """How many panes it looks at; 0: as many as it is given, else all."""


MEASURES: dict[str, Asks] = {
    "first_done": Asks(Shape.PANE, "which program took the least time", (), 0),
    "last_done": Asks(Shape.PANE, "which program took the most time", (), 0),
    "most_cpu": Asks(Shape.PANE, "which program used the most CPU seconds", (), 0),
    "most_time": Asks(Shape.PANE, "in which program workers spent the most time at something", ("doing",), 0),
    "most_lines": Asks(Shape.PANE, "which program printed the most lines with a text in them", ("texts",), 0),
    "greatest": Asks(Shape.PANE, "which program printed the greatest number behind a text", ("texts",), 0),
    "ends": Asks(Shape.TRUTH, "whether a program ends by itself"),
    "prints": Asks(Shape.TRUTH, "whether a line with a text in it is printed", ("texts",)),
    "in_order": Asks(Shape.TRUTH, "whether the numbers behind a text are printed in rising order", ("texts",)),
    "overlap": Asks(Shape.TRUTH, "whether two workers are at something at the same time", ("doing",)),
    "before": Asks(Shape.TRUTH, "whether the first of two texts is printed before the second", ("texts",)),
    "times_as_fast": Asks(Shape.NUMBER, "how many times less the second program took than the first", (), 2),
    "took": Asks(Shape.NUMBER, "the milliseconds a program took"),
    "cores": Asks(Shape.NUMBER, "how many cores a program kept busy: CPU seconds over wall seconds"),
    "at_once": Asks(Shape.NUMBER, "how many workers are at something at the same time, at most", ("doing",)),
    "workers": Asks(Shape.NUMBER, "how many workers there are"),
    "spent": Asks(Shape.NUMBER, "the milliseconds that workers spend at something, all together", ("doing",)),
    "longest": Asks(Shape.NUMBER, "the milliseconds that one worker is at something without a break, at most", ("doing",)),
    "share": Asks(Shape.NUMBER, "the percentage of their lives that workers spend at something", ("doing",)),
    "times": Asks(Shape.NUMBER, "how often workers are at something", ("doing",)),
    "switches": Asks(Shape.NUMBER, "how often another worker goes on where one ran"),
    "number": Asks(Shape.NUMBER, "the number printed behind a text, the last time", ("texts",)),
    "different": Asks(Shape.NUMBER, "how many different numbers are printed behind a text", ("texts",)),
    "ratio": Asks(
        Shape.NUMBER, "the number behind the first text over that behind the last one; of two programs, if two are named", ("texts",), 0
    ),
    "lines": Asks(Shape.NUMBER, "how many lines with a text in them are printed", ("texts",)),
    "begins": Asks(Shape.NUMBER, "the milliseconds from a worker's creation to its first instruction, the middle one of several"),
    "printed_first": Asks(Shape.TEXT, "which of some texts is printed first", ("texts",)),
    "fate": Asks(Shape.FATE, "how a worker ended", ("workers",)),
}
"""Name -> what it asks. The functions stand in `concviz.lessons`."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A number, or a parameter's value and a number."""

    number: float
    parameter: str = ""

    def value(self, values: Mapping[str, int]) -> float:
        """With these values of the parameters."""
        return self.number + (values[self.parameter] if self.parameter else 0)


@dataclass(frozen=True, slots=True)
class Question:
    """One thing to predict."""

    words: str
    measure: str
    """A key of MEASURES."""
    choices: tuple[str, ...]
    bounds: tuple[Bound, ...]
    """Between the choices of a NUMBER, rising: a choice holds from the bound before it to below the one behind it."""
    panes: tuple[int, ...]
    """The places of the panes that are looked at."""
    workers: str
    """How the names of the workers begin that are looked at; "" for all."""
    doing: str
    """One of DOINGS; "" where the measure needs none."""
    texts: tuple[str, ...]
    """What is looked for in the output."""

    @property
    def shape(self) -> Shape:
        """What its number stands for."""
        return MEASURES[self.measure].shape

    def holds(self, number: float, values: Mapping[str, int]) -> int:
        """The place of the one choice that holds for what was measured, with these values of the parameters."""
        if self.shape is not Shape.NUMBER:
            return int(number)
        return bisect_right([bound.value(values) for bound in self.bounds], number)

"""An answer: a number that was measured in this run, the sentence with its figures, and the place that shows it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

    from concviz.scenarios.questions import Question
    from concviz.timeline.timeline import Timeline


class CannotTell(Exception):  # noqa: N818 - it is an answer, not a mistake
    """What a measure raises, with the reason in words, where this run does not hold the answer."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A place on the stage's timeline."""

    pane: int
    at_ns: int
    """From the run's zero."""
    worker: int = 0
    """0: nobody's in particular."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a run says to a question."""

    number: float | None
    """As the measure gives it; None: it cannot be told from this run."""
    words: str
    """A sentence with what was measured; the reason, where it cannot be told."""
    spots: tuple[Spot, ...] = ()
    """Where it can be seen, the best place first; the earliest first among equals."""
    choice: int | None = None
    """The place of the choice that holds; None: it cannot be told."""


@dataclass(frozen=True, slots=True)
class Case:
    """A question, and the runs that are to answer it."""

    question: Question
    titles: tuple[str, ...]
    """What the panes are called."""
    timelines: tuple[Timeline, ...]
    """By pane; equally many."""
    values: Mapping[str, int]
    """The parameters in these runs, by name."""

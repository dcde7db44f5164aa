"""Questions and the runs that answer them, made by hand."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from concviz.lessons.answer import Answer, Case
from concviz.lessons.answers import answer
from concviz.scenarios.questions import FATES, MEASURES, Bound, Question, Shape
from tests.builders import timeline

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline
    from tests.builders import LaneBuilder

TITLES = ("left", "right", "third")


def question(measure: str, *bounds: float | Bound, panes: tuple[int, ...] = (0,), **more: Any) -> Question:
    """About the first program, unless said otherwise."""
    made = tuple(bound if isinstance(bound, Bound) else Bound(bound) for bound in bounds)
    shape = MEASURES[measure].shape
    texts = tuple(more.get("texts", ()))
    choices = {
        Shape.TRUTH: ("yes", "no"),
        Shape.PANE: tuple(TITLES[pane] for pane in panes),
        Shape.TEXT: texts,
        Shape.FATE: FATES,
        Shape.NUMBER: tuple(f"choice {place}" for place in range(len(made) + 1)),
    }
    return Question("what?", measure, choices[shape], made, panes, more.get("workers", ""), more.get("doing", ""), texts)


def ran(*lanes: LaneBuilder, ms: float = 100, **exit_: Any) -> Timeline:
    """A program that ended after so many ms."""
    return timeline(*lanes, ended=ms, **exit_)


def told(asked: Question, *runs: Timeline, **values: int) -> Answer:
    """What these runs say to it."""
    return answer(Case(asked, TITLES[: len(runs)], runs, values))

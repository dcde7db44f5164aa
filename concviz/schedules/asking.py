"""An exploration from its question to its answer: search, count, shrink, run again."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concviz.schedules.crew import Crew
from concviz.schedules.exploration import Exploration
from concviz.schedules.exploring import Budget, explore
from concviz.schedules.found import settle
from concviz.schedules.strategies import DEFAULT, STRATEGIES
from concviz.schedules.survey import Survey

if TYPE_CHECKING:
    from collections.abc import Callable
    from concurrent.futures import Executor

    from concviz.schedules.subject import Subject


@dataclass(frozen=True, slots=True)
class Question:
    """How a program is to be explored."""

    strategy: str = DEFAULT
    """One of STRATEGIES."""
    seed: int = 0
    budget: Budget = Budget()  # noqa: RUF009 - it cannot change
    one_outcome: bool = False
    """Whether a result other than the first schedule's is a failure."""
    races: bool = True
    """Whether a data race is a failure, where nothing worse is found."""


def nothing(_: Survey) -> None:
    """Say nothing."""


def ask(
    subject: Subject, question: Question, executor: Executor | None = None, hands: int = 1, say: Callable[[Survey], None] = nothing
) -> Exploration:
    """Explore it. None: in this process and thread. `hands`: how many the executor runs at once. TargetError when it cannot be run."""

    def call(function: Callable[..., Any], *arguments: Any) -> Any:
        return function(*arguments) if executor is None else executor.submit(function, *arguments).result()

    survey = Survey(one_outcome=question.one_outcome, races=question.races, memory=subject.memory)
    search = STRATEGIES[question.strategy][0](str(question.seed))
    explore(Crew(subject, executor, hands), search, question.budget, survey, say)
    found = settle(subject, survey, call) if survey.failing is not None else None
    how = (question.strategy, question.seed, subject.memory, sys.version_info[:2])
    return Exploration(subject.title, *how, survey, subject.again, subject.program, found)

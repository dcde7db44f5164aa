"""A scenario with a lesson around it, its runs made by hand, and a house that remembers."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from concviz.lessons.progress import Guesses, Progress
from concviz.settings import key_of
from tests.lessons.asked import question
from tests.ui.made import one_task, two_threads
from tests.ui.stand_ins import SCENARIOS, StandInHouse, StandInStage

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.scenarios.lesson import Scenario
    from concviz.scenarios.questions import Question
    from tests.ui.made import MadeRun

FASTER = replace(
    question("times_as_fast", 2, 4, panes=(1, 0)),
    words="How many times as fast are the threads?",
    choices=("no faster", "twice", "four times or more"),
)
WAITING = replace(question("at_once", 1, panes=(0,), doing="lock"), words="Does anybody wait for the lock?", choices=("nobody", "somebody"))

LESSON = replace(
    SCENARIOS[1],
    name="primes",
    questions=(FASTER, WAITING),
    take_away=("Waits overlap.", "Computing does not.", "Measure it."),
    docs="threading: Thread objects",
    folder=Path("/nowhere/primes"),
)
"""Two panes: the threads take 20 ms, the task 100 ms; a thread waits for a lock from 4 to 9 ms."""


FIRST, LAST = (replace(one, folder=Path("/nowhere") / one.name) for one in (SCENARIOS[0], SCENARIOS[2]))
"""Beside it, without lessons."""


class TeachingHouse(StandInHouse):
    """Keeps what was watched and guessed as long as the test lasts."""

    def __init__(self, *stages: StandInStage) -> None:
        super().__init__(*stages)
        self.kept = Progress()
        self.judged: list[tuple[str, bool]] = []
        self.new_here = False

    def scenarios(self) -> Iterator[Scenario]:
        return iter((FIRST, LESSON, LAST))

    def progress(self) -> Progress:
        return self.kept

    def first_time(self) -> bool:
        first, self.new_here = self.new_here, False
        return first

    def note_guess(self, scenario: Scenario, question: Question, *, right: bool) -> None:
        self.judged.append((question.words, right))
        old = dict(self.kept.guesses.get(key_of(scenario), {}))
        self.kept = replace(self.kept, guesses={key_of(scenario): {**old, question.words: Guesses(right, int(right), 1)}})


def stage(*runs: MadeRun, **values: int) -> StandInStage:
    """Its runs, over unless said otherwise."""
    return StandInStage(runs or (two_threads(), one_task()), scenario=LESSON, title=LESSON.title, values=values)

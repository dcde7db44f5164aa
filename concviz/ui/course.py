"""The lesson around one stage: what was predicted, what came of it, and which page of it is open. Nothing of Textual."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING

from concviz.lessons.answer import Answer, Case, Spot
from concviz.lessons.answers import answer
from concviz.lessons.seen import stopped
from concviz.ui.look import GROWING, span_ns

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from concviz.scenarios.lesson import Scenario
    from concviz.scenarios.questions import Question
    from concviz.ui.look import OnStage, Shown

AGAIN_S = 0.5
"""So long after a question could not be answered, it is asked again."""

Guesses = tuple[int | None, ...]
"""By question: the place of the choice; None for one that was passed over. Empty: nothing was asked."""


Values = dict[str, int]
"""A parameter's name -> its value."""


class Page(Enum):
    """What of the lesson is shown below the panes."""

    CLOSED = "nothing"
    QUESTION = "a question, and what was measured"
    TAKE_AWAY = "what to remember"
    DIFFERENCE = "the last run beside this one"


@dataclass(frozen=True, slots=True)
class Judged:
    """A guess that a run has answered."""

    question: Question
    right: bool


@dataclass(frozen=True, slots=True)
class Before:
    """The last run of the same, to set this one against."""

    values: Mapping[str, int]
    """Its parameters by name."""
    order: str
    walls_ns: tuple[int | None, ...]
    """By pane; None where it did not come to its own end."""


class Course:
    """Owns the page that is open and the answers found so far. Changed by the run screen only."""

    def __init__(self, stage: OnStage, guesses: Guesses = (), before: Before | None = None) -> None:
        self.lesson: Scenario | None = stage.lesson
        """None: nobody wrote one."""
        self.guesses = guesses or (None,) * len(self.questions)
        self.before = before
        self.page = Page.QUESTION if any(guess is not None for guess in guesses) else Page.CLOSED
        self.question = 0
        """The place of the one shown."""
        self.big = False
        """Whether it is for those who sit far away: each line stands alone."""
        self._stage = stage
        self._answers: dict[int, Answer] = {}
        self._again_s = 0.0
        self._place = -1
        self._shown_before = False

    @property
    def questions(self) -> tuple[Question, ...]:
        """Those of the lesson."""
        return self.lesson.questions if self.lesson is not None else ()

    @property
    def runs(self) -> Sequence[Shown]:
        """By pane."""
        return self._stage.runs

    @property
    def changed(self) -> dict[str, tuple[int, int]]:
        """Parameters that the last run had otherwise: name -> (then, now)."""
        values, then = self._stage.values, self.before.values if self.before else {}
        return {name: (then[name], value) for name, value in values.items() if name in then and then[name] != value}

    @property
    def order(self) -> str:
        """Of these runs."""
        return self._stage.order

    @property
    def growing(self) -> bool:
        """Whether more is to come in any pane."""
        return any(run.state in GROWING for run in self.runs)

    @property
    def answer(self) -> Answer | None:
        """To the question that is shown; None: it was not looked for yet."""
        return self._answers.get(self.question)

    @property
    def spot(self) -> Spot | None:
        """The place gone to last of those that show the answer; None: none yet."""
        spots = self.answer.spots if self.answer else ()
        return spots[self._place % len(spots)] if spots and self._place >= 0 else None

    def walls(self) -> tuple[int | None, ...]:
        """How long each program took, by pane; None where it has not come to its own end."""
        return tuple(span_ns(run) if run.state == "ended" and not stopped(run.timeline) else None for run in self.runs)

    def left_behind(self) -> Before:
        """What the next runs are set against."""
        return Before(dict(self._stage.values), self.order, self.walls())

    # How it goes on

    def tick(self, now_s: float) -> list[Judged]:
        """Look for answers that are asked for; gives the guesses that were answered just now."""
        if self.before is not None and not self._shown_before and any(self.walls()):
            self._shown_before = True
            if self.page is Page.CLOSED and (self.changed or self.before.order != self.order):
                self.page = Page.DIFFERENCE
        if now_s < self._again_s:
            return []
        self._again_s = now_s + AGAIN_S
        return [judged for place in range(len(self.questions)) for judged in self._look(place)]

    def sensible(self, name: str) -> bool:
        """Whether `do` would do anything now."""
        match name:
            case "place":
                return self.page is Page.QUESTION and self.answer is not None and bool(self.answer.spots)
            case "difference":
                return self.before is not None
        return bool(self.pages)

    def do(self, name: str, now_s: float) -> Spot | None:
        """One of "turn", "turn_back", "place" and "difference"; gives the place on the timeline to go to, if there is one."""
        match name:
            case "place":
                return self.go_on()
            case "difference":
                self.compare()
            case "turn_back":
                self.turn_back()
            case _:
                self.turn()
                self.tick(now_s)
                return self.go_on() if self.page is Page.QUESTION and not self.growing else None
        return None

    def turn(self) -> None:
        """The next page: each question with its answer, then what to take away, then none."""
        pages = self.pages
        here = (self.page, self.question if self.page is Page.QUESTION else 0)
        place = pages.index(here) + 1 if here in pages else 0
        self._open(*pages[place] if place < len(pages) else (Page.CLOSED, 0))

    def turn_back(self) -> None:
        """The page before; from the first one to none."""
        pages = self.pages
        here = (self.page, self.question if self.page is Page.QUESTION else 0)
        place = pages.index(here) - 1 if here in pages else -1
        self._open(*pages[place] if place >= 0 else (Page.CLOSED, 0))

    @property
    def pages(self) -> list[tuple[Page, int]]:
        """In their order, with the place of the question."""
        asked = [(Page.QUESTION, place) for place in range(len(self.questions))]
        return asked + ([(Page.TAKE_AWAY, 0)] if self.lesson is not None and self.lesson.take_away else [])

    def ends(self, step: int) -> bool:
        """Whether there is no page after (1) or before (-1) the one that is open."""
        if step < 0:
            return self.page is Page.CLOSED
        return not self.pages or self.pages[-1] == (self.page, self.question)

    def compare(self) -> None:
        """The last run beside this one, or nothing any more."""
        self._open(Page.CLOSED if self.page is Page.DIFFERENCE else Page.DIFFERENCE, 0)

    def go_on(self) -> Spot | None:
        """The next of the places that show the answer, round and round; None: there is none."""
        self._place += 1
        return self.spot

    def _open(self, page: Page, question: int) -> None:
        self.page, self.question, self._place, self._again_s = page, question, -1, 0.0

    def _look(self, place: int) -> list[Judged]:
        guess = self.guesses[place] if place < len(self.guesses) else None
        wanted = guess is not None or (self.page is Page.QUESTION and self.question == place)
        known = self._answers.get(place)
        if not wanted or (known is not None and known.choice is not None):
            return []
        question = self.questions[place]
        usual = {one.name: one.default for one in self.lesson.parameters} if self.lesson is not None else {}
        titles, timelines = tuple(run.launch.title for run in self.runs), tuple(run.timeline for run in self.runs)
        case = Case(question, titles, timelines, {**usual, **self._stage.values})
        found = self._answers[place] = answer(case)
        return [Judged(question, found.choice == guess)] if guess is not None and found.choice is not None else []

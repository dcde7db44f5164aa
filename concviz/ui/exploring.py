"""A search of a program's interleavings behind the screen: what it has come to, and its end, also when nobody waits for it any more."""

from __future__ import annotations

from concurrent.futures import CancelledError
from dataclasses import dataclass
from threading import Thread
from typing import TYPE_CHECKING

from concviz.errors import ConcvizError

if TYPE_CHECKING:
    from concviz.schedules.children import Children
    from concviz.schedules.exploration import Exploration
    from concviz.schedules.survey import Survey
    from concviz.stepping.programs import Program

SCHEDULES, SECONDS = 2000, 20.0
"""The most that is tried; the command `concviz explore` can be asked for more."""


class _EndedError(Exception):
    """Nobody waits for it any more."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far it is."""

    schedules: int = 0
    per_s: float = 0.0
    outcomes: int = 0
    fails: bool = False


class Exploring:
    """Owns one search, its processes and the thread that it runs in. All but `close` is for one thread."""

    def __init__(self, program: Program) -> None:
        """It begins at once. TargetError for a program that cannot be read."""
        self.program = program
        self.progress = Progress()
        self.exploration: Exploration | None = None
        """What it came to; None: not yet."""
        self.failure: ConcvizError | None = None
        """Why it came to nothing."""
        self._subject = program.subject()
        self._children: Children | None = None
        self._ending = False
        self._thread = Thread(target=self._run, name="exploring", daemon=True)
        self._thread.start()

    @property
    def goes_on(self) -> bool:
        """Whether there is no answer yet."""
        return self.exploration is None and self.failure is None

    def close(self) -> None:
        """End it, with its processes."""
        self._ending = True
        if self._children is not None:
            self._children.shutdown()
        self._thread.join()

    def _run(self) -> None:
        from concviz.schedules.asking import Question, ask
        from concviz.schedules.children import Children
        from concviz.schedules.executors import cores
        from concviz.schedules.exploring import Budget

        question, hands = Question(budget=Budget(SCHEDULES, SECONDS, to_the_end=True)), cores()
        with Children(hands) as self._children:
            try:
                self.exploration = ask(self._subject, question, self._children, hands, self._say)
            except ConcvizError as error:
                self.failure = error
            except (_EndedError, CancelledError, RuntimeError):
                if not self._ending:
                    raise

    def _say(self, survey: Survey) -> None:
        if self._ending:
            raise _EndedError
        per_s = survey.schedules / survey.seconds if survey.seconds else 0.0
        self.progress = Progress(survey.schedules, per_s, len(survey.outcomes), survey.failing is not None)

"""What the control screen shows and can do: a play, the program it is of, the worker at the cursor, and what was asked for."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, Protocol

from concviz.stepping import goal, token
from concviz.stepping.board import Moment
from concviz.stepping.play import Lead, Way

if TYPE_CHECKING:
    from concviz.scenarios.challenges import Challenge
    from concviz.stepping.goal import Verdict
    from concviz.stepping.play import Play
    from concviz.stepping.programs import Program
    from concviz.stepping.solutions import Solution


class Help(Enum):
    """How much help was asked for with a challenge."""

    NONE = "none"
    HINT = "the hint"
    SEARCH = "the shortest way, which is looked for"
    FOUND = "the shortest way, which is known"
    NOTHING = "the shortest way, but none was found"


class Plays(Protocol):
    """Where plays come from. They are closed there, too."""

    def play(self, program: Program) -> Play:
        """A program, at its start; ConcvizError when it is not there."""

    def solve(self, program: Program) -> Solution | None:
        """The shortest way to win its challenge; None: none was found. Takes its time."""


class ControlModel:
    """Owns what the person chose. Used by one thread, `solve` apart."""

    def __init__(self, title: str, programs: tuple[Program, ...], play: Play, plays: Plays) -> None:
        """`play`: of the first program."""
        self.title = title
        self.programs = programs
        self.place = 0
        """The program that is stepped."""
        self.play = play
        self.help = Help.NONE
        """How much help was asked for."""
        self.solution: Solution | None = None
        """What a search came to; None: none yet, or nothing."""
        self._cursor = 0
        self._moved = False
        self._plays = plays

    @property
    def program(self) -> Program:
        """The one that is stepped."""
        return self.programs[self.place]

    @property
    def challenge(self) -> Challenge | None:
        """What is to be brought about; None: nothing."""
        return self.program.challenge

    @property
    def moment(self) -> Moment:
        """What the board shows now."""
        play = self.play
        return Moment(tuple(play.steps), play.stands, play.outcome, play.fault, tuple(play.words), self.cursor, play.lived)

    @property
    def cursor(self) -> int:
        """The worker that Enter grants: who went last if it can go on, else the first that can; or whom the arrows chose, if it lives."""
        stands = self.play.stands
        if stands is None:
            return self._cursor
        wanted = stands.everybody if self._moved else stands.can
        return self._cursor if self._cursor in [one.worker for one in wanted] else next((one.worker for one in stands.can), 0)

    @property
    def verdict(self) -> Verdict | None:
        """What the run says of the challenge; None: it is not over, or there is none."""
        if self.challenge is None or self.play.outcome is None:
            return None
        return goal.verdict(self.challenge, self.play.outcome, self.play.words)

    @property
    def switches(self) -> int:
        """How often somebody else went on while whoever went last could have."""
        return goal.switches(self.play.steps)

    @property
    def token(self) -> str:
        """The schedule so far, as text that brings it back."""
        return token.of_play(self.play)

    @property
    def led(self) -> bool:
        """Whether somebody else than the person chooses now."""
        return self.play.lead is not Lead.HAND

    def grant(self, worker: int) -> bool:
        """Let it go a step; the cursor goes to it. False: it cannot go now."""
        self._cursor, self._moved = worker, False
        return self.play.grant(worker)

    def ask_for_help(self) -> bool:
        """The hint; then the shortest way; then to be led along it. Whether that way is to be looked for now."""
        if self.help is Help.NONE:
            self.help = Help.HINT
        elif self.help is Help.HINT:
            self.help = Help.SEARCH
            return True
        elif self.solution is not None:
            self.play.start_again(Way(self.solution.choices, memory=self.solution.memory, to_the_end=True))
        return False

    def solve(self, program: Program) -> Solution | None:
        """Look for the shortest way, in any thread."""
        return self._plays.solve(program)

    def learn(self, program: Program, solution: Solution | None) -> None:
        """What the search came to; it may be of a program that is no longer stepped."""
        if program is self.program and self.help is Help.SEARCH:
            self.solution = solution
            self.help = Help.NOTHING if solution is None else Help.FOUND

    def move_cursor(self, step: int) -> None:
        """To the next or the previous worker that lives."""
        stands = self.play.stands
        if stands is None:
            return
        living = [option.worker for option in stands.everybody]
        self._moved = True
        self._cursor = living[(living.index(self.cursor) + step) % len(living)] if self.cursor in living else living[0]

    def change_program(self, step: int) -> Play:
        """Another program or challenge; gives the play that is no longer needed."""
        place = (self.place + step) % len(self.programs)
        opened = self._plays.play(self.programs[place])
        old, self.play, self.place, self._cursor = self.play, opened, place, 0
        self.help, self.solution = Help.NONE, None
        return old

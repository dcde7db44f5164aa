"""`concviz.explore(func)`: the interleavings of a function, from a test or a notebook, in this very process."""

from __future__ import annotations

import functools
import gc
import inspect
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concviz.errors import UsageError
from concviz.schedules import token as tokens
from concviz.schedules.asking import Question, ask
from concviz.schedules.exploring import Budget
from concviz.schedules.programs import under_control
from concviz.schedules.replaying import replay_of
from concviz.schedules.strategies import DEFAULT, STRATEGIES
from concviz.schedules.subject import forget

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.schedules.exploration import Exploration
    from concviz.schedules.replaying import Replayed
    from concviz.schedules.trial import Program

COLUMNS = 100
"""The width of a report in an error's words."""


class InterleavingError(AssertionError):
    """A schedule of the function fails. Its words are the whole report, with the token."""


@functools.lru_cache(maxsize=16)
def _hash_of(function: Callable[..., Any]) -> int:
    """Of its text, which takes longer to find than many schedules take. OSError and TypeError where there is none."""
    return tokens.program_hash(inspect.getsource(function).encode())


@dataclass(frozen=True, slots=True, eq=False)
class FunctionSubject:
    """A function of this process; it cannot be sent anywhere."""

    function: Callable[..., Any]
    setup: Callable[[], Any] | None = None
    invariant: Callable[..., Any] | None = None
    memory: bool = True
    args: tuple[Any, ...] = ()

    @property
    def title(self) -> str:
        """As it is called where it was defined."""
        return str(getattr(self.function, "__qualname__", self.function))

    @property
    def again(self) -> str:
        """As a call."""
        return f'concviz.explore({self.title}, replay="{{token}}")'

    @property
    def program(self) -> int:
        """Of the function's own text; 0 where there is none to be had."""
        try:
            return _hash_of(self.function)
        except (OSError, TypeError):
            return 0

    def load(self) -> Program:
        """Itself."""
        from concviz.gates.target import Target

        return under_control(Target(self.function, args=self.args, setup=self.setup, invariant=self.invariant), memory=self.memory)


def explore(  # noqa: PLR0913 - each has its own words, and a default
    func: Callable[..., Any],
    *,
    args: tuple[Any, ...] = (),
    setup: Callable[[], Any] | None = None,
    invariant: Callable[..., Any] | None = None,
    schedules: int = 1000,
    seconds: float = 30.0,
    seed: int = 0,
    strategy: str = DEFAULT,
    memory: bool = True,
    one_outcome: bool = False,
    races: bool = True,
    to_the_end: bool = False,
    replay: str = "",
    check: bool = True,
) -> Exploration | Replayed:
    """Run a function, or a coroutine function, under many schedules of the threads and tasks that it starts.

    `args` are the same in each run. `setup` is called before each; what it returns, unless that is None, is handed to `func`, before
    them, and to `invariant`. The invariant is
    called after each run, and must not give False nor raise. `replay`: run the schedule of this token alone.
    InterleavingError, with the whole report, when a schedule fails; with `check=False` what was found is given back all the same.
    UsageError for a strategy that is none, TokenError for a token that is none.
    """
    if strategy not in STRATEGIES:
        raise UsageError(f"there is no strategy {strategy!r}", f"it can be {', '.join(STRATEGIES)}")
    subject = FunctionSubject(func, setup, invariant, memory, args)
    collects = gc.isenabled()  # in a run under control, nothing is collected
    try:
        if replay:
            return _replayed(subject, tokens.read(replay), check=check)
        question = Question(strategy, seed, Budget(schedules, seconds, to_the_end), one_outcome, races)
        exploration = ask(subject, question)
    finally:
        forget()
        if collects:
            gc.enable()
    return _checked(exploration) if check else exploration


def _checked(exploration: Exploration) -> Exploration:
    if exploration.survey.failing is not None:
        from concviz.schedules.reports.text import as_text

        raise InterleavingError("\n".join(as_text(exploration, COLUMNS)))
    return exploration


def _replayed(subject: FunctionSubject, token: tokens.Token, *, check: bool) -> Replayed:
    from dataclasses import replace

    replayed = replay_of(replace(subject, memory=token.memory), token)
    if check and replayed.outcome.signature:
        from concviz.schedules.reports.replayed import as_text

        raise InterleavingError("\n".join(as_text(subject, token, replayed, COLUMNS)))
    return replayed

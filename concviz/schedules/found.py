"""A failing schedule, made fit to be shown: shrunk, with a token, and run again on real threads many times."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from concviz.gates.choice import End
from concviz.schedules.replaying import agreeing, made_of, replay_of
from concviz.schedules.shrinking import Failure, shrink
from concviz.schedules.survey import DIFFERS
from concviz.schedules.token import Token

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.gates.choice import Outcome
    from concviz.schedules.subject import Subject
    from concviz.schedules.survey import Survey, Tally

    Call = Callable[..., Any]

RERUNS = 100
"""How often a schedule is run again before it is shown."""


@dataclass(frozen=True, slots=True)
class Found:
    """One failure, as it is shown."""

    token: str
    outcome: Outcome
    """Of its replay."""
    words: str
    """What fails, in one sentence."""
    preemptions: int
    preemptions_at_first: int
    """Before it was shrunk."""
    fewest: bool
    """Whether every schedule with fewer preemptions was run, and none failed so."""
    replays: int
    """How many runs the shrinking took."""
    agreed: int
    """How many of so many reruns came to the same."""
    reruns: int


def settle(subject: Subject, survey: Survey, call: Call) -> Found | None:
    """What is to be shown of the first failure of a survey.

    `call(function, *arguments)` runs where the program is. None: the schedule did not fail so again, under the same choices.
    """
    failing = survey.failing
    assert failing is not None
    failure = _failure(failing, survey)
    at_first = _preemptions(call(replay_of, subject, Token(failing.choices)).outcome)
    shrunk = call(shrink, subject, failing.choices, failure)
    if shrunk is None:
        return None
    replayed = call(replay_of, subject, Token(shrunk.choices))
    token = made_of(replayed, subject)
    outcome = replayed.outcome
    agreed = call(agreeing, subject, token, (outcome.signature, outcome.result), RERUNS, failure.race)
    words = outcome.words
    if failure.unlike is not None:
        words = f"{outcome.result} where the first schedule gave {failure.unlike}"
    elif failure.race:
        words, outcome = failure.race, replace(outcome, end=End.RACE, words=failure.race, signature=failing.signature)
    return Found(str(token), outcome, words, shrunk.preemptions, at_first, shrunk.fewest, shrunk.replays, agreed, RERUNS)


def _failure(failing: Tally, survey: Survey) -> Failure:
    """What a schedule must come to, to fail likewise."""
    if failing.end is End.RACE:
        return Failure(race=failing.words)
    return Failure(unlike=survey.outcomes[0].result) if failing.signature == DIFFERS else Failure(failing.signature)


def _preemptions(outcome: Outcome) -> int:
    return sum(step.preempts for step in outcome.steps)

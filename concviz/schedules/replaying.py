"""A schedule run again: whether it comes to the same, and where it no longer could be followed."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.schedules.choosers import Recorder
from concviz.schedules.plan import Plan
from concviz.schedules.subject import loaded
from concviz.schedules.token import Token, check_of, trimmed

if TYPE_CHECKING:
    from concviz.gates.choice import Option, Outcome
    from concviz.schedules.subject import Subject
    from concviz.schedules.trial import Program


@dataclass(frozen=True, slots=True)
class Replayed:
    """One schedule, followed."""

    outcome: Outcome
    choices: tuple[int, ...]
    """As they were made, without the zeros at the end."""
    checks: tuple[int, ...]
    """For each choice above 0, what it granted, as a token keeps it."""
    diverged: str = ""
    """Where and how the run was another one than the token's, in words; "" when it was the same as far as the token can tell."""


def replay(program: Program, token: Token) -> Replayed:
    """Run it once. Behind a divergence, the choices are followed as far as they can be."""
    recorder = Recorder(Plan(prefix=token.choices))
    outcome = program(recorder)
    made = trimmed(recorder.choices)
    granted = [recorder.seen[at][choice] for at, choice in enumerate(made) if choice]
    checks = tuple(check_of(_words(option)) for option in granted)
    return Replayed(outcome, made, checks, _divergence(token, recorder))


def replay_of(subject: Subject, token: Token) -> Replayed:
    """Likewise, in the process that has the program."""
    return replay(loaded(subject), token)


def agreeing(subject: Subject, token: Token, expected: tuple[str, str], times: int, race: str = "") -> int:
    """How many of so many replays come to the expected (signature, result), and to the race if one is named.

    Called in the process that has the program.
    """
    program = loaded(subject)
    found = 0
    for _ in range(times):
        replayed = replay(program, token)
        outcome = replayed.outcome
        found += not replayed.diverged and (outcome.signature, outcome.result) == expected and (not race or race in outcome.races)
    return found


def made_of(replayed: Replayed, subject: Subject) -> Token:
    """The token that brings this run back."""
    return Token(replayed.choices, subject.memory, sys.version_info[1], subject.program, replayed.checks)


def _divergence(token: Token, recorder: Recorder) -> str:
    choices, switch = trimmed(token.choices), 0
    for at, choice in enumerate(choices):
        if at >= len(recorder.seen):
            return f"diverged at step {at + 1}: the run had ended, but the token has {len(choices)} steps"
        options = recorder.seen[at]
        if choice >= len(options):
            who = f"only {len(options)} could go, not {choice + 1}" if len(options) > 1 else "nobody else could go"
            return f"diverged at step {at + 1}: {who}; next was {_next(options[0])}"
        if choice and token.checks:
            if check_of(_words(options[choice])) != token.checks[switch]:
                return f"diverged at step {at + 1}: {_next(options[choice])} is not what the token was made with"
            switch += 1
    return ""


def _words(option: Option) -> str:
    return f"{option.worker} {option.operation} {option.resource}"


def _next(option: Option) -> str:
    what = f"{option.operation} {option.resource}".strip()
    return f"{option.name}: {what} ({option.file.rpartition('/')[2]}:{option.line})"


def same_program(token: Token, subject: Subject) -> bool:
    """Whether the token was made for this very text; 0 says nothing about it."""
    return token.program in {0, subject.program}

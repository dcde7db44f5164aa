"""One schedule that was asked for, as text."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from concviz.schedules.replaying import same_program
from concviz.schedules.reports.text import run
from concviz.schedules.reports.verdict import preempted

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.schedules.replaying import Replayed
    from concviz.schedules.subject import Subject
    from concviz.schedules.token import Token


def as_text(subject: Subject, asked: Token, replayed: Replayed, columns: int, *, ascii_only: bool = False) -> Iterator[str]:
    """Line by line."""
    outcome = replayed.outcome
    yield subject.title
    ended = f"fails: {outcome.words}" if outcome.signature else f"ends well: {outcome.result}"
    yield from wrap(ended, columns, subsequent_indent="  ")
    if not same_program(asked, subject):
        yield "the program has changed since the token was made, or it is of another one"
    if replayed.diverged:
        yield from wrap(replayed.diverged, columns, subsequent_indent="  ")
    yield ""
    yield from run(outcome, columns, ascii_only=ascii_only)
    yield ""
    yield f"{preempted(sum(step.preempts for step in outcome.steps))}; {len(outcome.steps)} steps"
    for words in outcome.escaped:
        yield from wrap(f"outside control: {words}", columns, subsequent_indent="  ")

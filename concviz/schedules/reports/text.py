"""An exploration as text: the verdict, the failing run as lanes, why it fails, all outcomes, and how to see it again."""

from __future__ import annotations

from textwrap import wrap
from typing import TYPE_CHECKING

from concviz.drawing.fallback import in_ascii
from concviz.drawing.letters import clipped
from concviz.gates.choice import End
from concviz.schedules.conflicts import conflict
from concviz.schedules.reports.lanes import lanes, place_of
from concviz.schedules.reports.outcomes import rows
from concviz.schedules.reports.verdict import remarks, verdict
from concviz.schedules.waiting import waits
from concviz.stepping import words

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.gates.choice import Outcome
    from concviz.schedules.conflicts import Conflict
    from concviz.schedules.exploration import Exploration
    from concviz.schedules.waiting import Wait

TRACEBACK_LINES = 12
"""The last lines of the program's own traceback that are shown."""

OUTCOMES_SHOWN = 12

OUTCOME_CELLS = 60


def as_text(exploration: Exploration, columns: int, *, ascii_only: bool = False) -> Iterator[str]:
    """Line by line; only tokens may be wider than so many columns."""
    found = exploration.found
    yield f"{exploration.title}"
    yield from wrap(verdict(exploration), columns, subsequent_indent="  ")
    if found is not None:
        yield ""
        yield from run(found.outcome, columns, ascii_only=ascii_only)
    yield ""
    yield from outcomes(exploration)
    yield ""
    for remark in remarks(exploration):
        yield from wrap(remark, columns, subsequent_indent="  ")
    if found is not None:
        yield f"again: {exploration.again.format(token=found.token)}"


def run(outcome: Outcome, columns: int, *, ascii_only: bool = False) -> Iterator[str]:
    """One run, and why it ended as it did."""
    why = conflict(outcome)
    picture = lanes(outcome, columns, why.steps if why else ())
    yield from (in_ascii(picture) if ascii_only else picture).to_text().split("\n")
    for told in (accesses(outcome, why), circle(outcome), trace(outcome)):
        lines = list(told)
        yield from ["", *lines] if lines else []


def accesses(outcome: Outcome, why: Conflict | None) -> Iterator[str]:
    """The accesses that conflict, in their order."""
    if why is None:
        return
    yield "conflicting accesses:"
    for at in why.steps:
        step = outcome.steps[at]
        yield f"  step {at + 1}: {step.option.name} {words.done(step)}{place_of(step.option)}"
    if len(why.steps) > 2:
        first, between = outcome.steps[why.steps[0]].option, outcome.steps[why.steps[1]].option
        yield f"  {between.name} comes between two accesses of {first.name} that belong together"


def circle(outcome: Outcome) -> Iterator[str]:
    """Who waits for whom, where nobody could go."""
    if outcome.end is not End.DEADLOCK:
        return
    found = waits(outcome)
    if found.circle:
        yield f"circle of {len(found.circle)}: each waits for the next" if len(found.circle) > 1 else "waits for itself:"
        yield from (f"  {waiting(outcome, one)}" for one in found.circle)
    if found.others:
        yield "who waits too:" if found.circle else "nobody is left who could let these go on:"
        yield from (f"  {waiting(outcome, one)}" for one in found.others)


def waiting(outcome: Outcome, one: Wait) -> str:
    """One worker: what it wants where, who has it, since when and where it took it."""
    since = ""
    if one.held_since is not None:
        since = f" since step {one.held_since + 1}{place_of(outcome.steps[one.held_since].option)}"
    return f"{one.option.name} wants to {words.about(one.option)}{place_of(one.option)}: {one.option.blocked}{since}"


def trace(outcome: Outcome) -> Iterator[str]:
    """The end of the program's own traceback."""
    lines = outcome.traceback.rstrip().splitlines()
    if len(lines) > TRACEBACK_LINES:
        yield f"… {len(lines) - TRACEBACK_LINES} lines before"
    yield from lines[-TRACEBACK_LINES:]


def outcomes(exploration: Exploration) -> Iterator[str]:
    """The table of outcomes."""
    told = rows(exploration)
    survey = exploration.survey
    shown = told[:OUTCOMES_SHOWN]
    cells = max([len("outcome"), *(min(len(row.words), OUTCOME_CELLS) for row in shown)])
    yield f"  {'outcome':<{cells}}  {'schedules':>16}  token"
    for row in shown:
        share = f"{row.count:,} ({row.count / survey.schedules:.0%})"
        said = clipped(" ⏎ ".join(row.words.splitlines()) or "-", cells)
        yield f"{'✗' if row.fails else ' '} {said}{' ' * (cells - len(said))}  {share:>16}  {row.token}"
    left = len(told) - len(shown)
    if left or survey.further:
        yield f"  … {left + survey.further} more"

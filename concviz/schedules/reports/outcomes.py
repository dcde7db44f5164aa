"""Every outcome of all schedules, how often it came, and a token for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.gates.choice import End
from concviz.schedules.token import Token

if TYPE_CHECKING:
    from concviz.schedules.exploration import Exploration


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One distinct outcome."""

    words: str
    """The result, or what failed."""
    fails: bool
    count: int
    token: str
    """Of the first schedule that came to it; the failure that is reported has the shrunk one."""


def rows(exploration: Exploration) -> list[OutcomeRow]:
    """Failures first, then the most frequent."""
    survey, found = exploration.survey, exploration.found
    told = []
    for tally in survey.outcomes:
        token = Token(tally.choices, exploration.memory, exploration.python[1], exploration.program)
        shown = found.token if found is not None and tally is survey.failing else str(token)
        words = tally.result if tally.end is End.OK else tally.words or tally.end.value
        told.append(OutcomeRow(words, survey.fails(tally), tally.count, shown))
    return sorted(told, key=lambda row: (not row.fails, -row.count))

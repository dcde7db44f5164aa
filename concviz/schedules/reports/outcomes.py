"""Every outcome of all schedules, how often it came, and a token for each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.gates.choice import End
from concviz.schedules.token import Token

if TYPE_CHECKING:
    from concviz.schedules.exploration import Exploration
    from concviz.schedules.survey import Tally


@dataclass(frozen=True, slots=True)
class OutcomeRow:
    """One distinct outcome."""

    words: str
    """The result, or what failed."""
    fails: bool
    count: int
    token: str
    """Of the first schedule that came to it; the failure that is reported has the shrunk one, where that says the same."""


def rows(exploration: Exploration) -> list[OutcomeRow]:
    """Failures first, then the most frequent."""
    survey = exploration.survey
    told = [_row(exploration, tally) for tally in survey.outcomes]
    if survey.failing is not None and survey.failing.end is End.RACE:
        told.append(_row(exploration, survey.failing))
    return sorted(told, key=lambda row: (not row.fails, -row.count))


def _row(exploration: Exploration, tally: Tally) -> OutcomeRow:
    survey, found = exploration.survey, exploration.found
    if found is not None and tally is survey.failing and found.words == tally.words:
        token = found.token
    else:
        token = str(Token(tally.choices, exploration.memory, exploration.python[1], exploration.program))
    words = tally.result if tally.end is End.OK else tally.words or tally.end.value
    race = "with a data race: " * (tally.end is End.RACE)
    return OutcomeRow(race + words, survey.fails(tally), tally.count, token)

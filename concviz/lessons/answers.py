"""The answer to a question, from the runs of it: which function each measure is."""

from __future__ import annotations

import os
from dataclasses import replace
from typing import TYPE_CHECKING

from concviz.lessons import doings, printed, walls
from concviz.lessons.answer import Answer, CannotTell

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.lessons.answer import Case

FUNCTIONS: dict[str, Callable[[Case], Answer]] = {
    one.__name__: one
    for one in (
        walls.first_done,
        walls.last_done,
        walls.most_cpu,
        walls.ends,
        walls.times_as_fast,
        walls.took,
        walls.cores,
        doings.most_time,
        doings.overlap,
        doings.at_once,
        doings.workers,
        doings.spent,
        doings.longest,
        doings.share,
        doings.times,
        doings.switches,
        doings.begins,
        doings.fate,
        printed.most_lines,
        printed.greatest,
        printed.prints,
        printed.in_order,
        printed.before,
        printed.number,
        printed.lines,
        printed.different,
        printed.ratio,
        printed.printed_first,
    )
}
"""A key of `scenarios.questions.MEASURES` -> what computes it."""


def answer(case: Case) -> Answer:
    """What these runs say; with a number and the one choice that holds, or with the reason why it cannot be told."""
    try:
        found = FUNCTIONS[case.question.measure](case)
    except CannotTell as reason:
        return Answer(None, str(reason))
    except Exception as error:
        if os.environ.get("CONCVIZ_TRACEBACK"):
            raise
        return Answer(None, f"a mistake of concviz itself: {type(error).__name__}: {error} (CONCVIZ_TRACEBACK=1 shows where)")
    return replace(found, choice=None if found.number is None else case.question.holds(found.number, case.values))

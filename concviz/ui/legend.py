"""What the glyphs of the lanes mean, in the order in which people ask."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.drawing import palette
from concviz.drawing.cells import beside, line
from concviz.drawing.legend import legend as drawn
from concviz.timeline.states import State
from concviz.ui.inks import variable_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.drawing.cells import Cells
    from concviz.ui.look import Look

ORDER = (
    State.RUNNING,
    State.GIL,
    State.READY,
    State.LOCK,
    State.QUEUE,
    State.EVENT,
    State.SYNC,
    State.CHILD,
    State.AWAIT,
    State.IO,
    State.SLEEPING,
)
"""The states with a glyph."""

MOST_LANES = 64
"""Lanes of a pane that are asked for their states."""


def legend() -> tuple[tuple[str, str, str], ...]:
    """Rows of (glyph, colour as a variable of the themes, words)."""
    looks = [(palette.LOOKS[state], state.word) for state in ORDER]
    rows = [(look.glyph, variable_of(look.style), word) for look, word in looks]
    return (
        *rows,
        ("▂▄▆", "$state-running", "running for a part of the time"),
        (palette.EVENT, "$foreground", "something happened, too short for a bar"),
        (palette.LOCKED, "$state-lock", "waited for a lock, and ran in the rest of it"),
        (palette.FAILED, "$error", "failed here"),
        ("GIL", "$quiet", "who held it, by the number or letter in the name; how often a second it changed hands"),
        ("2/9", "$quiet", "held/waited: the shares of the time shown in which a thread held the GIL, and waited for it"),
        ("cores", "$quiet", "how many were in use at once; a dot: less than half of one"),
    )


def row(looks: Iterable[Look], columns: int) -> Cells:
    """One line with the glyphs that occur in these panes, and what they mean."""
    states = {state for look in looks for worker in look.workers[:MOST_LANES] for state in _of(look, worker)}
    return beside(line([(" ", "")], 1), drawn(states, columns - 1))


def _of(look: Look, worker: int) -> set[State]:
    return {State(state) for state in np.unique(look.timeline.lane(worker).states).tolist()}

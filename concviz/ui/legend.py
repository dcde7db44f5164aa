"""What the glyphs of the lanes mean, in the order in which people ask."""

from __future__ import annotations

from concviz.drawing import palette
from concviz.timeline.states import State
from concviz.ui.inks import variable_of

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


def legend() -> tuple[tuple[str, str, str], ...]:
    """Rows of (glyph, colour as a variable of the themes, words)."""
    looks = [(palette.LOOKS[state], state.word) for state in ORDER]
    rows = [(look.glyph, variable_of(look.style), word) for look, word in looks]
    return (
        *rows,
        ("▂▄▆", "$state-running", "running for a part of the time"),
        (palette.EVENT, "$foreground", "something happened, too short for a bar"),
    )

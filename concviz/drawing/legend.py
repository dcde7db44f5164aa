"""The legend: what the glyphs that occur stand for, in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.letters import width
from concviz.drawing.palette import BARS, LOOKS

if TYPE_CHECKING:
    from collections.abc import Collection

    from concviz.drawing.cells import Cells, Part
    from concviz.timeline.states import State

HALF = BARS[len(BARS) // 2]
"""A bar, before the full one."""

GAP = "  "
"""Between two entries."""


def legend(states: Collection[State], columns: int) -> Cells:
    """Glyph and word of each of these states that is drawn, as many as fit; "…" when there are more."""
    parts: list[Part] = []
    used = 0
    entries = [LOOKS[state] for state in LOOKS if state in states and LOOKS[state].glyph != " "]
    for place, look in enumerate(entries):
        # Running is also drawn as bars of any height.
        glyph = HALF + look.glyph if look.glyph == BARS[-1] else look.glyph
        words = f" {look.short}"
        gap = GAP if parts else ""
        # What follows must leave room at least for the sign that there is more.
        rest = width(GAP) + 1 if place + 1 < len(entries) else 0
        if used + len(gap) + len(glyph) + width(words) + rest > columns:
            parts.append((f"{gap}…", "frame.quiet"))
            break
        parts += [(gap + glyph, look.style), (words, "text.dim")]
        used += len(gap) + len(glyph) + width(words)
    return line(parts, columns)

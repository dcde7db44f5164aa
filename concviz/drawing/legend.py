"""The legend: what the glyphs that occur stand for, in one row."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line
from concviz.drawing.letters import width
from concviz.drawing.palette import BARS, EVENT, LOOKS

if TYPE_CHECKING:
    from collections.abc import Collection

    from concviz.drawing.cells import Cells, Part
    from concviz.drawing.palette import Look
    from concviz.timeline.states import State

HALF = BARS[len(BARS) // 2]
"""A bar, before the full one."""

GAP = "  "
"""Between two entries."""


def legend(states: Collection[State], columns: int) -> Cells:
    """Glyph and word of each of these states that is drawn, as many as fit; "…" when there are more."""
    parts: list[Part] = []
    used = 0
    entries = [_entry(LOOKS[state]) for state in LOOKS if state in states and LOOKS[state].glyph != " "]
    entries += [(EVENT, "mark.event", "too short to see")] if entries else []
    for place, (glyph, style, said) in enumerate(entries):
        words = f" {said}"
        gap = GAP if parts else ""
        # What follows must leave room at least for the sign that there is more.
        rest = width(GAP) + 1 if place + 1 < len(entries) else 0
        if used + len(gap) + len(glyph) + width(words) + rest > columns:
            parts.append((f"{gap}…", "frame.quiet"))
            break
        parts += [(gap + glyph, style), (words, "text.dim")]
        used += len(gap) + len(glyph) + width(words)
    return line(parts, columns)


def _entry(look: Look) -> tuple[str, str, str]:
    """Glyph, style and word; running is also drawn as bars of any height."""
    return (HALF + look.glyph if look.glyph == BARS[-1] else look.glyph), look.style, look.short

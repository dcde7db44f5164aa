"""The findings below the panes: a line each, and of the one chosen what to do about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.drawing.cells import line, stacked
from concviz.drawing.letters import clipped, width
from concviz.findings.finding import Weight

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells, Part
    from concviz.ui.discovery import Spot

MOST_LINES = 4
"""Findings that are shown at once."""

MARKS = {Weight.ERROR: ("✗", "text.error"), Weight.WARNING: ("▲", "text.warn"), Weight.NOTE: ("•", "text.dim")}
"""Weight -> glyph and style."""


def findings(spots: Sequence[Spot], chosen: int | None, panes: Sequence[str], columns: int) -> Cells:
    """As many lines as there are, at most MOST_LINES and one with the advice. `panes`: their names; one needs none."""
    first = min(max((chosen or 0) - MOST_LINES + 1, 0), max(len(spots) - MOST_LINES, 0))
    lines = []
    for place, spot in list(enumerate(spots))[first : first + MOST_LINES]:
        pane = panes[spot.pane] if len(panes) > 1 else ""
        more = len(spots) - first - MOST_LINES if place == first + MOST_LINES - 1 else 0
        lines.append(_one(spot, pane, f"+{more} more " if more else "", columns, chosen=place == chosen))
        if place == chosen:
            lines.append(_advice(spot, columns))
    return stacked(*lines) if lines else line([], columns)


def _one(spot: Spot, pane: str, more: str, columns: int, *, chosen: bool) -> Cells:
    mark, style = MARKS[spot.finding.weight]
    parts: list[Part] = [
        ("▸" if chosen else " ", "mark.focus"),
        (f"{mark} {spot.finding.kind}  ", style),
        (f"{pane}  " if pane else "", "text.dim"),
    ]
    room = columns - sum(width(text) for text, _ in parts) - width(more)
    words = clipped(spot.finding.words, room)
    return line([*parts, (words, "text"), (" " * (room - width(words)), ""), (more, "text.dim")], columns)


def _advice(spot: Spot, columns: int) -> Cells:
    return line([("   → ", "text.focus"), (clipped(spot.finding.advice, columns - 6), "text")], columns)

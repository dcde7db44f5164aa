"""The findings below the panes: a line each, and of the one chosen what to do about it."""

from __future__ import annotations

from textwrap import wrap
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

LEAST_COLUMNS = 20
"""No narrower than that are words broken into lines."""

MARKS = {Weight.ERROR: ("✗", "text.error"), Weight.WARNING: ("▲", "text.warn"), Weight.NOTE: ("•", "text.dim")}
"""Weight -> glyph and style."""


def findings(spots: Sequence[Spot], chosen: int | None, panes: Sequence[str], columns: int) -> Cells:
    """A line each, MOST_LINES at most; the chosen one is told in full, with the advice. `panes`: their names; a single one needs none."""
    first = min(max((chosen or 0) - MOST_LINES + 1, 0), max(len(spots) - MOST_LINES, 0))
    lines = []
    for place, spot in list(enumerate(spots))[first : first + MOST_LINES]:
        pane = panes[spot.pane] if len(panes) > 1 else ""
        if place == chosen:
            lines += _whole(spot, pane, columns)
        else:
            more = len(spots) - first - MOST_LINES if place == first + MOST_LINES - 1 else 0
            lines.append(_one(spot, pane, f"+{more} more " if more else "", columns))
    return stacked(*lines) if lines else line([], columns)


def _one(spot: Spot, pane: str, more: str, columns: int) -> Cells:
    parts = [(" ", ""), *_begin(spot, pane)]
    room = columns - sum(width(text) for text, _ in parts) - width(more)
    words = clipped(spot.finding.words, room)
    return line([*parts, (words, "text"), (" " * (room - width(words)), ""), (more, "text.dim")], columns)


def _whole(spot: Spot, pane: str, columns: int) -> list[Cells]:
    begin: list[Part] = [("▸", "mark.focus"), *_begin(spot, pane)]
    indent = sum(width(text) for text, _ in begin)
    words = wrap(spot.finding.words, max(columns - indent, LEAST_COLUMNS)) or [""]
    advice = wrap(spot.finding.advice, max(columns - indent, LEAST_COLUMNS))
    rows: list[list[Part]] = [[*begin, (words[0], "text.strong")]]
    rows += [[(" " * indent, ""), (row, "text.strong")] for row in words[1:]]
    rows += [[(f"{' ' * (indent - 2)}→ " if not place else " " * indent, "text.focus"), (row, "text")] for place, row in enumerate(advice)]
    return [line(row, columns) for row in rows]


def _begin(spot: Spot, pane: str) -> list[Part]:
    mark, style = MARKS[spot.finding.weight]
    return [(f"{mark} {spot.finding.kind}  ", style), *([(f"{pane}  ", "text.dim")] if pane else [])]

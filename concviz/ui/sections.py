"""How a stage shares its width among panes, and a pane its height among lanes, resources, source and output."""

from __future__ import annotations

from dataclasses import dataclass

PANE_WIDTH_CELLS = 33
"""A pane narrower than this would show nothing: panes then stand above each other."""


def rows(panes: int, across: int, focus: int, height: int) -> tuple[str, ...]:
    """The height of each row of panes, in Textual's words: the focused one gets more where all are low."""
    count = -(-panes // max(across, 1))
    low = count > 1 and height / count < PANE_HEIGHT_CELLS
    return tuple("2fr" if low and focus // across == row else "1fr" for row in range(count))


@dataclass(frozen=True, slots=True)
class Heights:
    """Lines of each part of a pane, from top to bottom; source and output include the line with their title."""

    ruler: int = 0
    lanes: int = 0
    resources: int = 0
    source: int = 0
    output: int = 0


PANE_HEIGHT_CELLS = 18
"""Panes lower than this cannot all be read at once: the focused one grows at the cost of the others."""


def columns(panes: int, width_cells: int) -> int:
    """How many panes stand side by side; the rest stand below, in rows of as many."""
    fit = max(width_cells // PANE_WIDTH_CELLS, 1)
    return next(count for count in range(min(panes, fit), 0, -1) if panes % count == 0) if panes else 1


@dataclass(frozen=True, slots=True)
class Wanted:
    """Lines that each part could fill, without titles."""

    lanes: int = 1
    resources: int = 0
    source: int = 0
    output: int = 0


def share(height: int, wanted: Wanted) -> Heights:
    """The height of each part, out of what each could fill.

    Lanes come first, then output and resources, then source: the last two take what is left. Nothing gets more than it can fill,
    but output, which keeps its place while it is empty, so that the parts do not jump with its first line.
    """
    if height <= 0:
        return Heights()
    ruler = 1 if height > 2 else 0
    left = height - ruler
    few = min(wanted.lanes, max(2, left // 2), left)
    left -= few
    some = min(wanted.resources, max(left // 4, 1 if left >= 4 else 0))
    left -= some
    words = 0 if left < 2 else min(max(wanted.output + 1, 4), max(2, left * 2 // 5), left)
    left -= words
    code = min(wanted.source + 1, left) if left > 2 and wanted.source else 0
    left -= code
    more = min(wanted.lanes - few, left)
    left -= more
    wide = min(wanted.resources - some, left)
    left -= wide
    rest = min(max(wanted.output + 1 - words, 0), left) if words else 0
    return Heights(ruler, few + more, some + wide, code, words + rest)

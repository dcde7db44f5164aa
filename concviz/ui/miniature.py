"""A stage drawn small, as the first screen remembers it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.content import Content

from concviz.drawing.axis import Axis, View
from concviz.drawing.cells import line, stacked
from concviz.drawing.durations import duration
from concviz.drawing.lanes import lanes
from concviz.ui.inks import variable_of
from concviz.ui.look import NOBODY, lanes_of, span_ns

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.cells import Cells
    from concviz.ui.look import Shown

LABEL_CELLS = 10
COLUMNS = 34
"""Of names, and of time."""

LANES = 3
"""Lanes of each run."""


def miniature(runs: Sequence[Shown]) -> Content | None:
    """The lanes of all runs, each over its own length of time; None: nothing has happened yet."""
    drawn = [run for run in runs if span_ns(run) and lanes_of(run)]
    return _content(stacked(*(part for run in drawn for part in _run(run)))) if drawn else None


def _run(run: Shown) -> list[Cells]:
    view = View(Axis(0, span_ns(run), COLUMNS), LABEL_CELLS)
    name = run.launch.title if run.launch.model == NOBODY else run.launch.model
    words = line([(f"{name}  ", "text.strong"), (duration(span_ns(run)), "text.dim")], view.width)
    return [words, lanes(run.timeline, lanes_of(run), view, LANES)]


def _content(cells: Cells) -> Content:
    rows = [Content.assemble(*((text, variable_of(style)) for text, style in cells.runs(row))) for row in range(cells.height)]
    return Content("\n").join(rows)

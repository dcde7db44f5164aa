"""Lanes: what each worker did over time, a row for each, under one ruler."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.drawing.bars import bars
from concviz.drawing.cells import Canvas
from concviz.drawing.figures import counted
from concviz.drawing.labels import label
from concviz.drawing.palette import CURSOR, FAILED, FOCUS
from concviz.drawing.styles import style_id
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.axis import Edges, View
    from concviz.drawing.cells import Cells
    from concviz.timeline.spans import Lane
    from concviz.timeline.timeline import Timeline


def lanes(timeline: Timeline, workers: Sequence[int], view: View, height: int, first: int = 0) -> Cells:
    """One row a worker, by index, from the one in place `first` on; the last row says how many are not shown.

    No higher than it must be: fewer workers than `height` make a lower picture.
    """
    shown, hidden = rows(workers, height, first)
    canvas = Canvas(view.width, min(len(shown) + bool(hidden), height))
    if shown and view.axis.columns > 0:
        _fill(canvas, timeline, shown, view)
    for row, worker in enumerate(shown):
        _label(canvas, row, timeline.workers[worker].name, view, worker == view.focus)
    if hidden:
        canvas.put(len(shown), 0, f"… {counted(hidden, 'more worker')}", "text.dim")
    mark_cursor(canvas, view, len(shown))
    return canvas.cells()


def rows(workers: Sequence[int], height: int, first: int = 0) -> tuple[tuple[int, ...], int]:
    """The workers that have a row, from top to bottom, and how many have none."""
    if len(workers) <= height:
        return tuple(workers), 0
    room = max(height - 1, 0)
    start = max(min(first, len(workers) - room), 0)
    return tuple(workers[start : start + room]), len(workers) - room


def first_row(workers: Sequence[int], focus: int, height: int) -> int:
    """The place to begin at so that the focused worker has a row; it moves by half a window at a time."""
    if len(workers) <= height or focus not in workers:
        return 0
    half = max((height - 1) // 2, 1)
    place = workers.index(focus)
    return max(min(place // half * half - half // 2, len(workers) - (height - 1)), 0)


def mark_cursor(canvas: Canvas, view: View, height: int) -> None:
    """Mark the column of the moment looked at, in the first rows; a thin line where nothing is drawn."""
    column = view.cursor_column
    if column is None:
        return
    blank = canvas.glyphs[:height, column] == " "
    canvas.glyphs[:height, column][blank] = CURSOR
    canvas.styles[:height, column][blank] |= style_id("frame.quiet")
    canvas.modify("cursor", slice(0, height), slice(column, column + 1))


def _fill(canvas: Canvas, timeline: Timeline, shown: Sequence[int], view: View) -> None:
    edges = view.axis.edges(timeline.zero_ns)
    found = [timeline.lane(worker) for worker in shown]
    spent = np.stack([lane.spent(edges) for lane in found])
    known_ns = np.diff(np.minimum(edges, timeline.end_ns))
    glyphs, styles = bars(spent, known_ns)
    start = view.label_cells
    canvas.glyphs[: len(shown), start:] = glyphs
    canvas.styles[: len(shown), start:] = styles
    for row, lane in enumerate(found):
        column = _failed_in(lane, edges)
        if column is not None:
            canvas.put(row, start + column, FAILED, "state.failed")


def _failed_in(lane: Lane, edges: Edges) -> int | None:
    """The column in which a worker failed; None: it did not, or not there."""
    if not (lane.states[-1:] == State.FAILED).any() or not edges[0] <= lane.times[-1] < edges[-1]:
        return None
    return int(np.searchsorted(edges, lane.times[-1], side="right")) - 1


def _label(canvas: Canvas, row: int, name: str, view: View, focused: bool) -> None:  # noqa: FBT001 - a fact, no switch
    canvas.put(row, 0, label(name, view.label_cells - 1), "text.focus" if focused else "text.name")
    if focused:
        canvas.modify("chosen", slice(row, row + 1), slice(0, view.width))
        canvas.put(row, view.label_cells - 1, FOCUS, "mark.focus chosen")

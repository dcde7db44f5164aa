"""The cores' row: how many of them the program kept busy, where the system says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.cells import Canvas
from concviz.drawing.lanes import mark_cursor
from concviz.events import Kind
from concviz.timeline.ends import NEVER_NS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.axis import Edges, View
    from concviz.drawing.cells import Cells
    from concviz.timeline.timeline import Timeline

INSTANTS = 8
"""Moments of a column that are looked at: the mean of them is shown."""

LITTLE = "·"
"""Some core was busy, but less than half of the time."""

MANY = "+"
"""More than nine."""

Times = npt.NDArray[np.int64]
"""Times in ns."""

ON = (Kind.ON_CPU, Kind.WITHOUT_GIL)
SEATS = (*ON, Kind.RUNNABLE, Kind.OFF_CPU)


def cores(timeline: Timeline, workers: Sequence[int], view: View) -> Cells:
    """One row: how many workers were on a core at once, on the average of each column. No row: it was not seen at all."""
    kinds = timeline.looks.columns["kind"]
    if view.axis.columns < 1 or not np.isin(kinds, SEATS).any():
        return Canvas(view.width, 0).cells()
    canvas = Canvas(view.width, 1)
    canvas.put(0, 0, "cores", "text.dim")
    for column, mean in enumerate(busy(timeline, workers, view.axis.edges(timeline.zero_ns)).tolist()):
        canvas.put(0, view.label_cells + column, _sign(mean), "state.running" if mean >= 1 / 2 else "text.dim")
    mark_cursor(canvas, view, 1)
    return canvas.cells()


def busy(timeline: Timeline, workers: Sequence[int], edges: Edges) -> npt.NDArray[np.float64]:
    """The mean number of these workers that were on a core, in each column."""
    instants = (edges[:-1, None] + np.diff(edges)[:, None] * np.arange(INSTANTS) // INSTANTS).ravel()
    begins, ends = _times_on(timeline, workers)
    on = np.searchsorted(np.sort(begins), instants, side="right") - np.searchsorted(np.sort(ends), instants, side="right")
    on[instants > timeline.end_ns] = 0
    mean: npt.NDArray[np.float64] = on.reshape(-1, INSTANTS).mean(axis=1)
    return mean


def _times_on(timeline: Timeline, workers: Sequence[int]) -> tuple[Times, Times]:
    """When these workers came to a core, and when they left it: at the next look, or with their life."""
    looks = timeline.looks.columns
    rows = np.flatnonzero(np.isin(looks["kind"], SEATS) & np.isin(looks["worker"], workers))
    rows = rows[np.argsort(looks["worker"][rows], kind="stable")]
    times, who = looks["time"][rows], looks["worker"][rows]
    until = np.append(times[1:], NEVER_NS)[: len(times)]
    until[:-1][who[1:] != who[:-1]] = NEVER_NS
    until = np.minimum(until, timeline.ends_ns[who])
    on = np.isin(looks["kind"][rows], ON) & (times < until)
    return times[on], until[on]


def _sign(mean: float) -> str:
    number = round(mean)
    if not number:
        return LITTLE if mean else " "
    return str(number) if number < 10 else MANY

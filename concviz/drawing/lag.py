"""The event loops' lag: how long a task had to wait for its step, since its loop did something else.

It waits from when it was ready, or from when its sleep was over: a loop that is kept from its clock says "ready" too late.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.cells import Canvas
from concviz.drawing.durations import duration
from concviz.drawing.lanes import mark_cursor
from concviz.drawing.palette import BARS
from concviz.events import Kind
from concviz.timeline.states import flags

if TYPE_CHECKING:
    from concviz.drawing.axis import Edges, View
    from concviz.drawing.cells import Cells
    from concviz.timeline.timeline import Timeline

LEAST_NS = 20_000_000
"""What is late by less has no bar, and where nothing was later there is no row."""

MOST = 100_000
"""So many of the newest steps on screen are looked at."""

KINDS = flags(Kind.READY, Kind.RESUMED, Kind.SLEEP, Kind.SLEPT)
"""Indexed by kind: what is looked at. A task that sleeps in its step, loop and all, is up before it is ready again."""

Numbers = npt.NDArray[np.int64]
"""Times or lengths in ns."""


def lag(timeline: Timeline, view: View) -> Cells:
    """One row: the longest wait of a ready task in each column, a bar an eighth higher for each doubling; its label has the longest."""
    edges = view.axis.edges(timeline.zero_ns)
    worst = longest(timeline, edges) if view.axis.columns > 0 else np.zeros(0, dtype=np.int64)
    if not (worst >= LEAST_NS).any():
        return Canvas(view.width, 0).cells()
    canvas = Canvas(view.width, 1)
    canvas.put(0, 0, f"lag {duration(int(worst.max()))}"[: view.label_cells - 1], "text.dim")
    for column in np.flatnonzero(worst >= LEAST_NS).tolist():
        level = min(1 + int(np.log2(worst[column] / LEAST_NS)), len(BARS) - 1)
        canvas.put(0, view.label_cells + column, BARS[level], "state.ready")
    mark_cursor(canvas, view, 1)
    return canvas.cells()


def longest(timeline: Timeline, edges: Edges) -> Numbers:
    """For each column, how late the latest task was whose wait for its step lies in it; 0: nobody's does."""
    worst = np.zeros(len(edges) - 1, dtype=np.int64)
    ready_ns, resumed_ns = _waits(timeline, edges)
    late = resumed_ns - ready_ns
    first = np.clip(np.searchsorted(edges, ready_ns, side="right") - 1, 0, len(worst) - 1)
    last = np.clip(np.searchsorted(edges, resumed_ns) - 1, 0, len(worst) - 1)
    for one in np.flatnonzero(late >= LEAST_NS)[np.argsort(late[late >= LEAST_NS])].tolist():
        worst[first[one] : last[one] + 1] = late[one]
    return worst


def _waits(timeline: Timeline, edges: Edges) -> tuple[Numbers, Numbers]:
    """(when it could have gone on, when it did) of the steps on screen whose task somebody else, or its loop, had made ready."""
    events = timeline.events
    rows = np.flatnonzero(KINDS[events.kind] & (events.time_ns < edges[-1]))[-2 * MOST :]
    rows = rows[np.argsort(events.worker[rows], kind="stable")]
    kind, worker, times = events.kind[rows], events.worker[rows], events.time_ns[rows]
    pair = np.flatnonzero((kind[:-1] == Kind.READY) & (kind[1:] == Kind.RESUMED) & (worker[:-1] == worker[1:]))
    pair = pair[times[pair + 1] > edges[0]]
    since, before = times[pair], np.maximum(pair - 1, 0)
    slept = (kind[before] == Kind.SLEEP) & (worker[before] == worker[pair]) & (before < pair)
    return np.where(slept, np.minimum(since, times[before] + events.arg[rows][before]), since), times[pair + 1]

"""The cores' row: how many of them the program kept busy, where the system says so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.cells import Canvas
from concviz.drawing.lanes import mark_cursor
from concviz.timeline.ends import NEVER_NS
from concviz.timeline.looks import USED_SHIFT
from concviz.timeline.states import SEATS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.axis import Edges, View
    from concviz.drawing.cells import Cells
    from concviz.timeline.timeline import Timeline

LITTLE = "·"
"""Some core was busy, but less than half of the time."""

LEAST = 0.02
"""What is less than this share of the time is not shown."""

MANY = "+"
"""More than nine."""

WHOLE = 1000
"""A look tells the share of the time that a thread had a core in thousandths."""

Times = npt.NDArray[np.int64]
"""Times in ns."""


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
    """How many cores these workers kept busy, on the average of each column: what they used as the kernel accounts it."""
    looks = timeline.looks.columns
    rows = np.flatnonzero(np.isin(looks["kind"], SEATS) & np.isin(looks["worker"], workers))
    rows = rows[np.argsort(looks["worker"][rows], kind="stable")]
    times, who = looks["time"][rows], looks["worker"][rows]
    until = np.append(times[1:], NEVER_NS)[: len(times)]
    until[:-1][who[1:] != who[:-1]] = NEVER_NS
    until = np.maximum(np.minimum(until, np.minimum(timeline.ends_ns[who], timeline.end_ns)), times)
    cores = (looks["arg"][rows] >> USED_SHIFT) / WHOLE
    used = _since(times - edges[0], cores, edges - edges[0]) - _since(until - edges[0], cores, edges - edges[0])
    mean: npt.NDArray[np.float64] = np.diff(used) / np.maximum(np.diff(edges), 1)
    return mean


def _since(times: Times, cores: npt.NDArray[np.float64], edges: Times) -> npt.NDArray[np.float64]:
    """The core-ns used by each edge, if from each of the times on so many more cores were busy, for ever."""
    order = np.argsort(times)
    sums = np.append(0.0, np.cumsum(cores[order]))
    moments = np.append(0.0, np.cumsum(cores[order] * times[order]))
    row = np.searchsorted(times[order], edges, side="right")
    total: npt.NDArray[np.float64] = sums[row] * edges - moments[row]
    return total


def _sign(mean: float) -> str:
    number = round(mean)
    if not number:
        return LITTLE if mean >= LEAST else " "
    return str(number) if number < 10 else MANY

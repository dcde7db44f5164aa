"""The GIL's row: who held it, column by column, where it could be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.cells import Canvas
from concviz.drawing.labels import label
from concviz.drawing.lanes import mark_cursor
from concviz.drawing.styles import holder_style

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.axis import Edges, View
    from concviz.drawing.cells import Cells
    from concviz.timeline.timeline import Timeline

INSTANTS = 8
"""Moments of a column that are looked at: the one who holds the GIL in most of them is shown."""

SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
"""What can stand for a worker in one cell."""

LABEL_CELLS = 6
"""So short a name is taken that the standard library's own are in their short form."""

_NUMBER = re.compile(r"(?<!\d)\d$")

NO_SIGN = "+"
"""Stands for a worker when all signs are taken."""


def gil(timeline: Timeline, workers: Sequence[int], view: View) -> Cells:
    """One row: the sign of the worker that held the GIL; blank where nobody was seen to. No row: it was not seen at all.

    Where several processes have one each, the row says so instead: each lane tells when its own ran.
    """
    homes = {timeline.workers[worker].process for worker in workers}
    seen = [process for process in sorted(homes) if timeline.looks.holders(process).rows]
    if not seen or view.axis.columns < 1:
        return Canvas(view.width, 0).cells()
    canvas = Canvas(view.width, 1)
    canvas.put(0, 0, "GIL", "text.dim")
    if len(seen) > 1:
        canvas.put(0, view.label_cells, f"one each, {len(seen)} processes", "text.dim")
        return canvas.cells()
    held = holders(timeline, seen[0], view.axis.edges(timeline.zero_ns))
    threads = [worker for worker in workers if timeline.workers[worker].kind != "task"]
    for place, (worker, sign) in enumerate(signs(timeline, threads).items()):
        columns = np.flatnonzero(held == worker)
        for column in columns.tolist():
            canvas.put(0, view.label_cells + column, sign, holder_style(place))
    mark_cursor(canvas, view, 1)
    return canvas.cells()


def holders(timeline: Timeline, process: int, edges: Edges) -> npt.NDArray[np.int32]:
    """The worker that held a process's GIL for the most of each column; 0: nobody, or nobody was seen to."""
    columns = timeline.looks.holders(process)
    instants = (edges[:-1, None] + np.diff(edges)[:, None] * np.arange(INSTANTS) // INSTANTS).ravel()
    row = np.searchsorted(columns["time"], instants, side="right") - 1
    who = np.where((row >= 0) & (instants <= timeline.end_ns), columns["worker"][row], 0)
    known = np.unique(who)
    counts = (who.reshape(-1, INSTANTS)[:, None, :] == known[None, :, None]).sum(axis=2)
    most: npt.NDArray[np.int32] = known[counts.argmax(axis=1)].astype(np.int32)
    return most


def signs(timeline: Timeline, workers: Sequence[int]) -> dict[int, str]:
    """A character for each worker: the number in its name, or its first letter, or the next that is free."""
    taken: dict[int, str] = {}
    free = set(SIGNS)
    for worker in workers:
        taken[worker] = NO_SIGN
        if free:
            short = label(timeline.workers[worker].name, LABEL_CELLS)
            wanted = [*_NUMBER.findall(short), *short.lower(), *SIGNS]
            taken[worker] = next(sign for sign in wanted if sign in free)
            free.remove(taken[worker])
    return taken

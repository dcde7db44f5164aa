"""The GIL's rows: who held it, column by column, and for how much of the time; where it could be seen."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.cells import Canvas, stacked
from concviz.drawing.labels import label
from concviz.drawing.lanes import mark_cursor
from concviz.drawing.letters import shortened
from concviz.drawing.styles import holder_style
from concviz.timeline.gil import NONE, end_ns, gil_missing, gil_partly, gil_shares, hand_overs_per_s

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.drawing.axis import Edges, View
    from concviz.drawing.cells import Cells
    from concviz.timeline.timeline import Timeline

INSTANTS = 8
"""Moments of a column that are looked at: the one who holds the GIL in most of them is shown."""

WORTH_TELLING = 0.01
"""Waits for the GIL that sum up to less than this share of the time are not worth a row."""

SIGNS = "123456789abcdefghijklmnopqrstuvwxyz"
"""What can stand for a worker in one cell."""

SHARE_CELLS = 6
"""No worker's share takes less."""

ROOMY_COLUMNS = 24
"""So many columns of time leave room for the hand-overs a second at the row's end, and for shares below it."""

LABEL_CELLS = 6
"""So short a name is taken that the standard library's own are in their short form."""

_NUMBER = re.compile(r"(?<!\d)\d$")

MANY_GILS = 4
"""Of so many interpreters beside the main one there are rows."""

NO_SIGN = "+"
"""Stands for a worker when all signs are taken."""


def gil(timeline: Timeline, workers: Sequence[int], view: View) -> Cells:
    """The sign of the worker that held the GIL, over time; blank where nobody was seen to. Below that, each one's share.

    Where there is no GIL, or where it cannot be read, the row says so, and why; where several processes have one each,
    it says that: each lane tells when its own ran. No row: it was not seen at all yet.
    """
    homes = sorted({timeline.workers[worker].process for worker in workers} - {0})
    seen = [process for process in homes if timeline.looks.holders(process).rows]
    missing = {words for words in (gil_missing(timeline, process) for process in homes) if words}
    if view.axis.columns < 1 or not (seen or missing):
        return Canvas(view.width, 0).cells()
    if missing or len(seen) > 1:
        return _words(_no_holder(missing, len(seen)), view)
    threads = [worker for worker in workers if timeline.workers[worker].kind != "task"]
    others = timeline.looks.interpreters(seen[0])
    rows = [_row(timeline, threads, seen[0], view, number) for number in (0, *others[:MANY_GILS])]
    rows.append(_shares(timeline, threads, seen[0], view))
    said = [f"of {len(others) - MANY_GILS} interpreters more: no room" if len(others) > MANY_GILS else "", gil_partly(timeline, seen[0])]
    return stacked(*rows, *(_words(words, view) for words in said if words))


def _no_holder(missing: set[str], seen: int) -> str:
    if not missing:
        return f"one each, {seen} processes"
    if missing == {NONE}:
        return NONE
    return f"not available here: {', '.join(sorted(missing))}"


def _words(words: str, view: View) -> Cells:
    canvas = Canvas(view.width, 1)
    canvas.put(0, 0, "GIL", "text.dim")
    canvas.put(0, view.label_cells, shortened(words, view.axis.columns), "text.dim")
    return canvas.cells()


def _row(timeline: Timeline, workers: Sequence[int], process: int, view: View, interpreter: int) -> Cells:
    """Who held it; and how often it was handed over, beside the name where that has room, else at the end."""
    canvas = Canvas(view.width, 1)
    name = f"GIL interp. {interpreter}" if interpreter else "GIL"
    canvas.put(0, 0, shortened(name, view.label_cells), "text.dim")
    held = holders(timeline, process, view.axis.edges(timeline.zero_ns), interpreter)
    some = set(held.tolist())
    for place, (worker, sign) in enumerate(signs(timeline, workers).items()):
        for column in np.flatnonzero(held == worker).tolist() if worker in some else ():
            canvas.put(0, view.label_cells + column, sign, holder_style(place))
    mark_cursor(canvas, view, 1)
    from_ns, to_ns = view.axis.from_ns + timeline.zero_ns, view.axis.to_ns + timeline.zero_ns
    rate = hand_overs_per_s(timeline, process, from_ns, to_ns, interpreter)
    if rate is not None:
        words = f"{rate:.0f}/s"
        beside = len(name) + 1 + len(words) < view.label_cells
        if beside or view.axis.columns >= ROOMY_COLUMNS:
            canvas.put(0, len(name) + 1 if beside else view.width - len(words) - 1, words if beside else f" {words}", "text.dim")
    return canvas.cells()


def _shares(timeline: Timeline, workers: Sequence[int], process: int, view: View) -> Cells:
    """Of what is seen of the time since GO: for how much of it each held the GIL, and waited for it. No row for one thread."""
    from_ns = timeline.zero_ns + max(view.axis.from_ns, 0)
    to_ns = min(timeline.zero_ns + view.axis.to_ns, end_ns(timeline, process))
    shares = gil_shares(timeline, process, from_ns, to_ns, workers[: view.axis.columns // SHARE_CELLS])
    waited_ns = sum(waited for _, waited in shares.values())
    if to_ns <= from_ns or waited_ns < WORTH_TELLING * (to_ns - from_ns) or view.axis.columns < ROOMY_COLUMNS:
        return Canvas(view.width, 0).cells()
    canvas = Canvas(view.width, 1)
    canvas.put(0, 0, "held/waited" if len("held/waited") < view.label_cells else "share", "text.dim")
    at = view.label_cells
    for place, (worker, sign) in enumerate(signs(timeline, workers).items()):
        if worker in shares:
            held, waited = (round(100 * ns / (to_ns - from_ns)) for ns in shares[worker])
            words = f" {held}/{waited}%  "
            if at + 1 + len(words.rstrip()) > view.width:
                canvas.put(0, min(at, view.width - 1), "…", "text.dim")
                break
            canvas.put(0, at, sign, holder_style(place))
            canvas.put(0, at + 1, words.rstrip(), "text.dim")
            at += 1 + len(words)
    return canvas.cells()


def holders(timeline: Timeline, process: int, edges: Edges, interpreter: int = 0) -> npt.NDArray[np.int32]:
    """The worker that held an interpreter's GIL for the most of each column; 0: nobody, or nobody was seen to."""
    columns = timeline.looks.holders(process, interpreter)
    instants = (edges[:-1, None] + np.diff(edges)[:, None] * np.arange(INSTANTS) // INSTANTS).ravel()
    row = np.searchsorted(columns["time"], instants, side="right") - 1
    who = np.where((row >= 0) & (instants <= timeline.end_ns), columns["worker"][row], 0)
    who[instants > timeline.ends_ns[who]] = 0  # an interpreter that shuts down holds it on; its worker has ended
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

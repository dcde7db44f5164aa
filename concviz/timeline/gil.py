"""The GIL of one process over a stretch of time: how often it changed hands, who held it, who waited for it how long."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.timeline.timeline import Timeline

THREADS = frozenset({"process", "thread"})
"""Kinds of workers that can hold a GIL."""

OTHERS = "of these interpreters; those that others have of their own are not read"
"""What is said where there are interpreters that nothing is known of."""

NONE = "no GIL"
"""What is said of a process that has none."""


def gil_missing(timeline: Timeline, process: int) -> str:
    """Why nobody can be shown to hold a process's GIL: NONE, or in words why it cannot be read; "": it can, as far as is known."""
    known, measure = timeline.processes.get(process), timeline.meta.measure
    if known is None or not known.python:
        return ""
    if not known.gil:
        return NONE
    if known.gil_address and not known.gil_address.startswith("0x"):
        return known.gil_address
    if measure is None or measure.no_gil.get(process):
        return "" if measure is None else measure.no_gil[process]
    return measure.no_seats if not measure.gil_every_ns and not measure.seats_every_ns else ""


def gil_partly(timeline: Timeline, process: int) -> str:
    """What is not told of a process's GILs, in words; "": there is one, as far as is known."""
    measure = timeline.meta.measure
    return OTHERS if measure is not None and process in measure.other_gils else ""


def hand_overs(timeline: Timeline, process: int, from_ns: int, to_ns: int, interpreter: int = 0) -> int | None:
    """How often a process's GIL went to another thread, as its interpreter counts; None: it was not looked at by then."""
    looks = timeline.looks.holders(process, interpreter)
    rows = np.searchsorted(looks["time"], (from_ns, to_ns), side="right") - 1
    if rows[1] < 0:
        return None
    counts = looks["switches"][np.maximum(rows, 0)]
    return int(counts[1] - counts[0])


def hand_overs_per_s(timeline: Timeline, process: int, from_ns: int, to_ns: int, interpreter: int = 0) -> float | None:
    """Likewise a second, of the part of that time that the process was seen in; None: it was not."""
    looks = timeline.looks.holders(process, interpreter)
    if not looks.rows:
        return None
    from_ns, to_ns = max(from_ns, int(looks["time"][0])), min(to_ns, end_ns(timeline, process))
    count = hand_overs(timeline, process, from_ns, to_ns, interpreter) if to_ns > from_ns else None
    return None if count is None else count * 1e9 / (to_ns - from_ns)


def gil_shares(
    timeline: Timeline, process: int, from_ns: int, to_ns: int, workers: Sequence[int] | None = None
) -> dict[int, tuple[int, int]]:
    """Worker -> (ns it held the process's GIL, ns it waited for it), as sampled; only those that did either.

    `workers`: those in question; None: all threads of the process.
    """
    if workers is None:
        workers = [worker.index for worker in timeline.workers if worker.process == process]
    held = _held(timeline, process, from_ns, min(to_ns, end_ns(timeline, process)))
    edges = np.array([from_ns, max(from_ns, to_ns)])
    found = {}
    for worker in workers:
        if timeline.workers[worker].process == process and timeline.workers[worker].kind in THREADS:
            waited = int(timeline.lane(worker).spent(edges)[State.GIL][0])
            if held.get(worker) or waited:
                found[worker] = (held.get(worker, 0), waited)
    return found


def _held(timeline: Timeline, process: int, from_ns: int, to_ns: int) -> dict[int, int]:
    looks = timeline.looks.holders(process)
    if not looks.rows or to_ns <= from_ns:
        return {}
    lengths = np.diff(np.clip(np.append(looks["time"], to_ns), from_ns, to_ns))
    counts = looks["held"] & (looks["worker"] > 0) & (lengths > 0)
    sums = np.bincount(looks["worker"][counts], weights=lengths[counts])
    return {int(worker): int(sums[worker]) for worker in np.flatnonzero(sums)}


def end_ns(timeline: Timeline, process: int) -> int:
    """When a process was last there: when it was seen to have ended, or now."""
    return min(timeline.end_ns, timeline.meta.gone.get(process, timeline.end_ns))

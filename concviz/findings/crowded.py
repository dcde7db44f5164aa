"""More workers that compute than there are cores: some are ready and stand in a core's queue.

Known from looks at where threads are. A core that another program takes away is not meant: so many of this one's own
workers must want one at once that the cores could not do even if they were all its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import counted, names, percent
from concviz.findings.windows import Times, edges, queued
from concviz.timeline.describe import duration
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.timeline import Timeline

WINDOW_NS = 200_000_000
"""Some tens of looks at each thread's seat."""

MARGIN = 0.5
"""So many workers more than cores must want to compute: the kernel's own work is not blamed on them."""

ADVICE = "For work that computes, start as many workers as there are cores; more only wait, and cost memory and switches."


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for the run, if there is one. Silent where it is not known how many cores the program may use."""
    cores = max((process.cores for process in timeline.processes.values()), default=0)
    at = edges(timeline, WINDOW_NS)
    if not cores or not timeline.looks.seats.rows or len(at) < 2:
        return
    seated = np.unique(timeline.looks.seats["worker"]).tolist()
    if len(seated) <= cores:
        return
    lanes = [timeline.lane(worker) for worker in seated]
    waits = np.array([queued(lane, at) for lane in lanes])
    wants = waits + np.array([lane.spent(at)[State.RUNNING] for lane in lanes])
    wanting = wants.sum(axis=0)
    waiting = np.minimum(waits.sum(axis=0), np.maximum(wanting - _used(timeline, at), 0))
    which = (wanting > (cores + MARGIN) * WINDOW_NS) & (waiting >= limits["share"] * wanting)
    total = int(waiting[which].sum())
    if total < limits["ms"] * 1e6:
        return
    windows = np.flatnonzero(which)
    own = waits[:, which].sum(axis=1)
    order = np.argsort(-own, kind="stable")
    blamed = tuple(seated[row] for row in order[own[order] > WINDOW_NS // 20].tolist())
    share = percent(total, int(wanting[which].sum()))
    yield Finding(
        kind=CHECK.name,
        weight=Weight.NOTE,
        from_ns=int(at[windows[0]]),
        to_ns=int(at[windows[-1] + 1]),
        words=f"{counted(len(blamed), 'worker')} ({names(timeline, blamed)}) computed on {counted(cores, 'core')}: "
        f"ready, they waited for one {share} of the time, {duration(total)} in all",
        advice=ADVICE,
        workers=blamed,
    )


def _used(timeline: Timeline, at: Times) -> Times:
    """The CPU time that the program used in each window, as the kernel counts; 0 where that was not sampled.

    A look at a thread tells where it was most of the time; one that has a core now and then seems to have none.
    """
    if len(timeline.meta.cpu) < 2:
        return np.zeros(len(at) - 1, dtype=np.int64)
    times, seconds = np.array(timeline.meta.cpu).T
    used: Times = (np.diff(np.interp(at, times, seconds)) * 1e9).astype(np.int64)
    return used


CHECK = Check(
    name="crowded",
    summary="more workers that compute than cores",
    find=find,
    limits={
        "share": Limit(0.2, "share of the time in which workers want a core; three on two cores wait 0.33 of it"),
        "ms": Limit(200, "ms waited for a core, all workers together"),
    },
)

"""Threads that want to compute, and mostly wait for the GIL while another thread of their process has it.

Known from looks at who holds the GIL alone: a run that was not looked at has no such finding. Two threads that compute
wait half of the time each, four wait three quarters of it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import names, percent
from concviz.findings.windows import edges
from concviz.timeline.describe import duration
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.timeline import Timeline

Spent = npt.NDArray[np.int64]
"""[thread, window]: ns."""

WINDOW_NS = 100_000_000
"""Twenty times the interpreter's switch interval: within it, everybody who wants the GIL has had a turn."""

BUSY = 0.5
"""A thread counts in a window of which it wanted to compute this share."""

SMALL = 0.1
"""A thread that waited less than this part of what the first one did is not named."""

ADVICE = "Threads take turns at computing: give it to processes (ProcessPoolExecutor), or run it on a Python without the GIL."


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each process that has such threads."""
    looked_at: dict[int, list[int]] = {
        process.index: [] for process in timeline.processes.values() if process.gil and timeline.looks.holders(process.index).rows
    }
    if not looked_at:
        return
    for worker in timeline.workers[1:]:
        if worker.kind != "task" and worker.process in looked_at:
            looked_at[worker.process].append(worker.index)
    for threads in looked_at.values():
        yield from _among(timeline, threads, limits)


def _among(timeline: Timeline, threads: list[int], limits: Mapping[str, float]) -> Iterator[Finding]:
    """Of one process's threads."""
    threads = [each for each in threads if timeline.lane(each).totals().get(State.GIL, 0) > BUSY * limits["share"] * WINDOW_NS]
    at = edges(timeline, WINDOW_NS)
    if not threads or len(at) < 2:
        return
    waited, wanted = _spent(timeline, threads, at)
    bound = (wanted >= BUSY * WINDOW_NS) & (waited >= limits["share"] * wanted)
    total = np.where(bound, waited, 0).sum(axis=1)
    if total.sum() < limits["ms"] * 1e6:
        return
    windows = np.flatnonzero(bound.any(axis=0))
    order = np.argsort(-total, kind="stable")
    blamed = tuple(threads[row] for row in order[total[order] > SMALL * total.max()].tolist())
    share = percent(int(total.sum()), int(np.where(bound, wanted, 0).sum()))
    yield Finding(
        kind=CHECK.name,
        weight=Weight.WARNING,
        from_ns=int(at[windows[0]]),
        to_ns=int(at[windows[-1] + 1]),
        words=f"{names(timeline, blamed)} waited for the GIL {share} of the time in which they wanted to run,"
        f" {duration(int(total.sum()))} in all",
        advice=ADVICE,
        workers=blamed,
    )


def _spent(timeline: Timeline, threads: list[int], at: Spent) -> tuple[Spent, Spent]:
    """(waited for the GIL, wanted to run), each [thread, window]."""
    spent = [timeline.lane(thread).spent(at) for thread in threads]
    waited = np.array([each[State.GIL] for each in spent])
    return waited, waited + np.array([each[State.RUNNING] + each[State.READY] for each in spent])


CHECK = Check(
    name="gil-bound",
    summary="threads that mostly wait for the GIL",
    find=find,
    limits={
        "share": Limit(0.4, "share of the time in which a thread wants to run; two threads that compute wait 0.45 to 0.55 of it"),
        "ms": Limit(200, "ms waited, all such threads together"),
    },
)

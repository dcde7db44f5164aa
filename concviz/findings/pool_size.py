"""A pool with too few workers: jobs lie there long while those who do them only wait. Or with too many: some never did any.

Too few is said only of jobs that sleep or wait for input and output: those that compute, or wait for one another, would
gain nothing by more workers. What a `multiprocessing.Pool` cuts a `map` into is not judged so: when each piece was
ready is not known.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import counted, names
from concviz.findings.pools import pools
from concviz.timeline.describe import duration, resource_name
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.findings.pools import Pool
    from concviz.timeline.timeline import Timeline

OUTSIDE = (State.SLEEPING, State.IO)
"""In which a worker needs no core, and holds nobody up."""

IDLE = (State.QUEUE, State.READY)
"""In which it has no job."""


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """At most one of each for each pool."""
    for pool in pools(timeline):
        if len(pool.unused) >= limits["unused"] and 2 * len(pool.unused) >= len(pool.workers) and _over(timeline, pool):
            yield _too_large(timeline, pool)
        if len(pool.queued_ns) >= limits["jobs"]:
            yield from _too_small(timeline, pool, limits)


def _over(timeline: Timeline, pool: Pool) -> bool:
    """Whether all its workers have ended, and nothing that they did can have been missed."""
    return not timeline.meta.lost and all(timeline.lane(worker).stop_ns is not None for worker in pool.workers)


def _too_large(timeline: Timeline, pool: Pool) -> Finding:
    from_ns, to_ns = _life(timeline, pool.unused)
    return Finding(
        kind=CHECK.name,
        weight=Weight.NOTE,
        from_ns=from_ns,
        to_ns=to_ns,
        words=f"{len(pool.unused)} of the {len(pool.workers)} workers of {resource_name(timeline, pool.resource)} never did a job:"
        f" {names(timeline, pool.unused)}",
        advice="Make the pool smaller, or cut the work into more jobs (a smaller chunksize).",
        workers=pool.unused,
        resources=(pool.resource,),
    )


def _too_small(timeline: Timeline, pool: Pool, limits: Mapping[str, float]) -> Iterator[Finding]:
    queued_ns, worked_ns = int(np.median(pool.queued_ns)), int(np.median(pool.worked_ns))
    if queued_ns < limits["queued_ms"] * 1e6 or queued_ns < limits["times"] * worked_ns:
        return
    share = _outside(timeline, pool)
    if share < limits["share"]:
        return
    from_ns, to_ns = _life(timeline, pool.workers)
    yield Finding(
        kind=CHECK.name,
        weight=Weight.NOTE,
        from_ns=from_ns,
        to_ns=to_ns,
        words=f"Jobs lay in {resource_name(timeline, pool.resource)} for {duration(queued_ns)}, then took {duration(worked_ns)} (medians),"
        f" while its {counted(len(pool.workers), 'worker')} spent {round(100 * share)} % of their jobs asleep or in input and output",
        advice="More workers would let more of these waits overlap, as far as what they wait for can stand it.",
        workers=pool.workers,
        resources=(pool.resource,),
    )


def _outside(timeline: Timeline, pool: Pool) -> float:
    """The share of their working time that the pool's workers need no core for."""
    totals = [timeline.lane(worker).totals() for worker in pool.workers]
    working = sum(ns for each in totals for state, ns in each.items() if state not in IDLE)
    return sum(each.get(state, 0) for each in totals for state in OUTSIDE) / max(working, 1)


def _life(timeline: Timeline, workers: tuple[int, ...]) -> tuple[int, int]:
    """From the first one's beginning to the last one's end, or to now."""
    lanes = [timeline.lane(worker) for worker in workers]
    return min(lane.start_ns or lane.end_ns for lane in lanes), max(lane.stop_ns or lane.end_ns for lane in lanes)


CHECK = Check(
    name="pool-size",
    summary="a pool with far too few workers for its jobs, or with workers that never did one",
    find=find,
    limits={
        "jobs": Limit(10, "jobs done, below which a pool is not called too small"),
        "queued_ms": Limit(100, "ms that half of the jobs at least lie in the pool"),
        "times": Limit(3, "times as long as its own work that a job lies there; ten jobs handed to three workers at once: 1.2"),
        "share": Limit(0.8, "share of the jobs' time that they are asleep or in input and output"),
        "unused": Limit(2, "workers that never did a job; half of the pool at least"),
    },
)

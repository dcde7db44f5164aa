"""Pools: who works in each, what was handed to it, and how long that lay there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.states import flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline

Times = npt.NDArray[np.int64]
"""Lengths in ns."""

TAKES = flags(Kind.GET_WAIT, Kind.GOT)
"""Indexed by kind: what only a pool's workers do to it."""

JOBS = flags(Kind.JOB, Kind.JOB_DONE)
"""Indexed by kind."""


@dataclass(frozen=True, slots=True)
class Pool:
    """One pool."""

    resource: int
    workers: tuple[int, ...]
    unused: tuple[int, ...]
    """Those of its workers that have begun no job."""
    queued_ns: Times
    """How long each job that was done lay there, where it is known when it was handed in."""
    worked_ns: Times
    """How long each of these jobs took."""


def pools(timeline: Timeline) -> Iterator[Pool]:
    """All pools that workers have asked for work."""
    events = timeline.events
    handed_ns: Times | None = None
    for resource in timeline.used_resources:
        if timeline.resources[resource].kind != "Pool":
            continue
        if handed_ns is None:
            handed_ns = _handed(timeline)
        on = timeline.events_on(resource)
        workers = np.unique(events.worker[on[TAKES[events.kind[on]]]]).tolist()
        if workers:
            yield _pool(timeline, resource, tuple(workers), handed_ns)


def _handed(timeline: Timeline) -> Times:
    """Indexed by resource: when the job was handed in; 0: it was not, or is no job."""
    events = timeline.events
    rows = np.flatnonzero(events.kind == Kind.SUBMITTED)
    found = np.zeros(len(timeline.resources), dtype=np.int64)
    found[events.resource[rows]] = events.time_ns[rows]
    return found


def _pool(timeline: Timeline, resource: int, workers: tuple[int, ...], handed_ns: Times) -> Pool:
    done = {worker: _jobs(timeline, worker, handed_ns) for worker in workers}
    return Pool(
        resource=resource,
        workers=workers,
        unused=tuple(worker for worker, jobs in done.items() if jobs is None),
        queued_ns=np.concatenate([NOTHING, *(jobs[0] for jobs in done.values() if jobs is not None)]),
        worked_ns=np.concatenate([NOTHING, *(jobs[1] for jobs in done.values() if jobs is not None)]),
    )


NOTHING = np.zeros(0, dtype=np.int64)
"""No lengths."""


def _jobs(timeline: Timeline, worker: int, handed_ns: Times) -> tuple[Times, Times] | None:
    """(how long each lay there, how long each took) of the jobs a worker did; None: it has begun none."""
    events, rows = timeline.events, timeline.events_of(worker)
    rows = rows[JOBS[events.kind[rows]]]
    if not len(rows):
        return None
    kind, times, job = events.kind[rows], events.time_ns[rows], events.resource[rows]
    done = np.flatnonzero((kind[:-1] == Kind.JOB) & (kind[1:] == Kind.JOB_DONE) & (job[:-1] == job[1:]))
    done = done[handed_ns[job[done]] > 0]
    return times[done] - handed_ns[job[done]], times[done + 1] - times[done]

"""Who could end a wait: the one it is for, where only that one can, else those who have done so before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.carried import SEMAPHORES
from concviz.timeline.ends import NEVER_NS
from concviz.timeline.owners import before, owners_at
from concviz.timeline.states import GROUPS, State

if TYPE_CHECKING:
    from concviz.timeline.spans import Span
    from concviz.timeline.timeline import Timeline

QUEUES = frozenset(next(group for group in GROUPS if "Queue" in group))
"""Kinds of resource that items go through."""

LOCKS = frozenset({"Lock", "RLock", "Condition"})
"""Kinds of resource that one worker holds at a time."""

SEVERAL = frozenset({"gather", "TaskGroup", "wait"})
"""Kinds of resource that stand for tasks, mostly children of the one that waits."""

ANSWERS: dict[int, tuple[Kind, ...]] = {
    Kind.GET_WAIT: (Kind.PUT,),
    Kind.PUT_WAIT: (Kind.GOT,),
    Kind.IO_WAIT: (Kind.GOT,),
    Kind.REQUESTED: (Kind.RELEASED,),
    Kind.WAIT: (Kind.NOTIFIED, Kind.TASK_DONE),
}
"""What ends a wait that any worker may end, by what began it."""


@dataclass(frozen=True, slots=True)
class Need:
    """One wait, and who could end it."""

    worker: int
    state: State
    resource: int
    """0: none, or unknown."""
    since_ns: int
    site: int
    by: tuple[int, ...]
    """Any of them could end it; empty: nobody known."""
    closed: bool
    """Whether nobody else could: the lock's holder, the child, the task that is awaited."""
    kind: int = 0
    """What began it: an `events.Kind`; 0: it does not wait, but its event loop is kept."""


def need_of(timeline: Timeline, worker: int, span: Span, time_ns: int) -> Need:
    """What a worker's wait needs, at a time within it."""
    by, closed = _by(timeline, worker, span, time_ns)
    return Need(worker, span.state, span.resource, span.from_ns, span.site, by, closed, span.kind)


def holders(timeline: Timeline, resource: int, time_ns: int) -> tuple[int, ...] | None:
    """Those that alone can give up a lock or a permit; None: anybody may, since others have, or it is not known who has it.

    Holders that have ended count for an RLock and for what processes share: nobody does it for them.
    """
    held = owners_at(timeline, resource, time_ns)
    known = timeline.resources[resource]
    if not held or _given_back_by_others(timeline, resource, time_ns):
        return None
    if known.kind in SEMAPHORES and known.capacity is not None and len(held) < known.capacity:
        return None
    ends = timeline.ends_ns
    orphaned = all(ends[worker] <= time_ns for worker in held)
    return None if orphaned and known.kind != "RLock" and not known.uid else held


def _by(timeline: Timeline, worker: int, span: Span, time_ns: int) -> tuple[tuple[int, ...], bool]:
    """(who, whether they alone)."""
    if span.kind in {Kind.JOIN, Kind.AWAIT}:
        return ((span.arg,), True) if span.arg else ((), False)
    if span.kind == Kind.REQUESTED:
        held = holders(timeline, span.resource, time_ns)
        if held is not None:
            return held, True
    kind = timeline.resources[span.resource].kind
    if kind == "Job":
        runners = job_runners(timeline, span.resource, time_ns)
        return runners, bool(runners)
    if kind == "Pool" and span.kind == Kind.WAIT:
        return _without(timeline, _who(timeline, span.resource, time_ns, (Kind.GET_WAIT, Kind.GOT)), worker, time_ns), False
    if kind in SEVERAL:
        return _without(timeline, _children(timeline, worker, time_ns), worker, time_ns), False
    answers = ANSWERS.get(span.kind, ()) if span.resource else ()
    return _without(timeline, _who(timeline, span.resource, time_ns, answers), worker, time_ns), False


def job_runners(timeline: Timeline, job: int, time_ns: int) -> tuple[int, ...]:
    """Who does a pool's job; before it has begun, all that may; empty: nobody is known, or it is done."""
    events = timeline.all_events
    rows = before(timeline, job, time_ns, Kind.JOB, Kind.JOB_DONE, Kind.SUBMITTED, Kind.NOTIFIED)
    kinds = events.kind[rows]
    if not len(rows) or np.isin(kinds, (Kind.JOB_DONE, Kind.NOTIFIED)).any():
        return ()
    begun = rows[kinds == Kind.JOB]
    if len(begun):
        return (int(events.worker[begun[-1]]),)
    pool = _pool_of(timeline, job, int(rows[0]))
    return _without(timeline, _who(timeline, pool, time_ns, (Kind.GET_WAIT, Kind.GOT)), 0, time_ns) if pool else ()


def _pool_of(timeline: Timeline, job: int, submitted: int) -> int:
    """The pool that a job was handed to: named in its uid, or told right after; 0 unknown."""
    uid, events = timeline.resources[job].uid, timeline.all_events
    if uid:
        return next((one.index for one in timeline.resources if one.kind == "Pool" and one.uid and uid.startswith(f"{one.uid}:")), 0)
    rows = timeline.events_of(int(events.worker[submitted]))
    after = rows[np.searchsorted(rows, submitted) + 1 :][:1]
    told = int(events.resource[after[0]]) if len(after) and events.kind[after[0]] == Kind.PUT else 0
    return told if timeline.resources[told].kind == "Pool" else 0


def _given_back_by_others(timeline: Timeline, resource: int, time_ns: int) -> bool:
    """Whether a worker that did not have it gave it back: then it is a signal rather than a lock."""
    if timeline.resources[resource].kind == "RLock":
        return False
    events = timeline.all_events
    rows = before(timeline, resource, time_ns, Kind.ACQUIRED, Kind.RELEASED)
    workers, given = events.worker[rows], events.kind[rows] == Kind.RELEASED
    return bool(len(rows)) and not set(np.unique(workers[given]).tolist()) <= set(np.unique(workers[~given]).tolist())


def _children(timeline: Timeline, worker: int, time_ns: int) -> tuple[int, ...]:
    """Whom a worker has started, the newest last."""
    events, rows = timeline.all_events, timeline.events_of(worker)
    rows = rows[(events.kind[rows] == Kind.SPAWNED) & (events.time_ns[rows] <= time_ns)]
    return tuple(dict.fromkeys(events.arg[rows].tolist()))


def _who(timeline: Timeline, resource: int, time_ns: int, kinds: tuple[Kind, ...]) -> tuple[int, ...]:
    """The workers that have done so."""
    if not kinds or not resource:
        return ()
    return tuple(np.unique(timeline.all_events.worker[before(timeline, resource, time_ns, *kinds)]).tolist())


def _without(timeline: Timeline, workers: tuple[int, ...], worker: int, time_ns: int) -> tuple[int, ...]:
    """Of some workers those that live, and are not this one."""
    if not workers:
        return ()
    ends = timeline.ends_ns
    return tuple(one for one in workers if one and one != worker and (ends[one] == NEVER_NS or ends[one] > time_ns))

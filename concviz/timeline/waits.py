"""Who waits at a time, for what and for whom; and how each resource stands then."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import ARG, Kind, Meaning
from concviz.timeline.owners import before, owners_at
from concviz.timeline.states import WAITING, WAITING_FLAGS, State

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from concviz.timeline.spans import Span
    from concviz.timeline.timeline import Timeline

OWNED = frozenset({State.LOCK, State.SYNC})
"""Waits that end when an owner gives something up."""

SIZED = (Kind.PUT, Kind.GOT, Kind.PUT_WAIT, Kind.GET_WAIT)
"""Their arg: items in the queue."""


@dataclass(frozen=True, slots=True)
class Wait:
    """One worker that is held up."""

    worker: int
    state: State
    resource: int
    """0: none, or unknown."""
    since_ns: int
    for_workers: tuple[int, ...]
    """Whose doing would end it: the owners of the lock, the child, the holder of the GIL; empty: unknown or anybody's."""
    site: int


@dataclass(frozen=True, slots=True)
class ResourceState:
    """How a resource stands at a time."""

    resource: int
    owners: tuple[int, ...]
    """Who holds it."""
    waiters: tuple[int, ...]
    """Who waits for it, the longest first."""
    fill: int | None
    """Items in a queue when it was last measured; None: not a queue, or never measured."""
    capacity: int | None
    """Items or permits at most; None: no bound or none known."""
    value: int | None
    """What a counter of the program's own says; a semaphore's permits left; 1 for an event that is set, else 0; how many have
    come to a barrier. None: unknown."""
    held_unseen: bool = False
    """Nobody was seen to take or give back this lock, yet somebody was refused it: it was taken before it was watched, or forked so."""


def waiting_at(timeline: Timeline, time_ns: int) -> tuple[Wait, ...]:
    """All that wait, the longest first. A worker that sleeps or does input or output waits too."""
    return _in_order(timeline, [*_told(timeline, time_ns), *_seen(timeline, time_ns)], time_ns)


def waiting_for_resources(timeline: Timeline, time_ns: int) -> tuple[Wait, ...]:
    """Those of `waiting_at` that wait for a resource; found without looking at all others."""
    return _in_order(timeline, _told(timeline, time_ns, 1), time_ns)


def _in_order(timeline: Timeline, found: Iterable[tuple[int, Span]], time_ns: int) -> tuple[Wait, ...]:
    waits = [wait_of(timeline, worker, span, time_ns) for worker, span in found]
    return tuple(sorted(waits, key=lambda wait: wait.since_ns))


def wait_of(timeline: Timeline, worker: int, span: Span, time_ns: int) -> Wait:
    """What a worker's span, one of WAITING, means at a time within it."""
    for_workers = _for_workers(timeline, worker, span, time_ns)
    return Wait(worker, span.state, span.resource, span.from_ns, for_workers, span.site)


def resource_at(timeline: Timeline, resource: int, time_ns: int, waits: tuple[Wait, ...] | None = None) -> ResourceState:
    """How one resource stands. `waits`: what `waiting_for_resources` gives for that time, where it is known already."""
    waits = waiting_for_resources(timeline, time_ns) if waits is None else waits
    owners = owners_at(timeline, resource, time_ns)
    theirs = [wait for wait in waits if wait.resource == resource]
    refused = not owners and any(wait.state is State.LOCK for wait in theirs)
    return ResourceState(
        resource=resource,
        owners=owners,
        waiters=tuple(wait.worker for wait in theirs),
        fill=_fill(timeline, resource, time_ns),
        capacity=timeline.resources[resource].capacity,
        value=_value(timeline, resource, time_ns),
        held_unseen=refused and not len(before(timeline, resource, time_ns, Kind.ACQUIRED, Kind.RELEASED)),
    )


def resources_at(timeline: Timeline, time_ns: int) -> tuple[ResourceState, ...]:
    """How all resources stand that anything happened to."""
    waits = waiting_for_resources(timeline, time_ns)
    return tuple(resource_at(timeline, resource, time_ns, waits) for resource in timeline.used_resources)


def _told(timeline: Timeline, time_ns: int, least_resource: int = 0) -> Iterator[tuple[int, Span]]:
    """Workers that wait by their own events, for a resource of this index or a greater one."""
    columns = timeline.changes.columns
    if not columns.rows:
        return
    rows = timeline.changes.at(time_ns)
    waits = (rows >= 0) & WAITING_FLAGS[columns["state"][rows]] & (columns["resource"][rows] >= least_resource)
    workers = np.flatnonzero(waits)
    now_ns = timeline.end_ns + (not timeline.finished)  # now is a part of a program that runs
    for worker in workers[time_ns < np.minimum(timeline.ends_ns[workers], now_ns)].tolist():
        yield worker, timeline.changes.span(int(rows[worker]))


def _seen(timeline: Timeline, time_ns: int) -> Iterator[tuple[int, Span]]:
    """Threads that run by their own events, and were seen from outside to wait."""
    if not timeline.looks.columns.rows or not timeline.changes.columns.rows:
        return
    rows = timeline.changes.at(time_ns)
    for worker in np.flatnonzero((rows >= 0) & (timeline.changes.columns["state"][rows] == State.RUNNING)).tolist():
        if timeline.workers[worker].kind != "task":
            span = timeline.lane(worker).at(time_ns)
            if span.state in WAITING:
                yield worker, span


def _for_workers(timeline: Timeline, worker: int, span: Span, time_ns: int) -> tuple[int, ...]:
    if span.state is State.GIL:
        holder = timeline.gil_holder(timeline.workers[worker].process, time_ns)
        return (holder or span.arg,)
    if span.state in OWNED and span.resource:
        owners = tuple(owner for owner in owners_at(timeline, span.resource, time_ns) if owner != worker)
        if owners:
            return owners
    told = ARG.get(Kind(span.kind)) is Meaning.WORKER if span.kind in KNOWN else False
    return (span.arg,) if told and span.arg else ()


KNOWN = frozenset(int(kind) for kind in Kind)
"""The numbers of all kinds."""


def _fill(timeline: Timeline, resource: int, time_ns: int) -> int | None:
    rows = before(timeline, resource, time_ns, *SIZED)
    sizes = timeline.all_events.arg[rows]
    known = sizes[sizes >= 0]
    return int(known[-1]) if len(known) else None


def _value(timeline: Timeline, resource: int, time_ns: int) -> int | None:
    kind = timeline.resources[resource].kind
    if kind in {"Semaphore", "BoundedSemaphore"}:
        rows = before(timeline, resource, time_ns, Kind.ACQUIRED, Kind.RELEASED)
        return int(timeline.all_events.arg[rows[-1]]) if len(rows) else timeline.resources[resource].capacity
    if kind == "Counter":
        rows = before(timeline, resource, time_ns, Kind.COUNTED)
        return int(timeline.all_events.arg[rows[-1]]) if len(rows) else None
    if kind not in {"Event", "Barrier"}:
        return None
    rows = before(timeline, resource, time_ns, Kind.NOTIFIED, Kind.CLEARED, Kind.WAIT)
    if not len(rows):
        return 0
    last, arg = int(timeline.all_events.kind[rows[-1]]), int(timeline.all_events.arg[rows[-1]])
    if kind == "Barrier":
        return arg if last == Kind.WAIT else 0
    told = rows[timeline.all_events.kind[rows] != Kind.WAIT]
    return int(timeline.all_events.kind[told[-1]] == Kind.NOTIFIED) if len(told) else 0

"""Who holds a lock or a semaphore at a time, from what was last taken and given back before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.carried import LOOK_BACK, SEMAPHORES

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

Rows = npt.NDArray[np.int64]
"""Numbers of events."""


def owners_at(timeline: Timeline, resource: int, time_ns: int) -> tuple[int, ...]:
    """The workers that hold it, by when they took it; empty: nobody, or it is nothing that is held."""
    rows = before(timeline, resource, time_ns, Kind.ACQUIRED, Kind.RELEASED)
    if not len(rows):
        return ()
    if timeline.resources[resource].kind in SEMAPHORES:
        return _holders(timeline, rows)
    return _owner(timeline, rows)


def before(timeline: Timeline, resource: int, time_ns: int, *kinds: Kind) -> Rows:
    """A resource's events of these kinds at or before a time, as far as one looks back."""
    rows = timeline.events_on(resource)
    events = timeline.all_events
    until = int(np.searchsorted(events.time_ns[rows], time_ns, side="right"))
    rows = rows[max(until - LOOK_BACK, 0) : until]
    return rows[np.isin(events.kind[rows], kinds)]


def _owner(timeline: Timeline, rows: Rows) -> tuple[int, ...]:
    """Of a lock. A RELEASED after the last ACQUIRED may be its former owner's, told late."""
    events = timeline.all_events
    taken = np.flatnonzero(events.kind[rows] == Kind.ACQUIRED)
    if not len(taken):
        return ()
    owner = int(events.worker[rows[taken[-1]]])
    earlier = rows[: taken[-1]]
    for row in rows[taken[-1] + 1 :].tolist():
        worker = int(events.worker[row])
        theirs = earlier[events.worker[earlier] == worker]
        late = worker != owner and len(theirs) > 0 and events.kind[theirs[-1]] == Kind.ACQUIRED
        if not late and events.arg[row] <= 0:
            return ()
    return (owner,)


def _holders(timeline: Timeline, rows: Rows) -> tuple[int, ...]:
    """Of a semaphore, each once. What somebody else gave back was the oldest holder's."""
    events = timeline.all_events
    held: list[int] = []
    for kind, worker in zip(events.kind[rows].tolist(), events.worker[rows].tolist(), strict=True):
        if kind == Kind.ACQUIRED:
            held.append(worker)
        elif held:
            held.remove(worker if worker in held else held[0])
    return tuple(dict.fromkeys(held))

"""Who let whom go on: pairs of events, the second of which could happen because of the first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from concviz.events import Kind

if TYPE_CHECKING:
    from concviz.timeline.events import Events
    from concviz.timeline.timeline import Timeline

Column = npt.NDArray[np.int64]
"""One number a flow."""

Mask = npt.NDArray[np.bool_]
"""Which events."""

HANDED = (
    (Kind.RELEASED, Kind.REQUESTED, Kind.ACQUIRED, Kind.REFUSED),
    (Kind.PUT, Kind.GET_WAIT, Kind.GOT, Kind.QUEUE_REFUSED),
    (Kind.GOT, Kind.PUT_WAIT, Kind.PUT, Kind.QUEUE_REFUSED),
)
"""What one worker does to a resource, the wait of another that it can end, what that one then does, and what it does when it gives up."""

ENDS = (Kind.ENDED, Kind.FAILED, Kind.CANCELLED)
"""A worker's end."""


@dataclass(frozen=True, slots=True)
class Flows:
    """By the time of what was made possible; each column has one number a flow."""

    from_ns: Column
    from_worker: Column
    to_ns: Column
    to_worker: Column
    kind: Column
    """What the first worker did: an `events.Kind`."""
    resource: Column
    """To what; 0: to the other worker itself."""

    def __len__(self) -> int:
        return len(self.from_ns)


def flows(timeline: Timeline) -> Flows:
    """All that the events bear out: a wait that nobody is known to have ended has none."""
    events = timeline.events
    pairs = [_handed(events, *kinds) for kinds in HANDED]
    pairs += [_notified(events), _spawned(events), _joined(events)]
    rows = [(events.worker[giver].astype(np.int64), giver, taker) for giver, taker in pairs]
    ready, resumed = readied(events)
    rows.append((events.arg[ready], ready, resumed))
    who, giver, taker = (np.concatenate(parts) for parts in zip(*rows, strict=True))
    keep = (who > 0) & (events.worker[taker] > 0) & (who != events.worker[taker])
    order = np.flatnonzero(keep)[np.argsort(taker[keep], kind="stable")]
    who, giver, taker = who[order], giver[order], taker[order]
    kind = events.kind[giver].astype(np.int64)
    resource = np.where(np.isin(kind, (Kind.SPAWNED, *ENDS)), 0, events.resource[giver]).astype(np.int64)
    return Flows(events.time_ns[giver], who, events.time_ns[taker], events.worker[taker].astype(np.int64), kind, resource)


def _handed(events: Events, gives: Kind, waits: Kind, takes: Kind, gives_up: Kind) -> tuple[Column, Column]:
    """The last giving before each taking that had to be waited for, if it happened during the wait."""
    begun, taken = _waited(events, waits, takes, gives_up)
    givers = _rows(events.kind == gives) if len(taken) else taken
    place, found = _latest(givers, taken, events.resource[givers], events.resource[taken])
    giver, taker = givers[place], taken[found]
    during = giver > begun[found]
    return giver[during], taker[during]


def _waited(events: Events, waits: Kind, takes: Kind, gives_up: Kind) -> tuple[Column, Column]:
    """Takings that the same worker had begun to wait for just before, with respect to the same resource; the waits first."""
    rows = _rows((events.kind == waits) | (events.kind == takes) | (events.kind == gives_up))
    key = events.worker[rows].astype(np.int64) << 32 | events.resource[rows]
    order = np.argsort(key, kind="stable")
    rows, key = rows[order], key[order]
    fits = (events.kind[rows[:-1]] == waits) & (events.kind[rows[1:]] == takes) & (key[:-1] == key[1:])
    begun, taken = rows[:-1][fits], rows[1:][fits]
    order = np.argsort(taken, kind="stable")
    return begun[order], taken[order]


def _notified(events: Events) -> tuple[Column, Column]:
    """What a worker said of itself: who woke it."""
    woken = _rows((events.kind == Kind.WOKE) & (events.arg > 0))
    givers = _rows(events.kind == Kind.NOTIFIED) if len(woken) else woken
    keys = (_pair(who, events.resource[rows]) for who, rows in ((events.worker[givers], givers), (events.arg[woken], woken)))
    place, found = _latest(givers, woken, *keys)
    return givers[place], woken[found]


def _spawned(events: Events) -> tuple[Column, Column]:
    spawns, starts = _rows(events.kind == Kind.SPAWNED), _rows(events.kind == Kind.STARTED)
    place, found = _latest(spawns, starts, events.arg[spawns], events.worker[starts])
    return spawns[place], starts[found]


def _joined(events: Events) -> tuple[Column, Column]:
    ends, joins = _rows(np.isin(events.kind, ENDS)), _rows(events.kind == Kind.JOINED)
    place, found = _latest(ends, joins, events.worker[ends], events.arg[joins])
    return ends[place], joins[found]


def readied(events: Events) -> tuple[Column, Column]:
    """Rows of events: a task was made ready by somebody, and then went on."""
    ready, resumed = _rows(events.kind == Kind.READY), _rows(events.kind == Kind.RESUMED)
    place, found = _latest(ready, resumed, events.worker[ready], events.worker[resumed])
    once, first = np.unique(place, return_index=True)  # a later step was not made possible by an earlier word
    return ready[once], resumed[found[first]]


def _rows(which: Mask) -> Column:
    return np.flatnonzero(which).astype(np.int64, copy=False)


def _pair(one: npt.NDArray[Any], other: npt.NDArray[Any]) -> Column:
    """One key of two."""
    return one.astype(np.int64) << 32 | other.astype(np.int64)


def _latest(givers: Column, takers: Column, given: npt.NDArray[Any], taken: npt.NDArray[Any]) -> tuple[Column, Column]:
    """(place of the last giver before it of the same key, place of the taker) of each taker that has one, in the order of takers.

    Givers and takers are rows of events, in order; `given` and `taken` their keys.
    """
    keys = np.concatenate((taken, given))
    order = np.lexsort((np.concatenate((takers, givers)), keys))
    keys, gives = keys[order], order >= len(takers)
    place = np.arange(len(order))
    begins = np.maximum.accumulate(np.where(np.diff(keys, prepend=-1) != 0, place, 0))
    last = np.maximum.accumulate(np.where(gives, place, -1))
    found = ~gives & (last >= begins)
    giver, taker = order[last[found]] - len(takers), order[found]
    order = np.argsort(taker, kind="stable")
    return giver[order], taker[order]

"""Happens-before between workers: which event made which possible. "Who woke whom", as pairs of events.

The order within one worker is not told again. After Lamport (1978): what is not ordered by chains of these and of each
worker's own events might as well have happened the other way round.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.states import TERMINAL

if TYPE_CHECKING:
    from concviz.timeline.events import Events
    from concviz.timeline.timeline import Timeline

Rows = npt.NDArray[np.int64]
"""Numbers of events."""


@dataclass(frozen=True, slots=True)
class Edges:
    """Pairs of events, ordered by the later one; read-only."""

    causes: Rows
    effects: Rows

    def cause(self, event: int) -> int | None:
        """What another worker did that made this event possible; None: nothing that is known."""
        place = int(np.searchsorted(self.effects, event))
        return int(self.causes[place]) if place < len(self.effects) and self.effects[place] == event else None

    def effects_of(self, event: int) -> list[int]:
        """What this event made possible in other workers."""
        return [int(effect) for effect in self.effects[self.causes == event]]


def edges(timeline: Timeline) -> Edges:
    """All pairs so far. Costs some sorts of all events: ask once for a revision, and only when they are shown."""
    events = timeline.all_events
    found = [
        _spawned(events),
        _joined(events),
        _woken(events),
        _made_ready(events),
        _handed(events, Kind.REQUESTED, (Kind.ACQUIRED, Kind.REFUSED), Kind.RELEASED),
        _handed(events, Kind.GET_WAIT, (Kind.GOT, Kind.QUEUE_REFUSED), Kind.PUT),
        _handed(events, Kind.PUT_WAIT, (Kind.PUT, Kind.QUEUE_REFUSED), Kind.GOT),
    ]
    causes = np.concatenate([cause for cause, _ in found])
    effects = np.concatenate([effect for _, effect in found])
    real = (causes >= 0) & (events.worker[causes] != events.worker[effects])
    order = np.argsort(effects[real], kind="stable")
    causes, effects = causes[real][order], effects[real][order]
    for rows in (causes, effects):
        rows.setflags(write=False)
    return Edges(causes, effects)


def _of(events: Events, *kinds: int) -> Rows:
    return np.flatnonzero(np.isin(events.kind, kinds))


def latest(rows: Rows, keys: npt.NDArray[np.int64], at: Rows, wanted: npt.NDArray[np.int64]) -> Rows:
    """For each number in `at`: the largest of `rows` below it whose key is the wanted one; -1: none."""
    if not len(rows):
        return np.full(len(at), -1, dtype=np.int64)
    span = int(max(rows.max(), at.max(initial=0))) + 1
    _, codes = np.unique(np.concatenate((keys, wanted)), return_inverse=True)
    keys, wanted = codes[: len(keys)], codes[len(keys) :]
    composed = keys * span + rows
    order = np.argsort(composed)
    composed = composed[order]
    place = np.searchsorted(composed, wanted * span + at) - 1
    found = (place >= 0) & (composed[place] // span == wanted)
    return np.where(found, rows[order][place], -1)


def _spawned(events: Events) -> tuple[Rows, Rows]:
    """SPAWNED before the child's first event."""
    spawned = _of(events, Kind.SPAWNED)
    workers, first = np.unique(events.worker, return_index=True)
    if not len(workers):
        return spawned, spawned
    place = np.minimum(np.searchsorted(workers, events.arg[spawned]), len(workers) - 1)
    known = (workers[place] == events.arg[spawned]) & (first[place] > spawned)
    return spawned[known], first[place][known]


def _joined(events: Events) -> tuple[Rows, Rows]:
    """A worker's end before who waited for it goes on."""
    joined, ends = _of(events, Kind.JOINED), _of(events, *TERMINAL)
    return latest(ends, events.worker[ends].astype(np.int64), joined, events.arg[joined]), joined


def _woken(events: Events) -> tuple[Rows, Rows]:
    """What the waker told the resource before the wait ended."""
    woke, told = _of(events, Kind.WOKE), _of(events, Kind.NOTIFIED)
    woke = woke[events.arg[woke] > 0]
    keys = events.resource[told].astype(np.int64) << 32 | events.worker[told]
    return latest(told, keys, woke, events.resource[woke].astype(np.int64) << 32 | events.arg[woke]), woke


def _made_ready(events: Events) -> tuple[Rows, Rows]:
    """What a worker did last before it made a task ready."""
    ready = _of(events, Kind.READY)
    every = np.arange(len(events))
    return latest(every, events.worker.astype(np.int64), ready, events.arg[ready]), ready


def _handed(events: Events, begin: Kind, ends: tuple[Kind, ...], cause: Kind) -> tuple[Rows, Rows]:
    """Of a wait for a resource: what was done to the resource last before the wait ended well."""
    effects, causes = _of(events, ends[0]), _of(events, cause)
    waits = _of(events, begin, *ends)
    last = latest(waits, events.worker[waits].astype(np.int64), effects, events.worker[effects].astype(np.int64))
    waited = (last >= 0) & (events.kind[last] == begin) & (events.resource[last] == events.resource[effects])
    effects = effects[waited]
    return latest(causes, events.resource[causes].astype(np.int64), effects, events.resource[effects].astype(np.int64)), effects

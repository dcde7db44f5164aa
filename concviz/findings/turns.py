"""Whose turn it was at a lock or a semaphore, and who waited for it from when to when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.carried import SEMAPHORES
from concviz.timeline.needs import LOCKS
from concviz.timeline.states import flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline

Column = npt.NDArray[np.int64]
"""Times in ns."""

Numbers = npt.NDArray[np.int32]
"""Workers, numbers of events, sites."""

USES = flags(Kind.REQUESTED, Kind.ACQUIRED, Kind.RELEASED, Kind.REFUSED)
"""Indexed by kind."""

REFUSED, OPEN = -1, -2
"""In the place of an event: the wait ended in vain, or goes on."""

DEPTH = frozenset({"RLock", "Condition"})
"""Kinds that their holder can take again."""


@dataclass(frozen=True, slots=True)
class Spells:
    """Stretches of time, each of one worker; columns of equal length."""

    worker: Numbers
    from_ns: Column
    to_ns: Column
    row: Numbers
    """The event that ended a wait well, or began a hold; REFUSED, OPEN: there is none."""
    site: Numbers

    def __len__(self) -> int:
        return len(self.worker)

    def of(self, which: npt.NDArray[np.generic]) -> Spells:
        """Some of them: flags or places."""
        return Spells(self.worker[which], self.from_ns[which], self.to_ns[which], self.row[which], self.site[which])

    @property
    def length_ns(self) -> Column:
        """How long each was."""
        return self.to_ns - self.from_ns


@dataclass(frozen=True, slots=True)
class Turns:
    """One resource."""

    waits: Spells
    """In no order; one that goes on ends now."""
    holds: Spells
    """In the order of time; of a semaphore too, where they overlap."""


def contended(timeline: Timeline, kinds: frozenset[str] = LOCKS | SEMAPHORES) -> Iterator[tuple[int, Turns]]:
    """All resources of these kinds that somebody has waited for."""
    events = timeline.events
    waited = np.unique(events.resource[events.kind == Kind.REQUESTED]).tolist()
    for resource in waited:
        if timeline.resources[resource].kind in kinds:
            yield resource, turns(timeline, resource)


_known: WeakKeyDictionary[Timeline, dict[int, tuple[tuple[int, int, int], Turns]]] = WeakKeyDictionary()


def turns(timeline: Timeline, resource: int) -> Turns:
    """All turns so far; several checks ask for the same."""
    rows = timeline.events_on(resource)
    rows = rows[USES[timeline.events.kind[rows]]]
    stamp = len(rows), int(rows[-1]) if len(rows) else -1, timeline.end_ns
    known = _known.setdefault(timeline, {})
    if resource not in known or known[resource][0] != stamp:
        known[resource] = stamp, _turns(timeline, resource, rows)
    return known[resource][1]


def forget(timeline: Timeline) -> None:
    """Give back the memory that its turns took."""
    _known.pop(timeline, None)


def _turns(timeline: Timeline, resource: int, rows: Column) -> Turns:
    events = timeline.events
    kind = events.kind[rows]
    if timeline.resources[resource].kind in DEPTH:
        arg = events.arg[rows]
        rows = rows[~((kind == Kind.ACQUIRED) & (arg > 1) | (kind == Kind.RELEASED) & (arg > 0))]
    worker = events.worker[rows]
    rows = rows[np.argsort(worker.astype(np.uint16) if len(timeline.workers) < 1 << 16 else worker, kind="stable")]
    waits = _spells(timeline, rows, Kind.REQUESTED, (Kind.ACQUIRED, Kind.REFUSED))
    holds = _spells(timeline, rows, Kind.ACQUIRED, (Kind.RELEASED,))
    return Turns(waits, holds.of(np.argsort(holds.from_ns, kind="stable")))


def _spells(timeline: Timeline, rows: Column, begin: Kind, ends: tuple[Kind, ...]) -> Spells:
    """From each `begin` to the worker's next event, which must be one of `ends`; to now where there is none yet."""
    events = timeline.events
    kind, worker, times = events.kind[rows], events.worker[rows], events.time_ns[rows]
    at = np.flatnonzero(kind == begin)
    after = np.minimum(at + 1, max(len(rows) - 1, 0))
    same = (after > at) & (worker[after] == worker[at])
    ended = same & np.isin(kind[after], ends)
    at, after, ended = at[ended | ~same], after[ended | ~same], ended[ended | ~same]
    until = np.minimum(timeline.ends_ns[worker[at]], timeline.end_ns)
    to_ns = np.maximum(np.where(ended, times[after], until), times[at])
    got = rows[at] if begin is Kind.ACQUIRED else np.where(kind[after] == Kind.ACQUIRED, rows[after], REFUSED)
    got = got if begin is Kind.ACQUIRED else np.where(ended, got, OPEN)
    return Spells(worker[at], times[at], to_ns, got.astype(np.int32), events.site[rows[at]])

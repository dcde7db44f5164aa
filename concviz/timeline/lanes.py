"""Lanes made on demand: a worker's spans are gathered when somebody asks, and then only what is new."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.timeline.columns import Columns
from concviz.timeline.event_rows import EventRows
from concviz.timeline.grouping import Grouping
from concviz.timeline.looks import Tracks, overlaid
from concviz.timeline.spans import SPAN_COLUMNS, Lane
from concviz.timeline.states import LOOKS, State

if TYPE_CHECKING:
    from concviz.timeline.changes import Changes
    from concviz.timeline.columns import Batch
    from concviz.timeline.looks import Looks
    from concviz.timeline.named import Worker

Rows = npt.NDArray[np.int64]
"""Row numbers."""

FAR_PAST = -(1 << 62)
"""Before all times."""


@dataclass(frozen=True, slots=True)
class Life:
    """What is known about a worker beside its events."""

    worker: Worker
    end_ns: int
    """Its forced end, else now."""
    over: bool
    """Whether it has ended by then, whatever its events say."""
    from_ns: int = 0
    """Before that it is not known what it did."""


class _Followed:
    """Owns what one lane has seen, and brings it up to date."""

    def __init__(self, worker: int, events: EventRows, changes: Changes, looks: Looks) -> None:
        self.events = events
        self.lane = Lane(worker, self.events.times)
        self._changes = changes
        self._looks = looks
        self._base = Columns(**SPAN_COLUMNS, row="i8")
        self._seats = Columns(time="i8", seat="u1")
        self._seen = [0, 0, 0, 0]
        self._until_ns = FAR_PAST
        self._patience_ns = 0

    def refresh(self, life: Life) -> Lane:
        """The lane, with all that happened."""
        self.lane.end_ns, self.lane.over, self.lane.from_ns = life.end_ns, life.over, life.from_ns
        from_ns = self._follow_base()
        home = 0 if "command" in life.worker.flags else life.worker.process  # another program has no part in its starter's GIL
        holders = self._looks.holders(home)
        if life.worker.kind != "task" and (holders.rows or self._looks.seats.rows):
            self._overlay(life, holders, from_ns)
        return self.lane

    def _follow_base(self) -> int | None:
        """Take in what the events say; gives the time from which that is new."""
        columns = self._changes.columns
        low = columns.low_since(self._seen[0])
        if low >= columns.rows:
            return None
        self._seen[0] = columns.changes
        rows = self._changes.begun(self.lane.worker, low)
        at = int(np.searchsorted(self._base["row"], low))
        if at == self._base.rows and not len(rows):
            return None
        from_ns = int(columns["time"][low])
        batch = {name: columns[name][rows] for name in SPAN_COLUMNS}
        self._base.write(at, batch | {"row": rows})
        if not self._patience_ns:
            self.lane.rewrite(at, batch)
        return from_ns

    def _overlay(self, life: Life, holders: Columns, base_ns: int | None) -> None:
        news = [base_ns, self._follow_seats(), self._news(2, holders), self._news(3, self.events.source), self._waited(life)]
        if self._patience_ns != self._looks.patience_ns:
            self._patience_ns, news = self._looks.patience_ns, [FAR_PAST]
        times = [time for time in news if time is not None]
        if not times or (base_ns is None and self._rests(min(times))):
            return
        self._until_ns = life.end_ns
        from_ns = max(min(times), int(self._base["time"][0]) if self._base.rows else 0)
        at = int(np.searchsorted(self.lane.times, from_ns))
        self.lane.rewrite(at, self._joined(at, overlaid(self._tracks(holders), from_ns, life.end_ns)))

    def _rests(self, from_ns: int) -> bool:
        """Whether by its events it does not run from then on: then no look says anything of it."""
        base = self._base
        return bool(base.rows) and base["state"][-1] != State.RUNNING and base["time"][-1] <= from_ns

    def _joined(self, at: int, batch: Batch) -> Batch:
        """Without the first span if it only goes on with the one before it."""
        if not at or not len(batch["time"]):
            return batch
        kind, before = int(batch["kind"][0]), at - 1
        seen = int(batch["state"][0]) == State.RUNNING or kind in LOOKS
        same = seen or (kind == self.lane.kinds[before] and batch["resource"][0] == self.lane.resources[before])
        if batch["state"][0] != self.lane.states[before] or not same:
            return batch
        return {name: values[1:] for name, values in batch.items()}

    def _tracks(self, holders: Columns) -> Tracks:
        return Tracks(
            worker=self.lane.worker,
            base={name: self._base[name] for name in SPAN_COLUMNS},
            own=self.events.all_times(),
            seats={name: self._seats[name] for name in ("time", "seat")},
            holders={name: holders[name] for name in ("time", "worker", "held")},
            patience_ns=self._looks.patience_ns,
        )

    def _follow_seats(self) -> int | None:
        seats = self._looks.seats
        low = seats.low_since(self._seen[1])
        from_ns = self._news(1, seats)
        if from_ns is None:
            return None
        rows = np.flatnonzero(seats["worker"][low:] == self.lane.worker) + low
        at = int(np.searchsorted(self._seats["time"], from_ns))
        if at == self._seats.rows and not len(rows):
            return None
        self._seats.write(at, {name: seats[name][rows] for name in ("time", "seat")})
        return from_ns

    def _news(self, slot: int, columns: Columns) -> int | None:
        """The first time that is new in some columns; None when nothing is."""
        low = columns.low_since(self._seen[slot])
        if low >= columns.rows:
            return None
        self._seen[slot] = columns.changes
        return int(columns["time"][low])

    def _waited(self, life: Life) -> int | None:
        """An old seat holds again after a while, with no event to tell so."""
        if life.end_ns <= self._until_ns:
            return None
        return self._until_ns


class Lanes:
    """Owns every lane that was asked for."""

    def __init__(self, events: Columns, changes: Changes, looks: Looks) -> None:
        self._events = events
        self._sources = changes, looks
        self._by_worker = Grouping(events, "worker")
        self._by_resource = Grouping(events, "resource")
        self._followed: dict[int, _Followed] = {}
        self._on: dict[int, EventRows] = {}

    def lane(self, life: Life) -> Lane:
        """A worker's lane, up to date. The same object each time."""
        return self._of(life.worker.index).refresh(life)

    def event_rows(self, worker: int) -> Rows:
        """The numbers of a worker's events, in order."""
        return self._of(worker).events.rows()

    def rows_on(self, resource: int) -> Rows:
        """The numbers of the events that happened to a resource, in order."""
        if resource not in self._on:
            self._on[resource] = EventRows(self._events, self._by_resource, resource)
        return self._on[resource].rows()

    def forget(self) -> None:
        """Let all go that was gathered, but not how it is found again: lanes are made anew when somebody asks."""
        self._followed.clear()
        self._on.clear()

    def _of(self, worker: int) -> _Followed:
        followed = self._followed.get(worker)
        if followed is None:
            followed = self._followed[worker] = _Followed(worker, EventRows(self._events, self._by_worker, worker), *self._sources)
        return followed

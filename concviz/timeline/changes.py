"""The state changes of all workers, in the order of time: derived from events, batch by batch, by array operations.

Within a batch rows are grouped by worker, and what a worker's row needs to know of its past ("the last wait it
began") is carried forward by a running maximum over row numbers; what lies before the batch is found by the worker's
last row. A late batch has everything from its first time on derived again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.columns import Columns
from concviz.timeline.grouping import Grouping
from concviz.timeline.segments import Segments
from concviz.timeline.spans import Span
from concviz.timeline.states import (
    BEGIN_WAIT,
    CHILD_SPAWNED,
    END_WAIT,
    KEEP,
    LOOKUP,
    STEP_BEGUN,
    TERMINAL,
    WAITING_FLAGS,
    State,
    flags,
)

if TYPE_CHECKING:
    from concviz.timeline.columns import Batch, Column

Rows = npt.NDArray[np.int64]
"""Row numbers; -1: none."""

WAIT, OVER, LAST = flags(*BEGIN_WAIT), flags(*END_WAIT), flags(*TERMINAL)
STEP = flags(Kind.RESUMED, Kind.SUSPENDED, *TERMINAL)
FATE = flags(Kind.STARTED, Kind.FAILED)
PENDING = flags(*BEGIN_WAIT, *END_WAIT, *TERMINAL)
RELEVANT = LOOKUP[:, 0] != KEEP
"""Indexed by kind."""

SHOWN = ("kind", "resource", "site", "arg")
"""What a span shows of the event that began it: for a task between its steps, of the wait it began before."""

OUTSIDE, SUSPENDED, INSIDE = 0, 1, 2
"""A worker that is no task, and a task between its steps and in one."""


class Changes:
    """Owns the rows; `derive` is called by the Timeline alone.

    Columns of a row, beside those of its event: `state` from then on; `span`, the row that began the span it lies in
    (its resource, site and arg are the span's); `previous` row of the worker; `event`, where it comes from; `pending`,
    the wait that is not over; `mark`, what says how the step will end; `step`; `failed`. Numbers of rows and events take four
    bytes: two thousand million of them take 200 GB of memory otherwise.
    """

    def __init__(self) -> None:
        self.columns = Columns(
            time="i8",
            worker="i4",
            kind="u1",
            resource="i4",
            site="i4",
            arg="i8",
            state="u1",
            span="i4",
            previous="i4",
            event="i4",
            pending="i4",
            mark="i4",
            step="u1",
            failed="?",
        )
        self._of = Grouping(self.columns, "worker")
        self.last: Rows = np.full(64, -1, dtype=np.int64)
        """Indexed by worker: its last row, -1 none."""

    def derive(self, events: Columns, low: int, groups: npt.NDArray[np.uint8], workers: int) -> None:
        """Follow the events, of which those from `low` on are new or have moved."""
        at = int(np.searchsorted(self.columns["event"], low))
        self._forget(at, workers)
        rows = _rows(events, low)
        if len(rows["time"]):
            self._derive(at, rows, groups)

    def begun(self, worker: int, low: int) -> Rows:
        """The rows from `low` on that begin a worker's spans."""
        rows = self._of.rows(worker, low)
        begun: Rows = rows[self.columns["span"][rows] == rows]
        return begun

    def span(self, row: int) -> Span:
        """The span that a row lies in, as events alone tell it; its end is not known."""
        first = int(self.columns["span"][row])
        state, time_ns = State(int(self.columns["state"][first])), int(self.columns["time"][first])
        numbers = {name: int(self.columns[name][first]) for name in SHOWN}
        return Span(state, from_ns=time_ns, to_ns=time_ns, **numbers)

    def at(self, time_ns: int) -> Rows:
        """Indexed by worker: its last row at or before a time; -1 none."""
        row = int(np.searchsorted(self.columns["time"], time_ns, side="right"))
        return self.before(row)

    def before(self, row: int) -> Rows:
        """Indexed by worker: its last row before `row`: its first row from there on knows it."""
        last = self.last.copy()
        later = self.columns["worker"][row:]
        last[later[::-1]] = self.columns["previous"][row:][::-1]
        return last

    def _forget(self, at: int, workers: int) -> None:
        if workers > len(self.last):
            self.last = np.concatenate((self.last, np.full(max(workers, len(self.last)), -1, dtype=np.int64)))
        if at < self.columns.rows:
            self.last = self.before(at)
            self.columns.truncate(at)

    def forget(self, past: Rows, cut: int, event_places: Rows) -> None:
        """Let all rows before `cut` go but those of `past`. `event_places`: event -> its number afterwards.

        Of what stays of a worker's past, only where its span began begins one: what lay between is not known any more.
        """
        columns = self.columns
        kept = np.concatenate((past, np.arange(cut, columns.rows)))
        places = np.full(columns.rows + 1, -1, dtype=np.int64)  # one more, for "none"
        places[kept] = np.arange(len(kept))
        moved = {name: columns[name][kept] for name in ("span", "previous", "pending", "mark")}
        moved["span"][: len(past)] = columns["span"][self.before(cut)[columns["worker"][past]]]
        batch = {name: places[rows] for name, rows in moved.items()} | {"event": event_places[columns["event"][kept]]}
        columns.take(kept, batch)
        self.last = places[self.last]

    def _derive(self, at: int, rows: Batch, groups: npt.NDArray[np.uint8]) -> None:
        segments = Segments(rows["worker"], at, self.last)
        derived = _Derivation(segments, self.columns, segments.sort(rows), groups).columns()
        self.columns.write(at, rows | segments.unsort(derived))
        self.last[segments.workers] = segments.last_rows


def _rows(events: Columns, low: int) -> Batch:
    """The events that can change a state, and beside some of them a row for the worker in their arg."""
    kinds = events["kind"][low:]
    own = np.flatnonzero(RELEVANT[kinds] | (kinds == Kind.SPAWNED)) + low
    rows = {name: events[name][own] for name in ("time", "worker", "kind", "resource", "site", "arg")} | {"event": own}
    for kind, theirs in ((Kind.SPAWNED, CHILD_SPAWNED), (Kind.RESUMED, STEP_BEGUN)):
        rows = _beside(rows, kind, theirs)
    relevant = RELEVANT[rows["kind"]] & (rows["worker"] > 0)
    return {name: values[relevant] for name, values in rows.items()}


def _beside(rows: Batch, kind: Kind, theirs: int) -> Batch:
    """A row of kind `theirs` for the worker in arg, after each row of a kind; its arg is who did it."""
    which = np.flatnonzero((rows["kind"] == kind) & (rows["arg"] > 0))
    if not len(which):
        return rows
    extra = {name: values[which] for name, values in rows.items()}
    extra["worker"], extra["arg"] = extra["arg"].astype(np.int32), extra["worker"].astype(np.int64)
    extra["kind"] = np.full(len(which), theirs, dtype=np.uint8)
    return {name: np.insert(values, which + 1, extra[name]) for name, values in rows.items()}


class _Derivation:
    """One batch, grouped by worker. Each method gives one derived column."""

    def __init__(self, segments: Segments, old: Columns, rows: Batch, groups: npt.NDArray[np.uint8]) -> None:
        self._segments = segments
        self._old = old
        self._rows = rows
        self._kind = rows["kind"].copy()
        self._table = LOOKUP[self._kind, groups[rows["resource"]]]

    def columns(self) -> Batch:
        """All derived columns, and those of its event that a span shows otherwise."""
        segments, kind = self._segments, self._kind
        step = self._step()
        before = segments.shifted(step, self._carried("step", OUTSIDE))
        ready = (kind == Kind.READY) & (before == INSIDE)
        pending = segments.latest(PENDING[kind], WAIT[kind], self._carried("pending", -1))
        mark_set = ready | (kind == Kind.AWAIT)
        mark = segments.latest(mark_set | STEP[kind] & (kind != Kind.SUSPENDED), mark_set, self._carried("mark", -1))
        failed = segments.filled(FATE[kind], kind == Kind.FAILED, self._carried("failed", default=False))
        change = self._table.copy()
        change[ready | (OVER[kind] & (before == SUSPENDED)) | ((kind == Kind.AWAIT) & (before == INSIDE))] = KEEP
        change[(kind == CHILD_SPAWNED) & ~segments.newborn] = KEEP
        change[(kind == Kind.ENDED) & failed] = State.FAILED
        self._suspend(change, pending, mark)
        state, span = self._spans(change)
        derived = {"state": state, "span": span, "previous": segments.previous, "pending": pending, "mark": mark, "step": step}
        return derived | {"failed": failed} | {name: self._rows[name] for name in SHOWN}

    def _carried(self, name: str, default: int) -> Column:
        """Per row: what its worker's last row before this batch has in a column."""
        return self._segments.carried(self._old[name], default)

    def _step(self) -> Column:
        kind = self._kind
        value = np.where(kind == Kind.RESUMED, INSIDE, np.where(kind == Kind.SUSPENDED, SUSPENDED, OUTSIDE)).astype(np.uint8)
        return self._segments.filled(STEP[kind], value, self._carried("step", OUTSIDE))

    def _suspend(self, change: Column, pending: Rows, mark: Rows) -> None:
        """A step's end shows why it ended: already ready again, in a wait that has begun, or awaiting something."""
        which = np.flatnonzero(self._kind == Kind.SUSPENDED)
        if not len(which):
            return
        marks, waits = mark[which], pending[which]
        ready = (marks >= 0) & (self._value("kind", marks) == Kind.READY)
        source = np.where(ready, -1, np.where(waits >= 0, waits, marks))
        change[which] = np.where(ready, State.READY, np.where(waits >= 0, self._begun(waits), State.AWAIT))
        which, source = which[source >= 0], source[source >= 0]
        for name in SHOWN:
            column, theirs = self._rows[name], self._value(name, source)
            column[which] = np.where(theirs != 0, theirs, column[which])

    def _begun(self, waits: Rows) -> Column:
        """The states of rows that begin a wait."""
        return self._segments.at(waits, self._old["state"], self._table)

    def _value(self, name: str, rows: Rows) -> Column:
        return self._segments.at(rows, self._old[name], self._kind if name == "kind" else self._rows[name])

    def _spans(self, change: Column) -> tuple[Column, Rows]:
        """(state, row that began the span) after each row: what is said twice begins nothing new."""
        segments, rows = self._segments, self._rows
        changed = change != KEEP
        shown = np.where(changed & ~WAITING_FLAGS[np.where(changed, change, 0)], 0, rows["resource"])
        rows["resource"] = shown
        state = segments.filled(changed, change, self._carried("state", State.NONE))
        resource = segments.filled(changed, shown, segments.at(self._carried("span", -1), self._old["resource"], shown))
        was_state = segments.shifted(state, self._carried("state", State.NONE))
        was_resource = segments.shifted(resource, segments.at(self._carried("span", -1), self._old["resource"], shown))
        begins = changed & ((state != was_state) | (resource != was_resource))
        return state, segments.latest(begins, begins, self._carried("span", -1))

"""One worker's life as spans: a state from one time to the next.

A picture of W columns costs W searches for each state, however many spans there are: for each state the starts of its
spans are kept with the time spent in it before, so that the time spent up to any edge is one search away.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from concviz.timeline.columns import Columns
from concviz.timeline.states import ALIVE_FLAGS, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from concviz.timeline.columns import Batch, Column

SPAN_COLUMNS = {"time": "i8", "state": "u1", "kind": "u1", "resource": "i4", "site": "i4", "arg": "i8"}
"""The columns of spans: the time one begins, and what holds from there on."""

_WAITS = (State.LOCK, State.GIL, State.QUEUE, State.EVENT, State.SYNC, State.CHILD, State.AWAIT, State.IO, State.SLEEPING)

PREFERENCE = np.array((*_WAITS, State.READY, State.RUNNING), dtype=np.uint8)
"""Of states that fill equally much of a column the first is shown: a wait is what one looks for."""


@dataclass(frozen=True, slots=True)
class Span:
    """What a worker did in `[from_ns, to_ns)`."""

    state: State
    from_ns: int
    to_ns: int
    resource: int
    """What it waits for; 0 unknown or not a wait."""
    site: int
    """Where in the source it began; 0 unknown."""
    arg: int
    """Of what began it: the holder of the lock or the GIL, the child, the task; the text of a failure."""
    kind: int = 0
    """What began it: an `events.Kind`, or what `states.TABLE` knows beside; 0 nothing."""


class Lane:
    """Owns the spans of one worker. `rewrite` is called by Lanes alone."""

    def __init__(self, worker: int, event_times: Callable[[], Column]) -> None:
        """`event_times`: gives the times of the worker's events, in order."""
        self.worker = worker
        """Its index."""
        self.end_ns = 0
        """Where the last span ends at most: the worker's forced end, or now."""
        self.from_ns = 0
        """Before that it is not known what it did, but for the span that this time lies in; 0: all is known."""
        self.over = False
        """Whether it is known to have ended by then."""
        self._columns = Columns(**SPAN_COLUMNS)
        self._spent: dict[int, Columns] = {}
        self._event_times = event_times

    @property
    def times(self) -> npt.NDArray[np.int64]:
        """Where spans begin, in ns."""
        return self._columns["time"]

    @property
    def states(self) -> npt.NDArray[np.uint8]:
        """What begins there."""
        return self._columns["state"]

    @property
    def resources(self) -> npt.NDArray[np.int32]:
        """What is waited for from there on; 0 unknown or nothing."""
        return self._columns["resource"]

    @property
    def sites(self) -> npt.NDArray[np.int32]:
        """Where in the source that was."""
        return self._columns["site"]

    @property
    def kinds(self) -> npt.NDArray[np.uint8]:
        """What began it."""
        return self._columns["kind"]

    @property
    def args(self) -> npt.NDArray[np.int64]:
        """As in `Span.arg`."""
        return self._columns["arg"]

    @property
    def start_ns(self) -> int | None:
        """When it was first heard of; None: never."""
        return int(self.times[0]) if len(self.times) else None

    @property
    def stop_ns(self) -> int | None:
        """When it ended; None while it lives."""
        if len(self.states) and not ALIVE_FLAGS[self.states[-1]]:
            return int(self.times[-1])
        return self.end_ns if self.over else None

    def at(self, time_ns: int) -> Span:
        """The span that a time lies in, now included: NONE before the first and after now, DONE from a forced end on."""
        row = int(np.searchsorted(self.times, time_ns, side="right")) - 1
        if row < 0:
            return Span(State.NONE, 0, int(self.times[0]) if len(self.times) else self.end_ns, 0, 0, 0)
        if time_ns + self.over > self.end_ns and ALIVE_FLAGS[self.states[row]]:
            return self._after()
        return self._span(row)

    def between(self, from_ns: int, to_ns: int) -> list[Span]:
        """The spans that touch `[from_ns, to_ns)`, whole, in order; without NONE and what follows a forced end."""
        low = max(int(np.searchsorted(self.times, from_ns, side="right")) - 1, 0)
        high = int(np.searchsorted(self.times, to_ns, side="left"))
        found = [self._span(row) for row in range(low, high)]
        return [span for span in found if span.to_ns > from_ns or span.from_ns >= from_ns]

    def dominant(self, edges_ns: Column) -> npt.NDArray[np.uint8]:
        """What filled most of each column; `edges_ns`: their W + 1 edges, rising.

        Where the worker lived for a part of a column only, that part counts. NONE: not yet, or the future.
        """
        edges = np.asarray(edges_ns, dtype=np.int64)
        spent = self.spent(edges)[PREFERENCE]
        alive: npt.NDArray[np.uint8] = PREFERENCE[spent.argmax(axis=0)]
        return np.where(spent.any(axis=0), alive, self._at_edges(edges[:-1]))

    def spent(self, edges_ns: Column) -> npt.NDArray[np.int64]:
        """The ns spent in each state within each column, as [state, column]; `edges_ns`: their W + 1 edges, rising."""
        edges = np.maximum(np.asarray(edges_ns, dtype=np.int64), self.from_ns)
        found = np.zeros((len(State), max(len(edges) - 1, 0)), dtype=np.int64)
        for state in {*self._spent, *self.states[-1:].tolist()}:
            if ALIVE_FLAGS[state]:
                found[state] = np.diff(self._spent_until(state, edges))
        return found

    def happened(self, edges_ns: Column) -> npt.NDArray[np.int64]:
        """How many events of the worker lie in each column; lines and looks from outside are not counted."""
        return np.diff(np.searchsorted(self._event_times(), edges_ns))

    def totals(self) -> dict[State, int]:
        """The ns spent in each state so far, or since `from_ns`; only states that it lived in."""
        edges = np.array([self.from_ns, max(self.end_ns, self.from_ns)])
        spent = {state: int(np.diff(self._spent_until(int(state), edges))[0]) for state in State if ALIVE_FLAGS[state]}
        return {state: ns for state, ns in spent.items() if ns}

    def rewrite(self, at: int, batch: Batch) -> None:
        """Make these the spans from the one numbered `at` on."""
        first = max(at - 1, 0)
        self._columns.write(at, batch)
        if first < self._columns.rows:
            self._rewrite_spent(first)

    def _rewrite_spent(self, first: int) -> None:
        """Of the spans from `first` on, the last of which is still open, note the time spent in each state."""
        times, states = self.times[first:], self.states[first:-1]
        starts, ends = times[:-1], times[1:]
        for known in self._spent.values():
            known.truncate(int(np.searchsorted(known["start"], times[0])))
        for state in np.unique(states).tolist():
            which = states == state
            spent = self._spent.setdefault(state, Columns(start="i8", end="i8", before="i8"))
            before = _total(spent)
            lengths = ends[which] - starts[which]
            batch = {"start": starts[which], "end": ends[which], "before": before + np.cumsum(lengths) - lengths}
            spent.write(spent.rows, batch)

    def _spent_until(self, state: int, edges: Column) -> npt.NDArray[np.int64]:
        """The ns spent in a state before each edge."""
        total: npt.NDArray[np.int64] = np.zeros(len(edges), dtype=np.int64)
        edges = np.minimum(edges, self.end_ns)
        spent = self._spent.get(state)
        if spent is not None and spent.rows:
            starts, before = spent["start"], spent["before"]
            row = np.searchsorted(starts, edges, side="right") - 1
            inside = np.minimum(edges, spent["end"][row]) - starts[row]
            total += np.where(row >= 0, before[row] + inside, 0)
        if len(self.states) and self.states[-1] == state:
            total += np.maximum(edges - self.times[-1], 0)
        return total

    def _at_edges(self, times: Column) -> npt.NDArray[np.uint8]:
        """The state at each time."""
        if not len(self.times):
            return np.zeros(len(times), dtype=np.uint8)
        row = np.searchsorted(self.times, times, side="right") - 1
        found: npt.NDArray[np.uint8] = np.where(row >= 0, self.states[row], State.NONE).astype(np.uint8)
        found[times < self.from_ns] = State.NONE
        found[(times >= self.end_ns) & ALIVE_FLAGS[found]] = State.DONE if self.over else State.NONE
        return found

    def _span(self, row: int) -> Span:
        state = State(int(self.states[row]))
        to_ns = int(self.times[row + 1]) if row + 1 < len(self.times) else max(self.end_ns, int(self.times[row]))
        rest: list[Any] = [int(column[row]) for column in (self.resources, self.sites, self.args, self.kinds)]
        return Span(state, int(self.times[row]), to_ns, *rest)

    def _after(self) -> Span:
        state = State.DONE if self.over else State.NONE
        return Span(state, self.end_ns, self.end_ns, 0, 0, 0)


def _total(spent: Columns) -> int:
    if not spent.rows:
        return 0
    return int(spent["before"][-1] + spent["end"][-1] - spent["start"][-1])

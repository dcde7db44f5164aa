"""Looks from outside, laid over what the events say: who holds the GIL, who is on a core.

A thread's own event is proof that it ran just then; a look tells about the time from it on. So a look counts for a
thread only if no event of its own is younger. Looks tell changes alone: a seat that was not reported to have changed
a while (`patience_ns`) after an event still holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.batches import COLUMNS
from concviz.timeline.columns import Columns
from concviz.timeline.states import State

if TYPE_CHECKING:
    from concviz.timeline.columns import Batch, Column

Times = npt.NDArray[np.int64]
"""Times in ns."""

UNKNOWN, ON_CPU, RUNNABLE, BLOCKED, ON_FUTEX = range(5)
"""Where a thread was seen."""

SETTLE_NS = 4_000_000
"""The time between two looks at a seat: RUNNABLE tells about all of it, so an event within it speaks against it."""

PATIENCE_NS, PATIENCE_EACH_NS = 12_000_000, 2_500_000
"""How long after an event an old seat holds again: longer with many threads, which are looked at less often."""


SEEN = np.zeros(len(State), dtype=np.uint8)
"""Indexed by state: the kind of the look that showed it."""
SEEN[[State.GIL, State.READY, State.IO]] = Kind.GIL_TAKEN, Kind.RUNNABLE, Kind.OFF_CPU


class Looks:
    """Owns all looks at one run."""

    def __init__(self) -> None:
        self.columns = Columns(**COLUMNS)
        """As they came."""
        self.seats = Columns(time="i8", worker="i4", seat="u1")
        """Where each thread was seen."""
        self._holders: dict[int, Columns] = {}
        self._seated: set[int] = set()

    def holders(self, process: int) -> Columns:
        """time, worker, held, switches: who was seen to hold a process's GIL from then on (0: nobody, or unknown if held)."""
        return self._holders.setdefault(process, Columns(time="i8", worker="i4", held="?", switches="i8"))

    @property
    def patience_ns(self) -> int:
        """How long after an event an old seat holds again."""
        return PATIENCE_NS + PATIENCE_EACH_NS * len(self._seated)

    def add(self, process: int, batch: Batch) -> None:
        """Looks at one process, in order."""
        self.columns.merge(batch)
        kind = batch["kind"]
        gil = (kind == Kind.GIL_TAKEN) | (kind == Kind.GIL_FREE)
        held = (kind == Kind.GIL_TAKEN)[gil]
        worker = np.where(held, batch["worker"][gil], 0)
        self.holders(process).merge({"time": batch["time"][gil], "worker": worker, "held": held, "switches": batch["arg"][gil]})
        seat = _seats(batch)
        which = seat != UNKNOWN
        self._seated.update(np.unique(batch["worker"][which]).tolist())
        self.seats.merge({"time": batch["time"][which], "worker": batch["worker"][which], "seat": seat[which]})


def _seats(batch: Batch) -> Column:
    kind = batch["kind"]
    blocked = np.where(batch["arg"] == 1, ON_FUTEX, BLOCKED)
    seen = np.select([kind == Kind.ON_CPU, kind == Kind.RUNNABLE, kind == Kind.OFF_CPU], [ON_CPU, RUNNABLE, blocked], UNKNOWN)
    return seen.astype(np.uint8)


@dataclass(frozen=True, slots=True)
class Tracks:
    """What is known of one thread, each column in the order of time."""

    worker: int
    base: Batch
    """Its spans as the events say."""
    own: Times
    """Its own events."""
    seats: Batch
    holders: Batch
    patience_ns: int


def overlaid(tracks: Tracks, from_ns: int, until_ns: int) -> Batch:
    """The thread's spans from a time on, the looks taken into account."""
    times = _moments(tracks, from_ns, until_ns)
    base_times = tracks.base["time"]
    row = np.searchsorted(base_times, times, side="right") - 1
    times, row = times[row >= 0], row[row >= 0]
    state = tracks.base["state"][row].copy()
    touched = np.maximum(base_times[row], _latest(tracks.own, times))
    other, mine, holder, since = _gil(tracks, times, touched)
    seat, known = _seat(tracks, times, touched)
    running = state == State.RUNNING
    without = (seat == ON_CPU) & (times - np.maximum(since, touched) >= tracks.patience_ns) & known
    state[running & other & ~without & (seat != BLOCKED)] = State.GIL
    state[running & ~mine & (seat == BLOCKED)] = State.IO
    state[running & ~other & (seat == RUNNABLE)] = State.READY
    told = state == tracks.base["state"][row]
    kind = np.where(told, tracks.base["kind"][row], SEEN[state])
    batch = {"time": times, "state": state, "kind": kind, "site": tracks.base["site"][row]}
    batch |= {name: np.where(told, tracks.base[name][row], 0) for name in ("resource", "arg")}
    batch["arg"] = np.where(state == State.GIL, holder, batch["arg"])
    keep = np.ones(len(times), dtype=np.bool_)
    keep[1:] = (state[1:] != state[:-1]) | (~running[1:] & (row[1:] != row[:-1]))
    return {name: values[keep] for name, values in batch.items()}


def _moments(tracks: Tracks, from_ns: int, until_ns: int) -> Times:
    """When the answer can change."""
    all_touches = (tracks.base["time"], tracks.own, tracks.holders["time"])
    touches = np.concatenate([_since(times, from_ns - tracks.patience_ns) for times in all_touches])
    seats = _since(tracks.seats["time"], from_ns)
    waited = touches + tracks.patience_ns
    return _since(np.unique(np.concatenate((touches, seats, waited[waited <= until_ns]))), from_ns)


def _since(times: Times, from_ns: int) -> Times:
    return times[np.searchsorted(times, from_ns) :]


def _latest(times: Times, at: Times) -> Times:
    """The latest of `times` at or before each moment; a time before all others where there is none."""
    row = np.searchsorted(times, at, side="right") - 1
    return np.where(row >= 0, times[row], np.iinfo(np.int64).min) if len(times) else np.full(len(at), np.iinfo(np.int64).min)


def _gil(tracks: Tracks, times: Times, touched: Times) -> tuple[Column, Column, Column, Times]:
    """(another holds it, this one holds it, who, since when others do) at each moment.

    An unknown holder is a thread too new to be known: so it is not this one, if this one was seen to hold it before.
    """
    when, who = tracks.holders["time"], tracks.holders["worker"]
    if not len(when):
        nothing = np.zeros(len(times), dtype=np.bool_)
        return nothing, nothing, np.zeros(len(times), dtype=np.int64), times
    others = (who != 0) & (who != tracks.worker)
    others |= tracks.holders["held"] & (who == 0) & np.logical_or.accumulate(who == tracks.worker)
    place = np.arange(len(who))
    begun = np.maximum.accumulate(np.where(others & ~np.append(np.False_, others[:-1]), place, 0))
    row = np.searchsorted(when, times, side="right") - 1
    counts = (row >= 0) & (when[row] >= touched)
    return counts & others[row], counts & (who[row] == tracks.worker), np.where(counts, who[row], 0), when[begun[row]]


def _seat(tracks: Tracks, times: Times, touched: Times) -> tuple[Column, Column]:
    """(its seat, whether one is known) at each moment."""
    when = tracks.seats["time"]
    if not len(when):
        return np.full(len(times), UNKNOWN), np.zeros(len(times), dtype=np.bool_)
    row = np.searchsorted(when, times, side="right") - 1
    seat = tracks.seats["seat"][row]
    needed = np.where(seat == RUNNABLE, touched + SETTLE_NS, touched)
    counts = (row >= 0) & ((when[row] >= needed) | (times - touched >= tracks.patience_ns))
    return np.where(counts, seat, UNKNOWN), counts

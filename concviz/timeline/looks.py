"""Looks from outside, laid over what the events say: who holds the GIL, who is on a core.

A thread's own event is proof that it ran just then; a look tells about the time from it on. So a look counts for a
thread only if no event of its own is younger. A seat that was not told to have changed a while (`patience_ns`) after
an event still holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import INTERPRETER_SHIFT, Kind
from concviz.timeline.batches import COLUMNS
from concviz.timeline.columns import Columns
from concviz.timeline.states import SEATS, State

if TYPE_CHECKING:
    from concviz.timeline.columns import Batch, Column

Times = npt.NDArray[np.int64]
"""Times in ns."""

UNKNOWN, ON_CPU, RUNNABLE, BLOCKED, ON_FUTEX, ON_GIL, ON_OTHER, ASLEEP, WITHOUT, QUEUED = range(10)
"""Where a thread was seen: blocked on no futex, on some, on the GIL's, on another; asleep; computing without the GIL, queued for that."""

PATIENCE_NS, PATIENCE_EACH_NS = 12_000_000, 2_500_000
"""How long after an event an old seat holds again: longer with many threads, which are looked at less often."""


NUMBER, USED_SHIFT = (1 << 32) - 1, 32
"""The two parts of a seat's arg: a number, and above it the thousandths of the time that the thread was on a core."""

SWITCHES = (1 << INTERPRETER_SHIFT) - 1
"""The part of a GIL's arg that counts hand-overs."""

SEEN = np.zeros(len(State), dtype=np.uint8)
"""Indexed by state: the kind of the look that showed it."""
SEEN[[State.GIL, State.READY]] = Kind.GIL_TAKEN, Kind.RUNNABLE
SEEN[[State.IO, State.SYNC, State.SLEEPING]] = Kind.OFF_CPU


class Looks:
    """Owns all looks at one run."""

    def __init__(self) -> None:
        self.columns = Columns(**COLUMNS)
        """As they came."""
        self.seats = Columns(time="i8", worker="i4", seat="u1")
        """Where each thread was seen."""
        self._holders: dict[int, dict[int, Columns]] = {}
        self._seated: set[int] = set()

    def holders(self, process: int, interpreter: int = 0) -> Columns:
        """time, worker, held, switches: who was seen to hold a process's GIL from then on (0: nobody, or unknown if held).

        `interpreter`: which one's; 0 the main one's.
        """
        by_interpreter = self._holders.setdefault(process, {})
        if interpreter not in by_interpreter:
            by_interpreter[interpreter] = Columns(time="i8", worker="i4", held="?", switches="i8")
        return by_interpreter[interpreter]

    def interpreters(self, process: int) -> tuple[int, ...]:
        """The numbers of those beside the main one that were seen to have a GIL of their own."""
        return tuple(sorted(set(self._holders.get(process, ())) - {0}))

    @property
    def patience_ns(self) -> int:
        """How long after an event an old seat holds again."""
        return PATIENCE_NS + PATIENCE_EACH_NS * len(self._seated)

    def forget(self, from_ns: int) -> None:
        """Let all before a time go but what still held then: the last look at each thread and at each GIL."""
        _forget(self.columns, from_ns, self.columns["worker"].astype(np.int64) << 8 | self.columns["kind"])
        _forget(self.seats, from_ns, self.seats["worker"])
        for by_interpreter in self._holders.values():
            for holders in by_interpreter.values():
                _forget(holders, from_ns, np.zeros(holders.rows, dtype=np.int64))
        self._seated = set(np.unique(self.seats["worker"]).tolist())

    def lasting(self, from_ns: int) -> npt.NDArray[np.int64]:
        """The rows before a time that still held then: the last look of each kind at each thread."""
        cut = int(np.searchsorted(self.columns["time"], from_ns))
        keys = self.columns["worker"][:cut].astype(np.int64) << 8 | self.columns["kind"][:cut]
        _, last = np.unique(keys[::-1], return_index=True)
        return np.sort(cut - 1 - last)

    def add(self, process: int, batch: Batch) -> None:
        """Looks at one process, in order."""
        self.columns.merge(batch)
        kind = batch["kind"]
        gil = (kind == Kind.GIL_TAKEN) | (kind == Kind.GIL_FREE)
        held = (kind == Kind.GIL_TAKEN)[gil]
        worker = np.where(held, batch["worker"][gil], 0)
        whose, switches = batch["arg"][gil] >> INTERPRETER_SHIFT, batch["arg"][gil] & SWITCHES
        for interpreter in {0, *whose.tolist()}:
            its = whose == interpreter
            told = {"time": batch["time"][gil][its], "worker": worker[its], "held": held[its], "switches": switches[its]}
            self.holders(process, interpreter).merge(told)
        seat = _seats(batch)
        which = seat != UNKNOWN
        self._seated.update(np.unique(batch["worker"][which]).tolist())
        self.seats.merge({"time": batch["time"][which], "worker": batch["worker"][which], "seat": seat[which]})


def _forget(columns: Columns, from_ns: int, keys: Column) -> None:
    """Let the rows before a time go, but the last one of each key."""
    cut = int(np.searchsorted(columns["time"], from_ns))
    _, last = np.unique(keys[:cut][::-1], return_index=True)
    columns.take(np.concatenate((np.sort(cut - 1 - last), np.arange(cut, columns.rows))))


def _seats(batch: Batch) -> Column:
    kind = batch["kind"]
    blocked = BLOCKED + np.clip(batch["arg"] & NUMBER, 0, ASLEEP - BLOCKED)
    seen: Column = np.select([kind == each for each in SEATS], [ON_CPU, RUNNABLE, blocked, WITHOUT, QUEUED], UNKNOWN).astype(np.uint8)
    return seen


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
    other, mine, holder = _gil(tracks, times, touched)
    seat = _seat(tracks, times, touched)
    running = state == State.RUNNING
    free = ~mine & running
    state[running & other & ~np.isin(seat, (BLOCKED, ON_OTHER, ASLEEP, WITHOUT, QUEUED)) | free & (seat == ON_GIL)] = State.GIL
    state[free & (seat == BLOCKED)] = State.IO
    state[free & (seat == ASLEEP)] = State.SLEEPING
    state[free & ((seat == ON_OTHER) | (seat == ON_FUTEX) & ~other)] = State.SYNC  # a lock or the like of a library's own
    state[running & ~other & (seat == RUNNABLE) | free & (seat == QUEUED)] = State.READY
    told = state == tracks.base["state"][row]
    kind = np.where(told, tracks.base["kind"][row], SEEN[state])
    batch = {"time": times, "state": state, "kind": kind, "site": tracks.base["site"][row]}
    batch |= {name: np.where(told, tracks.base[name][row], 0) for name in ("resource", "arg")}
    batch["arg"] = np.where(state == State.GIL, holder, batch["arg"])
    keep = np.ones(len(times), dtype=np.bool_)
    keep[1:] = (state[1:] != state[:-1]) | (~running[1:] & (row[1:] != row[:-1]))
    return {name: values[keep] for name, values in batch.items()}


def _moments(tracks: Tracks, from_ns: int, until_ns: int) -> Times:
    """When the answer can change. Its parts are in order already, which a stable sort makes use of."""
    since_ns = from_ns - tracks.patience_ns
    touches = _merged(_since(tracks.base["time"], since_ns), _since(tracks.own, since_ns))
    waited = touches[np.diff(touches, append=until_ns) >= tracks.patience_ns] + tracks.patience_ns
    looks = (_since(times, from_ns) for times in (tracks.holders["time"], tracks.seats["time"]))
    return _since(_merged(touches, waited, *looks), from_ns)


def _merged(*parts: Times) -> Times:
    """All times, each once, in order."""
    times = np.sort(np.concatenate(parts), kind="stable")
    once: Times = times[np.diff(times, prepend=np.int64(-1)) != 0]
    return once


def _since(times: Times, from_ns: int) -> Times:
    return times[np.searchsorted(times, from_ns) :]


def _latest(times: Times, at: Times) -> Times:
    """The latest of `times` at or before each moment; a time before all others where there is none."""
    row = np.searchsorted(times, at, side="right") - 1
    return np.where(row >= 0, times[row], np.iinfo(np.int64).min) if len(times) else np.full(len(at), np.iinfo(np.int64).min)


def _gil(tracks: Tracks, times: Times, touched: Times) -> tuple[Column, Column, Column]:
    """(another holds it, this one holds it, who) at each moment.

    An unknown holder is a thread too new to be known: so it is not this one, if this one was seen to hold it before.
    """
    when, who = tracks.holders["time"], tracks.holders["worker"]
    if not len(when):
        nothing = np.zeros(len(times), dtype=np.bool_)
        return nothing, nothing, np.zeros(len(times), dtype=np.int64)
    others = (who != 0) & (who != tracks.worker)
    others |= tracks.holders["held"] & (who == 0) & np.logical_or.accumulate(who == tracks.worker)
    row = np.searchsorted(when, times, side="right") - 1
    counts = (row >= 0) & (when[row] >= touched)
    return counts & others[row], counts & (who[row] == tracks.worker), np.where(counts, who[row], 0)


def _seat(tracks: Tracks, times: Times, touched: Times) -> Column:
    """Its seat at each moment; UNKNOWN where an event of its own is younger."""
    when = tracks.seats["time"]
    if not len(when):
        return np.full(len(times), UNKNOWN)
    row = np.searchsorted(when, times, side="right") - 1
    counts = (row >= 0) & ((when[row] >= touched) | (times - touched >= tracks.patience_ns))
    return np.where(counts, tracks.seats["seat"][row], UNKNOWN)

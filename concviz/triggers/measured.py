"""Where a trigger fires: what the timeline has measured since the last look, never a guess.

A wait that goes on counts as soon as it has lasted long enough. Of a task's step and a loop's lag the newest LOOK_BACK events
are looked at.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.drawing.durations import duration
from concviz.events import Kind
from concviz.findings.search import checks, look_with
from concviz.timeline.states import TERMINAL, State, flags
from concviz.triggers.language import WAITS

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline
    from concviz.triggers.language import Trigger

LOOK_BACK = 1 << 16
"""So many events before the last look are looked at again: what began before it may be over now."""

STEP = flags(Kind.RESUMED, Kind.SUSPENDED, *TERMINAL)
LAG = flags(Kind.READY, Kind.RESUMED, Kind.SLEEP, Kind.SLEPT)
"""Indexed by kind: what is looked at for each."""

Numbers = npt.NDArray[np.int64]
"""Workers, or times in ns."""

NOTHING = (np.empty(0, dtype=np.int64),) * 3
"""No worker, from and to."""


@dataclass(frozen=True, slots=True)
class Fired:
    """One time that it fired."""

    at_ns: int
    """When it was so."""
    worker: int
    """Whose doing it was; 0: nobody's in particular."""
    words: str
    """What was measured."""
    key: tuple[object, ...]
    """Equal for what is the same thing, of which by now more may be known."""


def fired(timeline: Timeline, trigger: Trigger, since_ns: int) -> Iterator[Fired]:
    """What fires it, of all that has become known since a time."""
    if trigger.subject == "exception":
        yield from _told(timeline, since_ns, (Kind.FAILED,), "failed: {text}")
    elif trigger.subject == "event":
        for one in _told(timeline, since_ns, (Kind.MARK, Kind.MARK_BEGUN), "{text}"):
            if one.words.partition(": ")[2] == trigger.name:
                yield one
    elif trigger.subject == "finding":
        check = next(check for check in checks() if check.name == trigger.name)
        for found in look_with(check, timeline):
            yield Fired(found.from_ns, next(iter(found.workers), 0), found.words, (found.kind, found.from_ns, found.workers))
    else:
        yield from _lasted(timeline, trigger, since_ns)


def _told(timeline: Timeline, since_ns: int, kinds: tuple[Kind, ...], words: str) -> Iterator[Fired]:
    """Events whose arg is a text."""
    events = timeline.events
    low = int(np.searchsorted(events.time_ns, since_ns))
    for row in (np.flatnonzero(np.isin(events.kind[low:], kinds)) + low).tolist():
        worker, at_ns = int(events.worker[row]), int(events.time_ns[row])
        text = words.format(text=timeline.texts[int(events.arg[row])])
        yield Fired(at_ns, worker, f"{timeline.workers[worker].name}: {text}", (worker, at_ns, text))


def _lasted(timeline: Timeline, trigger: Trigger, since_ns: int) -> Iterator[Fired]:
    first, _, second = trigger.subject.partition(" ")
    if first == "gil":
        found = _gil_waits(timeline, since_ns)
    elif second == "wait":
        found = _waits(timeline, WAITS[first], since_ns)
    else:
        found = _steps(timeline, since_ns) if first == "task" else _lags(timeline, since_ns)
    workers, begun, over = found
    for at in np.flatnonzero(over - begun > trigger.over_ns).tolist():
        worker, begun_ns, lasted = int(workers[at]), int(begun[at]), duration(int(over[at] - begun[at]))
        words = f"{trigger.subject} of {lasted}: {timeline.workers[worker].name}{_for(timeline, second, worker, begun_ns)}"
        yield Fired(begun_ns + trigger.over_ns, worker, words, (worker, begun_ns))


def _for(timeline: Timeline, second: str, worker: int, at_ns: int) -> str:
    resource = timeline.lane(worker).at(at_ns).resource if second == "wait" else 0
    name = timeline.resources[resource].name
    return f", for {name}" if name else ""


def _waits(timeline: Timeline, state: State, since_ns: int) -> tuple[Numbers, Numbers, Numbers]:
    """(worker, from, to) of the waits by the workers' own events that were over since a time, or go on."""
    columns = timeline.changes.columns
    if not columns.rows:
        return NOTHING
    low = int(np.searchsorted(columns["time"], since_ns))
    rows = np.arange(low, columns.rows)
    rows = rows[columns["previous"][low:] >= 0]
    begun = columns["span"][columns["previous"][rows]]
    over = (begun != columns["span"][rows]) & (columns["state"][begun] == state)
    last = timeline.changes.last
    last = last[last >= 0]
    waiting = columns["span"][last[columns["state"][last] == state]]
    waiting = waiting[timeline.ends_ns[columns["worker"][waiting]] > timeline.end_ns]
    spans = np.concatenate((begun[over], waiting))
    until = np.concatenate((columns["time"][rows[over]], np.full(len(waiting), timeline.end_ns)))
    return columns["worker"][spans].astype(np.int64), columns["time"][spans], until


def _gil_waits(timeline: Timeline, since_ns: int) -> tuple[Numbers, Numbers, Numbers]:
    """Likewise for the GIL, as it was seen from outside."""
    found: list[tuple[int, int, int]] = []
    for worker in timeline.workers:
        if worker.index and worker.kind != "task":
            lane = timeline.lane(worker.index)
            low = max(int(np.searchsorted(lane.times, since_ns)) - 1, 0)
            ends = np.append(lane.times[low + 1 :], max(lane.end_ns, int(lane.times[-1]))) if len(lane.times) else lane.times
            places = np.flatnonzero(lane.states[low:] == State.GIL).tolist()
            found += [(worker.index, int(lane.times[low + at]), int(ends[at])) for at in places]
    workers, begun, over = np.array(found, dtype=np.int64).reshape(-1, 3).T
    return workers, begun, over


def _recent(timeline: Timeline, since_ns: int, wanted: npt.NDArray[np.bool_]) -> Numbers:
    """The events that are wanted, of a worker one after another."""
    events = timeline.events
    low = max(int(np.searchsorted(events.time_ns, since_ns)) - LOOK_BACK, 0)
    rows = np.flatnonzero(wanted[events.kind[low:]]) + low
    return rows[np.argsort(events.worker[rows], kind="stable")]


def _steps(timeline: Timeline, since_ns: int) -> tuple[Numbers, Numbers, Numbers]:
    """(task, from, to) of the steps that were over since a time, or go on."""
    events, rows = timeline.events, _recent(timeline, since_ns, STEP)
    if not len(rows):
        return NOTHING
    kind, worker, times = events.kind[rows], events.worker[rows].astype(np.int64), events.time_ns[rows]
    begun = np.flatnonzero(kind == Kind.RESUMED)
    after = np.minimum(begun + 1, max(len(rows) - 1, 0))
    ended = (after > begun) & (worker[after] == worker[begun])
    until = np.where(ended, times[after], timeline.end_ns)
    alive = ended | (timeline.ends_ns[worker[begun]] > timeline.end_ns)
    new = alive & (until >= since_ns)
    return worker[begun][new], times[begun][new], until[new]


def _lags(timeline: Timeline, since_ns: int) -> tuple[Numbers, Numbers, Numbers]:
    """(task, when it could have gone on, when it did): ready, or its sleep over, while the loop did something else."""
    events, rows = timeline.events, _recent(timeline, since_ns, LAG)
    kind, worker, times = events.kind[rows], events.worker[rows].astype(np.int64), events.time_ns[rows]
    pair = np.flatnonzero((kind[:-1] == Kind.READY) & (kind[1:] == Kind.RESUMED) & (worker[:-1] == worker[1:]))
    pair = pair[times[pair + 1] >= since_ns]
    before = np.maximum(pair - 1, 0)
    slept = (kind[before] == Kind.SLEEP) & (worker[before] == worker[pair]) & (before < pair)
    ready = np.where(slept, np.minimum(times[pair], times[before] + events.arg[rows][before]), times[pair])
    return worker[pair], ready, times[pair + 1]

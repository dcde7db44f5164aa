"""What each event loop did when: the steps of its tasks, one after another, and what lies between them.

A loop is known by the thread that runs it. Steps do not overlap, but an eager task's first step lies inside another's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.states import TERMINAL, flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline

Rows = npt.NDArray[np.int64]
"""Numbers of events, or times in ns."""

STEP = flags(Kind.RESUMED, Kind.SUSPENDED, *TERMINAL)
"""Indexed by kind: begins or ends a step."""


LATE_NS = 250_000_000
"""Events of the last moments may not have come yet: a step that is still going on is known to have done so until then."""


@dataclass(frozen=True, slots=True)
class Loop:
    """The steps that one thread ran."""

    thread: int
    rows: Rows
    """The events that begin or end one, in order."""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A time in which a loop did one thing only."""

    loop: Loop
    place: int
    """Where it begins: the place of the event among the loop's rows. What follows it ends the stretch; nothing: it goes on."""
    task: int
    """Whose step it was; 0: no task's, so a callback's."""
    from_ns: int
    to_ns: int

    @property
    def length_ns(self) -> int:
        """How long it was."""
        return self.to_ns - self.from_ns


def loops(timeline: Timeline) -> list[Loop]:
    """Every loop of which steps were seen."""
    events = timeline.events
    rows = np.flatnonzero(STEP[events.kind])
    worker = events.worker[rows]
    begun = events.kind[rows] == Kind.RESUMED
    if not begun.any():
        return []
    home = np.zeros(len(timeline.workers), dtype=np.int32)
    home[worker[begun]] = events.arg[rows[begun]]
    threads = np.unique(home)
    thread = home[worker]
    return [Loop(index, rows[thread == index]) for index in threads[threads > 0].tolist()]


def stretches(timeline: Timeline, loop: Loop, least_ns: int, most: int) -> Iterator[Stretch]:
    """The longest that lasted so long, so many at most: steps, callbacks, and the step that goes on now."""
    events = timeline.events
    times, kind, worker = events.time_ns[loop.rows], events.kind[loop.rows], events.worker[loop.rows]
    begins = kind == Kind.RESUMED
    task = np.where(begins[:-1], worker[:-1], np.where(begins[1:], 0, worker[1:]))
    starts = np.where(task > 0, times[:-1], np.maximum(times[:-1], _chosen(timeline, loop.thread, times[1:])))
    lengths = times[1:] - starts
    places = np.flatnonzero(lengths >= least_ns)
    for place in places[np.argsort(-lengths[places], kind="stable")[:most]].tolist():
        yield Stretch(loop, place, int(task[place]), int(starts[place]), int(times[place + 1]))
    yield from _open(timeline, loop, least_ns)


def _open(timeline: Timeline, loop: Loop, least_ns: int) -> Iterator[Stretch]:
    """The step that goes on now, or went on until its process was gone."""
    last = len(loop.rows) - 1
    event = timeline.event(int(loop.rows[last]))
    gone_ns = timeline.lane(loop.thread).stop_ns
    to_ns = timeline.end_ns - LATE_NS if gone_ns is None else gone_ns
    if event.kind == Kind.RESUMED and to_ns - event.time_ns >= least_ns:
        yield Stretch(loop, last, event.worker, event.time_ns, to_ns)


def _chosen(timeline: Timeline, thread: int, before: Rows) -> Rows:
    """When a loop's thread last had input or output, or had waited for none, before each time."""
    rows = timeline.events_of(thread)
    times = timeline.events.time_ns[rows[timeline.events.kind[rows] == Kind.IO_DONE]]
    at = np.searchsorted(times, before, side="right") - 1
    return np.where(at >= 0, times[at], 0) if len(times) else np.zeros(len(before), dtype=np.int64)

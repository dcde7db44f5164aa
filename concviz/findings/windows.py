"""A run cut into windows of equal length: what held in a window that is over stays so, however the run goes on."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.states import State

if TYPE_CHECKING:
    from concviz.timeline.spans import Lane
    from concviz.timeline.timeline import Timeline

Times = npt.NDArray[np.int64]
"""Times or lengths in ns."""

LATE_NS = 300_000_000
"""While a program runs, looks at it may still come for so long."""


def edges(timeline: Timeline, width_ns: int) -> Times:
    """The edges of the windows that are over, from the run's zero on."""
    end_ns = timeline.end_ns - (0 if timeline.finished else LATE_NS)
    return timeline.zero_ns + np.arange(0, max(end_ns - timeline.zero_ns, 0) + 1, width_ns, dtype=np.int64)


def queued(lane: Lane, at: Times) -> Times:
    """The ns in each window in which a thread was seen ready, but without a core."""
    times = lane.times
    if not len(times):
        return np.zeros(max(len(at) - 1, 0), dtype=np.int64)
    which = np.flatnonzero((lane.states == State.READY) & (lane.kinds == Kind.RUNNABLE))
    starts = times[which]
    ends = np.append(times[1:], max(lane.end_ns, int(times[-1])))[which]
    return np.diff(spent(starts, ends, at))


def spent(starts: Times, ends: Times, at: Times) -> Times:
    """The ns that lie in some stretches, in order and apart, before each time."""
    if not len(starts):
        return np.zeros(len(at), dtype=np.int64)
    lengths = ends - starts
    before = np.cumsum(lengths) - lengths
    row = np.searchsorted(starts, at, side="right") - 1
    inside: Times = before[row] + np.minimum(at, ends[row]) - starts[row]
    return np.where(row >= 0, inside, 0)

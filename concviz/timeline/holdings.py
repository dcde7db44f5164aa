"""What a worker holds at a time: the locks and permits that it took and has not given back."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.carried import LOOK_BACK
from concviz.timeline.owners import owners_at

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline


def held_by(timeline: Timeline, worker: int, time_ns: int) -> tuple[int, ...]:
    """The resources, those it took first first; of its events before the time the newest `carried.LOOK_BACK` are looked at."""
    events, rows = timeline.all_events, timeline.events_of(worker)
    until = int(np.searchsorted(events.time_ns[rows], time_ns, side="right"))
    rows = rows[max(until - LOOK_BACK, 0) : until]
    taken = events.resource[rows[events.kind[rows] == Kind.ACQUIRED]]
    resources, last = np.unique(taken[::-1], return_index=True)
    in_order = resources[np.argsort(-last)].tolist()
    return tuple(resource for resource in in_order if resource and worker in owners_at(timeline, resource, time_ns))

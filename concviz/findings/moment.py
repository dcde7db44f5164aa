"""The moment at which waits are judged: now, or of a run that is over the last one at which all still stood."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.timeline.states import ALIVE_FLAGS

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

APART_NS = 1_000_000_000
"""Processes of a program that is ended go one after the other, within this."""


def moment(timeline: Timeline) -> int | None:
    """In ns; None: nothing is known, or everybody has ended by their own word."""
    if not timeline.changes.columns.rows:
        return None
    if not timeline.finished:
        return timeline.end_ns
    ends = timeline.ends_ns
    rows = timeline.changes.last[: len(ends)]
    forced = (rows >= 0) & ALIVE_FLAGS[timeline.changes.columns["state"][rows]]
    times = np.minimum(ends[forced], timeline.end_ns)
    return int(times[times >= times.max() - APART_NS].min()) - 1 if len(times) else None

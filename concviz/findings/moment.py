"""The moment at which waits are judged: now, or of a run that is over the last one at which all still stood.

One that was interrupted is judged, where nobody waits in vain at that moment, as it stood when it was asked to end.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.timeline.hopeless import hopeless
from concviz.timeline.states import ALIVE_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.needs import Need
    from concviz.timeline.timeline import Timeline

APART_NS = 1_000_000_000
"""Processes of a program that is ended go one after the other, within this."""


def judged(timeline: Timeline, waited_ns: int) -> tuple[Mapping[int, Need], int]:
    """Who had waited in vain for so long or longer, by worker, and when that was; nobody where everybody ended unasked."""
    for time_ns in _moments(timeline):
        needs = hopeless(timeline, time_ns, time_ns - waited_ns)
        if needs:
            return needs, time_ns
    return {}, 0


def _moments(timeline: Timeline) -> Iterator[int]:
    """In ns, the best first."""
    if not timeline.changes.columns.rows:
        return
    if not timeline.finished:
        yield timeline.end_ns
        return
    ends = timeline.ends_ns
    rows = timeline.changes.last[: len(ends)]
    forced = (rows >= 0) & ALIVE_FLAGS[timeline.changes.columns["state"][rows]]
    times = np.minimum(ends[forced], timeline.end_ns)
    if len(times):
        yield int(times[times >= times.max() - APART_NS].min()) - 1
    if timeline.meta.interrupted_ns is not None:
        yield timeline.meta.interrupted_ns - 1

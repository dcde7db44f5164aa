"""Where in the program a loop was, while it did one thing for long."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.states import BEGIN_WAIT, flags

if TYPE_CHECKING:
    from concviz.findings.steps import Stretch
    from concviz.timeline.timeline import Timeline

EXACT = flags(*BEGIN_WAIT, Kind.LINE)
"""Indexed by kind: whoever notes it stands at its site until its next event."""

LOOK_BACK = 1 << 16
"""So many sampled lines before the end of the stretch are looked at."""


@dataclass(frozen=True, slots=True)
class Spot:
    """A line, and how it is known."""

    site: int
    """0 unknown."""
    word: str
    """ " at": there it was; " after": it had last been seen there."""


def spot(timeline: Timeline, stretch: Stretch) -> Spot:
    """The line of the longest silence in it; the line seen there most; else the last one that is known."""
    events = timeline.events
    worker = stretch.task or stretch.loop.thread
    rows = timeline.events_of(worker)
    low, high = np.searchsorted(events.time_ns[rows], (stretch.from_ns, stretch.to_ns))
    inside = rows[low:high]
    bounds = np.concatenate((events.time_ns[inside], [stretch.to_ns]))
    longest = int(inside[np.diff(bounds).argmax()]) if len(inside) else -1
    if longest >= 0 and events.site[longest] and EXACT[events.kind[longest]]:
        return Spot(int(events.site[longest]), " at")
    seen = _seen(timeline, worker, stretch)
    if seen:
        return Spot(seen, " at")
    until = stretch.from_ns if longest < 0 else int(events.time_ns[longest])
    return Spot(timeline.site_at(worker, until) if stretch.task else 0, " after")


def _seen(timeline: Timeline, worker: int, stretch: Stretch) -> int:
    """The line at which it was sampled most often; 0: it was not."""
    columns = timeline.looks.columns
    high = int(np.searchsorted(columns["time"], stretch.to_ns))
    low = max(int(np.searchsorted(columns["time"], stretch.from_ns)), high - LOOK_BACK)
    which = (columns["kind"][low:high] == Kind.SWEPT) & np.isin(columns["worker"][low:high], (worker, stretch.loop.thread))
    sites, times = np.unique(columns["site"][low:high][which], return_counts=True)
    known = sites > 0
    return int(sites[known][times[known].argmax()]) if known.any() else 0

"""Who waits for whom at a time: every wait that another worker's doing would end, circles apart."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.events import Kind
from concviz.timeline.circles import circles
from concviz.timeline.needs import Need, need_of
from concviz.timeline.states import State
from concviz.timeline.waits import waiting_at

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline
    from concviz.timeline.waits import Wait

OUTSIDE = frozenset({State.SLEEPING, State.IO})
"""Waits for no worker."""

MOST = 512
"""So many waits are looked into, the longest."""


@dataclass(frozen=True, slots=True)
class Waits:
    """All of them at one time."""

    circles: tuple[tuple[Need, ...], ...]
    """Each waits for the next, the last for the first."""
    others: tuple[Need, ...]
    """Those that lie in no circle, the longest first; idle workers of pools last."""
    outside: int
    """Workers that wait for nobody: they sleep, or do input or output."""
    more: int
    """Waits that were not looked into."""


def waits_for(timeline: Timeline, time_ns: int) -> Waits:
    """Who waits for whom; libraries' own workers are left out."""
    known = waiting_at(timeline, time_ns) if timeline.changes.columns.rows else ()
    waits = [wait for wait in known if "internal" not in timeline.workers[wait.worker].flags]
    told = [wait for wait in waits if wait.state not in OUTSIDE]
    needs = {wait.worker: _need(timeline, wait, time_ns) for wait in told[:MOST]}
    found = circles({worker: need for worker, need in needs.items() if need.closed})
    inside = {worker for circle in found for worker in circle}
    others = [need for worker, need in needs.items() if worker not in inside]
    return Waits(
        circles=tuple(tuple(needs[worker] for worker in circle) for circle in found),
        others=tuple(sorted(others, key=lambda need: is_idle(timeline, need))),
        outside=len(waits) - len(told),
        more=max(len(told) - MOST, 0),
    )


def is_idle(timeline: Timeline, need: Need) -> bool:
    """Whether it is a pool's worker without work."""
    return need.kind == Kind.GET_WAIT and timeline.resources[need.resource].kind == "Pool"


def _need(timeline: Timeline, wait: Wait, time_ns: int) -> Need:
    """As the wait's own event tells; of a thread that was seen to wait, as it was seen."""
    row = int(timeline.changes.at(time_ns)[wait.worker])
    span = timeline.changes.span(row)
    if span.state is wait.state:
        return need_of(timeline, wait.worker, span, time_ns)
    by = tuple(worker for worker in wait.for_workers if worker)
    return Need(wait.worker, wait.state, wait.resource, wait.since_ns, wait.site, by, closed=False)

"""What a worker that nobody can help holds, waits for, and where: in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from concviz.events import Kind
from concviz.findings.names import names
from concviz.timeline.describe import duration, place, resource_name, worker_name
from concviz.timeline.holdings import held_by
from concviz.timeline.owners import owners_at
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.timeline.needs import Need
    from concviz.timeline.timeline import Timeline

MOST = 8
"""So many workers are told of one by one; the rest are counted."""

MOST_HELD = 3
"""So many things that one holds are named."""


def plights(timeline: Timeline, needs: Sequence[Need], time_ns: int) -> str:
    """As "Ben holds `bread` and has waited 1.5 s for `apples` held by Anna, kitchen.py:14; ..."."""
    told = [_plight(timeline, need, time_ns) for need in needs[:MOST]]
    more = len(needs) - len(told)
    return "; ".join([*told, *([f"and {more} more"] if more else [])])


def _plight(timeline: Timeline, need: Need, time_ns: int) -> str:
    name = worker_name(timeline, need.worker)
    if not need.kind:
        return f"{name} {_holds(timeline, need, time_ns)}cannot go on, since {names(timeline, need.by)} keeps its event loop"
    waits = f"has waited {duration(time_ns - need.since_ns)} for {_what(timeline, need)}{place(timeline, need.site)}"
    return f"{name} {_holds(timeline, need, time_ns)}{waits}"


def _holds(timeline: Timeline, need: Need, time_ns: int) -> str:
    holds = [resource_name(timeline, one) for one in held_by(timeline, need.worker, time_ns)]
    more = f" and {len(holds) - MOST_HELD} more" if len(holds) > MOST_HELD else ""
    return f"holds {', '.join(holds[:MOST_HELD])}{more} and " if holds else ""


def _what(timeline: Timeline, need: Need) -> str:
    by, what = names(timeline, need.by), resource_name(timeline, need.resource)
    if need.state is State.CHILD or need.kind == Kind.AWAIT:
        return f"the end of {by}"
    if need.kind == Kind.IO_WAIT:
        return f"its items in {what} to be taken"
    if not need.by:
        return f"{what}{_left_behind(timeline, need)}"
    if need.by == (need.worker,) and need.closed:
        return f"{what}, which it holds itself"
    job = timeline.resources[need.resource].kind == "Job"
    return f"{what}, a job that only {by} could do" if job else f"{what} {'held by' if need.closed else 'from'} {by}"


def _left_behind(timeline: Timeline, need: Need) -> str:
    """Who has ended with the lock."""
    owners = owners_at(timeline, need.resource, need.since_ns) if need.kind == Kind.REQUESTED else ()
    return f", which {names(timeline, owners)} took and never gave back" if owners else ""

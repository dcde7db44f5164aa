"""Which workers are looked at: all, or those for whom a question is answered by yes."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.states import State, flags

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.timeline.timeline import Timeline


class Choice(Enum):
    """What is asked of each worker. Its value is what a person reads."""

    ALL = "all workers"
    MINE = "my code alone"
    BLOCKERS = "who held this one up"
    BUSY = "no idle pools"


HOLDS_UP = flags(Kind.REQUESTED, Kind.JOIN, Kind.AWAIT, Kind.WOKE)
"""Indexed by kind: events of a worker whose arg is another one that it waits for, or has waited for."""


def chosen(timeline: Timeline, workers: Sequence[int], choice: Choice, focus: int, name: str) -> tuple[int, ...]:
    """Those of the workers, in their order. `focus`: whom "this one" means; `name`: what their names have in them, in any case.

    The focused one stays whatever is asked, but for its name.
    """
    found = tuple(workers)
    if choice is not Choice.ALL:
        wanted = mine(timeline) if choice is Choice.MINE else busy(timeline) if choice is Choice.BUSY else blockers(timeline, focus)
        found = tuple(worker for worker in found if worker in wanted or worker == focus)
    if name:
        word = name.casefold()
        found = tuple(worker for worker in found if word in timeline.workers[worker].name.casefold())
    return found


def mine(timeline: Timeline) -> set[int]:
    """Workers that were seen in a line of the program's own files."""
    events, swept = timeline.events, timeline.looks.columns
    seen = {int(worker) for worker in np.unique(events.worker[(events.site > 0) & (events.kind != Kind.STARTED)])}
    return seen | {int(worker) for worker in np.unique(swept["worker"][swept["site"] > 0])}


def blockers(timeline: Timeline, focus: int) -> set[int]:
    """Workers that one has waited for: they had its lock or its GIL, or it waited for their end or their word."""
    events, rows = timeline.events, timeline.events_of(focus)
    rows = rows[HOLDS_UP[events.kind[rows]]]
    found = {int(worker) for worker in np.unique(events.arg[rows])}
    lane = timeline.lane(focus)
    return (found | {int(worker) for worker in np.unique(lane.args[lane.states == State.GIL])}) - {0, focus}


def busy(timeline: Timeline) -> set[int]:
    """All but the workers of pools that have begun no job."""
    events = timeline.events
    pools = np.array([resource.kind == "Pool" for resource in timeline.resources], dtype=np.bool_)
    takes = pools[events.resource] & np.isin(events.kind, (Kind.GET_WAIT, Kind.GOT)) & (events.kind != Kind.OUTPUT)
    idle = set(np.unique(events.worker[takes]).tolist()) - set(np.unique(events.worker[events.kind == Kind.JOB]).tolist())
    return set(range(len(timeline.workers))) - idle

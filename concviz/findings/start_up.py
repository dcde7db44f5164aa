"""Processes that took longer to start than they worked.

Starting lasts from the parent's call to the child's first instruction: for `spawn` the interpreter's own start. What a
child imports afterwards counts as its work, and so does all that it waits for, except for a pool's next job. Judged
when all processes started at a line have ended.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import counted, names
from concviz.timeline.describe import duration, place
from concviz.timeline.states import CHILD_SPAWNED, State

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.named import Worker
    from concviz.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class Child:
    """One process from its start to its end."""

    worker: int
    from_ns: int
    to_ns: int
    starting_ns: int
    working_ns: int


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each line that starts such processes."""
    at: dict[int, list[Worker]] = {}
    for worker in timeline.workers[1:]:
        if worker.kind == "process" and worker.site and "internal" not in worker.flags:
            at.setdefault(worker.site, []).append(worker)
    for site, workers in at.items():
        children = [_child(timeline, worker) for worker in workers]
        known = [child for child in children if child is not None]
        if len(known) == len(children):
            yield from _judged(site, known, timeline, limits)


def _judged(site: int, children: list[Child], timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    starting_ns, working_ns = sum(child.starting_ns for child in children), sum(child.working_ns for child in children)
    if starting_ns < limits["ms"] * 1e6 or starting_ns < limits["times"] * working_ns:
        return
    workers = tuple(child.worker for child in children)
    yield Finding(
        kind=CHECK.name,
        weight=Weight.NOTE,
        from_ns=min(child.from_ns for child in children),
        to_ns=max(child.to_ns for child in children),
        words=f"{counted(len(children), 'process', 'processes')} took {duration(starting_ns)} to start, all together, and then lived for"
        f" {duration(working_ns)}: {names(timeline, workers)}{place(timeline, site)}",
        advice="Start processes once and give each more to do, as a pool does; work as short as this is done sooner without them.",
        workers=workers,
        sites=(site,),
    )


def _child(timeline: Timeline, worker: Worker) -> Child | None:
    """None: it has not ended yet, or its start was not seen."""
    lane = timeline.lane(worker.index)
    if lane.stop_ns is None or len(lane.times) < 2 or lane.kinds[0] != CHILD_SPAWNED:
        return None
    starts, ends = lane.times[1:], np.append(lane.times[2:], lane.stop_ns)
    pools = [resource for resource in np.unique(lane.resources).tolist() if timeline.resources[resource].kind == "Pool"]
    idle = (lane.states[1:] == State.QUEUE) & np.isin(lane.resources[1:], pools)
    working_ns = int(np.maximum(ends - starts, 0)[~idle].sum())
    return Child(worker.index, int(lane.times[0]), lane.stop_ns, int(lane.times[1] - lane.times[0]), working_ns)


CHECK = Check(
    name="start-up",
    summary="processes that took longer to start than they worked",
    find=find,
    limits={
        "ms": Limit(250, "ms of starting, all processes of a line together; four forks take 10 to 100, four spawned ones 200 to 1,000"),
        "times": Limit(1, "times as long as the work"),
    },
)

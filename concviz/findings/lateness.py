"""Who was late since an event loop did something else: tasks that were ready, and sleepers whose time was up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.findings.steps import Stretch
    from concviz.timeline.timeline import Timeline

AHEAD = 24
"""So many of the loop's steps after the stretch are looked at: the ready list is served in order, so the latest come first."""

BACK = 16
"""So many of a task's events before its step are looked at for what made it ready."""


READY, SLEEP, PASSED = int(Kind.READY), int(Kind.SLEEP), (int(Kind.READY), int(Kind.SUSPENDED))
"""What is looked for there, and what may lie between."""


@dataclass(frozen=True, slots=True)
class Late:
    """One task that could have run."""

    worker: int
    by_ns: int
    """How long before the stretch's end it could have run; at most all of the stretch."""


def late(timeline: Timeline, stretch: Stretch) -> list[Late]:
    """Those that are known to have been late, the latest first."""
    found = _after(timeline, stretch) if stretch.place + 1 < len(stretch.loop.rows) else _now(timeline, stretch)
    return sorted(found, key=lambda one: -one.by_ns)


def _after(timeline: Timeline, stretch: Stretch) -> Iterator[Late]:
    """From the steps that followed."""
    events = timeline.events
    first = stretch.place + 1
    seen = {stretch.task}
    for row in stretch.loop.rows[first : first + AHEAD].tolist():
        worker = int(events.worker[row])
        if events.kind[row] != Kind.RESUMED or worker in seen:
            continue
        seen.add(worker)
        since_ns = _due(timeline, worker, row)
        if since_ns is not None and since_ns < stretch.to_ns:
            yield Late(worker, stretch.to_ns - max(since_ns, stretch.from_ns))


def _due(timeline: Timeline, worker: int, step: int) -> int | None:
    """When the task could have begun this step: it was ready, or its sleep was over; None: not known."""
    events, rows = timeline.events, timeline.events_of(worker)
    at = int(np.searchsorted(rows, step))
    before = rows[max(at - BACK, 0) : at][::-1]
    due = None
    for kind, time_ns, arg in zip(*(column[before].tolist() for column in (events.kind, events.time_ns, events.arg)), strict=True):
        if kind == READY and due is None:
            due = time_ns
        elif kind == SLEEP:
            return None if due is None else min(time_ns + arg, due)
        elif kind not in PASSED:
            break
    return due


def _now(timeline: Timeline, stretch: Stretch) -> Iterator[Late]:
    """The stretch goes on: from how the loop's other tasks stand."""
    rows = timeline.changes.at(stretch.to_ns)
    tasks = np.unique(timeline.events.worker[stretch.loop.rows])
    columns = timeline.changes.columns
    for worker in tasks[(rows[tasks] >= 0) & (tasks != stretch.task)].tolist():
        first = int(columns["span"][rows[worker]])
        state, since_ns = columns["state"][first], int(columns["time"][first])
        if state == State.SLEEPING:
            since_ns += int(columns["arg"][first])
        if state in {State.READY, State.SLEEPING} and since_ns < stretch.to_ns:
            yield Late(worker, stretch.to_ns - max(since_ns, stretch.from_ns))

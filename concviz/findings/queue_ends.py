"""A bounded queue that is full most of the time, or empty most of the time: the stage on the one side is slower.

Judged by the time at each fill, from the first item put to the last one taken, and only where those on the other side
waited long, or were refused again and again: stages of equal speed leave a queue empty too. A queue whose fill is
not told (a multiprocessing one on some systems) is left out.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import names
from concviz.timeline.describe import duration, resource_name
from concviz.timeline.states import State, flags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.timeline import Timeline

Rows = npt.NDArray[np.int64]
"""Numbers of events, or times in ns."""

SIZED = flags(Kind.PUT, Kind.GOT, Kind.PUT_WAIT, Kind.GET_WAIT)
"""Indexed by kind: its arg is the number of items."""

MOST_WORKERS = 64
"""On one side of a queue: of more, the busiest are asked how long they waited."""

FULL, EMPTY = "full", "empty"


@dataclass(frozen=True, slots=True)
class Stage:
    """One side of a queue."""

    full: bool
    """Whether the queue is full, so that its consumers are slow; else empty, and its producers are."""
    from_ns: int
    to_ns: int
    """The queue's life."""
    spent_ns: int
    """How long it was so."""
    slow: tuple[int, ...]
    held_up: tuple[int, ...]
    """Who waited for them."""
    waited_ns: int
    """How long, all together."""

    @property
    def full_or_empty(self) -> float:
        """The share of its life in which it was so."""
        return self.spent_ns / max(self.to_ns - self.from_ns, 1)

    @property
    def held_up_share(self) -> float:
        """The share of the queue's life that one of those held up has waited, on average."""
        return self.waited_ns / max(self.to_ns - self.from_ns, 1) / max(min(len(self.held_up), MOST_WORKERS), 1)


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each such queue."""
    for resource in timeline.used_resources:
        if timeline.resources[resource].capacity and "Queue" in timeline.resources[resource].kind:
            yield from _of(timeline, resource, limits)


def _of(timeline: Timeline, resource: int, limits: Mapping[str, float]) -> Iterator[Finding]:
    rows = _life(timeline, resource)
    events = timeline.events
    kind = events.kind[rows]
    if min((kind == Kind.PUT).sum(), (kind == Kind.GOT).sum()) < limits["items"]:
        return
    sized = rows[SIZED[kind]]
    times, fill = events.time_ns[sized], events.arg[sized]
    if (fill < 0).any():
        return
    lengths, size = np.diff(times), timeline.resources[resource].capacity or 0
    refused = int((kind == Kind.QUEUE_REFUSED).sum())
    for end, spent in ((FULL, fill >= size), (EMPTY, fill <= 0)):
        spent_ns = int(lengths[spent[:-1]].sum())
        if spent_ns < limits["share"] * lengths.sum():
            continue
        stage = _stage(timeline, resource, rows, full=end is FULL, spent_ns=spent_ns)
        dropped = end is FULL and refused >= limits["items"]
        if stage.held_up_share >= limits["waits"] or dropped:
            yield _finding(timeline, resource, stage)


def _life(timeline: Timeline, resource: int) -> Rows:
    """The queue's events from the first PUT to the last GOT."""
    rows = timeline.events_on(resource)
    kind = timeline.events.kind[rows]
    puts, gots = np.flatnonzero(kind == Kind.PUT), np.flatnonzero(kind == Kind.GOT)
    return rows[puts[0] : gots[-1] + 1] if len(puts) and len(gots) else rows[:0]


def _stage(timeline: Timeline, resource: int, rows: Rows, *, full: bool, spent_ns: int) -> Stage:
    events = timeline.events
    from_ns, to_ns = int(events.time_ns[rows[0]]), int(events.time_ns[rows[-1]])
    producers, consumers = (_who(timeline, rows, kind) for kind in (Kind.PUT, Kind.GOT))
    slow, held_up = (consumers, producers) if full else (producers, consumers)
    waited_ns = _waited(timeline, resource, held_up[:MOST_WORKERS], from_ns, to_ns)
    return Stage(full, from_ns, to_ns, spent_ns, slow, held_up, waited_ns)


def _finding(timeline: Timeline, resource: int, stage: Stage) -> Finding:
    side, what = ("consumers", "room") if stage.full else ("producers", "items")
    return Finding(
        kind=CHECK.name,
        weight=Weight.NOTE,
        from_ns=stage.from_ns,
        to_ns=stage.to_ns,
        words=f"{resource_name(timeline, resource)} was {FULL if stage.full else EMPTY} {round(100 * stage.full_or_empty)} % of the time:"
        f" {names(timeline, stage.held_up)} waited {duration(stage.waited_ns)} for {what};"
        f" the {side} are the slow stage ({names(timeline, stage.slow)})",
        advice=f"Speed up the {side} or have more of them; a longer queue only moves the wait."
        if stage.full
        else "Speed up the producers or have more of them; fewer consumers would do as well.",
        workers=(*stage.slow, *(worker for worker in stage.held_up if worker not in stage.slow)),
        resources=(resource,),
    )


def _who(timeline: Timeline, rows: Rows, kind: Kind) -> tuple[int, ...]:
    """The workers that did so, the busiest first."""
    times = np.bincount(timeline.events.worker[rows[timeline.events.kind[rows] == kind]])
    order = np.argsort(-times, kind="stable")
    return tuple(order[times[order] > 0].tolist())


def _waited(timeline: Timeline, resource: int, workers: tuple[int, ...], from_ns: int, to_ns: int) -> int:
    """The ns that they waited for the queue; 0: not added up."""
    if len(workers) > MOST_WORKERS:
        return 0
    total = 0
    for lane in map(timeline.lane, workers):
        which = np.flatnonzero((lane.states == State.QUEUE) & (lane.resources == resource))
        ends = np.append(lane.times[1:], lane.end_ns)[which]
        total += int((np.clip(ends, from_ns, to_ns) - np.clip(lane.times[which], from_ns, to_ns)).sum())
    return total


CHECK = Check(
    name="queue-ends",
    summary="a bounded queue that is always full or always empty: which stage is slow",
    find=find,
    limits={
        "share": Limit(
            0.6, "share of its life in which it is full, or empty; two stages of equal mean speed, each at random: 0.17 and 0.53"
        ),
        "waits": Limit(0.3, "share of its life that those on the other side wait for it; the same two stages: 0.09 and 0.24"),
        "items": Limit(8, "items that have gone through it, below which nothing is said"),
    },
)

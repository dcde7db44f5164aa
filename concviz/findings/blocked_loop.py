"""A step of a task, or a callback, that kept its event loop so long that other tasks were late.

A long step alone is none: somebody must be known to have been ready, or to have slept long enough, while it lasted.
Time in which the loop's thread had no core, or another thread the GIL, is not the step's fault and is taken off.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.lateness import late
from concviz.findings.names import counted, names
from concviz.findings.spots import Spot, spot
from concviz.findings.steps import STEP, loops, stretches
from concviz.timeline.describe import duration, place, worker_name
from concviz.timeline.states import BEGIN_WAIT, State, flags

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.findings.lateness import Late
    from concviz.findings.steps import Loop, Stretch
    from concviz.timeline.timeline import Timeline

MOST = 100
"""So many long stretches of a loop are looked at, the longest."""

SHARE_TOLD = 0.1
"""So much of a stretch without a core or the GIL is told beside its length."""

WAITS = flags(*BEGIN_WAIT)
"""Indexed by kind."""

ADVICE = "Await it; or move it off the loop: asyncio.to_thread for a call that waits, a pool of processes for one that computes."


@dataclass(frozen=True, slots=True)
class Block:
    """One stretch that held others up."""

    stretch: Stretch
    spot: Spot
    busy_ns: int
    late: tuple[Late, ...]


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each place in the program that did so."""
    for loop in loops(timeline):
        places: dict[tuple[int, int], list[Block]] = {}
        for block in _blocks(timeline, loop, limits):
            made = 0 if block.spot.site else timeline.workers[block.stretch.task].site
            places.setdefault((block.spot.site, made), []).append(block)
        for blocks in places.values():
            yield _finding(timeline, blocks)


def _blocks(timeline: Timeline, loop: Loop, limits: Mapping[str, float]) -> Iterator[Block]:
    least_ns, late_ns = limits["ms"] * 1e6, limits["late_ms"] * 1e6
    for stretch in stretches(timeline, loop, int(least_ns), MOST):
        busy_ns = stretch.length_ns - _stolen(timeline, stretch)
        if busy_ns < least_ns or not (stretch.task or _alive_over(timeline, stretch)):
            continue
        held_up = tuple(one for one in late(timeline, stretch) if one.by_ns >= late_ns)
        if held_up:
            yield Block(stretch, spot(timeline, stretch), busy_ns, held_up)


def _stolen(timeline: Timeline, stretch: Stretch) -> int:
    """The ns in which the loop's thread would have run, but had no core or no GIL."""
    events = timeline.events
    rows = timeline.events_of(stretch.task or stretch.loop.thread)
    low, high = np.searchsorted(events.time_ns[rows], (stretch.from_ns, stretch.to_ns))
    waits = rows[low:high][WAITS[events.kind[rows[low:high]]]]
    until_ns = int(events.time_ns[waits[0]]) if len(waits) else stretch.to_ns
    spent = timeline.lane(stretch.loop.thread).spent(np.array([stretch.from_ns, until_ns, max(stretch.to_ns, until_ns)]))
    return int(spent[State.GIL, 0] + spent[State.READY].sum())


def _alive_over(timeline: Timeline, stretch: Stretch) -> bool:
    """Whether a task of the loop that had begun before had steps after: so the loop ran, and it was not its start or end."""
    events = timeline.events
    rows, place = stretch.loop.rows, stretch.place
    before = events.worker[rows[: place + 1]][STEP[events.kind[rows[: place + 1]]]]
    after = events.worker[rows[place + 1 :][events.kind[rows[place + 1 :]] == Kind.RESUMED]]
    return bool(np.isin(after, before).any())


def _finding(timeline: Timeline, blocks: list[Block]) -> Finding:
    worst = max(blocks, key=lambda block: block.stretch.length_ns)
    latest = max((block.late[0] for block in blocks), key=lambda one: one.by_ns)
    tasks = tuple(dict.fromkeys(block.stretch.task or block.stretch.loop.thread for block in blocks))
    others = tuple(dict.fromkeys(one.worker for block in blocks for one in block.late if one.worker not in tasks))
    who = worker_name(timeline, tasks[0]) if worst.stretch.task else f"A callback on {worker_name(timeline, tasks[0])}"
    who = names(timeline, tasks) if worst.stretch.task else who
    all_ns = sum(block.stretch.length_ns for block in blocks)
    more = f" ({counted(len(blocks), 'time')}, {duration(all_ns)} in all)" if len(blocks) > 1 else ""
    waited_ns = worst.stretch.length_ns - worst.busy_ns
    apart = f", {duration(waited_ns)} of it without a core or the GIL" if waited_ns > SHARE_TOLD * worst.stretch.length_ns else ""
    too = tuple(worker for worker in others if worker != latest.worker)
    also = f", {names(timeline, too)} too" if too else ""
    held = f"{worker_name(timeline, latest.worker)} was {duration(latest.by_ns)} late{also}"
    where = f"{worst.spot.word}{place(timeline, worst.spot.site).removeprefix(',')}" if worst.spot.site else ""
    return Finding(
        kind=CHECK.name,
        weight=Weight.WARNING,
        from_ns=min(block.stretch.from_ns for block in blocks),
        to_ns=max(block.stretch.to_ns for block in blocks),
        words=f"{who} kept the event loop busy for {duration(worst.stretch.length_ns)}{apart}{more}{where}: {held}",
        advice=ADVICE,
        workers=(*tasks, *others),
        sites=(worst.spot.site,) if worst.spot.site else (),
    )


CHECK = Check(
    name="blocked-loop",
    summary="a task or callback that kept its event loop from serving others",
    find=find,
    limits={
        "ms": Limit(50, "ms that one step or callback lasts; the longest of programs that only await: 8 ms"),
        "late_ms": Limit(10, "ms that another task was late by it; a loop at rest wakes a sleeper within 1 to 2 ms"),
    },
)

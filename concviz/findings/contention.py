"""A lock at which workers lost time: who made whom wait, and how long.

Counted in windows in which, taken together, at least so much of one worker's time was waited: a few short waits that are
spread over a run cost nothing. A wait counts when it is over: one that never ends is a deadlock's business. Semaphores are
left out: that one waits there is what they are for.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import counted
from concviz.findings.turns import OPEN, Turns, contended
from concviz.findings.windows import edges, spent
from concviz.timeline.describe import duration, resource_name, worker_name
from concviz.timeline.needs import LOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.findings.turns import Spells
    from concviz.timeline.timeline import Timeline

Times = npt.NDArray[np.int64]
"""Times or lengths in ns."""

WIDTH_NS = 100_000_000
"""The length of a window."""

MOST = 8
"""So many of those that held it, and of those that waited, are told; the one that waited longest is asked for whom."""

OFTEN = 20
"""Fewer waits, however long, are often meant: that one goes after the other is what a lock is for."""


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each such lock with many waits, and one for the others: the one that cost most first."""
    at = edges(timeline, WIDTH_NS)
    found = []
    for resource, every in contended(timeline, LOCKS):
        turns = Turns(every.waits.of(every.waits.row != OPEN), every.holds)
        waited = np.diff(_waited(turns.waits, at))
        lost = np.flatnonzero(waited >= limits["share"] * WIDTH_NS)
        if waited[lost].sum() >= limits["ms"] * 1e6:
            finding = _finding(timeline, resource, turns, (int(at[lost[0]]), int(at[lost[-1] + 1])))
            found += [(int(waited.sum()), finding)] if finding is not None else []
    in_order = [finding for _, finding in sorted(found, key=lambda one: -one[0])]
    yield from (finding for finding in in_order if finding.weight is Weight.WARNING)
    notes = [finding for finding in in_order if finding.weight is Weight.NOTE]
    for top in notes[:1]:
        more = f"; so it was, for less, at {counted(len(notes) - 1, 'other lock')}" if len(notes) > 1 else ""
        yield replace(top, words=top.words + more)


def _waited(waits: Spells, at: Times) -> Times:
    """The ns that all together have waited before each time."""
    return _since(waits.from_ns, at) - _since(waits.to_ns, at)


def _since(times: Times, at: Times) -> Times:
    """The sum of what lies between each of `times` and a time, of those before it."""
    times = np.sort(times)
    before = np.searchsorted(times, at)
    sums = np.concatenate(([0], np.cumsum(times - at[0])))
    found: Times = before * (at - at[0]) - sums[before]
    return found


def _finding(timeline: Timeline, resource: int, turns: Turns, between: tuple[int, int]) -> Finding | None:
    """None: nobody was seen to hold it meanwhile, but perhaps the one that waits itself."""
    waits = turns.waits
    waiters, holders = _most(waits), _most(turns.holds)
    made_ns = _made(turns, waiters[0], holders)
    if not any(made_ns):
        return None
    holder = holders[int(np.argmax(made_ns))]
    lost_ns = int(waits.length_ns.sum())
    top = f"{worker_name(timeline, holder)} made {worker_name(timeline, waiters[0])} wait {duration(max(made_ns))}"
    every = f"{counted(len(np.unique(waits.worker)), 'worker')} waited {duration(lost_ns)} in {counted(len(waits), 'wait')}"
    sites = waits.site[np.argsort(-waits.length_ns, kind="stable")]
    return Finding(
        kind=CHECK.name,
        weight=Weight.WARNING if len(waits) >= OFTEN else Weight.NOTE,
        from_ns=between[0],
        to_ns=between[1],
        words=f"{top} for {resource_name(timeline, resource)}; in all {every}",
        advice="Hold it for less: compute and do input and output outside of it, or split what it guards.",
        workers=(holder, *(one for one in waiters if one != holder)),
        resources=(resource,),
        sites=tuple(dict.fromkeys(site for site in sites[:MOST].tolist() if site)),
    )


def _most(spells: Spells) -> list[int]:
    """The workers whose spells are the longest together."""
    workers, places = np.unique(spells.worker, return_inverse=True)
    sums = np.bincount(places, weights=spells.length_ns)
    found: list[int] = workers[np.argsort(-sums, kind="stable")][:MOST].tolist()
    return found


def _made(turns: Turns, waiter: int, holders: list[int]) -> list[int]:
    """The ns that each of `holders` held it while that one waited."""
    waited = turns.waits.of(turns.waits.worker == waiter)
    found = []
    for holder in holders:
        held = turns.holds.of(turns.holds.worker == holder)
        both = spent(held.from_ns, held.to_ns, waited.to_ns) - spent(held.from_ns, held.to_ns, waited.from_ns)
        found.append(int(both.sum()))
    return found


CHECK = Check(
    name="contention",
    summary="a lock at which workers lost time, and who held it",
    find=find,
    limits={
        "ms": Limit(100, "ms waited in all, in windows of 0.1 s that count"),
        "share": Limit(0.5, "share of one worker's time waited in a window, all together, below which it does not count"),
    },
)

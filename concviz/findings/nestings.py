"""Which locks were taken while which others were held: by whom, where, and under what other locks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.carried import SEMAPHORES
from concviz.timeline.needs import LOCKS
from concviz.timeline.patience import limited
from concviz.timeline.states import flags

if TYPE_CHECKING:
    from collections.abc import Iterator

    from concviz.timeline.timeline import Timeline

Rows = npt.NDArray[np.int64]
"""Numbers of events."""

USES = flags(Kind.ACQUIRED, Kind.RELEASED)
"""Indexed by kind."""

MOST_WORKERS, MOST_LOCKS = 256, 48
"""Of more workers that nest locks, and of more locks that one of them nests, those that come first are looked at."""

MOST_GUARDS = 8
"""So many different sets of other locks are kept for each pair."""


@dataclass(frozen=True, slots=True)
class Nesting:
    """One worker took `inner` while it held `outer`: the first or the last time under these guards."""

    worker: int
    outer: int
    inner: int
    guards: frozenset[int]
    """What else it held already when it took `outer`, and still when it took `inner`."""
    outer_row: int
    """The event by which it took `outer`."""
    inner_row: int


def nestings(timeline: Timeline) -> Iterator[Nesting]:
    """All of them; where the inner one was taken with a limit, so that nobody waits for ever, none."""
    events = timeline.events
    guarding = np.array([one.kind in LOCKS | SEMAPHORES for one in timeline.resources])
    rows = np.flatnonzero(USES[events.kind] & guarding[np.where(USES[events.kind], events.resource, 0)])
    if not len(rows):
        return
    order = np.argsort(events.worker[rows], kind="stable")
    rows = rows[order]
    worker = events.worker[rows]
    first = np.flatnonzero(np.diff(worker, prepend=-1))
    bounds = np.append(first, len(rows)).tolist()
    deep = np.maximum.reduceat(_depths(events.kind[rows], first), first) > 1
    for place in np.flatnonzero(deep)[:MOST_WORKERS].tolist():
        yield from _of(timeline, rows[bounds[place] : bounds[place + 1]])


def _depths(kind: npt.NDArray[np.uint8], first: Rows) -> Rows:
    """How many each row's worker holds after it; one more for what it did not give back itself."""
    steps = np.where(kind == Kind.ACQUIRED, 1, -1)
    sums = np.cumsum(steps)
    before = np.repeat(sums[first] - steps[first], np.diff(np.append(first, len(kind))))
    depths: Rows = sums - before
    return depths


def _of(timeline: Timeline, rows: Rows) -> Iterator[Nesting]:
    """Those of one worker."""
    held = _holds(timeline, rows)
    for inner in (one for one in held if timeline.resources[one].kind in LOCKS):
        for outer in (one for one in held if one != inner and timeline.resources[one].kind in LOCKS):
            yield from _pair(timeline, held, outer, inner)


def _holds(timeline: Timeline, rows: Rows) -> dict[int, tuple[Rows, Rows]]:
    """By resource: the rows at which it was taken, and the rows at which it was given back."""
    events = timeline.events
    found = {}
    for resource in np.unique(events.resource[rows])[:MOST_LOCKS].tolist():
        mine = rows[events.resource[rows] == resource]
        kind, depth = events.kind[mine], events.arg[mine]
        if timeline.resources[resource].kind in {"RLock", "Condition"}:
            mine = mine[~((kind == Kind.ACQUIRED) & (depth > 1) | (kind == Kind.RELEASED) & (depth > 0))]
            kind = events.kind[mine]
        at = np.flatnonzero(kind == Kind.ACQUIRED)
        ends = np.append(mine, len(events))[at + 1]
        found[resource] = mine[at], ends
    return found


def _pair(timeline: Timeline, held: dict[int, tuple[Rows, Rows]], outer: int, inner: int) -> Iterator[Nesting]:
    events = timeline.events
    taken = held[inner][0]
    outer_rows = _within(held[outer], taken)
    which = outer_rows >= 0
    taken, outer_rows = taken[which], outer_rows[which]
    if not len(taken):
        return
    others = [one for one in held if one not in {outer, inner}]
    over = np.array([_within(held[one], taken) for one in others]).reshape(len(others), len(taken))
    guards = (over >= 0) & (over < outer_rows)
    _, firsts = np.unique(guards, axis=1, return_index=True)
    _, lasts = np.unique(guards[:, ::-1], axis=1, return_index=True)
    worker = int(events.worker[taken[0]])
    for place in sorted({*firsts[:MOST_GUARDS].tolist(), *(len(taken) - 1 - lasts[:MOST_GUARDS]).tolist()}):
        row = int(taken[place])
        if not limited(timeline, int(events.site[row]), timeline.workers[worker].kind == "task"):
            under = frozenset(one for one, holds in zip(others, guards[:, place].tolist(), strict=True) if holds)
            yield Nesting(worker, outer, inner, under, int(outer_rows[place]), row)


def _within(hold: tuple[Rows, Rows], rows: Rows) -> Rows:
    """For each row: the one at which the hold around it began; -1: it is not held there."""
    taken, given = hold
    place = np.searchsorted(taken, rows) - 1
    found: Rows = np.where((place >= 0) & (given[place] > rows), taken[place], -1) if len(taken) else np.full(len(rows), -1)
    return found

"""Locks taken in opposite orders by different workers: this time nobody got stuck, another time they may.

Every lock taken while another is held is an edge from the outer to the inner one; edges of different workers that form a
circle are a deadlock that can happen, unless all of them lie under one and the same other lock, or one of the workers had
ended, or was told to begin, before the other came that far (Havelund 2000; Bensalem and Havelund 2005).
"""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING
from weakref import WeakKeyDictionary

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.nestings import Nesting, nestings
from concviz.timeline.before import comes_before, lasting_edges
from concviz.timeline.describe import place, resource_name, worker_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from concviz.timeline.order import Edges
    from concviz.timeline.timeline import Timeline

MOST_TRIED = 4096
"""So many paths are looked at; a program with more pairs of locks than that is told of in part."""

MOST_TOLD = 8
"""So many circles are listed."""

Chain = tuple[Nesting, ...]


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each circle of locks."""
    yield from islice(_found(timeline, int(limits["locks"])), MOST_TOLD)


def _found(timeline: Timeline, longest: int) -> Iterator[Finding]:
    told: set[frozenset[int]] = set()
    orders = _Orders(timeline)
    for chain in _chains(list(nestings(timeline)), longest):
        locks = frozenset(nesting.outer for nesting in chain)
        if locks not in told and not _guarded(timeline, chain) and not orders.any(chain):
            told.add(locks)
            yield _finding(timeline, chain)


def _chains(found: Sequence[Nesting], longest: int) -> Iterator[Chain]:
    """Circles of nestings, each by another worker; the shortest first, each from its lowest lock on."""
    after: dict[int, list[Nesting]] = {}
    for nesting in found:
        after.setdefault(nesting.outer, []).append(nesting)
    paths: list[Chain] = [(nesting,) for nesting in found if nesting.inner in after]
    tried = 0
    while paths and len(paths[0]) < longest:
        longer: list[Chain] = []
        for path in paths:
            for nesting in after.get(path[-1].inner, ()):
                tried += 1
                if tried > MOST_TRIED:
                    return
                if nesting.worker in {one.worker for one in path} or nesting.outer < path[0].outer:
                    continue
                if nesting.inner == path[0].outer:
                    yield (*path, nesting)
                elif nesting.inner > path[0].outer and nesting.inner not in {one.outer for one in path}:
                    longer.append((*path, nesting))
        paths = longer


def _guarded(timeline: Timeline, chain: Chain) -> bool:
    """Whether something else never lets all of them come that far at once: a lock held by two, or a semaphore with too few permits."""
    for guard in frozenset().union(*(nesting.guards for nesting in chain)):
        under = sum(guard in nesting.guards for nesting in chain)
        known = timeline.resources[guard]
        permits = known.capacity if "Semaphore" in known.kind else 1
        if permits is not None and under > permits:
            return True
    return False


class _Orders:
    """Owns what is known of the order of events in one run; asked for only when something may be wrong."""

    def __init__(self, timeline: Timeline) -> None:
        self._timeline = timeline
        self._edges: Edges | None = None
        self._known = _known.setdefault(timeline, {})

    def any(self, chain: Chain) -> bool:
        """Whether two of them cannot have come at the same time."""
        return any(self._ordered(one, other) for at, one in enumerate(chain) for other in chain[at + 1 :])

    def _ordered(self, one: Nesting, other: Nesting) -> bool:
        first, second = sorted((one, other), key=lambda nesting: nesting.inner_row)
        times = self._timeline.events.time_ns
        key = first.worker, int(times[first.inner_row]), second.worker, int(times[second.outer_row])
        if key not in self._known:
            if self._edges is None:
                self._edges = lasting_edges(self._timeline)
            low = first.inner_row
            self._known[key] = low < second.outer_row and comes_before(self._timeline, self._edges, low, second.outer_row)
        return self._known[key]


_known: WeakKeyDictionary[Timeline, dict[tuple[int, int, int, int], bool]] = WeakKeyDictionary()


def _finding(timeline: Timeline, chain: Chain) -> Finding:
    events = timeline.events
    in_time = sorted(chain, key=lambda nesting: nesting.inner_row)
    rows = [row for nesting in chain for row in (nesting.outer_row, nesting.inner_row)]
    told = [
        f"{worker_name(timeline, nesting.worker)} took {resource_name(timeline, nesting.outer)} and then"
        f" {resource_name(timeline, nesting.inner)}{place(timeline, int(events.site[nesting.inner_row]))}"
        for nesting in in_time
    ]
    return Finding(
        kind=CHECK.name,
        weight=Weight.WARNING,
        from_ns=int(events.time_ns[min(rows)]),
        to_ns=int(events.time_ns[max(rows)]),
        words=f"{'; '.join(told)}: it went well this time, but they can deadlock",
        advice="Take these locks in one order everywhere, or hold one more lock around all of them.",
        workers=tuple(nesting.worker for nesting in in_time),
        resources=tuple(nesting.outer for nesting in chain),
        sites=tuple(dict.fromkeys(site for nesting in in_time if (site := int(events.site[nesting.inner_row])))),
    )


CHECK = Check(
    name="lock-order",
    summary="locks taken in opposite orders, which may deadlock another time",
    find=find,
    limits={"locks": Limit(8, "locks in the longest circle that is looked for")},
)

"""A worker that waits for a lock or permit while others get it again and again.

With fair turns each of the others gets it once at most while one waits.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import counted, names
from concviz.findings.turns import contended
from concviz.timeline.describe import duration, place, resource_name, worker_name

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.findings.turns import Turns
    from concviz.timeline.timeline import Timeline

MOST = 32
"""So many waits for a resource are looked at, the longest."""


@dataclass(frozen=True, slots=True)
class Hunger:
    """One wait, and what happened meanwhile."""

    worker: int
    from_ns: int
    to_ns: int
    site: int
    others: tuple[int, ...]
    """Who got it, the one that got it most often first."""
    times: int
    """How often, all together."""


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each worker and resource: the longest such wait."""
    for resource, turns in contended(timeline):
        told: set[int] = set()
        for hunger in _hungers(turns, limits):
            if hunger.worker not in told:
                told.add(hunger.worker)
                yield _finding(timeline, resource, hunger)


def _hungers(turns: Turns, limits: Mapping[str, float]) -> Iterator[Hunger]:
    """The longest waits first."""
    waits, holds = turns.waits, turns.holds
    lengths = waits.length_ns
    for place_ in np.argsort(-lengths, kind="stable")[:MOST].tolist():
        if lengths[place_] < limits["ms"] * 1e6:
            return
        from_ns, to_ns, worker = int(waits.from_ns[place_]), int(waits.to_ns[place_]), int(waits.worker[place_])
        low, high = np.searchsorted(holds.from_ns, (from_ns, to_ns))
        got = holds.worker[low:high][holds.worker[low:high] != worker]
        others, often = np.unique(got, return_counts=True)
        again = len(got) - len(others)
        if again < limits["again"] or lengths[place_] < limits["times"] * _usual(turns, low, high):
            continue
        in_order = tuple(others[np.argsort(-often, kind="stable")].tolist())
        yield Hunger(worker, from_ns, to_ns, int(waits.site[place_]), in_order, len(got))


def _usual(turns: Turns, low: int, high: int) -> float:
    """The median ns that those waited that got it with these holds; most did not wait at all: 0."""
    rows = turns.holds.row[low:high]
    waited = turns.waits.length_ns[np.isin(turns.waits.row, rows)]
    return float(np.median(np.concatenate((waited, np.zeros(max(len(rows) - len(waited), 0)))))) if len(rows) else 0.0


def _finding(timeline: Timeline, resource: int, hunger: Hunger) -> Finding:
    waited = (
        f"{worker_name(timeline, hunger.worker)} waited {duration(hunger.to_ns - hunger.from_ns)} for {resource_name(timeline, resource)}"
    )
    return Finding(
        kind=CHECK.name,
        weight=Weight.WARNING,
        from_ns=hunger.from_ns,
        to_ns=hunger.to_ns,
        words=f"{waited}{place(timeline, hunger.site)}: {names(timeline, hunger.others)} got it {counted(hunger.times, 'time')} meanwhile",
        advice="Leave it alone for longer between two turns, or hand turns out in order: by a queue, or by one worker that owns the thing.",
        workers=(hunger.worker, *hunger.others),
        resources=(resource,),
        sites=(hunger.site,) if hunger.site else (),
    )


CHECK = Check(
    name="starvation",
    summary="a worker that waits while others get the same thing again and again",
    find=find,
    limits={
        "ms": Limit(250, "ms that it waits at a stretch"),
        "again": Limit(20, "times that others got it again meanwhile; with fair turns: 0"),
        "times": Limit(10, "times longer than those that got it have waited, by the median"),
    },
)

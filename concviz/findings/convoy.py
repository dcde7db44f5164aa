"""A lock that is handed on from one to the next without a pause, though each holds it for a moment only.

Once a queue stands before a lock it does not go away: who gave it back stands at its end again (Blasgen et al. 1979).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import counted
from concviz.findings.turns import contended
from concviz.timeline.describe import duration, resource_name
from concviz.timeline.needs import LOCKS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.findings.turns import Spells, Turns
    from concviz.timeline.timeline import Timeline

Flags = npt.NDArray[np.bool_]


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each such lock: the longest time that it was so."""
    for resource, turns in contended(timeline, LOCKS):
        low, high = _longest(_handed_on(turns))
        if high - low >= limits["turns"]:
            yield from _of(timeline, resource, turns, (low, high), limits)


def _of(timeline: Timeline, resource: int, turns: Turns, run: tuple[int, int], limits: Mapping[str, float]) -> Iterator[Finding]:
    holds = turns.holds.of(np.arange(*run))
    waits = turns.waits.of(np.isin(turns.waits.row, holds.row))
    workers, often = np.unique(holds.worker, return_counts=True)
    held_ns, waited_ns = int(np.median(holds.length_ns)), int(np.median(waits.length_ns))
    from_ns, to_ns = int(holds.from_ns[0]), int(holds.to_ns[-1])
    if len(workers) < limits["workers"] or waited_ns < limits["times"] * held_ns or to_ns - from_ns < limits["ms"] * 1e6:
        return
    yield Finding(
        kind=CHECK.name,
        weight=Weight.WARNING,
        from_ns=from_ns,
        to_ns=to_ns,
        words=f"{resource_name(timeline, resource)} was handed on {counted(len(holds), 'time')} in a row among {len(workers)} workers:"
        f" held for {duration(held_ns)}, waited for {duration(waited_ns)} each time",
        advice="Take it less often: gather what is done under it, give each worker a part of its own, or hand work over in a queue.",
        workers=tuple(workers[np.argsort(-often, kind="stable")].tolist()),
        resources=(resource,),
        sites=_sites(waits),
    )


def _handed_on(turns: Turns) -> Flags:
    """By hold: whether another one had it before, and it was waited for."""
    holds = turns.holds
    other = np.ones(len(holds), dtype=np.bool_)
    other[1:] = holds.worker[1:] != holds.worker[:-1]
    return other & np.isin(holds.row, turns.waits.row)


def _longest(which: Flags) -> tuple[int, int]:
    """The bounds of the longest stretch of flags that are set."""
    changes = np.flatnonzero(np.diff(which.astype(np.int8), prepend=0, append=0))
    if not len(changes):
        return 0, 0
    starts, ends = changes[::2], changes[1::2]
    longest = int((ends - starts).argmax())
    return int(starts[longest]), int(ends[longest])


def _sites(waits: Spells) -> tuple[int, ...]:
    sites, often = np.unique(waits.site[waits.site > 0], return_counts=True)
    return tuple(sites[np.argsort(-often, kind="stable")].tolist())


CHECK = Check(
    name="convoy",
    summary="a lock that is handed on in turn, and waited for much longer than it is held",
    find=find,
    limits={
        "turns": Limit(20, "times in a row that it was handed on to one that waited"),
        "times": Limit(4, "times longer that it is waited for than held, by the medians"),
        "workers": Limit(3, "workers that take part"),
        "ms": Limit(50, "ms that it lasts"),
    },
)

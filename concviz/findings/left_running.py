"""Workers that nobody waited for: they still ran when the main thread had come to its end, or ended without being joined.

That is allowed, and the interpreter waits for them; but what fails in them then is seen by nobody. Daemons, workers of pools and
libraries' own are left out, and so is a run that a signal ended.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from concviz.events import Kind
from concviz.findings.finding import Check, Finding, Limit, Weight
from concviz.findings.names import names
from concviz.timeline.describe import duration, worker_name
from concviz.timeline.ends import MAIN_PROCESS, NEVER_NS
from concviz.timeline.states import ALIVE_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from concviz.timeline.named import Worker
    from concviz.timeline.timeline import Timeline

FORKED = "child "
"""How children of os.fork are called, whom os.waitpid asks for: that makes no event."""

ADVICE = "Join them where their work is wanted, or make them daemons if it may be cut off."
ADVICE_CHILDREN = "Join or terminate every process that is started, also when something fails in between."


def find(timeline: Timeline, limits: Mapping[str, float]) -> Iterator[Finding]:
    """One for each process whose end had to wait, one for those never joined, one for processes left behind."""
    told = timeline.meta.exit
    if told is not None and (told["signal"] or told.get("apart")):
        return
    least_ns = int(limits["ms"] * 1e6)
    idle = _pools_own(timeline)
    for worker in timeline.workers[1:]:
        if worker.kind == "process" and "internal" not in worker.flags:
            yield from _outlived(timeline, worker, least_ns, idle)
    if told is not None:
        yield from _never_joined(timeline, least_ns, idle)
        yield from _left_behind(timeline, idle)


def _outlived(timeline: Timeline, main: Worker, least_ns: int, idle: set[int]) -> Iterator[Finding]:
    """The interpreter's own joins, after the last thing that the main thread did."""
    events, rows = timeline.events, timeline.events_of(main.index)
    sited = np.flatnonzero(events.site[rows] > 0)
    tail = rows[sited[-1] + 1 :] if len(sited) else rows[:0]
    joins = tail[events.kind[tail] == Kind.JOIN]
    waited_for = [one for one in events.arg[joins].tolist() if _counts(timeline, one, idle)]
    if not waited_for:
        return
    from_ns = int(events.time_ns[joins[0]])
    ends = timeline.ends_ns
    to_ns = min(int(ends[main.index]), timeline.end_ns)
    beside = [worker.index for worker in timeline.workers[1:] if worker.process == main.process and worker.kind == "thread"]
    left = [one for one in dict.fromkeys((*waited_for, *beside)) if _counts(timeline, one, idle) and _alive(timeline, one, from_ns)]
    if left and to_ns - from_ns >= least_ns:
        yield Finding(
            kind=CHECK.name,
            weight=Weight.NOTE,
            from_ns=from_ns,
            to_ns=to_ns,
            words=f"{worker_name(timeline, main.index)} had nothing more to do, but {names(timeline, left)} still ran:"
            f" the interpreter waited {duration(to_ns - from_ns)} for {'them' if len(left) > 1 else 'it'}",
            advice=ADVICE,
            workers=(*left, main.index),
            sites=_made(timeline, left),
        )


def _never_joined(timeline: Timeline, least_ns: int, idle: set[int]) -> Iterator[Finding]:
    """Processes that ended well before their parent, which did not ask for them."""
    events = timeline.events
    joined = set(events.arg[np.isin(events.kind, (Kind.JOIN, Kind.JOINED))].tolist())
    spawned = events.arg[events.kind == Kind.SPAWNED].tolist()
    ends = timeline.ends_ns
    left = [
        one
        for one in spawned
        if timeline.workers[one].kind == "process"
        and not timeline.workers[one].name.startswith(FORKED)
        and _counts(timeline, one, idle)
        and one not in joined
        and ends[one] != NEVER_NS
        and ends[one] <= timeline.end_ns - least_ns
    ]
    if left:
        yield Finding(
            kind=CHECK.name,
            weight=Weight.NOTE,
            from_ns=int(ends[left].min()),
            to_ns=timeline.end_ns,
            words=f"{names(timeline, left)} ended, and nobody ever joined {'them' if len(left) > 1 else 'it'}",
            advice="Join processes: until then their exit code is not known, and the system keeps an entry for each.",
            workers=tuple(left),
            sites=_made(timeline, left),
        )


def _left_behind(timeline: Timeline, idle: set[int]) -> Iterator[Finding]:
    """Processes that lived on when the program's own had ended, until they were ended with it."""
    exit_ns = timeline.meta.exit_ns or timeline.end_ns
    ends, rows, columns = timeline.ends_ns, timeline.changes.last, timeline.changes.columns
    joined = set(timeline.events.arg[timeline.events.kind == Kind.JOINED].tolist())
    left = [
        one.index
        for one in timeline.workers[1:]
        if one.kind == "process" and one.process != MAIN_PROCESS and one.index not in joined and _counts(timeline, one.index, idle)
        if rows[one.index] >= 0 and ALIVE_FLAGS[columns["state"][rows[one.index]]] and ends[one.index] >= exit_ns
    ]
    if left:
        yield Finding(
            kind=CHECK.name,
            weight=Weight.WARNING,
            from_ns=exit_ns,
            to_ns=exit_ns,
            words=f"the program ended and left {names(timeline, left)} behind, which had to be ended",
            advice=ADVICE_CHILDREN,
            workers=tuple(left),
            sites=_made(timeline, left),
        )


def _counts(timeline: Timeline, worker: int, idle: set[int]) -> bool:
    return worker not in idle and not timeline.workers[worker].flags & {"daemon", "internal"}


def _alive(timeline: Timeline, worker: int, time_ns: int) -> bool:
    return bool(timeline.ends_ns[worker] > time_ns)


def _pools_own(timeline: Timeline) -> set[int]:
    """Workers that ask a pool for work."""
    events = timeline.events
    pools = np.array([resource.kind == "Pool" for resource in timeline.resources])
    if not pools.any():
        return set()
    rows = np.flatnonzero(np.isin(events.kind, (Kind.GET_WAIT, Kind.GOT)))
    return set(np.unique(events.worker[rows[pools[events.resource[rows]]]]).tolist())


def _made(timeline: Timeline, workers: list[int]) -> tuple[int, ...]:
    return tuple(dict.fromkeys(site for one in workers if (site := timeline.workers[one].site)))


CHECK = Check(
    name="left-running",
    summary="threads and processes that nobody waited for",
    find=find,
    limits={"ms": Limit(100, "ms that the interpreter waited for them, or that they had ended before the program")},
)

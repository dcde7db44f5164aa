"""Workers that nobody can help any more: what they wait for can only be given by such as wait in vain themselves.

All that is not known counts as help: a worker that runs, sleeps or does input or output may do anything next; so may
one whose wait has a limit or is for something unknown. From those the help is followed along the waits until nobody
more is reached (the reduction of a general resource graph, Holt 1972).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.timeline.needs import QUEUES, SEVERAL, Need, holders, job_runners, need_of
from concviz.timeline.patience import limited, outside, signals
from concviz.timeline.states import ALIVE_FLAGS, State, flags

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.timeline.spans import Span
    from concviz.timeline.timeline import Timeline

Flags = npt.NDArray[np.bool_]
"""Indexed by worker."""

ON_OTHERS = flags(State.LOCK, State.QUEUE, State.EVENT, State.SYNC, State.CHILD, State.AWAIT)
"""Indexed by state: whether another worker's doing ends it."""

ALONE = flags(Kind.JOIN, Kind.AWAIT)
"""Indexed by kind: only the worker in its arg ends the wait."""

UNKNOWN = frozenset({"", "Future", "Timer"})
"""Kinds of resource whose wait anybody may end, also somebody who is no worker."""

RESTS = frozenset({State.IO, State.LOCK, State.SLEEPING})
"""What a library's own thread does while it has nothing to do."""

PATIENT_NS = 60_000_000_000
"""A wait that has gone on for so long is taken to have no limit, whatever the source says."""

MOST_JOBS = 256
"""Waits for more jobs than that are not looked into."""

MOST_ASKED = 256
"""Of more different things that are waited for it is not asked who could give them."""

INSIDE = 2
"""A task's column `step` while a step of it goes on (see `changes`)."""


@dataclass(slots=True)
class _Waits:
    """Owns what is known of the waits at a time; arrays indexed by worker."""

    alive: Flags
    held: Flags
    """Not yet found to be helped."""
    only: npt.NDArray[np.int64]
    """The one worker that could help; -1: not one alone."""
    several: dict[int, tuple[int, ...]]
    """Likewise, where any of some could."""
    shared: Flags
    """Workers of other processes could help too."""
    kept: dict[int, int]
    """Task or loop's thread -> the task in whose step the loop is kept."""


def hopeless(timeline: Timeline, time_ns: int, since_ns: int) -> dict[int, Need]:
    """By worker: those that have waited since then, or longer. Library's own workers and idle ones of pools are left out."""
    rows = timeline.changes.at(time_ns)[: len(timeline.workers)]
    columns, ends = timeline.changes.columns, timeline.ends_ns
    if not len(rows) or not columns.rows or timeline.figures().dropped:
        return {}
    state = np.where(rows >= 0, columns["state"][rows], State.NONE)
    alive = ALIVE_FLAGS[state] & (ends[: len(rows)] > time_ns)
    first = columns["span"][rows]
    held = alive & ON_OTHERS[state] & (columns["time"][first] <= since_ns)
    held |= alive & (state == State.IO) & _of_queue(timeline, columns["resource"][first]) & (columns["time"][first] <= since_ns)
    if not held.any():
        return {}
    found = _of(timeline, time_ns, held, alive)
    _reduce(timeline, found)
    return _needs(timeline, found, time_ns)


def _of(timeline: Timeline, time_ns: int, held: Flags, alive: Flags) -> _Waits:
    rows = timeline.changes.at(time_ns)[: len(alive)]
    columns = timeline.changes.columns
    first = columns["span"][rows]
    resource, site, kind, arg = (columns[name][first] for name in ("resource", "site", "kind", "arg"))
    known = _known_kinds(timeline)[resource] | (ALONE[kind] & (arg > 0))
    young = time_ns - columns["time"][first] < PATIENT_NS
    held = held & known & ~(young & _limited(timeline, site, held))
    shared = np.array([bool(one.uid) for one in timeline.resources])[resource]
    found = _Waits(alive, held, np.full(len(alive), -1), {}, shared, {})
    alone = held & ALONE[kind]
    found.only[alone] = arg[alone]
    found.held[alone] &= alive[arg[alone]]
    _ask_holders(timeline, found, held & (kind == Kind.REQUESTED), resource, time_ns)
    _ask_jobs(timeline, found, held & (kind == Kind.WAIT) | held & (kind == Kind.SUSPENDED), resource, time_ns)
    inside = found.held & (columns["step"][rows] == INSIDE)
    _keep_loops(timeline, found, inside, columns["state"][rows], time_ns)
    _rest(timeline, found, time_ns)
    if signals(timeline):
        mains = np.array([worker.kind == "process" for worker in timeline.workers[: len(alive)]])
        found.held &= ~(mains & (columns["state"][first] == State.EVENT))
    return found


def _of_queue(timeline: Timeline, resource: npt.NDArray[np.int32]) -> Flags:
    """Whether what is waited for is a queue: one that is flushed is waited for as input or output is."""
    return np.array([one.kind in QUEUES and one.kind not in {"Pipe", "Connection"} for one in timeline.resources])[resource]


def _known_kinds(timeline: Timeline) -> Flags:
    """Indexed by resource: whether its kind says who may end the wait."""
    return np.array([one.kind not in UNKNOWN for one in timeline.resources])


def _limited(timeline: Timeline, site: npt.NDArray[np.int32], held: Flags) -> Flags:
    tasks = np.array([worker.kind == "task" for worker in timeline.workers[: len(held)]])
    found = np.zeros(len(held), dtype=np.bool_)
    for task in (False, True):
        which = held & (tasks == task)
        limits = [one for one in np.unique(site[which]).tolist() if limited(timeline, one, task)]
        found |= which & np.isin(site, limits)
    return found


def _ask_holders(timeline: Timeline, found: _Waits, which: Flags, resource: npt.NDArray[np.int32], time_ns: int) -> None:
    for one in np.unique(resource[which]).tolist():
        held = holders(timeline, one, time_ns)
        if held is not None:
            _answer(found, which & (resource == one), held)


def _ask_jobs(timeline: Timeline, found: _Waits, which: Flags, resource: npt.NDArray[np.int32], time_ns: int) -> None:
    jobs = [one for one in np.unique(resource[which]).tolist() if timeline.resources[one].kind == "Job"]
    for place, one in enumerate(jobs):
        runners = job_runners(timeline, one, time_ns) if place < MOST_JOBS else ()
        if runners:
            _answer(found, which & (resource == one), runners)
        else:
            found.held[which & (resource == one)] = False


def _answer(found: _Waits, which: Flags, by: tuple[int, ...]) -> None:
    if len(by) == 1:
        found.only[which] = by[0]
    else:
        found.several |= dict.fromkeys(np.flatnonzero(which).tolist(), by)


def _keep_loops(timeline: Timeline, found: _Waits, inside: Flags, state: npt.NDArray[np.uint8], time_ns: int) -> None:
    """A task that waits within its step keeps its loop: nothing else of that loop goes on. A loop at rest runs what is ready alone."""
    if not any(timeline.workers[worker].kind == "task" for worker in np.flatnonzero(found.held).tolist()):
        return
    threads = _threads(timeline, len(found.alive), time_ns)
    for task in np.flatnonzero(inside & (threads > 0)).tolist():
        others = found.alive & ~found.held & ((threads == threads[task]) | (np.arange(len(threads)) == threads[task]))
        others[task] = False
        found.kept |= dict.fromkeys(np.flatnonzero(others).tolist(), task)
        found.held |= others
        found.only[others] = task
    if not outside(timeline):
        loops = np.unique(threads[found.alive & (threads > 0)])
        found.held[loops[state[loops] == State.IO]] = True


def _threads(timeline: Timeline, workers: int, time_ns: int) -> npt.NDArray[np.int64]:
    """Indexed by worker: the thread that ran a task's last step; 0: it is no task, or had none."""
    events = timeline.all_events
    until = int(np.searchsorted(events.time_ns, time_ns, side="right"))
    steps = np.flatnonzero(events.kind[:until] == Kind.RESUMED)
    found = np.zeros(workers, dtype=np.int64)
    found[events.worker[steps]] = events.arg[steps]
    return found


def _rest(timeline: Timeline, found: _Waits, time_ns: int) -> None:
    """A library's own thread that rests only hands on what others give it."""
    for worker in timeline.workers[1:]:
        if "internal" in worker.flags and found.alive[worker.index] and timeline.lane(worker.index).at(time_ns).state in RESTS:
            found.held[worker.index] = found.shared[worker.index] = True


def _reduce(timeline: Timeline, found: _Waits) -> None:
    """Take away whom somebody can help, until nobody more is."""
    process = np.array([worker.process for worker in timeline.workers[: len(found.alive)]])
    alone, open_to_all = found.only >= 0, found.only < 0
    open_to_all[list(found.several)] = False
    while True:
        live = found.alive & ~found.held
        here = np.bincount(process[live], minlength=int(process.max()) + 1) > 0
        helped = alone & live[found.only] | open_to_all & (here[process] | (found.shared & bool(live.any())))
        for worker, by in found.several.items():
            helped[worker] = live[list(by)].any()
        helped &= found.held
        if not helped.any():
            return
        found.held &= ~helped


def _needs(timeline: Timeline, found: _Waits, time_ns: int) -> dict[int, Need]:
    rows = timeline.changes.at(time_ns)
    needs: dict[int, Need] = {}
    asked: dict[tuple[int, int], tuple[int, ...]] = {}
    for worker in _shown(timeline, np.flatnonzero(found.held).tolist()):
        span = timeline.changes.span(int(rows[worker]))
        only, kept = int(found.only[worker]), worker in found.kept
        loop_at_rest = span.state is State.IO and not span.resource
        if (kept and timeline.workers[worker].kind != "task") or loop_at_rest:
            continue
        by = (only,) if only >= 0 else found.several.get(worker, ())
        if not by:
            by = _open(timeline, worker, span, time_ns, asked)
        closed, resource, kind = only >= 0 or worker in found.several, 0 if kept else span.resource, 0 if kept else span.kind
        needs[worker] = Need(worker, span.state, resource, span.from_ns, span.site, by, closed, kind)
    return needs


def _open(timeline: Timeline, worker: int, span: Span, time_ns: int, asked: dict[tuple[int, int], tuple[int, ...]]) -> tuple[int, ...]:
    """Who could help; asked once for all that wait for the same in the same way, and not for too many."""
    key = span.kind, span.resource
    if key not in asked:
        own = timeline.resources[span.resource].kind in SEVERAL  # whose children are meant depends on who waits
        asked[key] = need_of(timeline, worker if own else 0, span, time_ns).by if len(asked) < MOST_ASKED else ()
    return tuple(one for one in asked[key] if one != worker)


def _shown(timeline: Timeline, workers: Iterable[int]) -> list[int]:
    """Without libraries' own."""
    return [worker for worker in workers if "internal" not in timeline.workers[worker].flags]

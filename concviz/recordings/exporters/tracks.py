"""What a trace has a track for: workers with their spans, and what was counted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from concviz.events import Kind
from concviz.recordings.exporters.flows import readied
from concviz.timeline.gil import end_ns
from concviz.timeline.states import ALIVE_FLAGS

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from concviz.timeline.named import Worker
    from concviz.timeline.timeline import Timeline

Column = npt.NDArray[np.int64]
"""One number a row."""

NO_THREAD = 10_000_000
"""From here on count the thread numbers of those that have none of their own: no system's go so far."""


@dataclass(frozen=True, slots=True)
class Track:
    """One worker's."""

    worker: int
    pid: int
    """Of its process; 0 unknown."""
    tid: int
    """The system's number of the thread; at least NO_THREAD for a task, or where that number is unknown or stands for another already."""
    name: str
    main: bool
    """Whether it is its process's main thread."""

    @property
    def real(self) -> bool:
        """Whether the system knows it by `tid`."""
        return self.tid < NO_THREAD


@dataclass(frozen=True, slots=True)
class Spans:
    """What a worker did while it lived: columns, a span a row, in order; none of them empty."""

    from_ns: Column
    to_ns: Column
    state: npt.NDArray[np.uint8]
    resource: npt.NDArray[np.int32]
    site: npt.NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Counter:
    """What was counted in one process, at the times when it was told."""

    pid: int
    name: str
    time_ns: Column
    value: Column
    is_time: bool = False
    """Whether what was counted is ns."""


def tracks(timeline: Timeline) -> list[Track]:
    """A track for each worker that did anything, in the order in which they were made."""
    taken: set[tuple[int, int]] = set()
    seen = set(np.unique(timeline.changes.columns["worker"]).tolist())  # sooner than all lanes, which take their memory
    found = []
    for worker in timeline.workers[1:]:
        if worker.index in seen or timeline.lane(worker.index).start_ns is not None:
            track = _track(timeline, worker, taken)
            taken.add((track.pid, track.tid))
            found.append(track)
    return found


def _track(timeline: Timeline, worker: Worker, taken: set[tuple[int, int]]) -> Track:
    known = timeline.processes.get(worker.process)
    pid = known.pid if known else 0
    main = worker.kind == "process" or worker.uid == f"pid:{pid}"
    tid = (worker.native_id or (pid if main else 0)) if worker.kind != "task" else 0
    if not tid or (pid, tid) in taken:
        tid = NO_THREAD + worker.index
    return Track(worker.index, pid, tid, worker.name or f"worker {worker.index}", main)


def process_names(timeline: Timeline) -> dict[int, str]:
    """What processes are called, by pid: the program's as its pane, others as their main worker."""
    launch = timeline.meta.launch
    title = str(launch.get("title") or launch.get("script") or "program")
    model = str(launch.get("model") or "")
    names = {}
    for index, process in timeline.processes.items():
        own = timeline.workers[timeline.tables.main_worker(index)].name
        first = process.start == "main"
        names[process.pid] = f"{model}: {title}" if first and model else title if first else own or f"process {process.pid}"
    return {pid: name for pid, name in names.items() if pid}


def spans(timeline: Timeline, worker: int) -> Spans:
    """A worker's life."""
    lane = timeline.lane(worker)
    times = lane.times
    if not len(times):
        return Spans(times, times, lane.states, lane.resources, lane.sites)
    ends = np.append(times[1:], max(lane.end_ns, int(times[-1])))
    rows = np.flatnonzero(ALIVE_FLAGS[lane.states] & (ends > times))
    return Spans(times[rows], ends[rows], lane.states[rows], lane.resources[rows], lane.sites[rows])


def counters(timeline: Timeline) -> Iterator[Counter]:
    """Items in each queue, how often each GIL has changed hands, and how late each loop was: a task was ready, and did not go on yet."""
    events = timeline.events
    told = np.flatnonzero(((events.kind == Kind.PUT) | (events.kind == Kind.GOT)) & (events.arg >= 0))
    for resource in np.unique(events.resource[told]).tolist():
        rows = told[events.resource[told] == resource]
        yield Counter(*_queue(timeline, resource), events.time_ns[rows], events.arg[rows])
    for index, process in timeline.processes.items():
        looks = timeline.looks.holders(index)
        if looks.rows:
            until = int(np.searchsorted(looks["time"], end_ns(timeline, index), side="right"))
            counts = looks["switches"][:until]
            yield Counter(process.pid, "GIL hand-overs", looks["time"][:until], counts - counts[:1])
    yield from _lags(timeline)


def _lags(timeline: Timeline) -> Iterator[Counter]:
    """By the thread that runs the loop, which a task's step names."""
    events = timeline.events
    ready, resumed = readied(events)
    order = np.argsort(resumed, kind="stable")
    ready, resumed = ready[order], resumed[order]
    late_ns, threads = events.time_ns[resumed] - events.time_ns[ready], events.arg[resumed]
    for thread in np.unique(threads[(threads > 0) & (threads < len(timeline.workers))]).tolist():
        worker, rows = timeline.workers[thread], threads == thread
        home = timeline.processes.get(worker.process)
        yield Counter(
            home.pid if home else 0, f"loop lag: {worker.name or 'a loop'}", events.time_ns[resumed[rows]], late_ns[rows], is_time=True
        )


def _queue(timeline: Timeline, resource: int) -> tuple[int, str]:
    """Its process's pid, and what the counter is called."""
    known = timeline.resources[resource]
    home = timeline.processes.get(known.process)
    return home.pid if home else 0, f"items in {known.name or known.kind or 'a queue'}"


def begin_ns(timelines: Sequence[Timeline]) -> int:
    """The first time that anything is known of, in any of the runs."""
    firsts = [int(timeline.events.time_ns[0]) for timeline in timelines if len(timeline.events)]
    return min([*firsts, *(timeline.zero_ns for timeline in timelines)])

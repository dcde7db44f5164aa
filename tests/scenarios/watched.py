"""The built-in scripts as concviz sees them, and what is asked of their timelines."""

from __future__ import annotations

import time
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from concviz.events import Kind
from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.timeline.states import State
from tests.scenarios.programs import FOLDER
from tests.waiting import until

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from concviz.timeline.spans import Span
    from concviz.timeline.timeline import Timeline

T = TypeVar("T")

AT_ONCE = 4
"""So many are watched beside each other: most of them mostly wait."""

LIMIT_SECONDS = 120

Interval = tuple[int, int]
"""From, to, in ns."""


@dataclass(frozen=True)
class Seen:
    """A script's timeline; workers are named by the beginnings of their names."""

    script: str
    timeline: Timeline

    def workers(self, name: str = "") -> list[int]:
        """All whose name begins so, but not the standard library's own; in the order of their first event."""
        listed = [worker for worker in self.timeline.workers[1:] if "internal" not in worker.flags]
        named = [worker.index for worker in listed if worker.name.startswith(name)]
        begun = {index: start for index in named if (start := self.timeline.lane(index).start_ns) is not None}
        return sorted(begun, key=begun.__getitem__)

    def worker(self, name: str) -> int:
        """The one whose name begins so."""
        (index,) = self.workers(name)
        return index

    def life(self, name: str) -> Interval:
        """Of the one; until the program's end, if it did not end before."""
        lane = self.timeline.lane(self.worker(name))
        assert lane.start_ns is not None
        return lane.start_ns, lane.stop_ns or self.timeline.end_ns

    def spans(self, name: str, *states: State) -> list[Interval]:
        """When those named so were in one of these states."""
        found = []
        for worker in self.workers(name):
            lane = self.timeline.lane(worker)
            every = lane.between(self.timeline.zero_ns, self.timeline.end_ns)
            own = [span for span in every if span.state in states and not _only_seen(span)]
            found += [(span.from_ns, min(span.to_ns, self.timeline.end_ns)) for span in own]
        return found

    def spent(self, name: str, state: State) -> int:
        """Likewise, in ns all together."""
        return sum(self.timeline.lane(worker).totals().get(state, 0) for worker in self.workers(name))

    def end(self, name: str) -> State:
        """What it did at last."""
        return State(int(self.timeline.lane(self.worker(name)).states[-1]))

    def times(self, kind: Kind, name: str = "", resource: str = "") -> list[int]:
        """When this happened to those named so, on the resource of this name."""
        events, workers = self.timeline.events, set(self.workers(name))
        rows = zip(events.time_ns.tolist(), events.kind.tolist(), events.worker.tolist(), events.resource.tolist(), strict=True)
        names = self.timeline.resources
        return [at for at, what, who, which in rows if what == kind and who in workers and (not resource or names[which].name == resource)]

    def printed(self, words: str) -> int:
        """When the one line with these words was written."""
        (at,) = [line.time_ns for line in self.timeline.output if words in line.text]
        return at


def _only_seen(span: Span) -> bool:
    """Whether it is a sleep that a look from outside tells of: where an event tells the same, that look may come a little before it."""
    return span.state is State.SLEEPING and span.kind == Kind.OFF_CPU


def most_at_once(intervals: Iterable[Interval]) -> int:
    """So many of them hold at the same time, at most; one that begins where another ends does not overlap it."""
    edges = sorted((at, change) for begin, end in intervals for at, change in ((begin, 1), (end, -1)))
    most = now = 0
    for _, change in edges:
        now += change
        most = max(most, now)
    return most


def new_run(script: str, values: Mapping[str, str]) -> Run:
    return Run(Launch(FOLDER / script, cwd=Path.cwd(), env=dict(values), lines=False))


def watched(scripts: Iterable[str], values: Mapping[str, str], done: Callable[[Run], bool] = lambda _: False) -> dict[str, Seen]:
    """Each to its end, or until it is `done`; some of them at a time."""
    waiting, running, seen = list(scripts), dict[str, Run](), dict[str, Seen]()
    limit = time.monotonic() + LIMIT_SECONDS
    try:
        while waiting or running:
            assert time.monotonic() < limit, f"{list(running)} did not end"
            if waiting and len(running) < AT_ONCE:
                running[waiting[0]] = new_run(waiting[0], values)
                running[waiting.pop(0)].prepare()
            for script, run in list(running.items()):
                if advanced(run) or done(run):
                    seen[script] = Seen(script, run.timeline)
                    running.pop(script).close()
            time.sleep(0.005)
    finally:
        for run in running.values():
            run.close()
    return seen


def advanced(run: Run) -> bool:
    """One look at it; gives whether it has ended."""
    run.poll()
    if run.state == "ready" and not run.gone:
        run.go()
    assert run.state != "failed", run.launch.script
    return run.state == "ended"


def stuck(script: str, look: Callable[[Seen], T | None]) -> T:
    """A script that never ends, watched until a look at it finds something; that is given, and the script is stopped."""
    run = new_run(script, {})
    try:
        run.prepare()
        found = until(lambda: look(Seen(script, run.timeline)) if not advanced(run) else None, f"{script} being stuck")
        assert found is not None
        return found
    finally:
        run.close()

"""One program of a case as measures look at it: its workers, what they did when, and its words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.lessons.answer import CannotTell, Spot
from concviz.timeline.gil import NONE, gil_missing
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Iterable

    from concviz.lessons.answer import Case
    from concviz.timeline.output import Line
    from concviz.timeline.timeline import Timeline

_WAITS = (State.LOCK, State.QUEUE, State.EVENT, State.SYNC, State.CHILD, State.AWAIT)

STATES: dict[str, tuple[State, ...]] = {
    "running": (State.RUNNING,),
    "sleeping": (State.SLEEPING,),
    "waiting": _WAITS,
    "lock": (State.LOCK,),
    "queue": (State.QUEUE,),
    "event": (State.EVENT,),
    "others": (State.SYNC,),
    "child": (State.CHILD,),
    "await": (State.AWAIT,),
    "io": (State.IO,),
    "gil": (State.GIL,),
    "ready": (State.READY,),
}
"""What a question calls it -> the states that are meant; "alive" is none."""

KILLED = 9
"""SIGKILL, which no program can send itself by mistake."""

NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


@dataclass(frozen=True, slots=True)
class Stretch:
    """From when to when a worker did what is asked about, absolute."""

    from_ns: int
    to_ns: int
    worker: int

    @property
    def length_ns(self) -> int:
        """How long."""
        return self.to_ns - self.from_ns


@dataclass(frozen=True, slots=True)
class Seen:
    """One program that has run, and which of its workers are asked about."""

    pane: int
    title: str
    timeline: Timeline
    workers: tuple[int, ...]
    """In the order they were first heard of."""

    @property
    def wall_ns(self) -> int:
        """From GO to its end."""
        return self.timeline.figures().wall_ns

    def spot(self, at_ns: int, worker: int = 0) -> Spot:
        """The place of an absolute time."""
        return Spot(self.pane, max(at_ns - self.timeline.zero_ns, 0), worker)

    def end(self) -> Spot:
        """The place of its end."""
        return self.spot(self.timeline.zero_ns + self.wall_ns)

    def name(self, worker: int) -> str:
        """What a worker is called."""
        return self.timeline.workers[worker].name

    def stretches(self, doing: str) -> list[Stretch]:
        """When these workers did that, by time; what is next to each other is one. CannotTell where it was not measured."""
        if doing == "gil":
            self._check_gil()
        found = [stretch for worker in self.workers for stretch in self._of(worker, doing)]
        return sorted(found, key=lambda one: (one.from_ns, one.to_ns))

    def lines(self, text: str) -> list[Line]:
        """The lines with that in them, in the order they were printed. CannotTell when older ones were let go."""
        if self.timeline.output_let_go:
            raise CannotTell(f"{self.title} printed more than is kept")
        return [line for line in self.timeline.output if text in line.text]

    def numbers(self, text: str) -> list[tuple[float, Line]]:
        """The first number behind the text in each such line."""
        found = [(NUMBER.search(line.text.partition(text)[2]), line) for line in self.lines(text)]
        return [(float(match[0]), line) for match, line in found if match]

    def _check_gil(self) -> None:
        timeline = self.timeline
        why = {gil_missing(timeline, process) for process in timeline.processes}
        if timeline.meta.measure is None and why != {NONE}:
            raise CannotTell("who holds the GIL was not measured: nobody looked")
        if why - {"", NONE}:
            raise CannotTell(f"who holds the GIL was not measured: {', '.join(sorted(why - {'', NONE}))}")

    def _of(self, worker: int, doing: str) -> Iterable[Stretch]:
        lane, timeline = self.timeline.lane(worker), self.timeline
        if doing == "alive":
            stop_ns = timeline.end_ns if lane.stop_ns is None else lane.stop_ns
            return [Stretch(lane.start_ns or 0, stop_ns, worker)]
        found: list[Stretch] = []
        for span in lane.between(timeline.zero_ns, timeline.end_ns):
            from_ns, to_ns = max(span.from_ns, timeline.zero_ns), min(span.to_ns, timeline.end_ns)
            if span.state not in STATES[doing] or to_ns <= from_ns:
                continue
            if found and found[-1].to_ns == from_ns:
                from_ns = found.pop().from_ns
            found.append(Stretch(from_ns, to_ns, worker))
        return found


def seen(case: Case, *, anyhow: bool = False) -> list[Seen]:
    """The programs that a case asks about. CannotTell when one has not come to its own end; `anyhow`: it need not."""
    found = []
    for pane in case.question.panes:
        timeline, title = case.timelines[pane], case.titles[pane]
        if not anyhow:
            _complete(timeline, title)
        found.append(Seen(pane, title, timeline, _workers(timeline, case.question.workers)))
    return found


def one(case: Case) -> Seen:
    """The one program that a case asks about; as `seen`."""
    return seen(case)[0]


def most_at_once(stretches: Iterable[Stretch]) -> tuple[int, int, int]:
    """(how many overlap at most, from when, the worker that then came); one that begins where another ends does not overlap it."""
    edges = sorted((at, change, each.worker) for each in stretches for at, change in ((each.from_ns, 1), (each.to_ns, -1)))
    most = now = at_ns = who = 0
    for at, change, worker in edges:
        now += change
        if now > most:
            most, at_ns, who = now, at, worker
    return most, at_ns, who


def stopped(timeline: Timeline) -> bool:
    """Whether the program was ended from outside: a kill is nobody's own end."""
    told = timeline.meta.exit or {}
    return bool(told.get("stopped")) or told.get("signal") == KILLED


def _complete(timeline: Timeline, title: str) -> None:
    told = timeline.meta.exit
    if timeline.meta.go_ns is None:
        raise CannotTell(f"{title} has not begun yet" if not timeline.finished else f"{title} never began")
    if told is None:
        raise CannotTell(f"{title} has not ended yet" if not timeline.finished else f"the end of {title} was not recorded")
    if stopped(timeline):
        raise CannotTell(f"{title} was ended before its own end")
    if timeline.figures().dropped:
        raise CannotTell(f"events of {title} found no room and are missing")


def _workers(timeline: Timeline, name: str) -> tuple[int, ...]:
    own = [one.index for one in timeline.workers[1:] if "internal" not in one.flags and one.name.startswith(name)]
    begun = {worker: at_ns for worker in own if (at_ns := timeline.lane(worker).start_ns) is not None}
    return tuple(sorted(begun, key=begun.__getitem__))

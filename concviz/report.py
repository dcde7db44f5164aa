"""What is told of a stage without a screen, be it live or recorded: what plain text and data have in common."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from concviz.lessons.answer import Case
from concviz.lessons.answers import answer
from concviz.runs.run import Exit
from concviz.scenarios.catalogue import recorded
from concviz.scenarios.lesson import BASELINE
from concviz.timeline.gil import NONE, gil_missing, gil_partly

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from concviz.lessons.answer import Answer
    from concviz.recordings.follow import Follow
    from concviz.scenarios.lesson import Scenario
    from concviz.scenarios.questions import Question
    from concviz.stage import Stage
    from concviz.timeline.timeline import Timeline


@dataclass(frozen=True, slots=True)
class PaneReport:
    """One program, as far as it came."""

    model: str
    title: str
    timeline: Timeline
    exit: Exit | None
    """How it ended; None: it did not, or that was not seen."""
    failure: str
    """Our own trouble with it, in words; "" none."""

    @property
    def began(self) -> bool:
        """Whether it got as far as its first line."""
        return self.timeline.meta.go_ns is not None

    @property
    def wall_ns(self) -> int | None:
        """From its GO to its end; None when one of them is missing."""
        return self.timeline.figures().wall_ns if self.began and self.exit is not None else None


@dataclass(frozen=True, slots=True)
class Report:
    """All panes, and what they were run with."""

    name: str
    title: str
    order: str
    values: Mapping[str, int]
    """Parameters by name."""
    panes: tuple[PaneReport, ...]
    lesson: Scenario | None = None
    """What is asked of it; None: nobody asks."""

    def answers(self) -> tuple[tuple[Question, Answer], ...]:
        """Each question of the lesson, with what was measured."""
        if self.lesson is None:
            return ()
        values = {one.name: one.default for one in self.lesson.parameters} | dict(self.values)
        titles, timelines = tuple(pane.title for pane in self.panes), tuple(pane.timeline for pane in self.panes)
        return tuple((one, answer(Case(one, titles, timelines, values))) for one in self.lesson.questions)

    def speed_up(self, pane: PaneReport) -> float | None:
        """How many times faster than the sequential pane; None for that pane itself, or when one of the two has no wall time."""
        walls = [other.wall_ns for other in self.panes if other.model == BASELINE and not _stopped(other)]
        if pane.model == BASELINE or _stopped(pane) or not walls or not walls[0] or not pane.wall_ns:
            return None
        return walls[0] / pane.wall_ns


def of_stage(stage: Stage) -> Report:
    """As it stands now."""
    panes = [
        PaneReport(pane.model, pane.title, run.timeline, run.exit, run.failure)
        for pane, run in zip(stage.scenario.panes, stage.runs, strict=True)
    ]
    return Report(stage.scenario.name, stage.title, stage.order, stage.values, tuple(panes), stage.lesson)


def of_recording(path: Path, follow: Follow) -> Report:
    """What a finished recording holds; what it does not say of itself, its file's name says."""
    head = follow.head
    values = {str(name): int(value) for name, value in _table(head.get("values")).items() if isinstance(value, int)}
    name, title = str(head.get("name") or path.stem), str(head.get("title") or path.name)
    panes = tuple(_recorded(timeline) for timeline in follow.timelines)
    lesson = recorded(name, [pane.title for pane in panes])
    return Report(name, title, str(head.get("order") or "together"), values, panes, lesson)


def not_measured(timeline: Timeline) -> tuple[str, ...]:
    """What the lanes cannot show of this run, each with the reason, in words."""
    meta, found = timeline.meta, []
    missing = {gil_missing(timeline, process) for process in timeline.processes}
    found += [f"who holds the GIL: {words}" for words in sorted(missing - {"", NONE})]
    found += sorted(
        {f"who holds the GIL: that is {words}" for words in (gil_partly(timeline, each) for each in timeline.processes) if words}
    )
    if meta.measure is not None and meta.measure.no_seats:
        found.append(f"who is on a core: {meta.measure.no_seats}")
    if timeline.figures().cpu_s is None:
        found.append("CPU seconds: nobody could tell them before it ended")
    if not meta.launch.get("lines", True):
        found.append("current lines: not asked for")
    return tuple(found)


def unseen(timeline: Timeline) -> tuple[str, ...]:
    """Of a process that ran already: how it is watched, and what cannot be seen of it, in words; nothing of all others."""
    told = timeline.meta.attached
    if told is None:
        return ()
    how = "attached, with events" if told.get("inside") else f"attached from outside: {told.get('why')}"
    return (how, *(f"not seen: {words}" for words in told.get("unseen", ())))


def losses(timeline: Timeline) -> tuple[str, ...]:
    """What was lost on the way, counted, in words."""
    figures, found = timeline.figures(), []
    if timeline.meta.closed and timeline.meta.go_ns is not None and timeline.meta.exit is None:
        found.append("the recording breaks off here: what the program did next is not in it")
    if figures.dropped:
        found.append(f"{figures.dropped:,} events found no room and are missing from the lanes")
    if figures.names_lost:
        found.append(f"{figures.names_lost:,} names found no room")
    if timeline.output_let_go:
        found.append(f"{timeline.output_let_go:,} older lines of output are not kept")
    if timeline.meta.silent_bytes:
        found.append(f"what it printed after {timeline.meta.silent_bytes:,} bytes is not kept")
    return tuple(found)


def _recorded(timeline: Timeline) -> PaneReport:
    meta = timeline.meta
    model = str(meta.launch.get("model") or "program")
    return PaneReport(model, str(meta.launch.get("title") or model), timeline, Exit.told(meta), meta.failure or "")


def _stopped(pane: PaneReport) -> bool:
    return pane.exit is None or pane.exit.stopped


def _table(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}

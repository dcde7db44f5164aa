"""A stage as data: one object that JSON can carry. Times are seconds from each program's GO."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from concviz import __version__
from concviz.events import STDOUT
from concviz.report import losses, not_measured, unseen
from concviz.timeline.states import State

if TYPE_CHECKING:
    from collections.abc import Sequence

    from concviz.findings.finding import Finding
    from concviz.lessons.answer import Answer
    from concviz.report import PaneReport, Report
    from concviz.scenarios.questions import Question
    from concviz.timeline.named import Worker
    from concviz.timeline.output import Line
    from concviz.timeline.timeline import Timeline

SECOND_NS = 1_000_000_000

UNSEEN = frozenset({State.NONE, State.DONE, State.FAILED})
"""States in which a worker has no span: it is not alive."""


def as_data(report: Report, found: Sequence[Sequence[Finding]] = ()) -> dict[str, Any]:
    """The whole report; `found`: the findings of each pane, as far as they were looked for."""
    return {
        "concviz": __version__,
        "scenario": report.name,
        "title": report.title,
        "order": report.order,
        "parameters": dict(report.values),
        "panes": [_pane(report, pane, found[at] if at < len(found) else ()) for at, pane in enumerate(report.panes)],
        "questions": [_asked(question, answer) for question, answer in report.answers()],
    }


def _asked(question: Question, answer: Answer) -> dict[str, Any]:
    """A question of the lesson. `answer` is None where it cannot be told."""
    return {
        "words": question.words,
        "measure": question.measure,
        "choices": list(question.choices),
        "answer": None if answer.choice is None else question.choices[answer.choice],
        "number": answer.number,
        "measured": answer.words,
        "places": [{"pane": spot.pane, "at_s": spot.at_ns / SECOND_NS} for spot in answer.spots],
    }


def _pane(report: Report, pane: PaneReport, found: Sequence[Finding]) -> dict[str, Any]:
    timeline = pane.timeline
    figures = timeline.figures()
    return {
        "model": pane.model,
        "title": pane.title,
        "script": timeline.meta.launch.get("script"),
        "pid": (timeline.meta.ready or {}).get("pid"),
        "exit": None if pane.exit is None else {name: value for name, value in asdict(pane.exit).items() if name != "apart" or value},
        "failure": pane.failure or None,
        "wall_s": None if pane.wall_ns is None else pane.wall_ns / SECOND_NS,
        "cpu_s": figures.cpu_s,
        "speed_up": report.speed_up(pane),
        "events": figures.events,
        "dropped": figures.dropped,
        "earliest_s": _seconds(timeline, timeline.horizon.from_ns) if timeline.horizon.from_ns else None,
        "older_events": timeline.horizon.events,
        "attached": None if timeline.meta.attached is None else {**timeline.meta.attached, "words": list(unseen(timeline))},
        "lost": list(losses(timeline)),
        "measured": asdict(timeline.meta.measure) if timeline.meta.measure is not None else None,
        "not_measured": list(not_measured(timeline)) if pane.began else [],
        "workers": [_worker(timeline, worker) for worker in timeline.workers if _shown(worker)],
        "resources": [_resource(timeline, index) for index in timeline.used_resources],
        "output": [_line(timeline, line) for line in timeline.output],
        "findings": [_finding(timeline, finding) for finding in found],
    }


def _worker(timeline: Timeline, worker: Worker) -> dict[str, Any]:
    lane = timeline.lane(worker.index)
    states = lane.states.tolist()
    process = timeline.processes.get(worker.process)
    return {
        "name": worker.name,
        "kind": worker.kind,
        "pid": process.pid if process else None,
        "native_id": worker.native_id or None,
        "end": "failed" if State.FAILED in states[-1:] else "done" if lane.stop_ns is not None else None,
        "spans": [
            {
                "state": span.state.name.lower(),
                "from_s": max(_seconds(timeline, span.from_ns), 0.0),
                "to_s": _seconds(timeline, span.to_ns),
                "resource": timeline.resources[span.resource].name or None if span.resource else None,
                "resource_id": span.resource or None,
            }
            for span in lane.between(max(timeline.zero_ns, timeline.horizon.from_ns), timeline.end_ns + 1)
            if span.state not in UNSEEN
        ],
    }


def _resource(timeline: Timeline, index: int) -> dict[str, Any]:
    resource = timeline.resources[index]
    site = timeline.sites[resource.site]
    return {
        "id": index,
        "name": resource.name or None,
        "kind": resource.kind,
        "capacity": resource.capacity,
        "file": site.file or None,
        "line": site.line or None,
    }


def _line(timeline: Timeline, line: Line) -> dict[str, Any]:
    return {
        "t_s": _seconds(timeline, line.time_ns),
        "worker": timeline.workers[line.worker].name or None,
        "stream": "stdout" if line.stream == STDOUT else "stderr",
        "text": line.text,
    }


def _finding(timeline: Timeline, finding: Finding) -> dict[str, Any]:
    sites = [timeline.sites[site] for site in finding.sites]
    return {
        "kind": finding.kind,
        "weight": finding.weight.name.lower(),
        "from_s": _seconds(timeline, finding.from_ns),
        "to_s": _seconds(timeline, finding.to_ns),
        "words": finding.words,
        "advice": finding.advice,
        "workers": [timeline.workers[worker].name for worker in finding.workers],
        "resources": [{"id": one, "name": timeline.resources[one].name or None} for one in finding.resources],
        "sites": [{"file": site.file, "line": site.line, "function": site.function} for site in sites],
    }


def _seconds(timeline: Timeline, time_ns: int) -> float:
    return (time_ns - timeline.zero_ns) / SECOND_NS


def _shown(worker: Worker) -> bool:
    """All but nobody, and the libraries' own."""
    return bool(worker.index) and "internal" not in worker.flags

"""A script run under concviz's own eyes: where its workers' time went. Its times are not compared, since watching costs."""

from __future__ import annotations

import time
from dataclasses import dataclass
from typing import TYPE_CHECKING

from concviz.comparing.measured import REPORT
from concviz.comparing.sample import Failure, Sample, ended, read
from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.timeline.states import State

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.named import Worker
    from concviz.timeline.timeline import Timeline

POLL_SECONDS = 0.01

OVER = frozenset({"ended", "failed"})

LEAST_NS = 20_000_000
"""Shorter work is seen by too few samples to tell shares from."""

OFF = frozenset({State.NONE, State.DONE, State.FAILED})
"""States in which nobody is there."""


@dataclass(frozen=True, slots=True)
class Watched:
    """What was seen of one run."""

    work_s: float
    """Watched: longer than the same bare."""
    gil_share: float | None
    """The part of the workers' time, from 0 to 1, in which they waited for the GIL; None: not measured here."""
    why_not: str = ""
    """Why it was not measured, in words."""


def watched(script: Path, python: str, timeout_s: float) -> Watched | Failure:
    """Run it to its end, or to `timeout_s`; nothing of it is left then, also when this is interrupted."""
    report = script.with_suffix(".json")
    report.unlink(missing_ok=True)
    run = Run(Launch(script, python=python, env={REPORT: str(report)}, lines=False))
    try:
        run.prepare()
        _follow(run, time.monotonic() + timeout_s)
        if run.state not in OVER:
            return Failure(f"no end within {timeout_s:g} s", late=True)
        while run.poll():
            pass
        if run.failure:
            return Failure(f"could not be watched: {run.failure}")
        told = read(report, None)
        if isinstance(told, Sample):
            return _seen(run.timeline, told)
        return told or _ended(run)
    finally:
        run.close()


def _follow(run: Run, until: float) -> None:
    while run.state not in OVER and time.monotonic() < until:
        if run.state == "ready" and not run.gone:
            run.go()
        if not run.poll():
            time.sleep(POLL_SECONDS)


def _ended(run: Run) -> Failure:
    told = run.exit
    lines = [line.text for line in run.timeline.output if line.text.strip()]
    return ended(-told.signal if told and told.signal else told.code if told else 1, lines[-1].strip() if lines else "")


def _seen(timeline: Timeline, told: Sample) -> Watched:
    why_not = _unseen(timeline, told)
    return Watched(told.work_s, None if why_not else gil_share(timeline, told.begin_ns, told.end_ns), why_not)


def _unseen(timeline: Timeline, told: Sample) -> str:
    if not any(process.gil for process in timeline.processes.values()):
        return "no GIL"
    if told.end_ns - told.begin_ns < LEAST_NS:
        return f"work shorter than {LEAST_NS // 1_000_000} ms"
    with_lock = [process for process in timeline.processes.values() if process.gil]
    if not any(process.gil_address.startswith("0x") for process in with_lock):
        return with_lock[0].gil_address or "not available here"
    return ""


def gil_share(timeline: Timeline, from_ns: int, to_ns: int) -> float | None:
    """The part of the workers' time in `[from_ns, to_ns)` in which they waited for the GIL; None: no worker was there.

    Workers are the processes that the program made, or its threads, or itself: whoever was not only waiting for the others.
    """
    present = waited = 0
    for worker in _doing(timeline):
        for span in timeline.lane(worker.index).between(from_ns, to_ns):
            if span.state not in OFF:
                length_ns = min(span.to_ns, to_ns) - max(span.from_ns, from_ns)
                present += length_ns
                waited += length_ns * (span.state == State.GIL)
    return waited / present if present else None


def _doing(timeline: Timeline) -> list[Worker]:
    shown = [worker for worker in timeline.workers[1:] if worker.kind in {"process", "thread"} and "internal" not in worker.flags]
    first = min((worker.process for worker in shown), default=0)
    others = [worker for worker in shown if worker.process != first]
    threads = [worker for worker in shown if worker.kind == "thread"]
    return others or threads or shown

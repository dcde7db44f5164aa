"""What is found in a program that never ends: once it is there, or once it has had the time to be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.findings.found import found
from tests.runs.watching import running
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.findings.finding import Finding
    from concviz.runs.run import Run
    from concviz.timeline.timeline import Timeline

LONG_ENOUGH_NS = 900_000_000
"""After so much of a run, whoever is to wait has waited for a while."""

SECONDS = 0.3
"""The limit of both checks here: shorter than by default, so that the tests are too."""


def found_while_it_runs(folder: Path, check: str, source: str) -> tuple[Timeline, tuple[Finding, ...]]:
    """As soon as there is any."""
    with running(folder, source, lines=False) as run:
        seen = until(lambda: found(run.timeline, check, seconds=SECONDS) if run.poll() else (), f"a finding of {check}")
        return run.timeline, seen


def found_when_stopped(folder: Path, check: str, source: str) -> tuple[Timeline, tuple[Finding, ...]]:
    """In what is left of a run that was stopped."""
    with running(folder, source, lines=False) as run:
        _live_on(run)
        run.stop()
        until(lambda: not run.poll(), "the last word")
        return run.timeline, found(run.timeline, check, seconds=SECONDS)


def found_when_interrupted(folder: Path, check: str, source: str) -> tuple[Timeline, tuple[Finding, ...]]:
    """In what is left of a run that was asked to end, as by Ctrl-C, and did."""
    with running(folder, source, lines=False) as run:
        _live_on(run)
        run.interrupt()
        until(lambda: run.poll() is not None and run.timeline.finished, "the last word")
        return run.timeline, found(run.timeline, check, seconds=SECONDS)


def found_after_a_while(folder: Path, source: str) -> tuple[Finding, ...]:
    """By both checks."""
    with running(folder, source, lines=False) as run:
        _live_on(run)
        return (*found(run.timeline, "deadlock", seconds=SECONDS), *found(run.timeline, "stuck", seconds=SECONDS))


def _live_on(run: Run) -> None:
    until(lambda: run.poll() is not None and run.timeline.end_ns - run.timeline.zero_ns > LONG_ENOUGH_NS, "a second of it")

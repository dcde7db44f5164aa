"""What a check finds: in a timeline, and in a real program that was watched to its end."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

from concviz.findings.search import look_with
from tests.runs.watching import ended, running

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.findings.finding import Finding
    from concviz.timeline.timeline import Timeline


def found(timeline: Timeline, check: str, **limits: float) -> tuple[Finding, ...]:
    """By the check in this file. `limits`: those that are not at their defaults."""
    one = import_module(f"concviz.findings.{check}").CHECK
    return look_with(one, timeline, {f"{one.name}.{name}": value for name, value in limits.items()})


def found_in(folder: Path, check: str, source: str, **limits: float) -> tuple[Finding, ...]:
    """In what this program really did."""
    with running(folder, source) as run:
        return found(ended(run).timeline, check, **limits)


def names(timeline: Timeline, finding: Finding) -> list[str]:
    """The names of the workers that have part in it, in order."""
    return [timeline.workers[worker].name for worker in finding.workers]

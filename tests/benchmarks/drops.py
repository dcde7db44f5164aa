"""How fast a program may make events before the supervisor, which really drains them, loses any."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import ended

EVENTS = 1_000_000
HIGHEST_PER_S = 4_000_000
"""More than one thread can make: no pace at all."""
LOWEST_PER_S = 62_500


def measure(python: str) -> list[Figure]:
    """Halve the pace until nothing is lost."""
    lost_at = HIGHEST_PER_S
    made_per_s, lost = _flood(python, lost_at)
    first_lost = lost
    while lost and lost_at > LOWEST_PER_S:
        lost_at //= 2
        made_per_s, lost = _flood(python, lost_at)
    return [
        Figure("events lost of 1,000,000 at full speed", first_lost, "events"),
        Figure("highest tried rate at which 1,000,000 events all arrive", 0 if lost else made_per_s, "events/s"),
        Figure("events lost of 1,000,000 at that rate", lost, "events", 0),
    ]


def _flood(python: str, per_s: int) -> tuple[float, int]:
    """(events a second that were really made, how many of them were lost)."""
    with tempfile.TemporaryDirectory() as name:
        result = Path(name) / "result"
        env = {"RESULT": str(result), "EVENTS": str(EVENTS), "PER_S": str(per_s)}
        with ended("flood.py", python, Path(name), env) as run:
            figures = run.timeline.figures()
            assert figures.events + figures.dropped >= EVENTS, f"{figures.events} events and {figures.dropped} losses are not all"
            return float(result.read_text()), figures.dropped

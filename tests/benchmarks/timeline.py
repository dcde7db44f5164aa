"""How fast what was recorded becomes a timeline."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from concviz.recordings.follow import Follow
from tests.benchmarks import recording
from tests.benchmarks.figure import Figure

EVENTS = 500_000
TURNS = 3


def measure(_python: str) -> list[Figure]:
    """A recording of many events, followed from its first byte to its last."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.cvz"
        recording.write(path, EVENTS)
        best_s = min(_followed_s(path) for _ in range(TURNS))
    return [Figure("timeline, events appended", EVENTS / best_s, "events/s")]


def _followed_s(path: Path) -> float:
    begin = time.perf_counter()
    follow = Follow(path)
    while follow.poll():
        pass
    seconds = time.perf_counter() - begin
    seen = follow.timelines[0].figures().events
    follow.close()
    assert seen == EVENTS, f"{seen} of {EVENTS} events arrived"
    return seconds

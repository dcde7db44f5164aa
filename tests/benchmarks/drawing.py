"""What one frame of a pane's lanes costs, however much has happened."""

from __future__ import annotations

import tempfile
import time
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING

from concviz.drawing.axis import Axis, View
from concviz.drawing.lanes import lanes
from concviz.recordings.follow import Follow
from tests.benchmarks import recording
from tests.benchmarks.figure import Figure

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

COLUMNS = 100
FRAMES = 50


def measure(_python: str) -> list[Figure]:
    """Eight lanes over the whole run, moved by a little each frame so that no picture can be kept."""
    return [Figure(f"drawing, one frame of {events:,} events", _frame_ms(events), "ms") for events in (10_000, 500_000)]


def _frame_ms(events: int) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "run.cvz"
        recording.write(path, events)
        follow = Follow(path)
        while follow.poll():
            pass
        milliseconds = [_drawn_ms(follow.timelines[0], frame) for frame in range(FRAMES)]
        follow.close()
    return median(milliseconds)


def _drawn_ms(timeline: Timeline, frame: int) -> float:
    workers = [worker.index for worker in timeline.workers[1:]]
    view = View(Axis(frame * recording.APART_NS, timeline.end_ns - timeline.zero_ns, COLUMNS))
    begin = time.perf_counter()
    lanes(timeline, workers, view, len(workers))
    return (time.perf_counter() - begin) * 1000

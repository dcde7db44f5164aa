"""What an export takes of memory: so many bytes an event, however it looks for pairs and findings among them."""

from __future__ import annotations

import gc
import io
import tracemalloc
from typing import TYPE_CHECKING

from concviz.recordings.exporters import perfetto
from concviz.recordings.follow import opened
from tests.benchmarks import recording

if TYPE_CHECKING:
    from pathlib import Path

EVENTS = 200_000

BYTES = 210
"""An event's at most: its row 29, that of what it changed 53, a third of room to grow, and what one check needs of it meanwhile."""


class _Nowhere(io.RawIOBase):
    """What is written is let go."""

    def writable(self) -> bool:
        return True

    def write(self, data: object) -> int:
        return len(data)  # type: ignore[arg-type]


def test_a_trace_of_many_events_takes_few_bytes_for_each(tmp_path: Path) -> None:
    recording.write(tmp_path / "small.cvz", 3)
    recording.write(tmp_path / "run.cvz", EVENTS)
    perfetto.write("", opened(tmp_path / "small.cvz").timelines, _Nowhere())  # type: ignore[arg-type]
    gc.collect()
    tracemalloc.start()
    try:
        perfetto.write("", opened(tmp_path / "run.cvz").timelines, _Nowhere())  # type: ignore[arg-type]
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < BYTES * EVENTS

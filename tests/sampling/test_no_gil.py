"""Without the GIL: nobody is shown to hold one or to wait for one, and threads that compute run at the same time."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from concviz.timeline.gil import NONE, gil_missing
from concviz.timeline.states import State
from tests.probes.harness import without_gil
from tests.sampling.seen import shares, watched

if TYPE_CHECKING:
    from pathlib import Path

SOURCE = """
import threading, time
def spin():
    until = time.monotonic() + 1.2
    while time.monotonic() < until:
        pass
threads = [threading.Thread(target=spin, name=f"S{number}") for number in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where threads are")
@pytest.mark.skipif((os.cpu_count() or 1) < 2, reason="two at the same time need two cores")
@pytest.mark.parametrize("python", without_gil())
def test_threads_that_compute_run_at_the_same_time(python: str, tmp_path: Path) -> None:
    timeline = watched(tmp_path, SOURCE, python)
    lanes = [timeline.lane(worker.index) for worker in timeline.workers if worker.name.startswith("S")]
    spans = [[span for span in lane.between(timeline.zero_ns, timeline.end_ns) if span.state is State.RUNNING] for lane in lanes]
    together = sum(max(0, min(one.to_ns, other.to_ns) - max(one.from_ns, other.from_ns)) for one in spans[0] for other in spans[1])

    assert gil_missing(timeline, 1) == NONE
    assert all(shares(timeline, f"S{number}")[State.GIL] == 0 for number in range(2))
    assert together > 0

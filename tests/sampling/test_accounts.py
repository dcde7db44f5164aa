"""Sums agree with the kernel's and the interpreter's own: CPU seconds, waits for a core, hand-overs of the GIL."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

import pytest

from concviz.timeline.gil import gil_shares, hand_overs
from concviz.timeline.states import State
from tests.probes.harness import with_gil
from tests.sampling.seen import told, watched

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where threads are"),
    pytest.mark.parametrize("python", with_gil()),
]

CROWD = (os.cpu_count() or 1) + 2
"""More processes than cores."""


def test_workers_without_a_core_are_ready_for_as_long_as_the_kernel_says(python: str, tmp_path: Path) -> None:
    source = f"""
        import multiprocessing, os, time
        def work():
            until = time.monotonic() + 0.8
            while time.monotonic() < until:
                pass
            with open("/proc/self/schedstat") as file:
                used, queued, _ = file.read().split()
            os.write(1, f"{{multiprocessing.current_process().name}} {{used}} {{queued}}\\n".encode())
        if __name__ == "__main__":
            context = multiprocessing.get_context("fork")
            children = [context.Process(target=work, name=f"P{{number}}") for number in range({CROWD})]
            for child in children: child.start()
            for child in children: child.join()
    """
    timeline = watched(tmp_path, source, python)
    lines = told(timeline)

    assert len(lines) == CROWD
    for name, used, queued in lines:
        totals = timeline.lane(next(worker.index for worker in timeline.workers if worker.name == name)).totals()
        life_ns = sum(totals.values())
        assert totals[State.RUNNING] == pytest.approx(int(used), abs=0.2 * life_ns)
        assert totals.get(State.READY, 0) == pytest.approx(int(queued), abs=0.2 * life_ns)


def test_cpu_seconds_are_the_kernels(python: str, tmp_path: Path) -> None:
    source = """
        import os, resource, subprocess, sys, threading, time
        def spin(seconds):
            until = time.process_time() + seconds
            while time.process_time() < until:
                pass
        threads = [threading.Thread(target=spin, args=(0.4,)) for _ in range(2)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        subprocess.run([sys.executable, "-S", "-c", "import time\\nwhile time.process_time() < 0.3: pass"])
        uses = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
        print(sum(use.ru_utime + use.ru_stime for use in uses))
    """
    timeline = watched(tmp_path, source, python)
    ((seconds,),) = told(timeline)

    assert timeline.figures().cpu_s == pytest.approx(float(seconds), rel=0.03, abs=0.02)


def test_hand_overs_are_counted_as_the_threads_own_stamps_tell_them(python: str, tmp_path: Path) -> None:
    source = """
        import threading, time
        clock, until, stamps = time.monotonic_ns, time.monotonic() + 0.8, {}
        def spin(number):
            mine = stamps[number] = []
            while time.monotonic() < until:
                mine.append(clock())
        threads = [threading.Thread(target=spin, args=(number,)) for number in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        merged = sorted((at, number) for number, mine in stamps.items() for at in mine)
        first, last = max(mine[0] for mine in stamps.values()), min(mine[-1] for mine in stamps.values())
        switched = [at for (_, before), (at, number) in zip(merged, merged[1:]) if before != number and first < at <= last]
        print(len(switched), first, last)
    """
    timeline = watched(tmp_path, source, python)
    ((counted, first_ns, last_ns),) = told(timeline)
    seen = hand_overs(timeline, 1, int(first_ns), int(last_ns))

    # On a busy machine a thread may be handed it, get no core, and have to give it up before it can stamp anything.
    assert seen is not None
    assert 0.97 * int(counted) - 4 <= seen <= 1.25 * int(counted) + 6
    assert timeline.meta.measure is not None
    assert timeline.meta.measure.hand_overs[1] >= int(counted)


def test_what_each_held_and_waited_fills_the_time_of_threads_that_only_compute(python: str, tmp_path: Path) -> None:
    source = """
        import threading, time
        def spin():
            until = time.monotonic() + 0.6
            while time.monotonic() < until:
                pass
        threads = [threading.Thread(target=spin, name=f"S{number}") for number in range(3)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """
    timeline = watched(tmp_path, source, python)
    lanes = {worker.index: timeline.lane(worker.index) for worker in timeline.workers if worker.name.startswith("S")}
    from_ns = max(lane.start_ns or 0 for lane in lanes.values()) + 20_000_000
    to_ns = min(lane.stop_ns or 0 for lane in lanes.values())
    found = gil_shares(timeline, 1, from_ns, to_ns)

    assert set(found) >= set(lanes)
    assert sum(held for held, _ in found.values()) == pytest.approx(to_ns - from_ns, rel=0.2)
    for worker in lanes:
        assert sum(found[worker]) == pytest.approx(to_ns - from_ns, rel=0.35)

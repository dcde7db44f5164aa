"""Every way of not running is shown as the one it is, on each Python: against what the program is known to do."""

from __future__ import annotations

import sys
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from concviz.timeline.states import State
from tests.probes.harness import with_gil
from tests.sampling.kinds import SOURCE
from tests.sampling.seen import shares, told, watched

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline

pytestmark = [
    pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where threads are"),
    pytest.mark.parametrize("python", with_gil()),
]

WAITS = {
    "sleep": State.SLEEPING,
    "lock": State.LOCK,
    "queue_get": State.QUEUE,
    "pipe_read": State.IO,
    "socket_read": State.IO,
    "subprocess_wait": State.CHILD,
}


@cache
def seen(python: str) -> Timeline:
    """The program of all kinds, run once."""
    with TemporaryDirectory() as folder:
        return watched(Path(folder), SOURCE, python)


@pytest.mark.parametrize("kind", WAITS)
def test_a_wait_is_the_wait_it_is(kind: str, python: str) -> None:
    found = shares(seen(python), kind)

    assert found[WAITS[kind]] > 0.7, found
    assert found[State.RUNNING] < 0.1, found


@pytest.mark.parametrize("kind", ["spin", "keeps_gil"])
def test_a_thread_that_computes_beside_another_waits_for_the_gil(kind: str, python: str) -> None:
    found = shares(seen(python), kind)

    assert found[State.GIL] > 0.15, found
    assert found[State.GIL] + found[State.RUNNING] + found[State.READY] > 0.95, found


@pytest.mark.parametrize("kind", ["zlib_compress", "hashlib_sha256"])
def test_a_call_that_lets_the_gil_go_runs_though_another_holds_it(kind: str, python: str) -> None:
    found = shares(seen(python), kind)

    assert found[State.RUNNING] + found[State.READY] > 0.65, found
    assert found[State.GIL] < 0.35, found


@pytest.mark.parametrize("kind", ["zlib_compress", "hashlib_sha256"])
def test_it_runs_for_as_long_as_the_kernel_says_that_it_had_a_core(kind: str, python: str) -> None:
    timeline = seen(python)
    used_ns, queued_ns = next((int(used), int(queued)) for name, used, queued in told(timeline) if name == kind)
    lane = timeline.lane(next(worker.index for worker in timeline.workers if worker.name == kind))
    totals = lane.totals()
    life_ns = sum(totals.values())

    assert totals[State.RUNNING] == pytest.approx(used_ns, abs=0.25 * life_ns)
    assert totals.get(State.READY, 0) == pytest.approx(queued_ns, abs=0.25 * life_ns)


def test_the_states_of_each_worker_add_up_to_its_life(python: str) -> None:
    timeline = seen(python)

    for worker in timeline.workers[1:]:
        lane = timeline.lane(worker.index)
        if lane.start_ns is not None:
            assert lane.stop_ns is not None, worker
            assert sum(lane.totals().values()) == pytest.approx(lane.stop_ns - lane.start_ns, rel=0.01), worker


def test_while_all_sleep_nobody_runs_and_nobody_holds_the_gil(python: str, tmp_path: Path) -> None:
    source = """
        import threading, time
        threads = [threading.Thread(target=time.sleep, args=(0.5,), name=f"S{number}") for number in range(4)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
    """
    timeline = watched(tmp_path, source, python)
    lanes = [timeline.lane(worker.index) for worker in timeline.workers if worker.name.startswith("S")]
    from_ns = max(lane.start_ns or 0 for lane in lanes) + 50_000_000
    to_ns = from_ns + 350_000_000

    assert [shares(timeline, f"S{number}")[State.SLEEPING] > 0.9 for number in range(4)] == [True] * 4
    assert {lane.at(at).state for lane in lanes for at in range(from_ns, to_ns, 1_000_000)} == {State.SLEEPING}
    assert {timeline.gil_holder(1, at) for at in range(from_ns, to_ns, 1_000_000)} == {0}

"""Threads that compute are found to wait for the GIL; processes that do, and threads that rest, are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import lane, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.builders import LaneBuilder

SPIN = "def job():\n    sum(value * value for value in range(6_000_000))\n"
THREADS = SPIN + "from threading import Thread as Worker\n"
PROCESSES = SPIN + "from multiprocessing import Process as Worker\n"
TWO = "if __name__ == '__main__':\n    both = [Worker(target=job) for _ in range(2)]\n"
RUN = "    [one.start() for one in both]\n    [one.join() for one in both]\n"
RESTS = "import time\ndef rest():\n    for _ in range(10): time.sleep(0.05)\n"


def taking_turns(turns: int) -> tuple[LaneBuilder, LaneBuilder]:
    """Two threads that compute, and are seen to hold the GIL by turns of 5 ms."""
    first, second = lane("A").runs(0), lane("B").runs(0)
    for turn in range(turns):
        (first, second)[turn % 2].has_gil(5 * turn, switch=turn)
    return first, second


def test_two_threads_that_compute_are_found(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "gil_bound", THREADS + TWO + RUN)

    assert "waited for the GIL" in finding.words
    assert len(finding.workers) >= 2


def test_two_processes_that_compute_are_not(tmp_path: Path) -> None:
    assert found_in(tmp_path, "gil_bound", PROCESSES + TWO + RUN) == ()


def test_a_thread_that_computes_beside_one_that_sleeps_is_not(tmp_path: Path) -> None:
    two = "both = [Worker(target=job), Worker(target=rest)]\n"

    assert found_in(tmp_path, "gil_bound", THREADS + RESTS + two + RUN.replace("    [", "[")) == ()


def test_the_share_is_that_of_the_time_in_which_they_wanted_to_run() -> None:
    built = timeline(*taking_turns(200), ended=1000)

    (finding,) = found(built, "gil_bound")

    assert sorted(names(built, finding)) == ["A", "B"]
    assert "waited for the GIL 50 % of the time in which they wanted to run, 1 s in all" in finding.words


def test_without_looks_nothing_is_said() -> None:
    built = timeline(lane("A").runs(0), lane("B").runs(0), ended=1000)

    assert found(built, "gil_bound") == ()


def test_a_short_wait_is_below_the_limit_until_that_is_set_lower() -> None:
    built = timeline(*taking_turns(20), ended=100)

    assert found(built, "gil_bound") == ()
    assert len(found(built, "gil_bound", ms=50)) == 1

"""A lock that is handed on from one to the next, and waited for much longer than held, is found."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import lane, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

PROGRAM = """
import threading, time
lock = threading.Lock()
def work():
    for _ in range(25):
        with lock:
            time.sleep(0.002)
        time.sleep({pause})
workers = [threading.Thread(target=work) for _ in range(6)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
"""


def round_robin(workers: int, turns: int, held_ms: float = 1) -> Timeline:
    """Each stands at the queue's end again as soon as it gave the lock back."""
    lanes = [lane(f"W{number}").runs(0) for number in range(workers)]
    for turn in range(turns):
        one, at = lanes[turn % workers], 1 + turn * held_ms
        if turn >= workers:
            one.waits_for("x", at - (workers - 1) * held_ms + held_ms / 10, at)
        else:
            one.waits_for("x", 0.5, at) if turn else one.takes("x", at)
        one.releases("x", at + held_ms - 0.01)
    return timeline(*lanes, now=turns * held_ms + 10)


def test_six_that_come_back_at_once_form_one(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "convoy", PROGRAM.format(pause=0.001), turns=12, times=3)

    assert finding.words.startswith("`lock` was handed on ")
    assert " in a row among 6 workers: held for 2" in finding.words


def test_those_that_do_something_else_in_between_do_not(tmp_path: Path) -> None:
    assert found_in(tmp_path, "convoy", PROGRAM.format(pause=0.03), turns=12, times=3) == ()


def test_it_tells_how_long_it_was_held_and_waited_for() -> None:
    built = round_robin(6, 100)

    (finding,) = found(built, "convoy")

    assert finding.words == "`x` was handed on 99 times in a row among 6 workers: held for 990 µs, waited for 4.9 ms each time"
    assert sorted(names(built, finding)) == [f"W{number}" for number in range(6)]


@pytest.mark.parametrize(("workers", "turns"), [(2, 100), (3, 100), (6, 15)], ids=["two", "three", "a short one"])
def test_fewer_workers_or_turns_are_none(workers: int, turns: int) -> None:
    assert found(round_robin(workers, turns), "convoy") == ()

"""A worker that waits while others get the lock again and again is found; one that waits for its turn is not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.builders import lane, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

PROGRAM = """
import threading, time
lock, done = threading.Lock(), threading.Event()
def greedy():
    for _ in range(500):
        if done.is_set():
            break
        with lock:
            until = time.perf_counter() + 0.004
            while time.perf_counter() < until:
                pass
def meek():
    for _ in range(40):
        with lock:
            pass
        time.sleep(0.001)
    done.set()
workers = [threading.Thread(target=target, name=target.__name__) for target in (greedy, meek)]
for worker in workers:
    worker.start()
for worker in workers:
    worker.join()
"""


def passed_over(times: int, by: int = 1) -> Timeline:
    """`meek` waits while others take the lock so many times, in turn."""
    others = [lane(f"greedy {number}").runs(0) for number in range(by)]
    for turn in range(times):
        others[turn % by].takes("x", 1 + turn * 10).releases("x", 10 + turn * 10)
    return timeline(*others, lane("meek").runs(0).waits_for("x", 2, 1 + times * 10, line=3), now=2000)


def test_one_that_is_passed_over_is_found(tmp_path: Path) -> None:
    for finding in found_in(tmp_path, "starvation", PROGRAM, ms=8, again=2, times=2)[:1]:
        assert finding.words.startswith("meek waited ")
        assert "greedy got it " in finding.words
        break
    else:
        raise AssertionError("in 40 rounds the lock went round in turn")


def test_it_tells_who_got_it_how_often_meanwhile() -> None:
    built = passed_over(50)

    (finding,) = found(built, "starvation")

    assert finding.words == "meek waited 499 ms for `x`, program.py:3: greedy 0 got it 49 times meanwhile"
    assert names(built, finding) == ["meek", "greedy 0"]


def test_one_turn_for_each_of_many_is_fair() -> None:
    assert found(passed_over(40, by=40), "starvation") == ()


def test_a_short_wait_is_no_hunger_unless_the_limit_says_so() -> None:
    assert found(passed_over(24), "starvation") == ()
    assert len(found(passed_over(24), "starvation", ms=200)) == 1


def test_one_that_still_waits_starves_too() -> None:
    greedy = lane("greedy").runs(0)
    for turn in range(60):
        greedy.takes("x", 1 + turn * 10).releases("x", 10 + turn * 10)

    (finding,) = found(timeline(greedy, lane("meek").runs(0).waits_for("x", 2), now=700), "starvation")

    assert "59 times" in finding.words

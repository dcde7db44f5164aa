"""Locks taken in opposite orders are found though nobody got stuck; not where they can never meet."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import lane, resource, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from tests.scripted import LaneBuilder

PROGRAM = """
import threading
a, b, gate = threading.Lock(), threading.Lock(), threading.Lock()
go = threading.Event()
def one():
    with a:
        with b: pass
    go.set()
def two():
    {before}
    with b:
        {inner}
{start}
"""
TOGETHER = """
workers = [threading.Thread(target=target, name=target.__name__) for target in (one, two)]
for worker in workers: worker.start()
for worker in workers: worker.join()
"""
IN_TURN = """
for target in (one, two):
    worker = threading.Thread(target=target)
    worker.start()
    worker.join()
"""
TAKES = "with a: pass"
NEVER_MEET = {
    "one has ended": (PROGRAM.format(before="", inner=TAKES, start=IN_TURN)),
    "it was told to begin": (
        PROGRAM.format(
            before="go.wait()", inner=TAKES, start=TOGETHER.replace("worker.start()", "worker.start()").replace("(one, two)", "(two, one)")
        )
    ),
    "it does not wait": (PROGRAM.format(before="", inner="a.acquire(blocking=False) and a.release()", start=TOGETHER)),
    "it waits with a limit": (PROGRAM.format(before="", inner="a.acquire(timeout=1) and a.release()", start=TOGETHER)),
}


def takes(name: str, ms: float, *locks: str) -> LaneBuilder:
    """A worker that takes these, one inside the other."""
    made = lane(name).runs(0)
    for place, lock in enumerate(locks):
        made.takes(lock, ms + place, line=place + 1)
    for place, lock in enumerate(reversed(locks)):
        made.releases(lock, ms + len(locks) + place)
    return made


def test_opposite_orders_are_found_in_a_program_that_ended_well(tmp_path: Path) -> None:
    source = PROGRAM.format(before="__import__('time').sleep(0.1)", inner=TAKES, start=TOGETHER)

    (finding,) = found_in(tmp_path, "lock_order", source)

    assert finding.words == (
        "one took `a` and then `b`, program.py:7; two took `b` and then `a`, program.py:12: it went well this time, but they can deadlock"
    )


@pytest.mark.parametrize("case", NEVER_MEET)
def test_where_they_can_never_meet_nothing_is_found(tmp_path: Path, case: str) -> None:
    assert found_in(tmp_path, "lock_order", NEVER_MEET[case]) == ()


def test_three_locks_in_a_ring_are_found() -> None:
    built = timeline(takes("A", 1, "x", "y"), takes("B", 11, "y", "z"), takes("C", 21, "z", "x"))

    (finding,) = found(built, "lock_order")

    assert names(built, finding) == ["A", "B", "C"]
    assert [built.resources[one].name for one in finding.resources] == ["x", "y", "z"]


def test_two_workers_cannot_make_a_ring_of_three() -> None:
    both = takes("B", 11, "y", "z")
    both.takes("z", 21).takes("x", 22).releases("x", 23).releases("z", 24)

    assert found(timeline(takes("A", 1, "x", "y"), both), "lock_order") == ()


def test_a_lock_around_both_protects_them() -> None:
    gate = takes("A", 1, "gate", "x", "y"), takes("B", 11, "gate", "y", "x")

    assert found(timeline(*gate), "lock_order") == ()
    assert len(found(timeline(gate[0], takes("B", 11, "y", "x")), "lock_order")) == 1


@pytest.mark.parametrize(("permits", "count"), [(1, 0), (2, 1)])
def test_a_semaphore_protects_them_only_with_fewer_permits_than_workers(permits: int, count: int) -> None:
    lanes = takes("A", 1, "waiter", "x", "y"), takes("B", 11, "waiter", "y", "x")

    assert len(found(timeline(*lanes, resource("waiter", "Semaphore", permits)), "lock_order")) == count


def test_one_worker_alone_has_no_opposite() -> None:
    made = takes("A", 1, "x", "y")
    made.takes("y", 11).takes("x", 12).releases("x", 13).releases("y", 14)

    assert found(timeline(made), "lock_order") == ()


def test_locks_given_back_hand_over_hand_are_not_nested() -> None:
    made = lane("A").runs(0).takes("x", 1).takes("y", 2).releases("x", 3).takes("z", 4).releases("y", 5).releases("z", 6)

    assert found(timeline(made, takes("B", 11, "z", "x")), "lock_order") == ()
    assert len(found(timeline(made, takes("B", 11, "z", "y")), "lock_order")) == 1


def test_a_recursive_lock_taken_again_is_held_once() -> None:
    made = lane("A").runs(0).takes("r", 1, 1).takes("r", 2, 2).releases("r", 3, 1).takes("x", 4).releases("x", 5).releases("r", 6)
    other = takes("B", 11, "x", "r")

    assert len(found(timeline(made, other, resource("r", "RLock")), "lock_order")) == 1


def test_a_later_time_counts_where_the_first_had_to_come_before() -> None:
    one = lane("A").runs(0).takes("x", 1).takes("y", 2).releases("y", 3).releases("x", 4).spawns("B", 5)
    one.takes("x", 20).takes("y", 21).releases("y", 22).releases("x", 23)

    (finding,) = found(timeline(one, takes("B", 10, "y", "x")), "lock_order")

    assert finding.from_ns > 0

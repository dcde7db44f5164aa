"""Looks are paced by what they cost."""

from __future__ import annotations

import time

import pytest

from concviz.sampling.beat import Beat
from concviz.sampling.pace import BUDGET, SEATS_PER_GIL, SEATS_SHARE, WINDOW_NS, Pace
from concviz.sampling.rates import Rate


def spend(cpu_ns: int) -> None:
    """Use so much CPU time."""
    until = time.thread_time_ns() + cpu_ns
    while time.thread_time_ns() < until:
        pass


def test_looks_come_the_faster_the_larger_the_budget() -> None:
    intervals = [Pace(budget, 1).gil_ns for budget in (0.01, BUDGET, 0.4, 1.0)]

    assert intervals == sorted(intervals, reverse=True)
    assert Pace(BUDGET, 1).gil_ns <= 1_000_000
    assert Pace(0.9, 1).gil_ns <= 100_000


def test_dearer_looks_come_less_often_and_cheaper_ones_faster_again() -> None:
    pace = Pace(BUDGET, 1)
    at = time.monotonic_ns() + WINDOW_NS
    spend(10_000_000)
    pace.adjust(at, 10, 0)
    slow_ns = pace.gil_ns
    pace.adjust(at + WINDOW_NS, 10_000, 0)

    assert slow_ns > 10_000_000
    assert pace.gil_ns < slow_ns


def test_what_was_spent_aside_is_no_cost() -> None:
    pace = Pace(BUDGET, 1)
    since_ns = time.thread_time_ns()
    spend(10_000_000)
    pace.aside(since_ns)

    assert pace.cost_ns < 5_000_000


def test_seats_keep_to_their_part_and_to_some_looks_at_the_gil() -> None:
    pace = Pace(BUDGET, 4_000_000)
    pace.seats_cost(1_000_000, SEATS_SHARE)
    dear_ns = pace.seats_ns
    pace.seats_cost(1, SEATS_SHARE)

    assert dear_ns == pytest.approx(1_000_000 / (BUDGET * SEATS_SHARE), rel=0.01)
    assert pace.seats_ns == max(4_000_000, SEATS_PER_GIL * pace.gil_ns)


def test_a_rate_counts_only_the_time_in_which_there_was_something_to_do() -> None:
    rate = Rate()
    rate.goes_on(0, active=True)
    rate.goes_on(5, active=True)
    rate.count = 4
    rate.goes_on(1_000_000_000, active=False)

    assert (rate.per_s(9_000_000_000), rate.every_ns(9_000_000_000)) == (4.0, 250_000_000.0)


def test_what_never_was_has_no_rate() -> None:
    rate = Rate()
    rate.goes_on(0, active=True)

    assert (rate.per_s(5), rate.every_ns(5)) == (0.0, None)


@pytest.mark.parametrize("way", ["timer", "sleeps"])
def test_a_beat_comes_no_more_often_than_asked_and_missed_ones_are_one(way: str) -> None:
    beat = Beat()
    if way == "sleeps":
        beat.close()
    try:
        beat.every(2_000_000)
        began_ns = time.monotonic_ns()
        for _ in range(5):
            beat.wait()
        five_ns = time.monotonic_ns() - began_ns
        spend(10_000_000)
        began_ns = time.monotonic_ns()
        for _ in range(3):
            beat.wait()
        three_ns = time.monotonic_ns() - began_ns

        assert five_ns > 4 * 2_000_000
        assert three_ns > 2_000_000
    finally:
        beat.close()

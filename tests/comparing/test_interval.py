"""Bounds of a median, against the tables."""

from __future__ import annotations

from random import Random
from statistics import median

import pytest

from concviz.comparing.interval import interval, level, spread


@pytest.mark.parametrize(
    ("count", "cut", "expected"),
    [(1, 0, 0.0), (5, 0, 0.9375), (6, 0, 0.96875), (7, 0, 0.984375), (8, 0, 0.9921875), (9, 1, 0.9609375), (12, 2, 0.961426)],
)
def test_how_sure_the_bounds_are_is_the_binomial_distributions(count: int, cut: int, expected: float) -> None:
    assert level(count, cut) == pytest.approx(expected, abs=1e-6)


@pytest.mark.parametrize(("count", "low", "high"), [(1, 0, 0), (5, 0, 4), (6, 0, 5), (8, 0, 7), (9, 1, 7), (12, 2, 9)])
def test_the_narrowest_sure_bounds_are_taken(count: int, low: int, high: int) -> None:
    found = interval(list(reversed(range(count))))

    assert (found.middle, found.low, found.high) == (median(range(count)), low, high)


def test_the_true_median_lies_within_as_often_as_is_said() -> None:
    random = Random(7)
    found = [interval([random.expovariate(1) for _ in range(9)]) for _ in range(4000)]

    inside = sum(one.holds(0.6931) for one in found) / len(found)

    assert inside == pytest.approx(found[0].level, abs=0.012)


def test_no_values_have_no_median() -> None:
    with pytest.raises(ValueError, match="no values"):
        interval([])


@pytest.mark.parametrize(("values", "expected"), [([5], 0), ([1, 2, 3, 4, 5], 1), ([1, 1, 1, 100], 12.375)])
def test_the_spread_is_half_of_the_middle_half(values: list[float], expected: float) -> None:
    assert spread(values) == expected


def test_no_bound_is_closer_to_the_middle_than_asked_for() -> None:
    found = interval([2.0, 2.001, 2.002, 2.001, 2.001, 2.001, 2.5]).at_least(0.01)

    assert (found.low, found.high) == pytest.approx((2.001 * 0.99, 2.5))
    assert interval([1.0, 1.0]).at_least(0.01).low == 1.0

"""The line, from data that lies on it."""

from __future__ import annotations

from math import inf

import pytest

from concviz.comparing.amdahl import Fit, fit


@pytest.mark.parametrize("parallel", [0.0, 0.25, 0.9, 1.0])
def test_exact_data_give_back_their_share(parallel: float) -> None:
    true = Fit(parallel, 0.0, ())

    found = fit([(workers, true.speed_up(workers)) for workers in (1, 2, 4, 8)])

    assert found is not None
    assert found.parallel == pytest.approx(parallel)
    assert found.error == pytest.approx(0)
    assert found.workers == (1, 2, 4, 8)


def test_the_limit_is_the_serial_part() -> None:
    assert Fit(0.75, 0.0, ()).limit == 4
    assert Fit(1.0, 0.0, ()).limit == inf


def test_no_other_share_leaves_less_over() -> None:
    points = [(2, 1.7), (4, 2.9), (8, 4.1)]
    found = fit(points)
    assert found is not None

    def left(parallel: float) -> float:
        line = Fit(parallel, 0.0, ())
        return sum((1 / gained - 1 / line.speed_up(workers)) ** 2 for workers, gained in points)

    assert left(found.parallel) <= min(left(found.parallel - 1e-4), left(found.parallel + 1e-4))


def test_what_gets_slower_or_gains_too_much_stays_a_share() -> None:
    slower, beyond = fit([(2, 0.5), (4, 0.3)]), fit([(2, 2.5)])

    assert slower is not None
    assert beyond is not None
    assert (slower.parallel, beyond.parallel) == (0, 1)


def test_one_worker_alone_makes_no_line() -> None:
    assert fit([(1, 0.9)]) is None
    assert fit([]) is None

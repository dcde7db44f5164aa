from __future__ import annotations

import pytest

from concviz.drawing.durations import duration, scale_of, unit_of

MS = 1_000_000
S = 1_000_000_000


@pytest.mark.parametrize(
    ("length_ns", "words"),
    [
        (0, "0 ns"),
        (850, "850 ns"),
        (1_200, "1.2 µs"),
        (850_000, "850 µs"),
        (999_600, "1.0 ms"),
        (1_200_000, "1.2 ms"),
        (9_970_000, "10 ms"),
        (61 * MS, "61 ms"),
        (999_600_000, "1.00 s"),
        (2_610 * MS, "2.61 s"),
        (9_996 * MS, "10.0 s"),
        (45 * S, "45.0 s"),
        (119 * S, "119 s"),
        (125 * S, "2 min 5 s"),
        (-3 * MS, "-3.0 ms"),
    ],
)
def test_a_length_of_time_has_two_or_three_figures(length_ns: int, words: str) -> None:
    assert duration(length_ns) == words


def test_the_unit_is_the_largest_that_fits() -> None:
    assert [unit_of(length) for length in (0, 999, 1000, -5 * MS, 70 * S)] == [
        (1, "ns"),
        (1, "ns"),
        (1000, "µs"),
        (MS, "ms"),
        (S, "s"),
    ]


@pytest.mark.parametrize(
    ("longest_ns", "step_ns", "words"),
    [(3 * S, S // 2, "1.5 s"), (3 * S, S, "2 s"), (3 * S, 10 * MS, "1.50 s"), (1_999 * MS, 3, "1.500000000 s"), (3, 0, "1500000000 ns")],
)
def test_a_scale_has_the_decimals_that_tell_its_steps_apart(longest_ns: int, step_ns: int, words: str) -> None:
    assert scale_of(longest_ns, step_ns).text(1_500 * MS) == words

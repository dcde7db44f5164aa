from __future__ import annotations

import pytest

from concviz.ui.window import COARSEST_NS, FINEST_NS, Window

MS = 1_000_000


@pytest.mark.parametrize("end_ns", [1, 59, 60, 61, 2 * MS, 9_123_456_789])
def test_fitted_holds_all_of_it_and_wastes_less_than_one_column(end_ns: int) -> None:
    window = Window(columns=60).fitted(end_ns)

    assert window.from_ns == 0
    assert window.to_ns > end_ns
    assert window.column_ns == FINEST_NS or (window.column_ns - 1) * window.columns <= end_ns


def test_a_growing_window_stays_the_same_for_a_while_then_takes_a_larger_step() -> None:
    sizes = [Window(columns=50).grown(end_ns * MS).to_ns // MS for end_ns in (105, 130, 149, 151, 190, 201)]

    assert sizes == [150, 150, 150, 200, 200, 300]


def test_a_growing_window_always_holds_the_end() -> None:
    ends = [10**power * step // 7 for power in range(3, 12) for step in range(7, 70)]

    assert all(Window(columns=47).grown(end).to_ns >= end for end in ends)


def test_zooming_keeps_the_anchor_in_its_column() -> None:
    window = Window(0, 1000, 100)

    zoomed = window.zoomed(2, 70_500)

    assert zoomed.column_ns == 500
    assert (70_500 - zoomed.from_ns) // zoomed.column_ns in {70, 71}


def test_zooming_stops_at_its_bounds() -> None:
    window = Window(0, 1000, 100)

    for _ in range(80):
        window = window.zoomed(2, 0)
    assert window.column_ns == FINEST_NS
    for _ in range(200):
        window = window.zoomed(0.5, 0)
    assert window.column_ns == COARSEST_NS


def test_panning_does_not_go_before_zero() -> None:
    window = Window(3000, 1000, 100)

    assert window.panned(0.2).from_ns == 23_000
    assert window.panned(-0.2).from_ns == 0


def test_columns_begin_at_multiples_of_their_size_so_that_glyphs_do_not_shimmer() -> None:
    window = Window(0, 700, 50)

    starts = [window.showing(at).from_ns for at in range(0, 200_000, 333)]

    assert all(start % 700 == 0 for start in starts)


def test_what_is_inside_already_does_not_move_the_window() -> None:
    window = Window(10_000, 100, 100)

    assert window.showing(15_000) == window


@pytest.mark.parametrize("at_ns", [0, 9_999, 10_000, 20_000, 123_456])
def test_what_is_outside_comes_inside(at_ns: int) -> None:
    shown = Window(10_000, 100, 100).showing(at_ns)

    assert shown.from_ns <= at_ns < shown.to_ns


def test_resizing_keeps_what_is_in_view() -> None:
    window = Window(5_000, 100, 100)

    assert window.resized(50).to_ns >= window.to_ns
    assert window.resized(50).from_ns == window.from_ns


def test_nothing_before_the_floor_is_ever_shown() -> None:
    window = Window(columns=60).above(10_000)

    assert window.fitted(50_000).from_ns == 10_000
    assert window.fitted(50_000).to_ns > 50_000
    assert window.grown(50_000).from_ns == 10_000
    assert window.grown(50_000).to_ns >= 50_000
    assert window.fitted(50_000).panned(-5).from_ns == 10_000
    assert window.fitted(50_000).zoomed(0.1, 20_000).from_ns >= 10_000
    assert window.showing(0).from_ns == 10_000

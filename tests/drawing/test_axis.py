from __future__ import annotations

from concviz.drawing.axis import Axis, View


def test_edges_share_the_time_out_and_begin_at_the_runs_zero() -> None:
    assert Axis(10, 20, 4).edges(1000).tolist() == [1010, 1012, 1015, 1017, 1020]


def test_a_century_in_many_columns_does_not_overflow() -> None:
    century = 100 * 365 * 86_400 * 1_000_000_000

    assert Axis(0, century, 10_000).edges(0)[-1] == century


def test_a_moment_lies_in_the_column_whose_edges_hold_it() -> None:
    axis = Axis(10, 20, 4)

    assert [axis.column(at) for at in (9, 10, 11, 12, 19, 20, None)] == [None, 0, 0, 1, 3, None, None]


def test_an_empty_axis_has_one_edge_and_no_column() -> None:
    assert Axis(5, 5, 0).edges(0).tolist() == [5]
    assert Axis(5, 9, 0).column(5) is None


def test_the_cursors_column_counts_from_the_names() -> None:
    assert View(Axis(0, 10, 10), 8, 3).cursor_column == 11
    assert View(Axis(0, 10, 10), 8, 30).cursor_column is None
    assert View(Axis(0, 10, 10)).cursor_column is None

"""Columns that grow, merge and tell what is new."""

from __future__ import annotations

import numpy as np
import pytest

from concviz.timeline.columns import FIRST_ROWS, Batch, Columns


def batch(*times: int) -> Batch:
    return {"time": np.array(times, dtype=np.int64), "mark": np.array(times, dtype=np.int64) * 10}


def columns(*times: int) -> Columns:
    made = Columns(time="i8", mark="i8")
    made.merge(batch(*times))
    return made


def test_rows_later_than_all_others_go_to_the_end() -> None:
    made = columns(1, 5)

    assert made.merge(batch(6, 7)) == 2
    assert made["mark"].tolist() == [10, 50, 60, 70]


def test_late_rows_go_between_and_tell_from_where() -> None:
    made = columns(1, 5, 9)

    assert made.merge(batch(3, 7)) == 1
    assert made["mark"].tolist() == [10, 30, 50, 70, 90]


def test_of_equal_times_the_first_to_come_stays_first() -> None:
    made = Columns(time="i8", mark="i8")
    made.merge({"time": np.array([5, 9]), "mark": np.array([1, 2])})
    made.merge({"time": np.array([5]), "mark": np.array([3])})

    assert made["mark"].tolist() == [1, 3, 2]


def test_nothing_merged_changes_nothing() -> None:
    made = columns(1, 5)
    changes = made.changes

    assert made.merge(batch()) == 2
    assert made.low_since(changes) == 2


def test_growing_keeps_what_was_there() -> None:
    made = columns(*range(FIRST_ROWS * 5))

    assert made["time"].tolist() == list(range(FIRST_ROWS * 5))


def test_a_view_shows_the_rows_of_its_time() -> None:
    made = columns(1, 5)
    view = made["time"]
    made.merge(batch(*range(10, 10 + FIRST_ROWS)))

    assert view.tolist() == [1, 5]


def test_a_view_cannot_be_written_to() -> None:
    with pytest.raises(ValueError, match="read-only"):
        columns(1)["time"][0] = 3


def test_what_is_new_is_told_from_the_lowest_change_on() -> None:
    made = columns(1, 5, 9)
    seen = made.changes
    made.merge(batch(12))
    made.merge(batch(6))
    made.merge(batch(20))

    assert made.low_since(seen) == 2
    assert made.low_since(made.changes) == made.rows


def test_truncated_rows_are_gone() -> None:
    made = columns(1, 5, 9)
    made.truncate(1)

    assert made["time"].tolist() == [1]

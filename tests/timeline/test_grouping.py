"""Rows of one index, however they are found."""

from __future__ import annotations

from unittest.mock import Mock

import numpy as np
import pytest

from concviz.timeline.columns import Columns
from concviz.timeline.grouping import Grouping


@pytest.mark.parametrize("largest", [5, 70_000])
def test_the_first_question_and_those_after_it_find_the_same_rows(largest: int) -> None:
    keys = np.random.default_rng(1).integers(0, largest, 500).astype(np.int32)
    columns = Columns(key="i4")
    columns.write(0, {"key": keys})
    grouping = Grouping(columns, "key")
    wanted = keys[300]

    expected = [at for at in range(100, 500) if keys[at] == wanted]
    assert [grouping.rows(int(wanted), 100).tolist() for _ in range(3)] == [expected] * 3


def test_many_questions_about_the_same_rows_sort_once(monkeypatch: pytest.MonkeyPatch) -> None:
    columns = Columns(key="i4")
    columns.write(0, {"key": np.arange(9)})
    grouping = Grouping(columns, "key")
    sort = Mock(side_effect=np.argsort)
    monkeypatch.setattr(np, "argsort", sort)

    assert [grouping.rows(index, 0).tolist() for index in range(9)] == [[index] for index in range(9)]
    assert sort.call_count == 1


def test_what_was_written_since_is_found() -> None:
    columns = Columns(key="i4")
    columns.write(0, {"key": np.array([1, 2, 1])})
    grouping = Grouping(columns, "key")
    for _ in range(2):
        grouping.rows(1, 0)
    columns.write(1, {"key": np.array([1, 1, 2])})

    assert [grouping.rows(1, 0).tolist(), grouping.rows(2, 0).tolist()] == [[0, 1, 2], [3]]


def test_an_index_that_is_nowhere_has_no_rows() -> None:
    grouping = Grouping(Columns(key="i4"), "key")

    assert [grouping.rows(1, 0).tolist() for _ in range(2)] == [[], []]

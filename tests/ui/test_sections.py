from __future__ import annotations

from itertools import product

import pytest

from concviz.ui.sections import Heights, Wanted, columns, share


@pytest.mark.parametrize(
    ("panes", "width", "across"),
    [(0, 80, 1), (1, 80, 1), (2, 50, 1), (2, 80, 2), (3, 80, 1), (4, 80, 2), (3, 100, 3), (3, 120, 3), (4, 120, 2), (4, 160, 4)],
)
def test_as_many_panes_side_by_side_as_can_be_read(panes: int, width: int, across: int) -> None:
    assert columns(panes, width) == across


def test_no_height_is_given_twice_or_wasted_on_what_is_not_there() -> None:
    for height, lanes, resources, source, output in product(range(60), (0, 1, 3, 9, 500), (0, 2, 9), (0, 5, 200), (0, 4, 300)):
        heights = share(height, Wanted(lanes, resources, source, output))

        assert sum((heights.ruler, heights.lanes, heights.resources, heights.source, heights.output)) <= height
        assert heights.lanes <= lanes
        assert heights.resources <= resources
        assert heights.source <= source + 1


def test_few_lanes_leave_room_for_source_and_output() -> None:
    heights = share(30, Wanted(lanes=3, resources=1, source=40, output=5))

    assert heights == Heights(ruler=1, lanes=3, resources=1, source=19, output=6)


def test_many_lanes_take_half_and_leave_the_words_readable() -> None:
    heights = share(30, Wanted(lanes=500, resources=4, source=40, output=50))

    assert heights.lanes >= 14
    assert heights.output >= 4


def test_a_low_pane_keeps_lanes_and_output() -> None:
    heights = share(6, Wanted(lanes=3, resources=2, source=40, output=5))

    assert (heights.ruler, heights.lanes) == (1, 3)
    assert heights.output >= 2

from __future__ import annotations

from concviz.drawing.axis import Axis, View
from concviz.drawing.cores import cores
from concviz.events import Kind
from concviz.timeline.states import State
from tests.drawing.runs import looks, run

VIEW = View(Axis(0, 100, 10), 8)


def test_the_row_counts_the_cores_that_were_busy() -> None:
    seen = looks(
        1,
        (0, Kind.ON_CPU, 1, 0),
        (20, Kind.ON_CPU, 2, 1),
        (50, Kind.OFF_CPU, 2, 0),
        (60, Kind.RUNNABLE, 1, 0),
        (78, Kind.ON_CPU, 2, 0),
    )
    did = {"a": [(0, State.RUNNING)], "b": [(0, State.RUNNING), (95, State.DONE)]}

    assert cores(run(did, 100, looks=seen), [1, 2], VIEW).to_text() == "cores   112221 ·1·"


def test_where_no_core_was_seen_there_is_no_row() -> None:
    seen = looks(1, (0, Kind.GIL_TAKEN, 1, 0))

    assert cores(run({"a": []}, 100, looks=seen), [1], VIEW).height == 0
    assert cores(run({"a": []}, 100), [1], VIEW).height == 0


def test_nothing_is_told_of_the_future() -> None:
    assert cores(run({"a": [(0, State.RUNNING)]}, 30, looks=looks(1, (0, Kind.ON_CPU, 1, 0))), [1], VIEW).to_text() == "cores   111·"

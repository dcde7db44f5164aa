from __future__ import annotations

from concviz.drawing.axis import Axis, View
from concviz.drawing.cores import cores
from tests.builders import lane, timeline, worker

MS = 1_000_000
VIEW = View(Axis(0, 100 * MS, 10), 8)


def test_the_row_counts_the_workers_that_were_on_a_core() -> None:
    run = timeline(
        lane("a").runs(0).on_core(0, 0).wants_core(60),
        lane("b").runs(0).on_core(20, 1).blocked(50).on_core(78).ends(95),
        now=100,
    )

    assert cores(run, [worker(run, "a"), worker(run, "b")], VIEW).to_text() == "cores   112221 ·1·"


def test_where_no_core_was_seen_there_is_no_row() -> None:
    run = timeline(lane("a").runs(0).has_gil(1), now=100)

    assert cores(run, [worker(run, "a")], VIEW).height == 0


def test_nothing_is_told_of_the_future() -> None:
    run = timeline(lane("a").runs(0).on_core(0), now=30)

    assert cores(run, [worker(run, "a")], VIEW).to_text() == "cores   111"

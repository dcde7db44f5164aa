from __future__ import annotations

from concviz.drawing.axis import Axis, View
from concviz.drawing.gil import gil, signs
from tests.builders import lane, timeline, worker

MS = 1_000_000
VIEW = View(Axis(0, 100 * MS, 10), 8)


def test_the_row_tells_who_held_it_in_the_most_of_each_column() -> None:
    run = timeline(
        lane("MainThread", "process").runs(0).has_gil(50, 3),
        lane("Thread-1 (add)").runs(0).has_gil(10, 1),
        lane("Thread-2 (add)").runs(0).has_gil(33, 2).has_gil(52, 4).frees_gil(70, 4),
        now=100,
    )
    workers = [worker(run, name) for name in ("MainThread", "Thread-1 (add)", "Thread-2 (add)")]

    picture = gil(run, workers, VIEW)

    assert picture.to_text() == "GIL      112222"
    assert ("11", "holder.2") in picture.runs(0)


def test_nothing_is_told_of_the_future() -> None:
    run = timeline(lane("Thread-1").runs(0).has_gil(10, 1), now=45)

    assert gil(run, [worker(run, "Thread-1")], VIEW).to_text() == "GIL      1111"


def test_where_it_was_not_seen_there_is_no_row() -> None:
    run = timeline(lane("Thread-1").runs(0), now=100)

    assert gil(run, [worker(run, "Thread-1")], VIEW).height == 0


def test_several_processes_have_one_each() -> None:
    run = timeline(lane("main", "process").runs(0).has_gil(10), lane("P-1", "process", 2).runs(0).has_gil(20), now=100)
    both = [worker(run, "main"), worker(run, "P-1")]

    assert gil(run, both, View(Axis(0, 100 * MS, 30))).to_text() == "GIL     one each, 2 processes"
    assert gil(run, both[:1], View(Axis(0, 100 * MS, 5))).to_text() == "GIL      mmmm"


def test_a_sign_is_the_number_in_the_name_or_its_first_letter_or_the_next_that_is_free() -> None:
    names = ("MainThread", "Thread-1", "Thread-2", "Thread-12", "mine", "42", "Process-1")
    run = timeline(*(lane(name).runs(0) for name in names))

    assert "".join(signs(run, [worker(run, name) for name in names]).values()) == "m12ti4p"


def test_the_cursor_stands_in_the_row_too() -> None:
    run = timeline(lane("Thread-1").runs(0).has_gil(10), now=45)

    assert gil(run, [worker(run, "Thread-1")], View(Axis(0, 100 * MS, 10), cursor_ns=80 * MS)).to_text() == "GIL      1111   │"

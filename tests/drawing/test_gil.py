from __future__ import annotations

from concviz.drawing.axis import Axis, View
from concviz.drawing.gil import gil, signs
from concviz.events import Kind
from concviz.timeline.states import State
from tests.drawing.runs import looks, run

NAMES = {name: [(0, State.RUNNING)] for name in ("MainThread", "Thread-1 (add)", "Thread-2 (add)")}
VIEW = View(Axis(0, 100, 10), 8)


def test_the_row_tells_who_held_it_in_the_most_of_each_column() -> None:
    seen = looks(
        1,
        (10, Kind.GIL_TAKEN, 2, 1),
        (33, Kind.GIL_TAKEN, 3, 2),
        (50, Kind.GIL_TAKEN, 1, 3),
        (52, Kind.GIL_TAKEN, 3, 4),
        (70, Kind.GIL_FREE, 3, 4),
    )
    picture = gil(run(NAMES, 100, looks=seen), [1, 2, 3], VIEW)

    assert picture.to_text() == "GIL      112222"
    assert ("11", "holder.2") in picture.runs(0)


def test_nothing_is_told_of_the_future() -> None:
    seen = looks(1, (10, Kind.GIL_TAKEN, 2, 1))

    assert gil(run(NAMES, 45, looks=seen), [1, 2, 3], VIEW).to_text() == "GIL      1111"


def test_where_it_was_not_seen_there_is_no_row() -> None:
    assert gil(run(NAMES, 100), [1, 2, 3], VIEW).height == 0


def test_several_processes_have_one_each() -> None:
    seen = looks(1, (10, Kind.GIL_TAKEN, 1, 1))
    looks(2, (20, Kind.GIL_TAKEN, 2, 1), into=seen)

    timeline = run(NAMES, 100, looks=seen, homes={2: 2})

    assert gil(timeline, [1, 2], View(Axis(0, 100, 30))).to_text() == "GIL     one each, 2 processes"
    assert gil(timeline, [1], View(Axis(0, 100, 5))).to_text() == "GIL      mmmm"


def test_a_sign_is_the_number_in_the_name_or_its_first_letter_or_the_next_that_is_free() -> None:
    names = ("MainThread", "Thread-1", "Thread-2", "Thread-12", "mine", "", "Process-1")
    timeline = run({name: [] for name in names}, 1)

    assert "".join(signs(timeline, range(1, 8)).values()) == "m12ti3p"

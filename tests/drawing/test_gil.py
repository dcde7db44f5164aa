from __future__ import annotations

from concviz.drawing.axis import Axis, View
from concviz.drawing.gil import gil, signs
from concviz.events import Table
from tests.builders import entry, lane, ns, timeline, worker

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

    assert gil(run, [worker(run, "Thread-1")], VIEW).to_text() == "GIL 0/s  1111"


def test_where_it_was_not_seen_there_is_no_row() -> None:
    run = timeline(lane("Thread-1").runs(0), now=100)

    assert gil(run, [worker(run, "Thread-1")], VIEW).height == 0


def test_several_processes_have_one_each() -> None:
    run = timeline(lane("main", "process").runs(0).has_gil(10), lane("P-1", "process", 2).runs(0).has_gil(20), now=100)
    both = [worker(run, "main"), worker(run, "P-1")]

    assert gil(run, both, View(Axis(0, 100 * MS, 30))).to_text() == "GIL     one each, 2 processes"
    assert gil(run, both[:1], View(Axis(0, 100 * MS, 5))).to_text() == "GIL 0/s  mmmm"


def test_a_sign_is_the_number_in_the_name_or_its_first_letter_or_the_next_that_is_free() -> None:
    names = ("MainThread", "Thread-1", "Thread-2", "Thread-12", "mine", "42", "Process-1")
    run = timeline(*(lane(name).runs(0) for name in names))

    assert "".join(signs(run, [worker(run, name) for name in names]).values()) == "m12ti4p"


def test_the_cursor_stands_in_the_row_too() -> None:
    run = timeline(lane("Thread-1").runs(0).has_gil(10), now=45)

    assert gil(run, [worker(run, "Thread-1")], View(Axis(0, 100 * MS, 10), cursor_ns=80 * MS)).to_text() == "GIL 0/s  1111   │"


def test_hand_overs_a_second_stand_beside_the_name_where_that_has_room_else_at_the_end() -> None:
    run = timeline(lane("Thread-1").runs(0).has_gil(0, 10).has_gil(60, 29), now=100)
    workers = [worker(run, "Thread-1")]

    assert gil(run, workers, View(Axis(0, 100 * MS, 10), 12)).to_text() == "GIL 190/s   1111111111"
    assert gil(run, workers, View(Axis(0, 100 * MS, 24), 8)).to_text() == "GIL     111111111111111111 190/s"
    assert gil(run, workers, View(Axis(0, 100 * MS, 23), 8)).to_text() == "GIL     " + 23 * "1"


def test_below_it_each_workers_share_of_holding_and_of_waiting() -> None:
    run = timeline(
        lane("main", "process").runs(0).sleeps(1, 99),
        lane("Thread-1").runs(0).has_gil(0, 1).has_gil(80, 3),
        lane("Thread-2").runs(0).has_gil(20, 2).ends(90),
        now=100,
    )
    workers = [worker(run, name) for name in ("main", "Thread-1", "Thread-2")]

    assert gil(run, workers, View(Axis(0, 100 * MS, 30), 12)).to_text().splitlines()[1] == "held/waited m 0/1%  1 40/60%  2 60/30%"
    assert gil(run, workers, View(Axis(0, 20 * MS, 25), 8)).to_text().splitlines()[1] == "share   m 0/5%  1 100/0%  …"


def test_a_process_without_one_says_so() -> None:
    run = timeline(lane("main", "process").runs(0), now=100)
    run.add_names(1, entry(Table.PROCESS, 1, 1001, 1, "3.13.0", "free", "main", "this interpreter runs without the GIL"))

    assert gil(run, [worker(run, "main")], VIEW).to_text() == "GIL     no GIL"


def test_where_it_may_not_be_read_the_row_says_why() -> None:
    run = timeline(lane("main", "process").runs(0), now=100)
    run.add_meta(0, ns(0), {"what": "measure", "no_gil": {"1": "the kernel refused"}})

    assert gil(run, [worker(run, "main")], View(Axis(0, 100 * MS, 50))).to_text() == "GIL     not available here: the kernel refused"

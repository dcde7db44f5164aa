"""Who let whom go on: only what the events bear out."""

from __future__ import annotations

from concviz.events import Kind
from concviz.recordings.exporters.flows import flows
from concviz.timeline.timeline import Timeline
from tests.builders import BASE_NS, lane, timeline

Told = list[tuple[str, float, str, float, str]]


def told(built: Timeline) -> Told:
    """(who, ms, whom, ms, by what)"""
    made = flows(built)
    names = [worker.name for worker in built.workers]
    columns = (made.from_worker, made.from_ns, made.to_worker, made.to_ns, made.kind)
    rows = zip(*(column.tolist() for column in columns), strict=True)
    return [(names[one], (at - BASE_NS) / 1e6, names[other], (to - BASE_NS) / 1e6, Kind(kind).name) for one, at, other, to, kind in rows]


def test_a_lock_goes_from_the_one_that_gave_it_back_to_the_one_that_waited() -> None:
    built = timeline(lane("A").takes("lock", 1).releases("lock", 5), lane("B").waits_for("lock", 2, 6, held_by="A").releases("lock", 7))

    assert told(built) == [("A", 5, "B", 6, "RELEASED")]


def test_a_lock_that_nobody_waited_for_links_nobody() -> None:
    built = timeline(lane("A").takes("lock", 1).releases("lock", 2), lane("B").takes("lock", 3).releases("lock", 4))

    assert told(built) == []


def test_a_lock_given_back_before_the_wait_began_did_not_end_it() -> None:
    built = timeline(lane("A").takes("lock", 1).releases("lock", 2), lane("B").waits_for("lock", 3, 4))

    assert told(built) == []


def test_a_wait_that_was_given_up_counts_no_more() -> None:
    waiter = lane("B").does(Kind.REQUESTED, 2, "lock").does(Kind.REFUSED, 3, "lock").takes("lock", 6)

    assert told(timeline(lane("A").takes("lock", 1).releases("lock", 5), waiter)) == []


def test_of_two_locks_each_goes_its_own_way() -> None:
    giver = lane("A").takes("one", 1).takes("two", 1.5).releases("two", 5).releases("one", 6)

    built = timeline(giver, lane("B").waits_for("one", 2, 7), lane("C").waits_for("two", 3, 8))

    assert told(built) == [("A", 6, "B", 7, "RELEASED"), ("A", 5, "C", 8, "RELEASED")]


def test_an_item_goes_to_the_one_that_waited_for_it_and_room_back() -> None:
    built = timeline(lane("A").puts("q", 3, 1).puts("q", 9, 1, since_ms=6), lane("B").gets("q", 4, 0, since_ms=1).gets("q", 8, 0))

    assert told(built) == [("A", 3, "B", 4, "PUT"), ("B", 8, "A", 9, "GOT")]


def test_who_woke_somebody_is_the_one_that_is_named() -> None:
    setters = lane("A").signals("event", 3), lane("C").signals("event", 4)

    built = timeline(*setters, lane("B").waits_at("event", 1, 5, woken_by="A"), lane("D").waits_at("event", 1, 6))

    assert told(built) == [("A", 3, "B", 5, "NOTIFIED")]


def test_a_worker_begins_because_of_its_maker_and_its_end_lets_the_joiner_go_on() -> None:
    built = timeline(lane("main", "process").runs(0).spawns("T", 1).joins("T", 2, 6), lane("T").runs(1.5).ends(5))

    assert told(built) == [("main", 1, "T", 1.5, "SPAWNED"), ("T", 5, "main", 6, "ENDED")]


def test_a_task_goes_on_once_for_each_time_it_was_made_ready() -> None:
    task = lane("task", "task").ready(1, by="main").resumes(2, on="main").resumes(3, on="main").ready(5, by="other").resumes(6, on="main")

    assert told(timeline(lane("main", "process").runs(0), lane("other", "task").runs(0), task)) == [
        ("main", 1, "task", 2, "READY"),
        ("other", 5, "task", 6, "READY"),
    ]


def test_nothing_happened_and_nobody_is_linked() -> None:
    assert told(Timeline()) == []

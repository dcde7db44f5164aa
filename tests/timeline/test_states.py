"""The table of states, as lanes show it: which event makes what of a worker."""

from __future__ import annotations

import pytest

from concviz.events import Kind
from concviz.timeline.states import KEEP, LOOKUP, State
from tests.builders import lane, ns, resource, spans, timeline, worker


def test_every_state_has_a_word_of_its_own() -> None:
    words = [state.word for state in State]

    assert len(set(words)) == len(State)


@pytest.mark.parametrize(
    ("kind", "state"),
    [
        ("Lock", "lock"),
        ("RLock", "lock"),
        ("Condition", "lock"),
        ("Semaphore", "sync"),
        ("BoundedSemaphore", "sync"),
    ],
)
def test_what_is_requested_tells_how_one_waits_for_it(kind: str, state: str) -> None:
    built = timeline(resource("it", kind), lane("A").runs(0).waits_for("it", 2, 6).ends(9))

    assert spans(built, "A")[:3] == [("running", 0, 2), (state, 2, 6), ("running", 6, 9)]


@pytest.mark.parametrize(
    ("kind", "state"),
    [("Event", "event"), ("Condition", "sync"), ("Barrier", "sync"), ("Future", "await"), ("Pipe", "queue")],
)
def test_what_is_waited_on_tells_how_one_waits(kind: str, state: str) -> None:
    built = timeline(resource("it", kind), lane("A").runs(0).waits_at("it", 2, 6).ends(9))

    assert spans(built, "A")[:3] == [("running", 0, 2), (state, 2, 6), ("running", 6, 9)]


@pytest.mark.parametrize(
    ("begin", "end", "state"),
    [
        (Kind.JOIN, Kind.JOINED, "child"),
        (Kind.REQUESTED, Kind.REFUSED, "lock"),
        (Kind.WAIT, Kind.TIMED_OUT, "event"),
        (Kind.PUT_WAIT, Kind.PUT, "queue"),
        (Kind.GET_WAIT, Kind.GOT, "queue"),
        (Kind.GET_WAIT, Kind.QUEUE_REFUSED, "queue"),
        (Kind.SLEEP, Kind.SLEPT, "sleeping"),
        (Kind.IO_WAIT, Kind.IO_DONE, "io"),
    ],
)
def test_a_wait_lasts_from_its_first_event_to_its_last(begin: Kind, end: Kind, state: str) -> None:
    built = timeline(lane("A").runs(0).does(begin, 2).does(end, 6).ends(9))

    assert spans(built, "A")[:3] == [("running", 0, 2), (state, 2, 6), ("running", 6, 9)]


def test_of_nested_waits_the_last_counts() -> None:
    built = timeline(lane("A").runs(0).waits_at("outer", 2).waits_for("inner", 4, 6).ends(9))

    assert spans(built, "A")[:4] == [("running", 0, 2), ("event", 2, 4), ("lock", 4, 6), ("running", 6, 9)]


def test_what_only_reports_changes_no_state() -> None:
    reports = (Kind.RELEASED, Kind.NOTIFIED, Kind.CLEARED, Kind.TASK_DONE, Kind.SUBMITTED, Kind.LINE, Kind.MARK, Kind.OUTPUT, Kind.SPAWNED)

    assert {int(LOOKUP[kind, 0]) for kind in reports} == {KEEP}


def test_a_worker_that_was_spawned_is_ready_until_its_first_word() -> None:
    built = timeline(lane("main").runs(0).spawns("A", 1).ends(9), lane("A").runs(3).ends(5))

    assert spans(built, "A") == [("ready", 1, 3), ("running", 3, 5), ("done", 5, 9)]


def test_a_spawn_that_is_told_after_the_childs_first_word_says_nothing_new() -> None:
    built = timeline(lane("main").runs(0).spawns("A", 4).ends(9), lane("A").runs(3).ends(5))

    assert spans(built, "A") == [("running", 3, 5), ("done", 5, 9)]


def test_a_failure_stays_one_also_when_the_end_follows() -> None:
    built = timeline(lane("A").runs(0).fails(3).ends(5), now=9)

    assert spans(built, "A") == [("running", 0, 3), ("failed", 3, 9)]


def test_a_failed_worker_that_still_waits_fails_again_at_its_end() -> None:
    built = timeline(lane("A").runs(0).fails(3).joins("B", 4, 6).ends(8), lane("B").runs(0).ends(6), now=9)

    assert spans(built, "A")[-1] == ("failed", 8, 9)


def test_a_kind_of_the_future_changes_nothing() -> None:
    built = timeline(lane("A").runs(0).does(4000, 2).does(95, 3), now=5)

    assert spans(built, "A") == [("running", 0, 5)]


def test_a_worker_before_its_first_event_and_after_its_end() -> None:
    built = timeline(lane("A").runs(2).ends(5), now=9)
    shown = built.lane(worker(built, "A"))

    assert [shown.at(ns(ms)).state for ms in (1, 3, 7)] == [State.NONE, State.RUNNING, State.DONE]


# Tasks


def test_a_task_waits_between_its_steps_for_what_it_began_to_wait_for() -> None:
    task = lane("T", "task").ready(0, "main").resumes(1, "main").does(Kind.GET_WAIT, 2, "q").does(Kind.SUSPENDED, 3)
    built = timeline(resource("q", "Queue"), lane("main").runs(0), task.ready(7, "main").resumes(8, "main").gets("q", 9, 0).ends(10))

    assert spans(built, "T") == [("ready", 0, 1), ("running", 1, 2), ("queue", 2, 7), ("ready", 7, 8), ("running", 8, 10), ("done", 10, 10)]


def test_a_wait_lasts_over_steps_that_do_not_end_it() -> None:
    task = lane("T", "task").resumes(0, "main").does(Kind.GET_WAIT, 1, "q").does(Kind.SUSPENDED, 2)
    task.ready(4, "main").step(5, 6, "main").ready(8, "main").resumes(9, "main").gets("q", 10, 0).does(Kind.SUSPENDED, 11)
    built = timeline(resource("q", "Queue"), lane("main").runs(0), task, now=12)

    states = [state for state, _, _ in spans(built, "T")]
    assert states == ["running", "queue", "ready", "running", "queue", "ready", "running", "await"]
    assert built.resources[built.lane(worker(built, "T")).at(ns(7)).resource].name == "q"


def test_a_task_that_awaits_nothing_known_awaits() -> None:
    built = timeline(lane("main").runs(0), lane("T", "task").ready(0, "main").step(1, 3, "main").ready(6, "main"), now=8)

    assert spans(built, "T") == [("ready", 0, 1), ("running", 1, 3), ("await", 3, 6), ("ready", 6, 8)]


def test_a_task_tells_whom_it_awaits() -> None:
    task = lane("T", "task").resumes(1, "main").does(Kind.AWAIT, 2, arg="U").does(Kind.SUSPENDED, 3)
    built = timeline(lane("main").runs(0), lane("U", "task").ready(0, "main"), task, now=8)

    assert spans(built, "T") == [("running", 1, 3), ("await", 3, 8)]
    assert built.lane(worker(built, "T")).at(ns(4)).arg == worker(built, "U")


def test_an_await_that_need_not_wait_leaves_the_task_running() -> None:
    task = lane("T", "task").resumes(1, "main").does(Kind.AWAIT, 2, arg="U").marks(4).ends(6)
    built = timeline(lane("main").runs(0), lane("U", "task").ready(0, "main"), task)

    assert spans(built, "T") == [("running", 1, 6), ("done", 6, 6)]


def test_a_task_that_gives_way_is_ready_at_the_end_of_its_step() -> None:
    """As `sleep(0)` does: it is put on the ready list before its step ends."""
    task = lane("T", "task").resumes(1, "main").ready(2, "T").does(Kind.SUSPENDED, 3).resumes(5, "main")
    built = timeline(lane("main").runs(0), task, now=6)

    assert spans(built, "T") == [("running", 1, 3), ("ready", 3, 5), ("running", 5, 6)]


def test_the_next_step_has_forgotten_how_the_last_one_ended() -> None:
    task = lane("T", "task").resumes(1, "main").ready(2, "T").does(Kind.SUSPENDED, 3).step(5, 6, "main")
    built = timeline(lane("main").runs(0), task, now=8)

    assert spans(built, "T")[-1] == ("await", 6, 8)


def test_a_blocking_sleep_inside_a_step_shows_as_one() -> None:
    task = lane("T", "task").resumes(1, "main").sleeps(2, 5).does(Kind.SUSPENDED, 6)
    built = timeline(lane("main").runs(0), task, now=7)

    assert spans(built, "T") == [("running", 1, 2), ("sleeping", 2, 5), ("running", 5, 6), ("await", 6, 7)]


def test_the_end_of_a_wait_that_comes_between_steps_does_not_make_a_task_run() -> None:
    task = lane("T", "task").resumes(1, "main").does(Kind.SLEEP, 2).does(Kind.SUSPENDED, 3).does(Kind.SLEPT, 5).ready(6, "main")
    built = timeline(lane("main").runs(0), task, now=7)

    assert spans(built, "T") == [("running", 1, 2), ("sleeping", 2, 6), ("ready", 6, 7)]


def test_a_cancelled_task_is_done() -> None:
    built = timeline(lane("main").runs(0), lane("T", "task").resumes(1, "main").does(Kind.CANCELLED, 2), now=3)

    assert spans(built, "T") == [("running", 1, 2), ("done", 2, 3)]


def test_a_thread_that_runs_a_step_runs() -> None:
    main = lane("main").runs(0).does(Kind.IO_WAIT, 1)
    built = timeline(main, lane("T", "task").step(4, 5, "main"), now=6)

    assert spans(built, "main") == [("running", 0, 1), ("io", 1, 4), ("running", 4, 6)]

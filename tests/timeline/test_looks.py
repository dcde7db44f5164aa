"""Looks from outside over what the events say: the GIL, the cores."""

from __future__ import annotations

from concviz.events import Kind
from concviz.timeline.looks import PATIENCE_EACH_NS, PATIENCE_NS
from tests.builders import lane, ns, record, spans, timeline, worker


def test_without_looks_the_events_stand() -> None:
    built = timeline(lane("A").runs(0), lane("B").runs(0), now=9)

    assert spans(built, "A") == spans(built, "B") == [("running", 0, 9)]


def test_a_running_thread_waits_for_the_gil_while_another_holds_it() -> None:
    built = timeline(lane("A").runs(0).has_gil(1).has_gil(6), lane("B").runs(0).has_gil(3), now=9)

    assert spans(built, "A") == [("running", 0, 3), ("gil", 3, 6), ("running", 6, 9)]
    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 3), ("running", 3, 6), ("gil", 6, 9)]
    assert built.lane(worker(built, "A")).at(ns(4)).arg == worker(built, "B")


def test_nobody_waits_for_a_gil_that_nobody_holds() -> None:
    built = timeline(lane("A").runs(0).has_gil(1).frees_gil(4), lane("B").runs(0), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 4), ("running", 4, 9)]


def test_a_thread_that_waits_for_something_else_does_not_wait_for_the_gil() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0).sleeps(2, 5), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 2), ("sleeping", 2, 5), ("running", 5, 9)]


def test_a_threads_own_event_proves_that_it_ran_just_then() -> None:
    built = timeline(lane("A").runs(0).has_gil(1).has_gil(6), lane("B").runs(0).marks(4), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 4), ("running", 4, 6), ("gil", 6, 9)]


def test_the_gil_of_another_process_holds_nobody_up() -> None:
    built = timeline(lane("main", "process").runs(0).has_gil(1), lane("child", "process", process=2).runs(0), now=9)

    assert spans(built, "child") == [("running", 0, 9)]


def test_a_holder_that_is_not_known_holds_nobody_up() -> None:
    built = timeline(lane("A").runs(0), now=9)
    built.add_events(1, record(3, Kind.GIL_TAKEN, worker=0))
    built.settle(ns(9))

    assert spans(built, "A") == [("running", 0, 9)]


def test_a_thread_that_held_it_before_waits_for_a_holder_that_is_not_known_yet() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0), now=9)
    built.add_events(1, record(3, Kind.GIL_TAKEN, worker=0))
    built.settle(ns(9))

    assert spans(built, "A") == [("running", 0, 3), ("gil", 3, 9)]
    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 3), ("running", 3, 9)]


def test_a_line_proves_that_its_thread_ran() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0).at_line(3, 4), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 4), ("running", 4, 9)]


def test_a_task_does_not_wait_for_the_gil() -> None:
    built = timeline(lane("main").runs(0), lane("T", "task").resumes(1, "main"), lane("B").runs(0).has_gil(2), now=9)

    assert spans(built, "T") == [("running", 1, 9)]
    assert spans(built, "main") == [("running", 0, 2), ("gil", 2, 9)]


def test_a_thread_without_a_core_is_ready() -> None:
    built = timeline(lane("A").runs(0).on_core(1).wants_core(10).on_core(14), now=18)

    assert spans(built, "A") == [("running", 0, 10), ("ready", 10, 14), ("running", 14, 18)]


def test_a_look_at_a_time_that_an_event_lies_in_does_not_say_that_it_had_no_core() -> None:
    built = timeline(lane("A").runs(0).sleeps(3, 9).wants_core(8), now=12)

    assert spans(built, "A") == [("running", 0, 3), ("sleeping", 3, 9), ("running", 9, 12)]


def test_a_thread_blocked_in_the_kernel_does_not_run() -> None:
    built = timeline(lane("A").runs(0).on_core(1).blocked(5).on_core(9), now=12)

    assert spans(built, "A") == [("running", 0, 5), ("io", 5, 9), ("running", 9, 12)]


def test_a_thread_blocked_on_a_futex_waits_for_the_gil_if_another_has_it() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0).blocked(3, futex=1), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 9)]


def test_a_seat_seen_before_a_wait_says_nothing_after_it() -> None:
    built = timeline(lane("A").runs(0).blocked(2).sleeps(3, 6), now=8)

    assert spans(built, "A") == [("running", 0, 2), ("io", 2, 3), ("sleeping", 3, 6), ("running", 6, 8)]


def test_a_seat_that_stays_unchanged_long_after_an_event_holds_again() -> None:
    alone = (PATIENCE_NS + PATIENCE_EACH_NS) / 1e6
    built = timeline(lane("A").runs(0).blocked(2).marks(4), now=40)

    assert spans(built, "A") == [("running", 0, 2), ("io", 2, 4), ("running", 4, 4 + alone), ("io", 4 + alone, 40)]


def test_it_holds_again_when_time_goes_by_without_any_event() -> None:
    alone = (PATIENCE_NS + PATIENCE_EACH_NS) / 1e6
    built = timeline(lane("A").runs(0).blocked(2).marks(4), now=10)
    before = spans(built, "A")
    built.settle(ns(40))

    assert before[-1] == ("running", 4, 10)
    assert spans(built, "A")[-2:] == [("running", 4, 4 + alone), ("io", 4 + alone, 40)]


def test_a_thread_seen_to_compute_without_the_gil_runs_whoever_holds_it() -> None:
    built = timeline(lane("A").runs(0).has_gil(5), lane("B").runs(0).on_core(1).computes_without_gil(8).on_core(12), now=20)

    assert spans(built, "B") == [("running", 0, 5), ("gil", 5, 8), ("running", 8, 12), ("gil", 12, 20)]


def test_a_thread_on_a_core_while_another_holds_the_gil_waits_for_it() -> None:
    built = timeline(lane("A").runs(0).has_gil(5), lane("B").runs(0).on_core(1), now=60)

    assert spans(built, "B") == [("running", 0, 5), ("gil", 5, 60)]


def test_a_thread_blocked_where_those_who_want_the_gil_wait_does_so_even_while_nobody_is_seen_to_hold_it() -> None:
    built = timeline(lane("A").runs(0).has_gil(1).frees_gil(6), lane("B").runs(0).blocked(3, futex=2), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 9)]


def test_a_thread_blocked_on_another_futex_waits_for_something_that_is_no_gil() -> None:
    built = timeline(lane("A").runs(0).has_gil(1), lane("B").runs(0).blocked(3, futex=3).on_core(7), now=9)

    assert spans(built, "B") == [("running", 0, 1), ("gil", 1, 3), ("sync", 3, 7), ("gil", 7, 9)]


def test_late_looks_change_what_they_lie_over() -> None:
    built = timeline(lane("A").runs(0).has_gil(8), lane("B").runs(0), now=12)
    before = spans(built, "B")
    late = timeline(lane("A").runs(0).has_gil(2).frees_gil(5).has_gil(8), lane("B").runs(0), now=12)

    assert before == [("running", 0, 8), ("gil", 8, 12)]
    assert spans(late, "B") == [("running", 0, 2), ("gil", 2, 5), ("running", 5, 8), ("gil", 8, 12)]


def test_looks_are_kept_apart_from_events() -> None:
    built = timeline(lane("A").runs(0).has_gil(1, switch=7).on_core(2), now=5)

    assert built.events.kind.tolist() == [Kind.STARTED]
    assert built.looks.columns["kind"].tolist() == [Kind.GIL_TAKEN, Kind.ON_CPU]
    assert built.looks.holders(1)["switches"].tolist() == [7]


def test_the_holder_of_the_gil_at_a_time() -> None:
    built = timeline(lane("A").runs(0).has_gil(1).frees_gil(4), now=9)

    assert [built.gil_holder(1, ns(ms)) for ms in (0, 2, 5)] == [0, worker(built, "A"), 0]

"""Lanes asked for columns, against the same sums made span by span."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from concviz.events import Kind
from concviz.timeline.spans import PREFERENCE
from concviz.timeline.states import ALIVE_FLAGS, State
from tests.builders import BASE_NS, lane, ns, spans, timeline, worker
from tests.timeline.scenes import named, random_records

if TYPE_CHECKING:
    from concviz.timeline.spans import Lane


def edges(*ms: float) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
    return np.array([ns(each) for each in ms])


def slow_spent(shown: Lane, at: int, from_ns: int, to_ns: int) -> int:
    """The ns in one state between two times, span by span."""
    return sum(
        max(0, min(span.to_ns, to_ns, shown.end_ns) - max(span.from_ns, from_ns)) for span in shown.between(0, 1 << 62) if span.state == at
    )


@pytest.mark.parametrize("seed", range(8))
def test_columns_are_filled_as_the_spans_say(seed: int) -> None:
    records = random_records(seed)
    built = named()
    for part in np.array_split(records, 5):
        built.add_events(1, part.tobytes())
        built.settle(int(part["time"][-1]))
    random = np.random.default_rng(seed)
    cuts = np.sort(random.integers(records["time"][0] - 5_000_000, records["time"][-1] + 5_000_000, 40))

    for each in built.workers[1:]:
        shown = built.lane(each.index)
        spent = shown.spent(cuts)
        dominant = shown.dominant(cuts)
        for column in range(len(cuts) - 1):
            expected = [slow_spent(shown, state, int(cuts[column]), int(cuts[column + 1])) if ALIVE_FLAGS[state] else 0 for state in State]
            assert spent[:, column].tolist() == expected
            if any(expected):
                assert dominant[column] == max(PREFERENCE.tolist(), key=lambda state: expected[state])
            else:
                assert dominant[column] == shown.at(int(cuts[column])).state


@pytest.mark.parametrize("seed", range(4))
def test_what_was_asked_while_it_grew_is_as_if_asked_at_the_end(seed: int) -> None:
    records = random_records(seed)
    cuts = np.linspace(records["time"][0], records["time"][-1], 50).astype(np.int64)
    followed, whole = named(), named()
    for part in np.array_split(records, 8):
        for built in (followed, whole):
            built.add_events(1, part.tobytes())
            built.settle(int(records["time"][-1]))
        for each in followed.workers[1:]:
            followed.lane(each.index).spent(cuts)

    for each in whole.workers[1:]:
        assert (followed.lane(each.index).spent(cuts) == whole.lane(each.index).spent(cuts)).all()
        assert (followed.lane(each.index).happened(cuts) == whole.lane(each.index).happened(cuts)).all()


def test_of_two_that_fill_a_column_equally_the_wait_is_shown() -> None:
    built = timeline(lane("A").runs(0).waits_for("lock", 5, 10), now=10)

    assert built.lane(worker(built, "A")).dominant(edges(0, 10)).tolist() == [State.LOCK]


def test_a_short_life_is_seen_in_a_long_column() -> None:
    built = timeline(lane("A").runs(5).ends(5.002), now=10)

    assert built.lane(worker(built, "A")).dominant(edges(0, 10)).tolist() == [State.RUNNING]


def test_columns_before_and_after_a_life_and_in_the_future() -> None:
    built = timeline(lane("A").runs(2).ends(4), lane("B").runs(0), now=6)

    shown = built.lane(worker(built, "A")).dominant(edges(0, 1, 2, 3, 5, 6))
    assert shown.tolist() == [State.NONE, State.NONE, State.RUNNING, State.RUNNING, State.DONE]
    assert built.lane(worker(built, "B")).dominant(edges(4, 6, 8)).tolist() == [State.RUNNING, State.NONE]


def test_columns_finer_than_a_nanosecond_show_what_stands_there() -> None:
    built = timeline(lane("A").runs(0).sleeps(2, 4), now=6)
    at = np.array([ns(3)] * 4)

    assert built.lane(worker(built, "A")).dominant(at).tolist() == [State.SLEEPING] * 3


def test_a_worker_that_was_killed_is_done_when_the_run_ended() -> None:
    built = timeline(lane("A").runs(0).waits_for("lock", 2), ended=7, code=0, signal=9)
    shown = built.lane(worker(built, "A"))

    assert spans(built, "A") == [("running", 0, 2), ("lock", 2, 7)]
    assert (shown.stop_ns, shown.at(ns(8)).state) == (ns(7), State.DONE)
    assert shown.dominant(edges(6, 7, 9)).tolist() == [State.LOCK, State.DONE]


def test_a_worker_of_a_running_program_has_no_end() -> None:
    built = timeline(lane("A").runs(0), now=5)
    shown = built.lane(worker(built, "A"))

    assert (shown.start_ns, shown.stop_ns, shown.at(ns(6)).state) == (ns(0), None, State.NONE)


def test_a_daemon_thread_ends_with_its_process() -> None:
    built = timeline(lane("main", "process").runs(0).ends(6), lane("A").runs(1), ended=8)

    assert spans(built, "A") == [("running", 1, 6)]


def test_a_process_that_vanished_takes_its_threads_along() -> None:
    built = timeline(lane("main", "process").runs(0), lane("child", "process", process=2).runs(1), now=9)
    built.add_meta(2, ns(4), {"what": "gone"})
    built.settle(ns(9))

    assert spans(built, "child") == [("running", 1, 4)]
    assert spans(built, "main") == [("running", 0, 9)]


def test_events_are_counted_in_the_column_they_lie_in() -> None:
    built = timeline(lane("A").runs(0).marks(2).marks(3).at_line(7, 3.5).ends(5), now=6)

    assert built.lane(worker(built, "A")).happened(edges(0, 2, 3, 6)).tolist() == [1, 1, 2]


def test_looks_from_outside_are_no_events_of_the_worker() -> None:
    built = timeline(lane("A").runs(0).has_gil(1).on_core(2).does(Kind.SWEPT, 3, line=5), now=6)

    assert built.lane(worker(built, "A")).happened(edges(0, 6)).tolist() == [1]


def test_totals_are_the_sum_of_a_life() -> None:
    built = timeline(lane("A").runs(0).sleeps(2, 5).waits_for("lock", 6, 8).ends(9), now=12)

    assert built.lane(worker(built, "A")).totals() == {State.RUNNING: 4_000_000, State.SLEEPING: 3_000_000, State.LOCK: 2_000_000}


def test_spans_between_two_times_are_whole() -> None:
    built = timeline(lane("A").runs(0).sleeps(2, 5).ends(9), now=12)
    shown = built.lane(worker(built, "A"))

    assert [(span.from_ns - BASE_NS, span.to_ns - BASE_NS) for span in shown.between(ns(3), ns(6))] == [
        (2_000_000, 5_000_000),
        (5_000_000, 9_000_000),
    ]
    assert shown.between(ns(5), ns(5)) == []


def test_a_worker_that_never_spoke_has_an_empty_lane() -> None:
    built = named()
    built.settle(ns(4))
    shown = built.lane(1)

    assert (shown.start_ns, shown.at(ns(1)).state, shown.totals()) == (None, State.NONE, {})
    assert shown.dominant(edges(0, 1, 2)).tolist() == [State.NONE, State.NONE]

"""A run's bounds, its events one by one, and what is told about it as a whole."""

from __future__ import annotations

import pytest

from concviz.events import Kind
from concviz.timeline.measure import Measure
from concviz.timeline.timeline import Timeline
from tests.builders import FILE, lane, ns, record, timeline, worker


def test_an_empty_timeline_answers_everything() -> None:
    empty = Timeline()
    empty.settle()

    assert (empty.zero_ns, empty.end_ns, empty.finished, len(empty.events), empty.output) == (0, 0, False, 0, [])
    assert (empty.figures().events, empty.next_event(0), empty.source(FILE)) == (0, None, None)


def test_zero_is_go_and_before_it_the_first_event() -> None:
    built = Timeline()
    built.add_events(1, record(3, Kind.STARTED))
    built.settle(ns(4))
    before = built.zero_ns
    built.add_meta(0, ns(5), {"what": "go"})

    assert (before, built.zero_ns) == (ns(3), ns(5))


def test_the_end_of_a_running_program_is_now() -> None:
    built = timeline(lane("A").runs(0), now=9)

    assert (built.end_ns, built.finished) == (ns(9), False)


def test_the_end_of_an_ended_program_is_its_end_or_a_childs_last_event() -> None:
    built = timeline(lane("A").runs(0), ended=4)
    built.settle(ns(90))
    before = built.end_ns
    built.add_events(2, record(6, Kind.STARTED))
    built.settle(ns(90))

    assert (before, built.end_ns, built.finished) == (ns(4), ns(6), True)


def test_events_are_stepped_through_one_by_one() -> None:
    built = timeline(lane("A").runs(1).marks(5), lane("B").runs(3), now=9)

    forward = [built.next_event(ns(ms)) for ms in (0, 1, 4, 5)]
    back = [built.next_event(ns(ms), step=-1) for ms in (1, 2, 5, 9)]
    assert (forward, back) == ([0, 1, 2, None], [None, 0, 1, 2])


def test_a_workers_events_are_stepped_through_alone() -> None:
    built = timeline(lane("A").runs(1).marks(5), lane("B").runs(3), now=9)
    a, b = worker(built, "A"), worker(built, "B")

    assert [built.next_event(ns(ms), a) for ms in (0, 1, 5)] == [0, 2, None]
    assert [built.next_event(ns(ms), b, step=-1) for ms in (3, 9)] == [None, 1]
    assert built.events_of(a).tolist() == [0, 2]


def test_several_steps_can_be_made_at_once() -> None:
    built = timeline(lane("A").runs(1).marks(2).marks(3).marks(4), now=9)

    assert (built.next_event(ns(1), step=2), built.next_event(ns(4), step=-3), built.next_event(ns(3), step=2)) == (2, 0, None)


def test_an_event_tells_what_it_was() -> None:
    built = timeline(lane("A").runs(1).takes("lock", 2, line=7), now=9)
    event = built.event(1)

    assert (event.time_ns, event.kind, built.workers[event.worker].name, built.resources[event.resource].name, event.arg) == (
        ns(2),
        Kind.ACQUIRED,
        "A",
        "lock",
        1,
    )
    assert (built.sites[event.site].file, built.sites[event.site].line) == (FILE, 7)


def test_beyond_the_last_event_is_an_error() -> None:
    with pytest.raises(IndexError):
        timeline(lane("A").runs(1)).event(1)


def test_the_line_of_a_worker_is_the_last_that_was_told_or_seen() -> None:
    built = timeline(lane("A").runs(1).takes("lock", 2, line=7).marks(3).at_line(9, 4).does(Kind.SWEPT, 6, line=12), now=9)
    a = worker(built, "A")

    lines = [built.sites[built.site_at(a, ns(ms))].line for ms in (1.5, 3, 5, 7)]
    assert lines == [0, 7, 9, 12]


def test_the_line_is_found_however_long_ago_it_was_told() -> None:
    busy = lane("A").runs(0).at_line(7, 0.5)
    for at in range(600):
        busy.marks(1 + at / 100)
    built = timeline(busy, now=9)

    assert built.sites[built.site_at(worker(built, "A"), ns(8))].line == 7


def test_figures_add_up_what_a_run_came_to() -> None:
    built = timeline(lane("A").runs(0).marks(1), lane("feeder", flags="daemon,internal").runs(2).has_gil(3), ended=8, cpu_seconds=0.25)
    built.add_meta(1, ns(9), {"what": "lost", "records": 3, "names": 1})
    built.add_meta(1, ns(9), {"what": "lost", "records": 5, "names": 1})
    built.add_meta(2, ns(9), {"what": "lost", "records": 2, "names": 0})
    figures = built.figures()

    assert (figures.workers, figures.events, figures.wall_ns, figures.cpu_s) == (1, 3, 8_000_000, 0.25)
    assert (figures.dropped, figures.names_lost) == (7, 1)


def test_cpu_seconds_that_were_not_measured_are_none_and_then_the_last_sample() -> None:
    built = timeline(lane("A").runs(0), now=4)
    before = built.figures().cpu_s
    built.add_meta(0, ns(5), {"what": "cpu", "seconds": 0.5})

    assert (before, built.figures().cpu_s) == (None, 0.5)


def test_what_is_told_of_a_run_is_kept() -> None:
    built = Timeline()
    words: list[dict[str, object]] = [
        {"what": "launch", "script": "a.py"},
        {"what": "ready", "pid": 5, "pgid": 5},
        {"what": "go"},
        {"what": "silent", "limit_bytes": 64},
        {"what": "measure", "budget": 0.05, "hand_overs": {"1": 7}},
        {"what": "failure", "words": "no"},
        {"what": "exit", "code": 3, "signal": 0},
        {"what": "a word of the future"},
        {"what": "close"},
    ]
    for at, fields in enumerate(words):
        built.add_meta(0, ns(at), fields)
    meta = built.meta

    assert (meta.launch["script"], meta.ready, meta.go_ns) == ("a.py", {"pid": 5, "pgid": 5}, ns(2))
    assert (meta.silent_bytes, meta.measure, meta.failure) == (64, Measure(budget=0.05, hand_overs={1: 7}), "no")
    assert meta.exit is not None
    assert (meta.exit["code"], meta.exit_ns, meta.closed) == (3, ns(6), True)


def test_a_process_is_gone_when_that_was_first_seen() -> None:
    built = Timeline()
    built.add_meta(2, ns(3), {"what": "gone"})
    built.add_meta(2, ns(5), {"what": "gone"})

    assert built.meta.gone == {2: ns(3)}


def test_a_source_is_found_by_its_path() -> None:
    built = Timeline()
    built.add_source(FILE, "print()\n")

    assert (built.source(FILE), built.source("other.py")) == ("print()\n", None)


def test_a_lane_is_the_same_object_each_time() -> None:
    built = timeline(lane("A").runs(0), now=4)

    assert built.lane(1) is built.lane(1)


def test_a_worker_that_is_not_there_is_an_error() -> None:
    with pytest.raises(IndexError):
        timeline(lane("A").runs(0)).lane(9)

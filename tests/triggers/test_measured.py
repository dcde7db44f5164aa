"""What fires a trigger is what the lanes show, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from concviz.events import Kind
from concviz.triggers.language import parsed
from concviz.triggers.measured import fired
from tests.builders import lane, ns, resource, timeline

if TYPE_CHECKING:
    from concviz.timeline.timeline import Timeline
    from concviz.triggers.measured import Fired


def fires(built: Timeline, text: str, since: float = 0) -> list[tuple[float, str]]:
    """(ms, words) of each time."""
    return [((one.at_ns - ns(0)) / 1e6, one.words) for one in found(built, text, since)]


def found(built: Timeline, text: str, since: float = 0) -> list[Fired]:
    return list(fired(built, parsed(text), ns(since)))


def waits() -> Timeline:
    return timeline(
        lane("A")
        .runs(0)
        .takes("lock", 1)
        .releases("lock", 80)
        .takes("lock", 100)
        .releases("lock", 120)
        .gets("queue", 190, 0, since_ms=130),
        lane("B").runs(0).waits_for("lock", 20, 81, held_by="A").releases("lock", 90).waits_for("lock", 101, 121, held_by="A"),
        lane("C").runs(0).waits_at("event", 5, 65).does_io(70, 140),
        resource("queue", "Queue", 3),
        resource("event", "Event"),
        ended=200,
    )


def test_a_wait_that_is_longer_fires_where_it_has_lasted_so_long_and_a_shorter_one_does_not() -> None:
    assert fires(waits(), "lock wait > 50ms") == [(70, "lock wait of 61 ms: B, for lock")]
    assert fires(waits(), "lock wait > 61ms") == []
    assert [at for at, _ in fires(waits(), "lock wait > 10ms")] == [30, 111]


def test_each_kind_of_wait_is_its_own() -> None:
    assert fires(waits(), "queue wait > 50ms") == [(180, "queue wait of 60 ms: A, for queue")]
    assert fires(waits(), "event wait > 50ms") == [(55, "event wait of 60 ms: C, for event")]
    assert [at for at, _ in fires(waits(), "io wait > 50ms")] == [120]


def test_what_was_over_before_the_last_look_does_not_fire_again() -> None:
    assert fires(waits(), "lock wait > 50ms", since=82) == []


def test_a_wait_that_goes_on_fires_as_soon_as_it_is_long_enough() -> None:
    holder = lane("A").runs(0).takes("lock", 1)
    waiting = lane("B").runs(0).waits_for("lock", 20, held_by="A")

    assert fires(timeline(holder, waiting, now=69), "lock wait > 50ms") == []
    assert fires(timeline(holder, waiting, now=75), "lock wait > 50ms", since=74) == [(70, "lock wait of 55 ms: B, for lock")]


def test_a_wait_of_whoever_has_ended_does_not_go_on() -> None:
    built = timeline(lane("A").runs(0).takes("lock", 1), lane("B").runs(0).waits_for("lock", 20, held_by="A"), ended=40)

    assert fires(built, "lock wait > 50ms") == []


def test_the_wait_for_the_gil_is_as_it_was_seen() -> None:
    built = timeline(lane("A").runs(0).has_gil(0).has_gil(60), lane("B").runs(0).has_gil(40), ended=100)

    assert fires(built, "gil wait > 25ms") == [(25, "gil wait of 40 ms: B"), (85, "gil wait of 40 ms: B")]


def tasks() -> Timeline:
    sleeper = lane("sleeper", kind="task").resumes(0.2, "loop").does(Kind.SLEEP, 0.3, arg=10_000_000).does(Kind.SUSPENDED, 0.4)
    return timeline(
        lane("loop").runs(0),
        lane("slow", kind="task").ready(1, "loop").step(2, 82, "loop"),
        lane("late", kind="task").ready(3, "slow").step(83, 84, "loop"),
        sleeper.ready(85, "loop").step(86, 87, "loop"),
        ended=100,
    )


def test_a_step_that_holds_the_loop_fires() -> None:
    assert fires(tasks(), "task step > 50ms") == [(52, "task step of 80 ms: slow")]


def test_lag_is_from_when_a_task_was_ready_or_its_sleep_was_over() -> None:
    assert sorted(fires(tasks(), "loop lag > 50ms")) == [
        (53, "loop lag of 80 ms: late"),
        (60.3, "loop lag of 76 ms: sleeper"),
    ]


def test_a_step_that_goes_on_fires() -> None:
    built = timeline(lane("loop").runs(0), lane("slow", kind="task").resumes(2, "loop"), now=70)

    assert [at for at, _ in fires(built, "task step > 50ms")] == [52]


def test_an_exception_an_event_of_the_programs_own_and_a_finding_fire() -> None:
    built = timeline(lane("A").runs(0).marks(5, "hit").marks(6, "miss").fails(7, "ValueError: no"), lane("B").runs(0).ends(8), ended=9)
    locked = timeline(
        lane("A").runs(0).takes("x", 1).waits_for("y", 3, held_by="B"),
        lane("B").runs(0).takes("y", 2).waits_for("x", 4, held_by="A"),
        now=2000,
    )

    assert fires(built, "exception") == [(7, "A: failed: ValueError: no")]
    assert fires(built, 'event "hit"') == [(5, "A: hit")]
    assert fires(built, 'event "other"') == []
    assert fires(built, "finding deadlock") == []
    assert [at for at, _ in fires(locked, "finding deadlock")] == [4]


@pytest.mark.parametrize(
    "text", ["lock wait > 1ms", "gil wait > 1ms", "loop lag > 1ms", "task step > 1ms", "exception", "finding deadlock"]
)
def test_of_nothing_nothing_fires(text: str) -> None:
    assert fires(timeline(), text) == []

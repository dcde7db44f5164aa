"""The slow stage beside a bounded queue is named; stages of equal speed, and queues without a bound, are left alone."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.builders import lane, resource, timeline
from tests.findings.found import found, found_in, names

if TYPE_CHECKING:
    from pathlib import Path

    from concviz.timeline.timeline import Timeline

STAGES = """
import queue, threading, time
shelf = queue.Queue({room})
def produce():
    for item in range(15):
        time.sleep({producer})
        shelf.put(item)
    shelf.put(None)
def consume():
    while shelf.get() is not None:
        time.sleep({consumer})
both = [threading.Thread(target=stage) for stage in (produce, consume)]
[stage.start() for stage in both]
[stage.join() for stage in both]
"""


def filled(waits_ms: float, room: int | None = 1) -> Timeline:
    """A queue of one place that is full all the time; to put each item lasts so long."""
    producer, consumer = lane("producer").runs(0), lane("consumer").runs(0)
    for item in range(20):
        producer.puts("shelf", 10 * item + 1, 1, since_ms=10 * item + 1 - waits_ms)
        consumer.gets("shelf", 10 * item + 0.9, 0)
    consumer.gets("shelf", 200, 0)
    return timeline(producer, consumer, resource("shelf", "Queue", room), ended=210)


def test_slow_consumers_leave_a_queue_full(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "queue_ends", STAGES.format(room=2, producer=0.002, consumer=0.02))

    assert finding.words.startswith("`shelf` was full ")
    assert finding.words.endswith("the consumers are the slow stage (Thread-2 (consume))")


def test_slow_producers_leave_it_empty(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "queue_ends", STAGES.format(room=2, producer=0.02, consumer=0.002))

    assert finding.words.startswith("`shelf` was empty ")
    assert finding.words.endswith("the producers are the slow stage (Thread-1 (produce))")


@pytest.mark.parametrize(("room", "consumer"), [(2, 0.02), ("", 0.002)], ids=["equal speed", "no bound"])
def test_its_twins_are_silent(tmp_path: Path, room: object, consumer: float) -> None:
    assert found_in(tmp_path, "queue_ends", STAGES.format(room=room, producer=0.02, consumer=consumer)) == ()


def test_a_full_queue_that_holds_nobody_up_is_none() -> None:
    assert found(filled(waits_ms=0.05), "queue_ends") == ()


def test_who_waited_and_for_how_long_is_told() -> None:
    built = filled(waits_ms=5)

    (finding,) = found(built, "queue_ends")

    assert names(built, finding) == ["consumer", "producer"]
    assert "producer waited 95 ms for room" in finding.words


def test_a_queue_without_a_bound_is_none() -> None:
    assert found(filled(waits_ms=5, room=None), "queue_ends") == ()

"""multiprocessing's Event, Condition and Barrier: who waits, who woke them, and where the lock is meanwhile."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, EVERY_WAY, SOME_WAYS, meeting

if TYPE_CHECKING:
    from pathlib import Path

TWO = """
    def other({name}, end, parent):
        end.recv()
        until_asleep(parent)
        {theirs}

    if __name__ == "__main__":
        {made}
        here, there = context.Pipe()
        child = context.Process(target=other, args=({name}, there, os.getpid()), name="other")
        child.start()
        {ours}
        child.join()
"""


@EVERY_WAY
def test_who_waits_for_an_event_is_woken_by_who_sets_it(tmp_path: Path, python: str, method: str) -> None:
    source = TWO.format(
        name="event", made="event = context.Event()", ours="here.send(1); event.wait(); event.clear()", theirs="event.set()"
    )

    seen = watch(tmp_path, meeting(source, method), python)

    assert seen.of("event") == [("WAIT", "main", 1), ("NOTIFIED", "other", 1), ("WOKE", "main", ""), ("CLEARED", "main", 0)]
    assert seen.resources["event"] == ("Event", "", "program.py:19")


@SOME_WAYS
def test_a_condition_gives_its_lock_up_while_it_waits(tmp_path: Path, python: str, method: str) -> None:
    ours = """with condition:
            here.send(1)
            condition.wait()"""
    theirs = """with condition:
            condition.notify()"""
    source = TWO.format(name="condition", made="condition = context.Condition()", ours=ours, theirs=theirs)

    seen = watch(tmp_path, meeting(source, method), python)

    assert [event for event in seen.of("condition") if event[0] != "REQUESTED"] == [
        ("ACQUIRED", "main", 1),
        ("RELEASED", "main", 0),
        ("WAIT", "main", 1),
        ("ACQUIRED", "other", 1),
        ("NOTIFIED", "other", 1),
        ("WOKE", "main", ""),
        ("RELEASED", "other", 0),
        ("ACQUIRED", "main", 1),
        ("RELEASED", "main", 0),
    ]


@SOME_WAYS
def test_the_last_to_come_opens_the_barrier(tmp_path: Path, python: str, method: str) -> None:
    source = TWO.format(name="barrier", made="barrier = context.Barrier(2)", ours="here.send(1); barrier.wait()", theirs="barrier.wait()")

    seen = watch(tmp_path, meeting(source, method), python)

    assert seen.of("barrier") == [("WAIT", "main", 1), ("NOTIFIED", "other", 1), ("WOKE", "main", "")]
    assert seen.resources["barrier"][:2] == ("Barrier", "2")


@EVERY_PYTHON
def test_a_condition_over_a_given_lock_leaves_the_lock_its_own_events(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            lock = context.Lock()
            condition = context.Condition(lock)
            with condition:
                print(condition.wait(0.001))
            """,
            "fork",
        ),
        python,
    )

    assert seen.stdout == b"False\n"
    assert [kind for kind, _, _ in seen.of("lock")] == ["ACQUIRED", "RELEASED", "ACQUIRED", "RELEASED"]
    assert [kind for kind, _, _ in seen.of("condition")] == ["WAIT", "TIMED_OUT"]


@EVERY_PYTHON
def test_an_event_that_is_set_is_not_waited_for(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            event = context.Event()
            event.set()
            print(event.wait(), event.is_set())
            """,
            "fork",
        ),
        python,
    )

    assert seen.stdout == b"True True\n"
    assert seen.of("event") == [("NOTIFIED", "main", 0)]

"""Conditions, events, semaphores and barriers: who waited, and who woke whom."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())

RUN = """
        threads = [threading.Thread(target=f, name=f.__name__) for f in ({})]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """
ASLEEP = """
        import threading, time

        def until(condition):
            while not condition():
                time.sleep(0.001)
        """


def test_an_event_tells_who_set_it(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        ASLEEP
        + """
        gate = threading.Event()

        def waiter():
            gate.wait()
            gate.wait()

        def setter():
            until(lambda: gate._cond._waiters)
            gate.set()
        """
        + RUN.format("waiter, setter")
        + """
        gate.clear()
        gate.wait(0.001)
        gate.wait(0)
        """,
        python,
    )

    assert seen.of("gate") == [
        ("WAIT", "waiter", 1),
        ("NOTIFIED", "setter", 1),
        ("WOKE", "waiter", "setter"),
        ("CLEARED", "main", 0),
        ("WAIT", "main", 1),
        ("TIMED_OUT", "main", 0),
    ]


def test_a_condition_gives_its_lock_up_while_it_waits(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        ASLEEP
        + """
        changed = threading.Condition()

        def waiter():
            with changed:
                changed.wait()

        def notifier():
            until(lambda: changed._waiters)
            with changed:
                changed.notify()
        """
        + RUN.format("waiter, notifier"),
        python,
    )

    mine = [event for event in seen.of("changed") if event[1] == "waiter" and event[0] != "REQUESTED"]
    assert mine == [
        ("ACQUIRED", "waiter", 1),
        ("WAIT", "waiter", 1),
        ("RELEASED", "waiter", 0),
        ("WOKE", "waiter", "notifier"),
        ("ACQUIRED", "waiter", 1),
        ("RELEASED", "waiter", 0),
    ]
    owners = [(kind, worker) for kind, worker, _ in seen.of("changed") if kind in {"ACQUIRED", "RELEASED"}]
    assert owners == [
        ("ACQUIRED", "waiter"),
        ("RELEASED", "waiter"),
        ("ACQUIRED", "notifier"),
        ("RELEASED", "notifier"),
        ("ACQUIRED", "waiter"),
        ("RELEASED", "waiter"),
    ]


def test_a_notification_wakes_as_many_as_it_says_and_names_each_waker(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        ASLEEP
        + """
        lock = threading.Lock()
        changed = threading.Condition(lock)
        def wait():
            with changed:
                changed.wait()

        def one():
            with changed:
                changed.notify()

        def rest():
            until(lambda: len(changed._waiters) == 2)
            with changed:
                changed.notify_all()

        waiters = [threading.Thread(target=wait, name=f"w{i}") for i in range(3)]
        for i, thread in enumerate(waiters):
            thread.start()
            until(lambda: len(changed._waiters) == i + 1)
        """
        + RUN.format("one, rest")
        + """
        for thread in waiters: thread.join()
        """,
        python,
    )

    assert [event for event in seen.of("changed") if event[0] == "NOTIFIED"] == [("NOTIFIED", "one", 1), ("NOTIFIED", "rest", 2)]
    woken = {worker: by for kind, worker, by in seen.of("changed") if kind == "WOKE"}
    assert woken == {"w0": "one", "w1": "rest", "w2": "rest"}
    assert {kind for kind, _, _ in seen.of("lock")} <= {"ACQUIRED", "RELEASED", "REQUESTED"}
    assert {kind for kind, _, _ in seen.of("changed")} == {"WAIT", "WOKE", "NOTIFIED"}


def test_a_wait_for_a_predicate_ends_when_its_time_is_up(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        changed = threading.Condition()
        with changed:
            print(changed.wait_for(lambda: False, timeout=0.01))
        try:
            changed.wait()
        except RuntimeError as error:
            print(error)
        try:
            changed.notify()
        except RuntimeError as error:
            print(error)
        """,
        python,
    )

    assert seen.stdout == b"False\ncannot wait on un-acquired lock\ncannot notify on un-acquired lock\n"
    assert [event for event in seen.of("changed") if event[0] in {"WAIT", "TIMED_OUT", "WOKE", "NOTIFIED"}] == [
        ("WAIT", "main", 1),
        ("TIMED_OUT", "main", 0),
    ]


def test_a_recursively_held_condition_is_held_as_often_after_its_wait(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        changed = threading.Condition()
        with changed:
            with changed:
                changed.wait(0.001)
        """,
        python,
    )

    assert [(kind, arg) for kind, _, arg in seen.of("changed")] == [
        ("ACQUIRED", 1),
        ("ACQUIRED", 2),
        ("WAIT", 1),
        ("RELEASED", 0),
        ("TIMED_OUT", 0),
        ("ACQUIRED", 2),
        ("RELEASED", 1),
        ("RELEASED", 0),
    ]


@pytest.mark.parametrize("kind", ["Semaphore", "BoundedSemaphore"])
def test_a_semaphore_tells_its_value_and_who_holds_the_last(tmp_path: Path, python: str, kind: str) -> None:
    seen = watch(
        tmp_path,
        (
            ASLEEP
            + """
        slots = threading.KIND(1)
        taken = threading.Event()

        def holder():
            with slots:
                taken.set()
                until(lambda: slots._cond._waiters)

        def waiter():
            taken.wait()
            slots.acquire()
            slots.release()
        """
            + RUN.format("holder, waiter")
            + """
        slots.acquire()
        slots.acquire(blocking=False)
        slots.acquire(timeout=0.001)
        """
        ).replace("KIND", kind),
        python,
    )

    assert seen.of("slots") == [
        ("ACQUIRED", "holder", 0),
        ("REQUESTED", "waiter", "holder"),
        ("RELEASED", "holder", 1),
        ("ACQUIRED", "waiter", 0),
        ("RELEASED", "waiter", 1),
        ("ACQUIRED", "main", 0),
        ("REFUSED", "main", 0),
        ("REQUESTED", "main", "main"),
        ("REFUSED", "main", 0),
    ]
    assert seen.resources["slots"][:2] == (kind, "1")


def test_a_bounded_semaphore_still_refuses_to_be_released_too_often(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        slots = threading.BoundedSemaphore(1)
        for call in (slots.release, lambda: slots.acquire(False, 1), lambda: threading.Semaphore(-1)):
            try:
                call()
            except ValueError as error:
                print(error)
        """,
        python,
    )

    assert seen.stdout.decode().splitlines() == [
        "Semaphore released too many times",
        "can't specify timeout for non-blocking acquire",
        "semaphore initial value must be >= 0",
    ]
    assert seen.of("slots") == []


def test_a_semaphore_s_values_are_exact_when_many_contend(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        slots = threading.Semaphore(3)

        def work():
            for _ in range(50):
                with slots:
                    pass

        threads = [threading.Thread(target=work) for _ in range(6)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """,
        python,
    )

    value, values = 3, []
    for kind, _, after in seen.of("slots"):
        if kind in {"ACQUIRED", "RELEASED"}:
            value += 1 if kind == "RELEASED" else -1
            values.append((value, after))
    assert len(values) == 600
    assert all(counted == told for counted, told in values)


def test_a_barrier_names_the_last_to_come(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        ASLEEP
        + """
        meeting = threading.Barrier(2, action=lambda: print("all here"))

        def first():
            meeting.wait()

        def last():
            until(lambda: meeting.n_waiting == 1)
            meeting.wait()
        """
        + RUN.format("first, last"),
        python,
    )

    assert seen.stdout == b"all here\n"
    assert seen.of("meeting") == [("WAIT", "first", 1), ("NOTIFIED", "last", 1), ("WOKE", "first", "last")]
    assert seen.resources["meeting"][:2] == ("Barrier", "2")


def test_a_broken_barrier_names_who_broke_it(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        ASLEEP
        + """
        meeting = threading.Barrier(2)

        def first():
            try:
                meeting.wait()
            except threading.BrokenBarrierError:
                print("broken")

        def breaker():
            until(lambda: meeting.n_waiting == 1)
            meeting.abort()
        """
        + RUN.format("first, breaker")
        + """
        meeting.reset()
        try:
            meeting.wait(0.001)
        except threading.BrokenBarrierError:
            print("late")
        """,
        python,
    )

    assert seen.stdout == b"broken\nlate\n"
    assert seen.of("meeting") == [
        ("WAIT", "first", 1),
        ("NOTIFIED", "breaker", 1),
        ("WOKE", "first", "breaker"),
        ("CLEARED", "main", 0),
        ("WAIT", "main", 1),
        ("TIMED_OUT", "main", 0),
        ("NOTIFIED", "main", 0),
    ]


def test_subclasses_and_copies_behave_as_bare(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import copy, inspect, pickle, threading

        class Named(threading.Event):
            def __init__(self, name):
                super().__init__()
                self.title = name

        named = Named("x")
        named.set()
        print(named.wait(), named.is_set(), isinstance(named, threading.Event), copy.copy(named).title)
        for thing in (threading.Event(), threading.Condition(), threading.Semaphore(), threading.Barrier(1)):
            try:
                pickle.dumps(thing)
            except TypeError as error:
                print(error)
        print(inspect.signature(threading.Semaphore.acquire), inspect.signature(threading.Condition), inspect.signature(threading.Barrier))
        print(threading.Condition.wait.__qualname__, threading.Semaphore.__enter__.__name__)
        """,
        python,
    )

    lines = seen.stdout.decode().splitlines()
    assert lines[0] == "True True True x"
    assert all(line.startswith("cannot pickle '_thread.") for line in lines[1:5])
    assert lines[5] == "(self, blocking=True, timeout=None) (lock=None) (parties, action=None, timeout=None)"
    assert lines[6] == "Condition.wait acquire"
    assert seen.of("named") == [("NOTIFIED", "main", 0)]

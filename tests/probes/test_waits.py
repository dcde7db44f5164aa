"""Conditions and events: who waited, and who woke whom."""

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

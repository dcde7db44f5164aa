"""Semaphores and barriers: who waited, who woke whom, and how many there are."""

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

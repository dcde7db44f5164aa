"""multiprocessing's locks and semaphores: who has one, who waits, and what they are called, in all processes alike."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, EVERY_WAY, SOME_WAYS, meeting

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_WAY
def test_a_lock_held_in_a_child_is_waited_for_here(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def hold(mine, end, parent):
                with mine:
                    end.send(1)
                    until_asleep(parent)

            if __name__ == "__main__":
                lock = context.Lock()
                here, there = context.Pipe()
                child = context.Process(target=hold, args=(lock, there, os.getpid()), name="holder")
                child.start()
                here.recv()
                lock.acquire()
                lock.release()
                child.join()
            """,
            method,
        ),
        python,
    )

    assert seen.of("lock") == [
        ("ACQUIRED", "holder", 1),
        ("REQUESTED", "main", ""),
        ("RELEASED", "holder", 0),
        ("ACQUIRED", "main", 1),
        ("RELEASED", "main", 0),
    ]
    assert seen.resources["lock"] == ("Lock", "", "program.py:19")
    assert [event.site for event in seen.events if event.resource == "lock" and event.worker == "holder"] == ["program.py:14"] * 2


@EVERY_PYTHON
def test_a_lock_held_by_a_thread_of_this_process_names_its_holder(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            import threading

            lock, held = context.Lock(), threading.Event()

            def hold():
                with lock:
                    held.set()
                    until_asleep(os.getpid())

            thread = threading.Thread(target=hold, name="holder")
            thread.start()
            held.wait()
            with lock:
                pass
            thread.join()
            """,
            "fork",
        ),
        python,
    )

    requested = [arg for kind, worker, arg in seen.of("lock") if (kind, worker) == ("REQUESTED", "main")]
    assert requested == ["holder"]


@SOME_WAYS
def test_each_kind_says_what_is_left(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            again, two, most = context.RLock(), context.Semaphore(2), context.BoundedSemaphore(1)
            with again:
                with again:
                    pass
            two.acquire()
            two.release()
            two.release()
            most.acquire()
            print(most.acquire(False), most.acquire(timeout=0.001))
            most.release()
            """,
            method,
        ),
        python,
    )

    assert seen.stdout == b"False False\n"
    assert seen.of("again") == [("ACQUIRED", "main", 1), ("ACQUIRED", "main", 2), ("RELEASED", "main", 1), ("RELEASED", "main", 0)]
    assert seen.of("two") == [("ACQUIRED", "main", 1), ("RELEASED", "main", 2), ("RELEASED", "main", 3)]
    assert seen.of("most") == [
        ("ACQUIRED", "main", 0),
        ("REFUSED", "main", 0),
        ("REQUESTED", "main", "main"),
        ("REFUSED", "main", 0),
        ("RELEASED", "main", 1),
    ]
    assert {name: fields[:2] for name, fields in seen.resources.items()} == {
        "again": ("RLock", ""),
        "two": ("Semaphore", "2"),
        "most": ("BoundedSemaphore", "1"),
    }


@EVERY_PYTHON
def test_a_release_that_is_refused_was_no_release(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            lock, again, most = context.Lock(), context.RLock(), context.BoundedSemaphore(1)
            for thing in lock, again, most:
                try:
                    thing.release()
                except (ValueError, AssertionError) as error:
                    print(type(error).__name__)
            """,
            "fork",
        ),
        python,
    )

    assert seen.stdout == b"ValueError\nAssertionError\nValueError\n"
    assert seen.kinds("RELEASED") == []


@SOME_WAYS
def test_the_lock_of_a_value_is_called_as_it_is_got(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def add(number):
                with number.get_lock():
                    pass

            if __name__ == "__main__":
                counter = context.Value("i", 0)
                child = context.Process(target=add, args=(counter,), name="adder")
                child.start()
                child.join()
            """,
            method,
        ),
        python,
    )

    assert seen.of("counter.get_lock()") == [("ACQUIRED", "adder", 1), ("RELEASED", "adder", 0)]


@EVERY_PYTHON
def test_what_multiprocessing_locks_for_itself_is_silent(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            if __name__ == "__main__":
                event, queue = context.Event(), context.Queue()
                event.set()
                event.wait()
                queue.put(1)
                queue.get()
            """,
            "spawn",
        ),
        python,
    )

    assert seen.kinds("ACQUIRED", "RELEASED", "REQUESTED", "REFUSED") == []

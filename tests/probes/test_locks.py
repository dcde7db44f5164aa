"""Locks: who holds one, who waits for it and for whom; and a stand-in that behaves as the real one."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_an_uncontended_lock_is_acquired_and_released(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        lock = threading.Lock()
        with lock:
            pass
        lock.acquire()
        lock.release()
        """,
        python,
    )

    assert seen.of("lock") == [("ACQUIRED", "main", 1), ("RELEASED", "main", 0)] * 2
    assert [event.site for event in seen.events if event.resource == "lock"] == [
        "program.py:4",
        "program.py:4",
        "program.py:6",
        "program.py:7",
    ]
    assert seen.resources["lock"] == ("Lock", "", "program.py:3")


@pytest.mark.parametrize("kind", ["Lock", "RLock"])
def test_who_waits_says_for_whom(tmp_path: Path, python: str, kind: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading, time
        lock = threading.KIND()
        held = threading.Event()

        def holder():
            with lock:
                held.set()
                time.sleep(0.05)

        def waiter():
            held.wait()
            with lock:
                pass

        threads = [threading.Thread(target=f, name=f.__name__) for f in (holder, waiter)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """.replace("KIND", kind),
        python,
    )

    assert seen.of("lock") == [
        ("ACQUIRED", "holder", 1),
        ("REQUESTED", "waiter", "holder"),
        ("RELEASED", "holder", 0),
        ("ACQUIRED", "waiter", 1),
        ("RELEASED", "waiter", 0),
    ]


def test_a_lock_that_is_not_waited_for_long_enough_is_refused(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        lock = threading.Lock()
        lock.acquire()
        assert lock.acquire(False) is False
        assert lock.acquire(timeout=0.001) is False
        assert lock.acquire(True, 0) is False
        """,
        python,
    )

    assert seen.of("lock") == [
        ("ACQUIRED", "main", 1),
        ("REFUSED", "main", 0),
        ("REQUESTED", "main", "main"),
        ("REFUSED", "main", 0),
        ("REFUSED", "main", 0),
    ]


def test_a_lock_may_be_released_by_another_worker(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        lock = threading.Lock()
        lock.acquire()
        thread = threading.Thread(target=lock.release, name="other")
        thread.start()
        thread.join()
        """,
        python,
    )

    assert seen.of("lock") == [("ACQUIRED", "main", 1), ("RELEASED", "other", 0)]


def test_a_recursive_lock_counts(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        lock = threading.RLock()
        with lock:
            lock.acquire()
            lock.release()
        """,
        python,
    )

    assert seen.of("lock") == [("ACQUIRED", "main", 1), ("ACQUIRED", "main", 2), ("RELEASED", "main", 1), ("RELEASED", "main", 0)]


def test_eight_threads_never_seem_to_hold_one_lock_at_once(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        lock = threading.Lock()

        def work():
            for _ in range(300):
                with lock:
                    pass

        threads = [threading.Thread(target=work) for _ in range(8)]
        for thread in threads: thread.start()
        for thread in threads: thread.join()
        """,
        python,
    )

    owners = [(kind, worker) for kind, worker, _ in seen.of("lock") if kind in {"ACQUIRED", "RELEASED"}]
    assert len(owners) == 2 * 8 * 300
    assert all(
        (took, gave) == ("ACQUIRED", "RELEASED") and taker == giver
        for (took, taker), (gave, giver) in zip(owners[::2], owners[1::2], strict=True)
    )


def test_a_stand_in_answers_as_the_real_lock(tmp_path: Path, python: str) -> None:
    source = """
        import _thread, copy, pickle, re, sys, threading, weakref

        def said(call):
            try:
                return repr(call())
            except BaseException as error:
                return f"{type(error).__name__}: {error}"

        for make in (threading.Lock, threading.RLock):
            lock = make()
            print(said(lock.release))
            print(said(lambda: lock.acquire(True, -5)))
            print(said(lambda: lock.acquire(False, 1)))
            print(said(lambda: lock.acquire("x", "y")))
            print(said(lambda: lock.acquire(blocking=True, timeout=1)))
            print(re.sub("0x.*|owner=[0-9]+", "", repr(lock)))
            print(said(lambda: lock.acquire(blocking=False)))
            print(lock.release())
            print(said(lambda: pickle.dumps(lock)))
            print(said(lambda: copy.copy(lock)))
            print(weakref.ref(lock)() is lock)
            ours = "_at _code _holder _id _place _raw _where _count _note _of _around _taken _look _wait _give _undo announce".split()
            print(sorted(name for name in dir(lock) if not name.startswith("__") and name not in ours))
            lock._at_fork_reinit()
            with lock as entered:
                print(entered)
        print(isinstance(threading.Lock(), type(threading.Lock())))
        if sys.version_info >= (3, 13):
            print([isinstance(it, threading.Lock) for it in (threading.Lock(), _thread.allocate_lock(), 3)])
        """
    seen = watch(tmp_path, source, python)

    bare = subprocess.run([python, str(tmp_path / "program.py")], capture_output=True, check=True)
    assert seen.stdout.decode() == bare.stdout.decode()


def test_locks_of_the_standard_library_are_the_real_ones(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import _thread, logging, queue, threading
        from concurrent.futures import Future
        print(type(logging.getLogger().handlers), type(queue.Queue().mutex) is type(_thread.allocate_lock()))
        print(type(logging.StreamHandler().lock).__module__, type(Future()._condition._lock) is type(_thread.RLock()))
        """,
        python,
    )

    assert seen.stdout == b"<class 'list'> True\n_thread True\n"
    assert seen.resources == {}

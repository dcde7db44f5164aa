"""Threads: started by whom, named how, ended how, and waited for by whom."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import Seen, pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())

LIFE = ("SPAWNED", "STARTED", "ENDED", "FAILED", "JOIN", "JOINED", "TIMED_OUT")


def life(seen: Seen, worker: str) -> list[tuple[str, str | int]]:
    """(kind, arg) of a worker's life; native ids left out."""
    return [(kind, "" if kind == "STARTED" else arg) for kind, _, arg in seen.by(worker, *LIFE)]


def test_a_thread_is_spawned_lives_and_is_joined(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading, time

        def work():
            time.sleep(0.05)

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        thread.join()
        """,
        python,
    )

    name = "Thread-1 (work)"
    assert life(seen, "main") == [("STARTED", ""), ("SPAWNED", name), ("JOIN", name), ("JOINED", name), ("JOINED", name), ("ENDED", 0)]
    assert life(seen, name) == [("STARTED", ""), ("ENDED", 0)]
    order = [event.kind for event in seen.events if event.kind in LIFE]
    assert order == ["STARTED", "SPAWNED", "STARTED", "JOIN", "ENDED", "JOINED", "JOINED", "ENDED"]


def test_a_thread_says_who_it_is(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        done = threading.Event()
        helper = threading.Thread(target=done.wait, name="helper", daemon=True)
        helper.start()
        done.set()
        helper.join()
        renamed = threading.Thread(target=print, name="before")
        renamed.start()
        renamed.name = "after"
        renamed.join()
        """,
        python,
    )

    described = {name: (kind, flags, site) for (_, name), (_, kind, _, _, flags, site) in seen.workers.items()}
    assert described == {
        "main": ("process", "", ""),
        "helper": ("thread", "daemon", "program.py:5"),
        "after": ("thread", "", "program.py:9"),
    }


def test_a_thread_that_raises_has_failed_and_its_traceback_is_its_own(tmp_path: Path, python: str) -> None:
    source = """
        import queue, threading
        items = queue.Queue()

        def work():
            items.get(timeout=0)

        thread = threading.Thread(target=work, name="worker")
        thread.start()
        thread.join()
        """
    seen = watch(tmp_path, source, python)

    bare = subprocess.run([python, str(tmp_path / "program.py")], capture_output=True, check=True)
    assert life(seen, "worker") == [("STARTED", ""), ("FAILED", "Empty")]
    assert "probes" not in seen.stderr.decode()
    assert seen.stderr.decode().splitlines()[-1] == bare.stderr.decode().splitlines()[-1]
    assert seen.stderr.count(b"\n") == bare.stderr.count(b"\n")


def test_a_thread_that_exits_has_ended(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import sys, threading
        thread = threading.Thread(target=sys.exit, name="worker")
        thread.start()
        thread.join()
        """,
        python,
    )

    assert life(seen, "worker") == [("STARTED", ""), ("ENDED", 0)]


def test_a_join_whose_time_is_up_says_so(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        done = threading.Event()
        thread = threading.Thread(target=done.wait, name="worker")
        thread.start()
        thread.join(0.01)
        done.set()
        thread.join()
        """,
        python,
    )

    assert life(seen, "main")[2:4] == [("JOIN", "worker"), ("TIMED_OUT", 0)]
    assert life(seen, "main")[-2:] == [("JOINED", "worker"), ("ENDED", 0)]


def test_the_program_s_end_waits_for_its_threads(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading, time
        threading.Thread(target=time.sleep, args=(0.05,), name="worker").start()
        """,
        python,
    )

    assert life(seen, "main") == [("STARTED", ""), ("SPAWNED", "worker"), ("JOIN", "worker"), ("JOINED", "worker"), ("ENDED", 0)]


def test_a_thread_made_without_threading_appears_at_its_first_event(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import _thread, threading
        lock, done = threading.Lock(), threading.Event()

        def work():
            with lock:
                pass
            done.set()

        _thread.start_new_thread(work, ())
        done.wait()
        """,
        python,
    )

    worker = next(worker for kind, worker, _ in seen.of("lock"))
    assert worker.startswith("thread ")
    assert life(seen, worker)[0] == ("STARTED", "")


def test_misuse_is_answered_as_bare(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading

        class Forgetful(threading.Thread):
            def __init__(self):
                pass

        thread = threading.Thread(target=print)
        def said(call):
            try:
                call()
            except RuntimeError as error:
                print(error)
        said(thread.join)
        thread.start()
        thread.join()
        said(thread.start)
        said(threading.current_thread().join)
        said(Forgetful().start)
        """,
        python,
    )

    assert seen.stdout.decode().splitlines() == [
        "cannot join thread before it is started",
        "",
        "threads can only be started once",
        "cannot join current thread",
        "thread.__init__() not called",
    ]


def test_five_hundred_threads_are_all_seen(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        go = threading.Event()
        threads = [threading.Thread(target=go.wait, name=f"t{i}") for i in range(500)]
        for thread in threads: thread.start()
        go.set()
        for thread in threads: thread.join()
        """,
        python,
    )

    assert seen.dropped == 0
    ended = [worker for kind, worker, _, _ in seen.kinds("ENDED")]
    assert sorted(ended) == sorted(["main", *(f"t{i}" for i in range(500))])


def test_a_timer_waits_and_fires_or_is_cancelled(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import threading
        fires = threading.Timer(0.01, print, ("fired",))
        fires.name = "fires"
        fires.start()
        fires.join()
        stays = threading.Timer(60, print, ("never",))
        stays.name = "stays"
        stays.start()
        stays.cancel()
        stays.join()
        """,
        python,
    )

    assert seen.stdout == b"fired\n"
    assert seen.by("fires", "WAIT", "WOKE", "TIMED_OUT") == [("WAIT", "fires", 1), ("TIMED_OUT", "fires", 0)]
    assert ("NOTIFIED", "main", 1) in seen.of("stays") or ("NOTIFIED", "main", 0) in seen.of("stays")
    assert seen.by("stays", "TIMED_OUT") == []

"""Threads that `_thread` starts, without `threading`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_PYTHON
def test_a_bare_thread_is_made_runs_and_ends(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import _thread

        def work(number, *, done):
            print(number)
            done.release()

        def fail(done):
            done.release()
            raise ValueError("words")

        done = _thread.allocate_lock()
        done.acquire()
        _thread.start_new_thread(work, (1,), {"done": done})
        done.acquire()
        _thread.start_new_thread(fail, (done,))
        done.acquire()
        import os, time
        while len(os.listdir("/proc/self/task")) > 1:
            time.sleep(0.001)
        """,
        python,
    )

    assert seen.stdout == b"1\n"
    assert seen.kinds("SPAWNED") == [("SPAWNED", "main", "", "thread (work)"), ("SPAWNED", "main", "", "thread (fail)")]
    assert [kind for kind, _, _ in seen.by("thread (work)", "STARTED", "ENDED", "FAILED")] == ["STARTED", "ENDED"]
    assert seen.by("thread (fail)", "STARTED", "ENDED", "FAILED")[1:] == [("FAILED", "", "ValueError: words")]
    assert b"ValueError: words" in seen.stderr


def test_a_thread_of_threading_is_told_once(tmp_path: Path) -> None:
    seen = watch(tmp_path, "import threading; thread = threading.Thread(target=print); thread.start(); thread.join()")

    assert len(seen.kinds("SPAWNED")) == 1

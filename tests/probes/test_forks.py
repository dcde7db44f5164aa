"""A forked child writes for itself, and what it inherited keeps its names and its ids."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.probes.harness import pythons, watch

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.parametrize("python", pythons())


def test_a_lock_from_before_the_fork_has_its_name_in_the_child(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, threading
        early = threading.Lock()
        with early:
            pass
        pid = os.fork()
        late = threading.Lock()
        with early, late:
            pass
        if pid == 0:
            os._exit(0)
        os.waitpid(pid, 0)
        """,
        python,
    )

    parent = seen.events[0].pid
    child = next(pid for pid in seen.processes if pid != parent)
    locks = [(event.pid == child, event.kind, event.resource) for event in seen.events if event.resource in {"early", "late"}]
    ours = [(kind, name) for is_child, kind, name in locks if is_child]
    theirs = [(kind, name) for is_child, kind, name in locks if not is_child]
    both = [("ACQUIRED", "early"), ("ACQUIRED", "late"), ("RELEASED", "late"), ("RELEASED", "early")]
    assert ours == both
    assert theirs == [("ACQUIRED", "early"), ("RELEASED", "early"), *both]


def test_a_lock_held_over_a_fork_names_the_parent_s_thread_as_its_holder(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, threading, warnings
        warnings.simplefilter("ignore")
        lock, held, done = threading.Lock(), threading.Event(), threading.Event()

        def holder():
            with lock:
                held.set()
                done.wait()

        thread = threading.Thread(target=holder, name="holder")
        thread.start()
        held.wait()
        pid = os.fork()
        if pid == 0:
            lock.acquire(timeout=0.01)
            os._exit(0)
        os.waitpid(pid, 0)
        done.set()
        thread.join()
        """,
        python,
    )

    parent = seen.events[0].pid
    child = next(pid for pid in seen.processes if pid != parent)
    assert [(e.kind, e.arg) for e in seen.events if e.pid == child and e.resource == "lock"] == [("REQUESTED", "holder"), ("REFUSED", 0)]
    assert seen.workers[child, "holder"][0] == seen.workers[parent, "holder"][0]

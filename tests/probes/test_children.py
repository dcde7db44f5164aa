"""Children forked by hand: each writes for itself from its first instruction, and says when it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_PYTHON
def test_a_child_forked_by_hand_is_a_worker_that_is_waited_for(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os
        pid = os.fork()
        if pid == 0:
            print("child", flush=True)
            os._exit(7)
        print(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]))
        """,
        python,
    )
    child = seen.by("main", "SPAWNED")[0][2]

    assert seen.stdout == b"child\n7\n"
    assert str(child).startswith("child ")
    assert seen.by("main", "SPAWNED", "JOIN", "JOINED", "ENDED") == [
        ("SPAWNED", "", child),
        ("JOIN", "", child),
        ("JOINED", "", child),
        ("ENDED", "", 0),
    ]
    assert [kind for kind, _, _ in seen.by(str(child)) if kind != "OUTPUT"] == ["STARTED", "ENDED"]
    assert [event.site for event in seen.events if event.kind == "SPAWNED"] == ["program.py:3"]


@EVERY_PYTHON
def test_a_child_that_runs_on_to_the_end_ends_there(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os
        if os.fork():
            os.wait()
        """,
        python,
    )

    child = str(seen.by("main", "SPAWNED")[0][2])
    assert [kind for kind, _, _ in seen.by(child)] == ["STARTED", "ENDED"]
    assert seen.by("main", "JOIN", "JOINED") == [("JOIN", "", ""), ("JOINED", "", child)]


@EVERY_PYTHON
def test_what_the_parent_named_keeps_its_name_in_the_child(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, threading
        lock = threading.Lock()
        with lock:
            pass
        pid = os.fork()
        if not pid:
            with lock:
                pass
            os._exit(0)
        os.waitpid(pid, 0)
        """,
        python,
    )
    child = str(seen.by("main", "SPAWNED")[0][2])

    assert seen.by(child, "ACQUIRED", "RELEASED") == [("ACQUIRED", "lock", 1), ("RELEASED", "lock", 0)]


@EVERY_PYTHON
def test_a_child_forked_on_a_thread_was_spawned_by_that_thread(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, threading

        def fork():
            pid = os.fork()
            if not pid:
                os._exit(0)
            os.waitpid(pid, 0)

        thread = threading.Thread(target=fork, name="forker")
        thread.start()
        thread.join()
        """,
        python,
    )

    ((_, spawner, _, child),) = [event for event in seen.kinds("SPAWNED") if str(event[3]).startswith("child")]
    assert spawner == "forker"
    assert [kind for kind, _, _ in seen.by(str(child))] == ["STARTED", "ENDED"]


@EVERY_PYTHON
def test_a_child_whose_files_cannot_be_had_runs_unheard_and_leaves_its_parents_alone(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, sys, threading

        def refuse(*_):
            raise OSError("no room")

        lock = threading.Lock()
        sys.modules["concviz.probes.here"].Names = refuse
        pid = os.fork()
        if not pid:
            with lock:
                print("child", flush=True)
            threading.Thread(target=print, args=("thread",)).start()
        else:
            os.waitpid(pid, 0)
            with lock:
                print("parent")
        """,
        python,
    )

    assert seen.stdout == b"child\nthread\nparent\n"
    assert seen.stderr == b""
    assert len(seen.processes) == 1
    assert seen.by("main", "ACQUIRED", "RELEASED", "ENDED") == [("ACQUIRED", "lock", 1), ("RELEASED", "lock", 0), ("ENDED", "", 0)]

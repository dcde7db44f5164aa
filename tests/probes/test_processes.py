"""multiprocessing.Process by every start method: who started whom, how each ended, who waited for it."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON, EVERY_WAY, SOME_WAYS, meeting

if TYPE_CHECKING:
    from pathlib import Path

FOUR = """
    def work():
        sys.stdout.write(f"Worker: {multiprocessing.current_process().name}\\n")  # one write, also where output is unbuffered

    if __name__ == "__main__":
        workers = [context.Process(target=work, name=f"Process-{n}") for n in range(1, 5)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        print("Processing complete!")
"""


@EVERY_WAY
def test_four_processes_are_started_run_and_joined(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(tmp_path, meeting(FOUR, method), python)
    names = ["Process-1", "Process-2", "Process-3", "Process-4"]

    lines = seen.stdout.decode().splitlines()
    assert sorted(lines[:4]) == [f"Worker: {name}" for name in names]
    assert lines[4:] == ["Processing complete!"]
    assert seen.by("main", "SPAWNED", "JOINED") == [("SPAWNED", "", name) for name in names] + [("JOINED", "", name) for name in names]
    for name in names:
        life = [event for event in seen.events if event.worker == name and event.kind != "OUTPUT"]
        assert [(event.kind, event.arg) for event in life] == [("STARTED", life[0].pid), ("ENDED", 0)]
        assert seen.processes[life[0].pid][4] == method
        assert [event.site for event in seen.events if event.worker == name and event.kind == "OUTPUT"] == ["program.py:14"]


@SOME_WAYS
def test_a_child_begins_after_it_was_spawned_and_is_joined_after_its_end(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(tmp_path, meeting(FOUR, method), python)
    order = ["SPAWNED", "STARTED", "ENDED", "JOINED"] if method != "forkserver" else ["STARTED", "ENDED", "JOINED"]

    for name in ("Process-1", "Process-4"):
        kinds = [event.kind for event in seen.events if name in {event.worker, event.arg} and event.kind in order]
        assert kinds == order


@SOME_WAYS
def test_who_joins_waits_for_the_end(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def work(end, parent):
                end.recv()
                until_asleep(parent)

            if __name__ == "__main__":
                here, there = context.Pipe()
                child = context.Process(target=work, args=(there, os.getpid()))
                child.start()
                child.join(0.001)
                here.send(1)
                child.join()
            """,
            method,
        ),
        python,
    )
    name = seen.by("main", "SPAWNED")[0][2]

    assert seen.by("main", "JOIN", "JOINED", "TIMED_OUT") == [
        ("JOIN", "", name),
        ("TIMED_OUT", "", 0),
        ("JOIN", "", name),
        ("JOINED", "", name),
    ]


@EVERY_WAY
def test_a_child_that_raises_has_failed_with_its_words(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def work():
                raise ValueError("too late")

            if __name__ == "__main__":
                child = context.Process(target=work, name="child of mine")
                child.start()
                child.join()
                print(child.exitcode)
            """,
            method,
        ),
        python,
    )

    assert seen.stdout == b"1\n"
    assert seen.by("child of mine", "FAILED", "ENDED") == [("FAILED", "", "ValueError: too late"), ("ENDED", "", 0)]
    assert b"ValueError: too late" in seen.stderr
    assert b"concviz" not in seen.stderr


@SOME_WAYS
def test_a_killed_child_says_nothing_more_and_is_joined(tmp_path: Path, python: str, method: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def work(end):
                end.send(1)
                end.recv()

            if __name__ == "__main__":
                here, there = context.Pipe()
                child = context.Process(target=work, args=(there,), name="victim")
                child.start()
                here.recv()
                until_asleep(child.pid)
                child.kill()
                child.join()
                print(child.exitcode)
            """,
            method,
        ),
        python,
    )

    assert seen.stdout == b"-9\n"
    assert [kind for kind, _, _ in seen.by("victim")] == ["STARTED", "PUT", "GET_WAIT"]
    assert seen.by("main", "JOINED") == [("JOINED", "", "victim")]


@EVERY_PYTHON
def test_grandchildren_are_workers_of_their_own(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        meeting(
            """
            def leaf():
                pass

            def branch():
                inner = context.Process(target=leaf, name="leaf")
                inner.start()
                inner.join()

            if __name__ == "__main__":
                outer = context.Process(target=branch, name="branch")
                outer.start()
                outer.join()
            """,
            "fork",
        ),
        python,
    )

    assert seen.kinds("SPAWNED") == [("SPAWNED", "main", "", "branch"), ("SPAWNED", "branch", "", "leaf")]
    assert seen.by("branch", "JOINED") == [("JOINED", "", "leaf")]
    assert len(seen.processes) == 3


@EVERY_PYTHON
def test_the_tracker_of_resources_is_not_watched_and_the_server_is_internal(tmp_path: Path, python: str) -> None:
    spawned, served = (watch(tmp_path, meeting(FOUR, method), python) for method in ("spawn", "forkserver"))

    assert sorted(fields[4] for fields in spawned.processes.values()) == ["main", *["spawn"] * 4]
    assert sorted(fields[4] for fields in served.processes.values()) == [*["forkserver"] * 5, "main"]
    assert {fields[4] for (_, name), fields in served.workers.items() if name == "forkserver"} == {"internal"}
    assert {fields[4] for (_, name), fields in served.workers.items() if name.startswith("Process-")} == {""}


@EVERY_PYTHON
def test_a_spawned_child_sees_itself_as_it_would_alone(tmp_path: Path, python: str) -> None:
    source = meeting(
        """
        def work():
            code = sys.orig_argv[-2].partition("(")[0]
            print(sys.argv[1:], len(sys.orig_argv), sys.orig_argv[-3], code, sys.orig_argv[-1], sys.path[:1], __name__)

        if __name__ == "__main__":
            child = context.Process(target=work)
            child.start()
            child.join()
        """,
        "spawn",
    )

    seen = watch(tmp_path, source, python)

    alone = subprocess.run([python, "program.py"], cwd=tmp_path, capture_output=True, check=True)
    assert seen.stdout.replace(str(tmp_path).encode(), b"") == alone.stdout.replace(str(tmp_path).encode(), b"")
    assert seen.stderr == b""

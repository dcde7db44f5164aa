"""Programs that subprocess starts: a lane each, with its command line, its life, and who waits for its end."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from concviz.probes.commands import NAME_LETTERS, command_line
from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.timeline.states import State
from tests.probes.harness import watch
from tests.probes.ways import EVERY_PYTHON
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path


@EVERY_PYTHON
def test_a_program_is_started_waited_for_and_ends(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import subprocess
        subprocess.run(["sort", "-n"], input=b"2")
        """,
        python,
    )

    assert seen.kinds("SPAWNED", "JOIN", "JOINED") == [
        ("SPAWNED", "main", "", "sort -n"),
        ("JOIN", "main", "", "sort -n"),
        ("JOINED", "main", "", "sort -n"),
    ]
    assert [kind for kind, _, _ in seen.by("sort -n")] == ["STARTED", "ENDED"]
    assert next(fields for (_, name), fields in seen.workers.items() if name == "sort -n")[1::3] == ("process", "command")


@EVERY_PYTHON
def test_how_it_ended_is_told(tmp_path: Path, python: str) -> None:
    seen = watch(
        tmp_path,
        """
        import os, subprocess
        subprocess.run("exit 3", shell=True)
        one = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
        one.kill()
        os.waitpid(one.pid, 0)
        """,
        python,
    )

    assert seen.by("exit 3", "FAILED", "ENDED") == [("FAILED", "", "exit code 3")]
    assert seen.by("cat", "FAILED", "ENDED") == [("FAILED", "", "ended by signal 9")]


def test_a_wait_that_is_given_up_is_told(tmp_path: Path) -> None:
    seen = watch(
        tmp_path,
        """
        import subprocess
        one = subprocess.Popen(["cat"], stdin=subprocess.PIPE)
        try:
            one.wait(0.01)
        except subprocess.TimeoutExpired:
            one.communicate()
        """,
    )

    assert [kind for kind, _, _ in seen.by("main", "JOIN", "JOINED", "TIMED_OUT")] == ["JOIN", "TIMED_OUT", "JOIN", "JOINED"]


def test_a_program_that_asyncio_starts_ends_when_its_loop_hears_of_it(tmp_path: Path) -> None:
    seen = watch(
        tmp_path,
        """
        import asyncio

        async def main():
            one = await asyncio.create_subprocess_exec("true")
            await one.wait()

        asyncio.run(main())
        """,
    )

    assert [kind for kind, _, _ in seen.by("true")] == ["STARTED", "ENDED"]


def test_a_program_that_cannot_be_started_is_nobody(tmp_path: Path) -> None:
    seen = watch(
        tmp_path,
        """
        import subprocess
        try:
            subprocess.run(["/no/such/program"])
        except OSError as error:
            print(error)
        """,
    )

    assert seen.stdout == b"[Errno 2] No such file or directory: '/no/such/program'\n"
    assert seen.kinds("SPAWNED") == []


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where processes are")
def test_its_computing_and_an_end_that_nobody_asked_for_are_seen_from_outside(tmp_path: Path) -> None:
    script = tmp_path / "program.py"
    script.write_text(
        "import subprocess, sys, time\n"
        'subprocess.Popen([sys.executable, "-c", "for i in range(10**7): pass"])\n'
        'one = subprocess.Popen(["sleep", "0.05"])\n'
        "time.sleep(60)\n"
    )
    run = Run(Launch(script))
    try:
        run.prepare()
        until(lambda: run.poll() and run.state == "ready")
        run.go()

        def states(words: str) -> dict[State, int]:
            run.poll()
            found = [worker.index for worker in run.timeline.workers if words in worker.name]
            return run.timeline.lane(found[0]).totals() if found else {}

        until(lambda: states("range").get(State.RUNNING, 0) > 20_000_000)
        until(lambda: run.timeline.lane(_worker(run, "sleep 0.05")).stop_ns is not None)

        assert states("sleep 0.05").get(State.GIL, 0) == 0
        assert run.state == "running"
    finally:
        run.close()


def _worker(run: Run, name: str) -> int:
    run.poll()
    return next(worker.index for worker in run.timeline.workers if worker.name == name)


def test_a_long_command_line_is_cut() -> None:
    assert command_line(["/usr/bin/sort", "-n", b"file"]) == "sort -n file"
    assert command_line("sleep 1;\n echo done") == "sleep 1; echo done"
    assert len(command_line(["echo", "x" * 1000])) == NAME_LETTERS

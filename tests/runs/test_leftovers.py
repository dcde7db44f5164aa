"""A run that is stopped, orphaned, or whose keepers are killed leaves no process and no memory."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path
from textwrap import dedent

import pytest

from concviz.runs import descendants, folders
from concviz.runs.launch import PACKAGE
from tests.runs.watching import ended, running, words
from tests.waiting import until

DEADLOCK = """
    import threading
    a, b = threading.Lock(), threading.Lock()
    both = threading.Barrier(2)
    def grab(first, second):
        with first:
            both.wait()
            with second:
                pass
    threading.Thread(target=grab, args=(a, b)).start()
    threading.Thread(target=grab, args=(b, a)).start()
    print("stuck", flush=True)
"""
FAMILY = """
    import os, time
    child = os.fork()
    if child == 0:
        os.setsid()
        if os.fork() == 0:
            print(f"grandchild {os.getpid()}", flush=True)
        time.sleep(1000)
    time.sleep(1000)
"""


@pytest.mark.parametrize("source", [DEADLOCK, "print('up', flush=True)\nwhile True: pass"], ids=["deadlock", "endless loop"])
def test_a_program_that_never_ends_is_ended_at_once(tmp_path: Path, source: str) -> None:
    with running(tmp_path, source) as run:
        until(lambda: run.poll() is not None and words(run), "its first word")

        run.stop()

        assert run.exit is not None
        assert run.exit.stopped
        assert not descendants.alive(run.pid)


def test_children_that_ran_away_into_sessions_of_their_own_are_ended_too(tmp_path: Path) -> None:
    with running(tmp_path, FAMILY) as run:
        until(lambda: run.poll() is not None and "grandchild" in words(run), "the grandchild")
        grandchild = int(words(run).split()[-1])

        run.stop()

        assert not descendants.alive(grandchild)


def test_an_orphan_outlives_the_program_and_is_counted_then_ended(tmp_path: Path) -> None:
    source = """
        import os, sys, time
        if os.fork() == 0:
            print(os.getpid(), flush=True)
            time.sleep(1000)
    """
    with running(tmp_path, source) as run:
        until(lambda: run.poll() is not None and words(run), "the orphan's word")
        ended(run)
        orphan = int(words(run))
        assert run.timeline.meta.exit is not None
        assert run.timeline.meta.exit["children_left"] == 1
        assert descendants.alive(orphan)

        run.stop()

        assert not descendants.alive(orphan)


def test_nothing_stays_in_shared_memory(tmp_path: Path) -> None:
    with running(tmp_path, "import threading\nthreading.Thread(target=print).start()") as run:
        assert list(folders.memory_root().glob(f"concviz-{os.getpid()}-*"))
        ended(run)
        run.stop()

        assert not list(folders.memory_root().glob(f"concviz-{os.getpid()}-*"))


def test_a_killed_supervisor_takes_the_program_with_it_and_is_told(tmp_path: Path) -> None:
    with running(tmp_path, "print('up', flush=True)\nwhile True: pass") as run:
        until(lambda: run.poll() is not None and words(run), "its first word")
        supervisor = run.supervisor_pid
        assert supervisor

        os.kill(supervisor, signal.SIGKILL)
        ended(run)

        assert run.state == "failed"
        assert "supervisor" in run.failure
        until(lambda: not descendants.alive(run.pid), "the program's end")
        assert not list(folders.memory_root().glob(f"concviz-{os.getpid()}-*"))


OWNER = """
    import sys, time
    from pathlib import Path
    from concviz.runs.launch import Launch
    from concviz.runs.run import Run
    run = Run(Launch(Path(sys.argv[1]), lines=False))
    run.prepare()
    while run.state != "ready":
        run.poll()
        time.sleep(0.005)
    run.go()
    print(run.pid, run.supervisor_pid, flush=True)
    time.sleep(1000)
"""


def test_when_the_owner_is_killed_no_process_and_no_memory_is_left(tmp_path: Path) -> None:
    (tmp_path / "owner.py").write_text(dedent(OWNER))
    (tmp_path / "program.py").write_text("while True: pass")
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, str(tmp_path / "owner.py"), str(tmp_path / "program.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as owner:
        assert owner.stdout is not None
        program, supervisor = map(int, owner.stdout.readline().split())

        owner.kill()

    until(lambda: not descendants.alive(program) and not descendants.alive(supervisor), "the end of both")
    assert not list(folders.memory_root().glob(f"concviz-{owner.pid}-*"))
    for left in Path(tempfile.gettempdir()).glob(f"concviz-{owner.pid}-*"):
        shutil.rmtree(left)


def test_all_that_a_killed_owner_left_can_be_removed_when_its_supervisor_is_done(tmp_path: Path) -> None:
    (tmp_path / "owner.py").write_text(dedent(OWNER))
    (tmp_path / "program.py").write_text("while True: pass")
    environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent)}
    command = [sys.executable, str(tmp_path / "owner.py"), str(tmp_path / "program.py")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, env=environment, text=True) as owner:
        assert owner.stdout is not None
        program, supervisor = map(int, owner.stdout.readline().split())
        owner.kill()

    folders.remove_of(owner.pid, limit_seconds=30)

    assert not descendants.alive(program)
    until(lambda: not descendants.alive(supervisor), "its end")
    assert [*Path(tempfile.gettempdir()).glob(f"concviz-{owner.pid}-*"), *folders.memory_root().glob(f"concviz-{owner.pid}-*")] == []


def test_what_both_killed_sides_left_is_swept(tmp_path: Path) -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    left = folders.memory_root() / f"concviz-{gone.pid}-00000000"
    left.mkdir()
    (left / f"supervisor.{gone.pid}").touch()

    assert left in folders.sweep()
    assert not left.exists()


def test_what_a_living_owner_has_is_not_swept() -> None:
    mine = folders.make(folders.memory_root())
    try:
        assert mine not in folders.sweep()
        assert mine.exists()
    finally:
        mine.rmdir()


def test_what_has_no_owners_number_in_its_name_is_not_swept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    theirs = tmp_path / "concviz-notes-x"
    theirs.mkdir()

    assert theirs not in folders.sweep()
    assert theirs.exists()


def test_a_dead_owners_folder_without_a_recording_is_swept_and_one_with_it_stays() -> None:
    with subprocess.Popen([sys.executable, "-c", ""]) as gone:
        pass
    empty, full = (Path(tempfile.gettempdir()) / f"concviz-{gone.pid}-{number}" for number in ("0", "1"))
    empty.mkdir()
    full.mkdir()
    (full / folders.RECORDING).touch()
    try:
        assert [folder for folder in folders.sweep() if folder in {empty, full}] == [empty]
    finally:
        shutil.rmtree(full)

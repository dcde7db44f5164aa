"""A process that runs already is watched, and let go of: it is never harmed."""

from __future__ import annotations

import json
import os
import signal
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from concviz.cli import main
from concviz.runs import descendants
from tests.already import THREADS, already, ended, that_lets_in
from tests.probes.harness import has_gil, pythons
from tests.verbs.typed import started
from tests.waiting import until

if TYPE_CHECKING:
    from tests.already import Target

Output = pytest.CaptureFixture[str]

WORDS = ("the program's own last words\n", "", 7)
"""What THREADS says and ends with when nobody watches."""

LOCKS = """
    import os, queue, sys, threading, time

    def facts():
        own = [threading.Lock, threading.RLock, threading.Thread.start, threading.Thread.join, queue.Queue.put, time.sleep, os.waitpid]
        return [*own, *sys.meta_path, len(os.listdir("/proc/self/task")), threading.active_count()]

    def work(lock):
        for _ in range(3):
            with lock:
                time.sleep(0.002)

    def go_on():
        over.append(sys.stdin.read())

    before, over = facts(), []
    threading.Thread(target=go_on, name="older", daemon=True).start()
    print("ready", flush=True)
    while not over:
        lock = threading.Lock()
        threads = [threading.Thread(target=work, args=(lock,), name="made since") for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    while len(os.listdir("/proc/self/task")) > before[-2]:
        time.sleep(0.001)
    print("as it was" if facts() == before else [pair for pair in zip(facts(), before) if pair[0] != pair[1]])
    sys.exit(3)
"""
"""Makes threads and locks all the time; says at its end whether all is as it was at its start."""


TASKS = """
    import asyncio, sys, threading

    async def for_ever():
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            print(asyncio.current_task().get_name(), "was cancelled")

    async def main():
        threading.Thread(target=lambda: over.append(sys.stdin.read()), daemon=True).start()
        task = asyncio.create_task(for_ever(), name="waits for ever")
        print("ready", flush=True)
        while not over:
            lock = asyncio.Lock()
            async with lock:
                await asyncio.sleep(0.01)
        task.cancel()
        await task

    over = []
    asyncio.run(main())
"""
"""A task that waits while another one goes on."""

CHILDREN = """
    import subprocess, sys, threading

    def children():
        while not over:
            subprocess.run(["sleep", "0.25"])

    over = []
    thread = threading.Thread(target=children)
    thread.start()
    print("ready", flush=True)
    over.append(sys.stdin.read())
"""
"""Starts one other program after another."""


def attached(capsys: Output, target: Target, *words: str) -> dict[str, Any]:
    """The pane, after a short look."""
    assert main(["attach", str(target.pid), "--json", *words]) == 0
    (pane,) = json.loads(capsys.readouterr().out)["panes"]
    return dict(pane)


def spent(pane: dict[str, Any]) -> list[dict[str, float]]:
    """Of each worker, the seconds in each state."""
    found = []
    for worker in pane["workers"]:
        sums: dict[str, float] = {}
        for span in worker["spans"]:
            sums[span["state"]] = sums.get(span["state"], 0.0) + span["to_s"] - span["from_s"]
        found.append(sums)
    return found


@pytest.mark.parametrize("python", pythons())
def test_from_outside_threads_are_seen_to_compute_to_wait_and_to_sleep(tmp_path: Path, capsys: Output, python: str) -> None:
    with already(tmp_path, THREADS, python) as target:
        pane = attached(capsys, target, "--from-outside", "--duration", "0.8")

        assert {worker["name"] for worker in pane["workers"]} == {"main", "spin 0", "spin 1", "asleep"}
        waits, *others = [max(sums, key=lambda state: sums[state]) for sums in spent(pane)]
        assert pane["workers"][0]["name"] == "main"
        assert waits == "io"
        assert others.count("sleeping") == 1
        assert set(others) - {"sleeping"} <= {"running", "gil", "ready"}
        assert (pane["exit"]["apart"], pane["attached"]["inside"]) == ("detached", False)
        assert any(words.startswith("not seen: locks, queues") for words in pane["attached"]["words"])
        if has_gil(python):
            assert not pane["measured"]["no_gil"]
            assert sum(pane["measured"]["hand_overs"].values()) > 0
        assert ended(target) == WORDS


def test_a_recording_of_it_is_replayed_and_says_what_was_not_seen(tmp_path: Path, capsys: Output) -> None:
    kept = tmp_path / "kept.cvz"
    with already(tmp_path, THREADS) as target:
        attached(capsys, target, "--from-outside", "--duration", "0.2", "-o", str(kept))

    assert main(["replay", str(kept), "--plain"]) == 0
    told = capsys.readouterr().out
    assert f"attached to PID {target.pid}" in told
    assert "attached from outside: as was asked for\nnot seen: locks" in told
    assert "output: not seen" in told


def test_processes_below_it_have_lanes_and_their_ends(tmp_path: Path, capsys: Output) -> None:
    with already(tmp_path, CHILDREN) as target:
        pane = attached(capsys, target, "--from-outside", "--duration", "1")

        children = [worker for worker in pane["workers"] if worker["name"] == "sleep 0.25"]
        assert {child["kind"] for child in children} == {"process"}
        assert "done" in {child["end"] for child in children}
        assert ended(target) == ("", "", 0)


def test_what_lets_probes_in_tells_of_all_that_is_made_from_then_on_and_is_as_it_was(tmp_path: Path, capsys: Output) -> None:
    with already(tmp_path, LOCKS, that_lets_in()) as target:
        pane = attached(capsys, target, "--duration", "0.6")

        names = {worker["name"] for worker in pane["workers"]}
        assert {"MainThread", "older", "made since"} <= names
        assert "lock" in {resource["name"] for resource in pane["resources"]}
        assert "lock" in {state for sums in spent(pane) for state in sums}
        assert pane["attached"]["inside"] is True
        assert ended(target) == ("as it was\n", "", 3)


def test_it_can_be_watched_from_inside_again_and_again(tmp_path: Path, capsys: Output) -> None:
    with already(tmp_path, LOCKS, that_lets_in()) as target:
        panes = [attached(capsys, target, "--duration", "0.3", "--no-lines") for _ in range(2)]

        assert [pane["attached"]["inside"] for pane in panes] == [True, True]
        assert ["lock" in {resource["name"] for resource in pane["resources"]} for pane in panes] == [True, True]
        assert ended(target) == ("as it was\n", "", 3)


def test_tasks_that_wait_already_have_lanes_each_time_one_comes(tmp_path: Path, capsys: Output) -> None:
    with already(tmp_path, TASKS, that_lets_in()) as target:
        panes = [attached(capsys, target, "--duration", "0.3") for _ in range(2)]

        for pane in panes:
            states = {
                worker["name"]: max(sums, key=lambda state: sums[state]) for worker, sums in zip(pane["workers"], spent(pane), strict=True)
            }
            assert (states["waits for ever"], states["Task-1 main"]) == ("await", "await")
            assert "lock" in {resource["name"] for resource in pane["resources"]}
        assert ended(target) == ("waits for ever was cancelled\n", "", 0)


def test_where_remote_debugging_is_off_it_is_seen_from_outside_with_the_reason(tmp_path: Path, capsys: Output) -> None:
    with already(tmp_path, THREADS, that_lets_in(), PYTHON_DISABLE_REMOTE_DEBUG="1") as target:
        pane = attached(capsys, target, "--duration", "0.2")

        assert not pane["attached"]["inside"]
        assert pane["attached"]["why"].startswith("remote debugging is switched off in it")
        assert ended(target) == WORDS


def test_one_that_is_killed_meanwhile_has_ended(tmp_path: Path) -> None:
    with already(tmp_path, THREADS) as target:
        ours = started("attach", str(target.pid), "--plain", "--from-outside")
        until(lambda: looked_at(ours.pid), "being attached")
        target.kill()
        out, errors = ours.communicate(timeout=30)

    assert (errors, ours.returncode) == ("", 0)
    assert f"pid {target.pid} · gone" in out


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
def test_whatever_ends_concviz_does_not_end_it(tmp_path: Path, number: signal.Signals) -> None:
    with already(tmp_path, LOCKS, next(python for python in reversed(pythons()) if has_gil(python))) as target:
        ours = started("attach", str(target.pid), "--plain")
        helper = until(lambda: looked_at(ours.pid), "being attached")

        os.kill(ours.pid, number)
        ours.communicate(timeout=30)

        assert ours.returncode == (0 if number == signal.SIGINT else -number)
        until(lambda: not descendants.alive(helper), "the end of who attached")
        assert ended(target) == ("as it was\n", "", 3)


def looked_at(pid: int) -> int:
    """The small process that has attached for it, once it has begun to look; 0 before."""
    for child in descendants.below(pid):
        memory = Path("/dev/shm").glob(f"concviz-{pid}-*/*.names")
        if any(memory):
            return child
    return 0


@pytest.mark.parametrize(
    ("pid", "said"),
    [
        ("99999999", "there is no process 99999999"),
        (str(os.getpid()), f"process {os.getpid()} is concviz itself"),
        ("zero", "PID zero: that is no process's number"),
        ("0", "PID 0: that is no process's number"),
    ],
    ids=["nobody's", "our own", "a word", "zero"],
)
def test_a_wrong_pid_is_one_clear_line(capsys: Output, pid: str, said: str) -> None:
    assert main(["attach", pid, "--plain"]) == 2

    told = capsys.readouterr().err
    assert told.startswith(f"concviz: {said}")
    assert told.count("\n") == 1


def test_a_program_that_is_no_python_is_said_to_be_none(capsys: Output) -> None:
    with os.popen("sleep 60 & echo $!") as shell:
        pid = int(shell.readline())
        try:
            until(lambda: main(["attach", str(pid), "--plain"]) == 2)
        finally:
            os.kill(pid, signal.SIGKILL)
    assert f"process {pid}" in capsys.readouterr().err


def test_elsewhere_than_on_linux_it_is_refused(monkeypatch: pytest.MonkeyPatch, capsys: Output) -> None:
    monkeypatch.setattr("sys.platform", "darwin")

    assert main(["attach", "1", "--plain"]) == 2
    assert capsys.readouterr().err.startswith("concviz: only Linux lets one look at a process that runs already")


def test_one_whose_memory_may_not_be_read_is_still_seen_from_outside(
    tmp_path: Path, capsys: Output, monkeypatch: pytest.MonkeyPatch
) -> None:
    def forbidden(pid: int) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("concviz.runs.attachment.Interpreter", forbidden)
    with already(tmp_path, THREADS) as target:
        pane = attached(capsys, target, "--duration", "0.2")

    assert pane["attached"]["why"].startswith("its memory may not be read")
    assert len(pane["workers"]) == 4

"""How a program was looked at is told with what was seen: rates, cost, and what could not be seen, with the reason."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from textwrap import dedent
from typing import TYPE_CHECKING, Any

import pytest

from concviz.runs.launch import Launch
from concviz.runs.run import Run
from concviz.sampling.pace import BUDGET
from concviz.timeline.gil import gil_missing
from tests.runs.watching import ended
from tests.waiting import until

if TYPE_CHECKING:
    from concviz.timeline.measure import Measure

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells where threads are")

SPIN = """
import threading, time
def spin():
    until = time.monotonic() + 1.2
    while time.monotonic() < until:
        pass
threads = [threading.Thread(target=spin) for _ in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
"""


def measured(folder: Path, budget: float) -> Measure:
    """What is told at the end of a run of SPIN."""
    (folder / "program.py").write_text(SPIN)
    run = Run(Launch(folder / "program.py", lines=False, cwd=folder, budget=budget))
    try:
        run.prepare()
        until(lambda: run.poll() is not None and run.state == "ready", "the program being ready")
        run.go()
        ended(run)
        run.stop()
        told = run.timeline.meta.measure
        assert told is not None
        return told
    finally:
        run.close()


def test_more_budget_means_more_looks(tmp_path: Path) -> None:
    little, much = measured(tmp_path, 0.01), measured(tmp_path, 0.6)

    assert little.budget < much.budget
    assert much.gil_per_s > 4 * little.gil_per_s > 0
    assert much.gil_every_ns == pytest.approx(1e9 / much.gil_per_s)
    assert much.seats_per_s > little.seats_per_s > 0


def test_no_budget_means_no_looks_and_says_so(tmp_path: Path) -> None:
    told = measured(tmp_path, 0)

    assert (told.gil_per_s, told.seats_per_s, told.share, told.hand_overs) == (0, 0, 0, {})
    assert told.no_seats == "sampling is off"
    assert told.supervisor_cpu_s > 0


def test_eight_runs_that_share_a_budget_keep_it(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(SPIN)
    runs = [Run(Launch(tmp_path / "program.py", lines=False, cwd=tmp_path, budget=BUDGET / 8)) for _ in range(8)]
    try:
        for run in runs:
            run.prepare()
        until(lambda: all(run.poll() is not None and run.state == "ready" for run in runs), "all being ready", limit_seconds=60)
        for run in runs:
            run.go()
        until(lambda: all([run.poll() is not None and run.state == "ended" for run in runs]), "all ends", limit_seconds=60)  # noqa: C419
        told = [run.timeline.meta.measure for run in runs]

        assert sum(each.share for each in told if each is not None) < 1.2 * BUDGET
        assert all(each is not None and each.gil_per_s > 0 for each in told)  # how often is the machine's to say
    finally:
        for run in runs:
            run.close()


def test_a_process_killed_while_it_is_looked_at_stops_nothing(tmp_path: Path) -> None:
    source = """
        import multiprocessing, os, signal, threading, time
        def child():
            threads = [threading.Thread(target=lambda: [None for _ in iter(int, 1)], daemon=True) for _ in range(3)]
            for thread in threads: thread.start()
            time.sleep(0.1)
            os.kill(os.getpid(), signal.SIGKILL)
        if __name__ == "__main__":
            process = multiprocessing.get_context("fork").Process(target=child)
            process.start()
            process.join()
            print(process.exitcode)
    """
    (tmp_path / "program.py").write_text(dedent(source))
    run = Run(Launch(tmp_path / "program.py", lines=False, cwd=tmp_path, budget=0.5))
    try:
        run.prepare()
        until(lambda: run.poll() is not None and run.state == "ready", "the program being ready")
        run.go()
        ended(run)
        run.stop()

        assert [line.text for line in run.timeline.output] == ["-9"]
        assert run.failure == ""
        assert run.timeline.meta.measure is not None
        assert run.timeline.meta.measure.hand_overs.keys() == {1, 2}
        assert {gil_missing(run.timeline, process) for process in (1, 2)} == {""}
    finally:
        run.close()


WITHOUT_RIGHT = """
import ctypes, os, sys
PR_CAPBSET_DROP, CAP_SYS_PTRACE = 24, 19
ctypes.CDLL(None).prctl(PR_CAPBSET_DROP, CAP_SYS_PTRACE, 0, 0, 0)
os.execv(sys.executable, [sys.executable, "-m", "concviz", "run", "program.py", "--json"])
"""
"""What this executes may not read other processes' memory by right, not even as root: only where they let it."""

LETS_NOBODY = """
import ctypes, multiprocessing, threading, time
PR_SET_DUMPABLE = 4
def work():
    time.sleep(0.3)
def child():
    threads = [threading.Thread(target=work) for _ in range(2)]
    for thread in threads: thread.start()
    for thread in threads: thread.join()
if __name__ == "__main__":
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    process = multiprocessing.get_context("fork").Process(target=child)
    process.start()
    process.join()
"""


def test_a_process_that_may_not_be_read_says_why_and_runs_on(tmp_path: Path) -> None:
    (tmp_path / "program.py").write_text(LETS_NOBODY)
    environment = os.environ | {"PYTHONPATH": str(Path(__file__).parents[2]), "CONCVIZ_SETTINGS": str(tmp_path / "settings.json")}

    ran = subprocess.run(
        [sys.executable, "-c", WITHOUT_RIGHT], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True, timeout=60
    )

    (pane,) = json.loads(ran.stdout)["panes"]
    assert pane["exit"]["code"] == 0
    assert "the kernel refused to read the memory" in pane["measured"]["no_gil"]["2"]
    assert any("who holds the GIL: the kernel refused" in words for words in pane["not_measured"])
    sleeps = [sum(span["to_s"] - span["from_s"] for span in each["spans"] if span["state"] == "sleeping") for each in _threads(pane)]
    assert len(sleeps) == 2
    assert min(sleeps) > 0.25


def _threads(pane: dict[str, Any]) -> list[dict[str, Any]]:
    return [worker for worker in pane["workers"] if worker["kind"] == "thread"]

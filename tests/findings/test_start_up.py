"""Processes that take longer to start than they work are found; those that work longer are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.findings.found import found, found_in
from tests.runs.watching import running, words
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import multiprocessing, time
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    four = [multiprocessing.Process(target=time.sleep, args=({seconds},)) for _ in range(4)]
    [one.start() for one in four]
    [one.join() for one in four]
"""


def test_processes_that_are_started_for_nothing_are_found(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "start_up", PROGRAM.format(seconds=0), ms=100, times=0.2)

    assert finding.words.startswith("4 processes took ")
    assert finding.words.endswith("program.py:6")


def test_processes_that_work_longer_than_they_start_are_not(tmp_path: Path) -> None:
    assert found_in(tmp_path, "start_up", PROGRAM.format(seconds=2), ms=100) == ()


def test_while_one_still_works_nothing_is_said(tmp_path: Path) -> None:
    waits = PROGRAM.format(seconds=0).replace("    [one.join() for one in four]", "    print('started', flush=True); time.sleep(60)")
    last = "four = [*four, multiprocessing.Process(target=time.sleep, args=(60,))]\n    [one.start() for one in four]"
    with running(tmp_path, waits.replace("[one.start() for one in four]", last)) as run:
        until(lambda: run.poll() is not None and "started" in words(run), "the words")

        assert found(run.timeline, "start_up", ms=0, times=0) == ()

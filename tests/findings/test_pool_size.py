"""Pools with too few or too many workers are found, those that fit are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.findings.found import found, found_in
from tests.runs.watching import running
from tests.waiting import until

if TYPE_CHECKING:
    from pathlib import Path

THREADS = """
import time
from concurrent.futures import ThreadPoolExecutor
with ThreadPoolExecutor({workers}) as pool:
    list(pool.map(lambda number: {job}, range(24)))
"""
EXECUTOR = """
from concurrent.futures import ProcessPoolExecutor
if __name__ == "__main__":
    with ProcessPoolExecutor({workers}) as pool:
        list(pool.map(abs, range({jobs})))
"""
POOL = """
import multiprocessing
if __name__ == "__main__":
    with multiprocessing.Pool({workers}) as pool:
        pool.map(abs, range({jobs}), chunksize=1)
        {then}
"""
CLOSE = "pool.close(); pool.join()"


def test_a_pool_whose_jobs_lie_there_while_all_sleep_is_too_small(tmp_path: Path) -> None:
    (finding,) = found_in(tmp_path, "pool_size", THREADS.format(workers=2, job="time.sleep(0.03)"))

    assert finding.words.startswith("Jobs lay in `pool` for ")
    assert len(finding.workers) == 2


@pytest.mark.parametrize(
    ("workers", "job"),
    [(12, "time.sleep(0.03)"), (2, "sum(value * value for value in range(200_000))")],
    ids=["enough workers", "jobs that compute"],
)
def test_its_twins_are_silent(tmp_path: Path, workers: int, job: str) -> None:
    assert found_in(tmp_path, "pool_size", THREADS.format(workers=workers, job=job)) == ()


@pytest.mark.parametrize("source", [EXECUTOR, POOL], ids=["executor", "pool"])
def test_workers_that_never_did_a_job_are_found(tmp_path: Path, source: str) -> None:
    (finding,) = found_in(tmp_path, "pool_size", source.format(workers=6, jobs=1, then=CLOSE))

    assert finding.words.startswith("5 of the 6 workers of ")


def test_a_pool_in_which_all_have_something_to_do_is_not(tmp_path: Path) -> None:
    meet = "import threading\nall_there = threading.Barrier(4)\n"
    source = THREADS.format(workers=4, job="all_there.wait()")

    assert found_in(tmp_path, "pool_size", meet + source) == ()


def test_before_the_pool_is_over_its_workers_may_yet_get_a_job(tmp_path: Path) -> None:
    source = POOL.format(workers=6, jobs=1, then="print('done', flush=True); multiprocessing.Event().wait()")
    with running(tmp_path, source) as run:
        until(lambda: run.poll() is not None and any(line.text == "done" for line in run.timeline.output), "the words")

        assert found(run.timeline, "pool_size") == ()

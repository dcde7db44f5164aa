"""Workers that nobody waited for are found; daemons, pools and those that were joined are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.findings.found import found_in

if TYPE_CHECKING:
    from pathlib import Path

THREAD = """
import threading, time
worker = threading.Thread(target=time.sleep, args=(0.3,), name="worker", daemon={daemon})
worker.start()
{join}
"""
PROCESS = """
import multiprocessing, time
if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    worker = context.Process(target=time.sleep, args=({seconds},), name="worker")
    worker.start()
    {then}
"""
POOL = """
import time
from concurrent.futures import ThreadPoolExecutor
pool = ThreadPoolExecutor(2)
pool.submit(time.sleep, 0.3)
"""
FORK = """
import os, time
child = os.fork()
if not child:
    os._exit(0)
os.waitpid(child, 0)
time.sleep(0.3)
"""
LEFT = {
    "thread": (THREAD.format(daemon=False, join=""), "main had nothing more to do, but worker still ran: the interpreter waited "),
    "process": (PROCESS.format(seconds=0.4, then=""), "main had nothing more to do, but worker still ran: the interpreter waited "),
    "ended": (PROCESS.format(seconds=0, then="time.sleep(0.4)\n    __import__('os')._exit(0)"), "worker ended, and nobody ever joined it"),
    "behind": (
        PROCESS.format(seconds=9, then="time.sleep(0.1)\n    __import__('os')._exit(0)"),
        "the program ended and left worker behind, which had to be ended",
    ),
}
IN_ORDER = {
    "joined": THREAD.format(daemon=False, join="worker.join()"),
    "daemon": THREAD.format(daemon=True, join=""),
    "joined process": PROCESS.format(seconds=0.2, then="worker.join()"),
    "terminated process": PROCESS.format(seconds=9, then="worker.terminate(); worker.join()"),
    "pool": POOL,
    "fork": FORK,
}


@pytest.mark.parametrize("case", LEFT)
def test_who_was_not_waited_for_is_found(tmp_path: Path, case: str) -> None:
    source, words = LEFT[case]

    (finding,) = found_in(tmp_path, "left_running", source)

    assert finding.words.startswith(words)


@pytest.mark.parametrize("case", IN_ORDER)
def test_who_is_waited_for_is_not(tmp_path: Path, case: str) -> None:
    assert found_in(tmp_path, "left_running", IN_ORDER[case]) == ()

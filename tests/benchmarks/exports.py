"""What it costs to turn a long recording into a trace: the whole command, from its start to its end."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.benchmarks import recording
from tests.benchmarks.figure import Figure
from tests.walls.tree import ROOT

EVENTS = 1_000_000
GOAL_S, GOAL_MB = 3, 200


def measure(_python: str) -> list[Figure]:
    """To Perfetto's format."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "run.cvz", Path(folder) / "run.pftrace"
        recording.write(source, EVENTS)
        seconds, memory_mb = _ran(["export", str(source), "-o", str(target)])
    name = f"{EVENTS:,} events to Perfetto"
    return [Figure(f"{name}, the whole command", seconds, "s", GOAL_S), Figure(f"{name}, memory at most", memory_mb, "MB", GOAL_MB)]


def _ran(words: list[str]) -> tuple[float, float]:
    """(seconds, MB of memory at most) of one concviz."""
    begin = time.perf_counter()
    ran = subprocess.Popen([sys.executable, "-m", "concviz", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(ran.pid, 0)
    seconds = time.perf_counter() - begin
    ran.returncode = os.waitstatus_to_exitcode(status)
    assert ran.returncode == 0, f"concviz {words[0]} ended with {ran.returncode}"
    return seconds, used.ru_maxrss / 1024

"""How much later than under a bare interpreter a watched program's first line runs."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from pathlib import Path
from statistics import median

from concviz.runs.folders import memory_root
from concviz.runs.launch import HOST
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS, keeping_compiled

TURNS = 15


def measure(python: str) -> list[Figure]:
    """The median of each turn's own difference. GO is given beforehand: nobody is waited for."""
    with tempfile.TemporaryDirectory() as folder:
        environment = keeping_compiled(folder)
        turns_ns = [_watched_ns(python, environment) - _bare_ns(python, environment) for _ in range(TURNS + 1)]
    return [Figure("watched process ready, later than bare", median(turns_ns[1:]) / 1e6, "ms", 30)]


def _bare_ns(python: str, environment: dict[str, str]) -> float:
    return _first_line_ns([python, str(PROGRAMS / "first_line.py")], environment)


def _watched_ns(python: str, environment: dict[str, str]) -> float:
    ready, says_ready = os.pipe()
    go, says_go = os.pipe()
    os.write(says_go, b"g")
    try:
        with tempfile.TemporaryDirectory(dir=memory_root()) as folder:
            command = [python, str(HOST), folder, str(says_ready), str(go), "1", *[str(PROGRAMS / "first_line.py")] * 2]
            return _first_line_ns(command, environment, says_ready, go)
    finally:
        for fd in (ready, says_ready, go, says_go):
            os.close(fd)


def _first_line_ns(command: list[str], environment: dict[str, str], *fds: int) -> float:
    """From asking for the process to its program's first line."""
    with tempfile.TemporaryDirectory() as folder:
        result = Path(folder) / "result"
        begin = time.monotonic_ns()
        subprocess.run(command, env=environment | {"RESULT": str(result)}, pass_fds=fds, check=True)
        return float(result.read_text()) - begin

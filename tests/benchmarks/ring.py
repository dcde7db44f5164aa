"""What one event costs the thread that notes it, beside the clock read that it cannot do without."""

from __future__ import annotations

import os
import subprocess
import tempfile

from concviz.runs.folders import memory_root
from concviz.runs.launch import PACKAGE
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS


def measure(python: str) -> list[Figure]:
    """Both in one process, turn by turn; the ring lies where a run's rings lie, and is never full."""
    with tempfile.TemporaryDirectory(dir=memory_root()) as folder:
        environment = os.environ | {"PYTHONPATH": str(PACKAGE.parent), "FOLDER": folder}
        command = [python, str(PROGRAMS / "emit.py")]
        told = subprocess.run(command, env=environment, cwd=folder, check=True, capture_output=True, text=True).stdout
    event_ns, clock_ns = map(float, told.split())
    return [
        Figure("one event into the ring", event_ns, "ns", 600),
        Figure("one clock read", clock_ns, "ns"),
        Figure("one event into the ring / clock read", event_ns / clock_ns, "x", 8),
    ]

"""What it costs to turn a recording into a trace or a film: the whole command, from its start to its end."""

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

FILMED_EVENTS = 100_000
FILM = "space wait:9.8"
"""One key, and what it shows: a replay."""


def measure(_python: str) -> list[Figure]:
    """To Perfetto's format."""
    with tempfile.TemporaryDirectory() as folder:
        source, target = Path(folder) / "run.cvz", Path(folder) / "run.pftrace"
        recording.write(source, EVENTS)
        seconds, memory_mb = _ran(["export", str(source), "-o", str(target)])
    name = f"{EVENTS:,} events to Perfetto"
    return [Figure(f"{name}, the whole command", seconds, "s", GOAL_S), Figure(f"{name}, memory at most", memory_mb, "MB", GOAL_MB)]


def measure_film(_python: str) -> list[Figure]:
    """A film of ten seconds from a recording, to asciicast and to GIF."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "run.cvz"
        recording.write(source, FILMED_EVENTS)
        words = ["record", str(source), "--keys", FILM, "-o"]
        cast_s, cast_mb = _ran([*words, str(Path(folder) / "film.cast")])
        gif_s, _ = _ran([*words, str(Path(folder) / "film.gif")])
        gif_mb = (Path(folder) / "film.gif").stat().st_size / 1e6
    return [
        Figure("a film of 10 s to asciicast, the whole command", cast_s, "s", 10),
        Figure("a film of 10 s to asciicast, memory at most", cast_mb, "MB"),
        Figure("a film of 10 s to GIF, the whole command", gif_s, "s", 15),
        Figure("a film of 10 s as GIF", gif_mb, "MB", 1.5),
    ]


def _ran(words: list[str]) -> tuple[float, float]:
    """(seconds, MB of memory at most) of one concviz."""
    begin = time.perf_counter()
    ran = subprocess.Popen([sys.executable, "-m", "concviz", *words], cwd=ROOT, stdout=subprocess.DEVNULL)
    _, status, used = os.wait4(ran.pid, 0)
    seconds = time.perf_counter() - begin
    ran.returncode = os.waitstatus_to_exitcode(status)
    assert ran.returncode == 0, f"concviz {words[0]} ended with {ran.returncode}"
    return seconds, used.ru_maxrss / 1024

"""Whether `concviz compare` tells the truth: its speed-ups beside those of a plain script that times the same by itself."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import defaultdict
from statistics import median

from concviz.runs.launch import PACKAGE
from tests.benchmarks.figure import Figure
from tests.benchmarks.watching import PROGRAMS

PLAIN = PROGRAMS / "timed_plainly.py"
"""Holds the functions too."""

FUNCTIONS = ("spin", "nap")
"""One that computes, one that waits."""

REPETITIONS = 10
ROUNDS, PLAIN_ROUNDS, PLAIN_RUNS = 7, 3, 5
"""The plain script is the truth here, so it measures longer: so many rounds in each of so many runs, before, and as many after.

Several runs, since one process has its own luck, with where its memory lies say, in all of its rounds.
"""


def measure(python: str) -> list[Figure]:
    """How often the plain script's speed-up lies within the interval that compare tells."""
    found = []
    for function in FUNCTIONS:
        within = [inside for _ in range(REPETITIONS) for inside in _within(function, python)]
        found.append(Figure(f"compare, {function}: plain speed-ups within the interval", sum(within) / len(within), "", 0.9, "more"))
    return found


def _within(function: str, python: str) -> list[bool]:
    """By model. The plain script runs before and after, so that a machine that gets slower or busier meets both alike."""
    before = _plain(function, python)
    words = ["compare", f"{PLAIN}:{function}", "--each", "8", "--workers", "2", "--repeat", str(ROUNDS), "--json", "--python", python]
    words += ["--only", "threads", "--only", "processes"]
    ran = subprocess.run([sys.executable, "-m", "concviz", *words], capture_output=True, check=True, cwd=PACKAGE.parent)
    told = {row["model"]: row["speed_up"] for row in json.loads(ran.stdout)["rows"]}
    after = _plain(function, python)
    taken = {model: median([*before[model], *after[model]]) for model in before}
    return [told[model]["low"] <= taken["sequential"] / taken[model] <= told[model]["high"] for model in ("threads", "processes")]


def _plain(function: str, python: str) -> dict[str, list[float]]:
    """Seconds of each round of each run, by model."""
    taken: dict[str, list[float]] = defaultdict(list)
    for _ in range(PLAIN_RUNS):
        ran = subprocess.run([python, PLAIN, function, str(PLAIN_ROUNDS)], capture_output=True, check=True)
        for model, seconds in json.loads(ran.stdout).items():
            taken[model] += seconds
    return taken

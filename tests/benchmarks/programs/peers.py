"""What frontrun and detangle make of the programs that `concviz explore` is measured with; run by `frontrun python peers.py FOLDER`.

Prints one JSON object. A verdict is true for "holds", false for "fails", null for none.
"""

import json
import sys
import time
from importlib import import_module
from statistics import median
from typing import Any

# By their names: none of them is there when our types are checked.
detangle: Any = import_module("detangle")
frontrun: Any = import_module("frontrun")
sys.path.insert(0, sys.argv[1])
classics: Any = import_module("classics")

SECONDS = 1.5
TURNS = 3

DEFAULTS = ("lost_update", "lost_update_in_pool", "barrier_then_lost_update", "simple_queue", "condition_while")
"""The first five of the table: what frontrun says of them with its defaults."""


def frontrun_rate() -> float:
    """Random schedules a second of two threads that add to one counter; none is said to fail, so that it goes on."""
    begin, done = time.perf_counter(), 0
    while time.perf_counter() - begin < SECONDS:
        add = classics.Counter.add
        frontrun.explore_random(classics.Counter, [add, add], lambda _counter: True, max_attempts=50, seed=done)
        done += 50
    return done / (time.perf_counter() - begin)


def frontrun_verdict(program: Any) -> bool | None:
    """With its defaults, but for an end after 15 seconds."""
    try:
        found = frontrun.explore(
            lambda: None, [lambda _: program()], lambda _: True, max_executions=30, total_timeout=15, reproduce_on_failure=0
        )
    except Exception:  # noqa: BLE001 - whatever it raises is no verdict
        return None
    verdict: bool | None = found.property_holds
    return verdict


def detangle_rate() -> float:
    """Random schedules a second of two tasks that lose an update."""
    begin, done = time.perf_counter(), 0
    while time.perf_counter() - begin < SECONDS:
        done += detangle.explore(classics.lost_quietly, strategy="random", runs=500, seed=done).runs
    return done / (time.perf_counter() - begin)


def detangle_exhausts() -> tuple[int, float]:
    """All schedules of the same, and in how many seconds."""
    begin = time.perf_counter()
    found = detangle.explore(classics.lost_quietly, strategy=detangle.DFS(50), runs=10_000)
    return found.runs, time.perf_counter() - begin


def main() -> None:
    """Measure, each several times."""
    exhausts = [detangle_exhausts() for _ in range(TURNS)]
    told = {
        "frontrun_rate": median(frontrun_rate() for _ in range(TURNS)),
        "detangle_rate": median(detangle_rate() for _ in range(TURNS)),
        "detangle_exhausts": exhausts[0][0],
        "detangle_exhaust_seconds": median(seconds for _, seconds in exhausts),
        "frontrun_verdicts": {name: frontrun_verdict(getattr(classics, name)) for name in DEFAULTS} if len(sys.argv) > 2 else {},
    }
    sys.stdout.write(json.dumps(told) + "\n")


main()

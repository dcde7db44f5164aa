"""The same work by one worker, by two threads and by two processes, timed as one would by hand: prints the seconds."""

from __future__ import annotations

import json
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from time import perf_counter, sleep
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

INPUTS = range(8)


def spin(n: int) -> int:
    """Compute."""
    total = 0
    for i in range(300_000 + n):
        total += i * i
    return total


def nap(n: int) -> int:
    """Wait."""
    sleep(0.02)
    return n


def timed(work: Callable[[], Iterable[int]]) -> float:
    """Seconds."""
    begin = perf_counter()
    list(work())
    return perf_counter() - begin


def main(function: Callable[[int], int], rounds: int) -> None:
    """All three, round after round."""
    taken: dict[str, list[float]] = {"sequential": [], "threads": [], "processes": []}
    with ThreadPoolExecutor(2) as threads, ProcessPoolExecutor(2) as processes:
        for pool in (threads, processes):
            list(pool.map(nap, range(4)))
        for _ in range(rounds):
            taken["sequential"].append(timed(lambda: map(function, INPUTS)))
            taken["threads"].append(timed(lambda: threads.map(function, INPUTS)))
            taken["processes"].append(timed(lambda: processes.map(function, INPUTS)))
    print(json.dumps(taken))


if __name__ == "__main__":
    main(globals()[sys.argv[1]], int(sys.argv[2]))

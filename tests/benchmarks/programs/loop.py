"""Arithmetic, and nothing that is watched."""

import os
import time
from pathlib import Path


def work() -> int:
    total = 0
    for number in range(4_000_000):
        total += number * number % 7
    return total


begin = time.perf_counter()
work()
Path(os.environ["RESULT"]).write_text(str(time.perf_counter() - begin))

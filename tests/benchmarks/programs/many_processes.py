"""64 processes that sleep and compute by turns, for three seconds."""

import time
from multiprocessing import get_context

PROCESSES, SECONDS = 64, 3.0


def work() -> None:
    end = time.monotonic() + SECONDS
    while time.monotonic() < end:
        time.sleep(0.02)
        sum(range(2000))


if __name__ == "__main__":
    processes = [get_context("fork").Process(target=work) for _ in range(PROCESSES)]
    for process in processes:
        process.start()
    for process in processes:
        process.join()

"""Processes: each has an interpreter, a GIL and a memory of its own."""

import multiprocessing
import os

WORKERS = int(os.environ.get("WORKERS", 2))
WORK = int(os.environ.get("WORK", 4_000_000))


def compute():
    return sum(value * value for value in range(WORK))


if __name__ == "__main__":
    processes = [multiprocessing.Process(target=compute) for _ in range(WORKERS)]

    for process in processes:
        process.start()

    for process in processes:
        process.join()

    print("all is computed")

"""Jobs that first wait and then compute, a process each: both overlap, as far as there are cores."""

import multiprocessing
import os
import time

JOBS = int(os.environ.get("JOBS", 4))
WAIT = int(os.environ.get("WAIT_MS", 300)) / 1000  # seconds
WORK = int(os.environ.get("WORK", 3_000_000))


def job(number):
    time.sleep(WAIT)  # as for a disk or a network
    total = sum(value * value for value in range(WORK))
    print(f"job {number}: {total}")


if __name__ == "__main__":
    processes = [multiprocessing.Process(target=job, args=(number,)) for number in range(JOBS)]

    for process in processes:
        process.start()

    for process in processes:
        process.join()

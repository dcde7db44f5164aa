"""Many small jobs for a pool: they are sent in chunks, so that one message carries many."""

import os
import time
from concurrent.futures import ProcessPoolExecutor

SMALL_JOBS = int(os.environ.get("SMALL_JOBS", 2000))


def job(number):
    return sum(range(number % 1000))


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=2) as pool:
        start = time.perf_counter()
        total = sum(pool.map(job, range(SMALL_JOBS), chunksize=200))
        print(f"the total is {total}, after {time.perf_counter() - start:.2f} s")

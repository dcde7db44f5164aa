"""Jobs that compute, by more and more processes: it gets faster until there is one for each core."""

import os
import time
from concurrent.futures import ProcessPoolExecutor

JOBS = int(os.environ.get("JOBS", 8))
WORK = int(os.environ.get("WORK", 1_000_000))


def job(number):
    return sum(value * value for value in range(WORK))


if __name__ == "__main__":
    for workers in (1, 2, 4, 8):
        start = time.perf_counter()
        with ProcessPoolExecutor(workers) as pool:
            list(pool.map(job, range(JOBS)))
        print(f"workers {workers}: {time.perf_counter() - start:.2f} s")

"""Jobs that compute, by more and more threads: with a GIL, no number of threads is faster than one."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

JOBS = int(os.environ.get("JOBS", 8))
WORK = int(os.environ.get("WORK", 1_000_000))


def job(number):
    return sum(value * value for value in range(WORK))


for workers in (1, 2, 4, 8):
    start = time.perf_counter()
    with ThreadPoolExecutor(workers, thread_name_prefix=f"{workers}-pool") as pool:
        list(pool.map(job, range(JOBS)))
    print(f"workers {workers}: {time.perf_counter() - start:.2f} s")

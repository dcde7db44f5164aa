"""Many small jobs, done right here."""

import os
import time

SMALL_JOBS = int(os.environ.get("SMALL_JOBS", 2000))


def job(number):
    return sum(range(number % 1000))


start = time.perf_counter()
total = sum(map(job, range(SMALL_JOBS)))
print(f"the total is {total}, after {time.perf_counter() - start:.2f} s")

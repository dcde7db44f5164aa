"""Jobs that wait, by more and more threads: twice the threads, half the time, as long as there are jobs for them."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

JOBS = int(os.environ.get("JOBS", 8))
WAIT = int(os.environ.get("WAIT_MS", 150)) / 1000  # seconds


def job(number):
    time.sleep(WAIT)


for workers in (1, 2, 4, 8):
    start = time.perf_counter()
    with ThreadPoolExecutor(workers, thread_name_prefix=f"{workers}-pool") as pool:
        list(pool.map(job, range(JOBS)))
    print(f"workers {workers}: {time.perf_counter() - start:.2f} s")

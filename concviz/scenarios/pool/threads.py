"""More jobs than threads: who is done with one takes the next."""

import os
import time
from concurrent.futures import ThreadPoolExecutor

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))


def job(number):
    time.sleep(0.1 * (1 + number % 4))
    return f"job {number} is done"


with ThreadPoolExecutor(max_workers=WORKERS) as pool:
    for words in pool.map(job, range(JOBS)):
        print(words)

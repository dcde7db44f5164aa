"""More jobs than processes: each job is sent to one of them, its result is sent back."""

import os
import time
from concurrent.futures import ProcessPoolExecutor

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))


def job(number):
    time.sleep(0.1 * (1 + number % 4))
    return f"job {number} is done"


if __name__ == "__main__":
    with ProcessPoolExecutor(max_workers=WORKERS) as pool:
        for words in pool.map(job, range(JOBS)):
            print(words)

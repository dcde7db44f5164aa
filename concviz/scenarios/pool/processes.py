"""More jobs than processes, with the older kind of pool."""

import multiprocessing
import os
import time

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))


def job(number):
    time.sleep(0.1 * (1 + number % 4))
    return f"job {number} is done"


if __name__ == "__main__":
    with multiprocessing.Pool(WORKERS) as pool:
        for words in pool.imap(job, range(JOBS)):
            print(words)

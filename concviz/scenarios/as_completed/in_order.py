"""Results in the order of the jobs: the quick ones are done early, and lie there until the slow first one is."""

import time
from concurrent.futures import ThreadPoolExecutor


def job(number):
    time.sleep(1.2 - 0.3 * number)
    return f"job {number} is done"


with ThreadPoolExecutor() as pool:
    for words in pool.map(job, range(4)):
        print(words, flush=True)

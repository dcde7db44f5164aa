"""Results as they come: each is taken as soon as it is there."""

import time
from concurrent.futures import ThreadPoolExecutor, as_completed


def job(number):
    time.sleep(1.2 - 0.3 * number)
    return f"job {number} is done"


with ThreadPoolExecutor() as pool:
    futures = [pool.submit(job, number) for number in range(4)]
    for future in as_completed(futures):
        print(future.result(), flush=True)

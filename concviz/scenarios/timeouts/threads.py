"""A timeout for a thread: the one who waits gives up, the thread itself goes on to its end."""

import time
from concurrent.futures import ThreadPoolExecutor


def work():
    time.sleep(1.5)
    print("the work is done all the same")


with ThreadPoolExecutor(thread_name_prefix="worker") as pool:
    future = pool.submit(work)
    try:
        future.result(timeout=0.5)
    except TimeoutError:
        print("gave up", flush=True)

"""An exception in a pool is kept in its future; nobody asks for the result, so nobody learns of it."""

import time
from concurrent.futures import ThreadPoolExecutor


def divide(number):
    time.sleep(0.3)
    print(f"result {100 // number}")


with ThreadPoolExecutor(thread_name_prefix="worker") as pool:
    for number in (5, 0, 2):
        pool.submit(divide, number)

print("all is done, or so it seems")

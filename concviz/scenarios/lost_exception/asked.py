"""Whoever asks for the result gets the exception instead."""

import time
from concurrent.futures import ThreadPoolExecutor


def divide(number):
    time.sleep(0.3)
    print(f"result {100 // number}")


with ThreadPoolExecutor(thread_name_prefix="worker") as pool:
    futures = [pool.submit(divide, number) for number in (5, 0, 2)]

for future in futures:
    try:
        future.result()
    except ZeroDivisionError:
        print("one of them has no result")

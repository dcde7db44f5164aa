"""A rate limiter for threads: whoever wants to start waits until the last start is long enough ago."""

import os
import threading
import time

REQUESTS = int(os.environ.get("REQUESTS", 8))
PER_SECOND = int(os.environ.get("PER_SECOND", 5))

gate = threading.Lock()


def request(number):
    with gate:
        print(f"request {number} starts")
        time.sleep(1 / PER_SECOND)
    time.sleep(0.5)
    print(f"request {number} is answered")


threads = [threading.Thread(target=request, args=(number,), name=f"request {number}") for number in range(REQUESTS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

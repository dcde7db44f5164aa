"""Threads of one interpreter: they share its GIL, so they take turns."""

import os
import threading

WORKERS = int(os.environ.get("WORKERS", 2))
WORK = int(os.environ.get("WORK", 4_000_000))


def compute():
    return sum(value * value for value in range(WORK))


threads = [threading.Thread(target=compute) for _ in range(WORKERS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print("all is computed")

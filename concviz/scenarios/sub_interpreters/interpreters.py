"""Threads with an interpreter each: every interpreter has a GIL of its own, so they compute at the same time."""

import os
import sys
import threading

try:
    from concurrent import interpreters
except ImportError:
    sys.exit("this needs concurrent.interpreters: Python 3.14 or later")

WORKERS = int(os.environ.get("WORKERS", 2))
WORK = int(os.environ.get("WORK", 4_000_000))


def compute():
    interpreter = interpreters.create()
    interpreter.exec(f"sum(value * value for value in range({WORK}))")
    interpreter.close()


threads = [threading.Thread(target=compute) for _ in range(WORKERS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print("all is computed")

"""A pipeline: each stage is a thread that takes from one queue and puts into the next."""

import os
import queue
import threading
import time

ITEMS = int(os.environ.get("ITEMS", 12))

fetched = queue.Queue(maxsize=3)
parsed = queue.Queue(maxsize=3)


def fetch():
    for item in range(ITEMS):
        time.sleep(0.04)
        fetched.put(item)
    fetched.put(None)  # no more


def parse():
    while (item := fetched.get()) is not None:
        time.sleep(0.12)
        parsed.put(item)
    parsed.put(None)


def store():
    while (item := parsed.get()) is not None:
        time.sleep(0.02)
        print(f"stored {item}")


stages = [threading.Thread(target=stage, name=stage.__name__) for stage in (fetch, parse, store)]

for stage in stages:
    stage.start()

for stage in stages:
    stage.join()

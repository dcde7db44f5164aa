"""A pipeline: each stage is a process that takes from one queue and puts into the next."""

import multiprocessing
import os
import time

ITEMS = int(os.environ.get("ITEMS", 12))


def fetch(fetched):
    for item in range(ITEMS):
        time.sleep(0.04)
        fetched.put(item)
    fetched.put(None)  # no more


def parse(fetched, parsed):
    while (item := fetched.get()) is not None:
        time.sleep(0.12)
        parsed.put(item)
    parsed.put(None)


def store(parsed):
    while (item := parsed.get()) is not None:
        time.sleep(0.02)
        print(f"stored {item}")


if __name__ == "__main__":
    fetched = multiprocessing.Queue(maxsize=3)
    parsed = multiprocessing.Queue(maxsize=3)
    stages = [
        multiprocessing.Process(target=fetch, args=(fetched,), name="fetch"),
        multiprocessing.Process(target=parse, args=(fetched, parsed), name="parse"),
        multiprocessing.Process(target=store, args=(parsed,), name="store"),
    ]

    for stage in stages:
        stage.start()

    for stage in stages:
        stage.join()

"""Runners wait for the start signal: an event wakes all of them."""

import os
import threading
import time

RUNNERS = int(os.environ.get("RUNNERS", 4))

start = threading.Event()


def run(runner):
    start.wait()
    time.sleep(0.2 + 0.1 * runner)
    print(f"runner {runner} has arrived")


runners = [threading.Thread(target=run, args=(runner,)) for runner in range(RUNNERS)]

for runner in runners:
    runner.start()

time.sleep(0.8)
print("go!")
start.set()

for runner in runners:
    runner.join()

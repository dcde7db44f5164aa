"""Runners wait for the start signal, a process each: this event is one for all of them."""

import multiprocessing
import os
import time

RUNNERS = int(os.environ.get("RUNNERS", 4))


def run(runner, start):
    start.wait()
    time.sleep(0.2 + 0.1 * runner)
    print(f"runner {runner} has arrived")


if __name__ == "__main__":
    start = multiprocessing.Event()
    runners = [multiprocessing.Process(target=run, args=(runner, start)) for runner in range(RUNNERS)]

    for runner in runners:
        runner.start()

    time.sleep(0.8)
    print("go!")
    start.set()

    for runner in runners:
        runner.join()

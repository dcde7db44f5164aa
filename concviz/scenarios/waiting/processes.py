"""Three waits, a process each: they wait at the same time, once they have started."""

import multiprocessing
import os
import time

WAIT = int(os.environ.get("WAIT_MS", 600)) / 1000  # seconds


def wait(name):
    time.sleep(WAIT)
    print(f"{name} has waited")


if __name__ == "__main__":
    processes = [multiprocessing.Process(target=wait, args=(name,)) for name in ("one", "two", "three")]

    for process in processes:
        process.start()

    for process in processes:
        process.join()

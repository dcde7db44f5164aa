"""A daemon process: it is terminated when the program that started it ends."""

import multiprocessing
import os
import time

WRITE = int(os.environ.get("WRITE_MS", 1500)) / 1000  # seconds


def write_log():
    time.sleep(WRITE)
    print("the log is written")


if __name__ == "__main__":
    writer = multiprocessing.Process(target=write_log, name="writer", daemon=True)
    writer.start()

    time.sleep(0.5)
    print("main is done", flush=True)

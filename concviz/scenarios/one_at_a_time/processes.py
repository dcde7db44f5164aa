"""Processes print letters on one printer: this lock is one for all of them, and is handed to each as it starts."""

import multiprocessing
import os
import time

LETTERS = int(os.environ.get("LETTERS", 3))


def write(name, printer):
    for letter in range(LETTERS):
        time.sleep(0.05)
        with printer:
            time.sleep(0.1)
            print(f"{name} has printed letter {letter}")


if __name__ == "__main__":
    printer = multiprocessing.Lock()
    writers = [multiprocessing.Process(target=write, args=(name, printer), name=name) for name in ("Anna", "Ben", "Carl")]

    for writer in writers:
        writer.start()

    for writer in writers:
        writer.join()

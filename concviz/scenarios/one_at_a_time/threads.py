"""Threads print letters on one printer: the lock lets one of them in at a time."""

import os
import threading
import time

LETTERS = int(os.environ.get("LETTERS", 3))

printer = threading.Lock()


def write(name):
    for letter in range(LETTERS):
        time.sleep(0.05)
        with printer:
            time.sleep(0.1)
            print(f"{name} has printed letter {letter}")


writers = [threading.Thread(target=write, args=(name,), name=name) for name in ("Anna", "Ben", "Carl")]

for writer in writers:
    writer.start()

for writer in writers:
    writer.join()

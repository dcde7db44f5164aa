"""Readers and a writer with one lock: even the readers, who disturb nobody, come in one at a time."""

import os
import threading
import time

READERS = int(os.environ.get("READERS", 4))

page = "old"
room = threading.Lock()


def read():
    with room:
        time.sleep(0.3)
        print(f"read {page}")


def write():
    global page
    time.sleep(0.1)
    with room:
        time.sleep(0.3)
        page = "new"
        print("written")


workers = [threading.Thread(target=read, name=f"reader {number}") for number in range(READERS)]
workers.append(threading.Thread(target=write, name="writer"))

for worker in workers:
    worker.start()

for worker in workers:
    worker.join()

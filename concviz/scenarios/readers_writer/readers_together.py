"""Readers and a writer: the first reader locks the room for all of them, the last one to leave unlocks it."""

import os
import threading
import time

READERS = int(os.environ.get("READERS", 4))

page = "old"
readers = 0
counting = threading.Lock()
room = threading.Semaphore(1)  # not a lock: who locks it need not be who unlocks it


def read():
    global readers
    with counting:
        readers += 1
        if readers == 1:
            room.acquire()
    time.sleep(0.3)
    print(f"read {page}")
    with counting:
        readers -= 1
        if readers == 0:
            room.release()


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

"""Readers come and go in turns, so that one is always there; the writer waits until there are none at all."""

import threading
import time

readers = 0
changed = threading.Condition()


def read(number):
    global readers
    time.sleep(0.2 * number)
    for _ in range(3):
        with changed:
            readers += 1
        time.sleep(0.5)
        with changed:
            readers -= 1
            changed.notify_all()
        time.sleep(0.1)
    print(f"reader {number} has read", flush=True)


def write():
    time.sleep(0.1)
    with changed:
        changed.wait_for(lambda: readers == 0)
        print("written", flush=True)


workers = [threading.Thread(target=read, args=(number,), name=f"reader {number}") for number in range(3)]
workers.append(threading.Thread(target=write, name="writer"))

for worker in workers:
    worker.start()

for worker in workers:
    worker.join()

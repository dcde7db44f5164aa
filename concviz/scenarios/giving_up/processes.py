"""A process that waits for a lock, but not for ever."""

import multiprocessing
import os
import time

PATIENCE = int(os.environ.get("PATIENCE_MS", 500)) / 1000  # seconds


def hold(lock, held):
    with lock:
        held.set()
        time.sleep(1)


def hurry(lock, held):
    held.wait()
    if lock.acquire(timeout=PATIENCE):
        print("got it")
        lock.release()
    else:
        print("gave up")


if __name__ == "__main__":
    lock, held = multiprocessing.Lock(), multiprocessing.Event()
    holder = multiprocessing.Process(target=hold, args=(lock, held))
    other = multiprocessing.Process(target=hurry, args=(lock, held))

    holder.start()
    other.start()

    other.join()
    holder.join()

"""A thread that waits for a lock, but not for ever."""

import os
import threading
import time

PATIENCE = int(os.environ.get("PATIENCE_MS", 500)) / 1000  # seconds

lock = threading.Lock()


def hold():
    with lock:
        time.sleep(1)


def hurry():
    if lock.acquire(timeout=PATIENCE):
        print("got it")
        lock.release()
    else:
        print("gave up")


holder = threading.Thread(target=hold)
other = threading.Thread(target=hurry)

holder.start()
other.start()

other.join()
holder.join()

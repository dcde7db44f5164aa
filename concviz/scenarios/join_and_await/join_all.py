"""All threads are started, then all are joined: they work at the same time."""

import os
import threading
import time

WAIT = int(os.environ.get("WAIT_MS", 500)) / 1000  # seconds


def work(name):
    time.sleep(WAIT)
    print(f"{name} is done")


threads = [threading.Thread(target=work, args=(name,), name=name) for name in ("one", "two", "three")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

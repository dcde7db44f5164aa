"""Three waits, a thread each: they wait at the same time."""

import os
import threading
import time

WAIT = int(os.environ.get("WAIT_MS", 600)) / 1000  # seconds


def wait(name):
    time.sleep(WAIT)
    print(f"{name} has waited")


threads = [threading.Thread(target=wait, args=(name,)) for name in ("one", "two", "three")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

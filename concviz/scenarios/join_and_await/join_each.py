"""Each thread is joined before the next one starts: three threads, and never two at once."""

import os
import threading
import time

WAIT = int(os.environ.get("WAIT_MS", 500)) / 1000  # seconds


def work(name):
    time.sleep(WAIT)
    print(f"{name} is done")


for name in ("one", "two", "three"):
    thread = threading.Thread(target=work, args=(name,), name=name)
    thread.start()
    thread.join()

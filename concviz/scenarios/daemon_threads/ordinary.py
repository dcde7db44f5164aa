"""An ordinary thread: the program does not end before it has."""

import os
import threading
import time

WRITE = int(os.environ.get("WRITE_MS", 1500)) / 1000  # seconds


def write_log():
    time.sleep(WRITE)
    print("the log is written")


writer = threading.Thread(target=write_log, name="writer")
writer.start()

time.sleep(0.5)
print("main is done", flush=True)

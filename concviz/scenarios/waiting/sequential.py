"""Three waits, one after another: the times add up."""

import os
import time

WAIT = int(os.environ.get("WAIT_MS", 600)) / 1000  # seconds


def wait(name):
    time.sleep(WAIT)
    print(f"{name} has waited")


for name in ("one", "two", "three"):
    wait(name)

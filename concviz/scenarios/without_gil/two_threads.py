"""The same computing: two threads share it. Whether that is any faster depends on the interpreter."""

import os
import sys
import threading

THREADS = 2
WORK = int(os.environ.get("WORK", 8_000_000))


def compute(rounds):
    return sum(value * value for value in range(rounds))


has_gil = getattr(sys, "_is_gil_enabled", lambda: True)()
print("with a GIL" if has_gil else "without a GIL", flush=True)

threads = [threading.Thread(target=compute, args=(WORK // THREADS,)) for _ in range(THREADS)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print("all is computed")

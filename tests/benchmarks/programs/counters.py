"""THREADS threads that count; the seconds it took go to RESULT."""

import os
import threading
import time

THREADS = int(os.environ["THREADS"])


def count() -> None:
    number = 0
    while number < 12_000_000 // THREADS:
        number += 1


threads = [threading.Thread(target=count) for _ in range(THREADS)]
began = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
seconds = time.perf_counter() - began
with open(os.environ["RESULT"], "w") as file:
    file.write(str(seconds))

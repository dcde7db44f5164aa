"""Two threads that count; the seconds it took go to RESULT."""

import os
import threading
import time


def count() -> None:
    number = 0
    while number < 6_000_000:
        number += 1


threads = [threading.Thread(target=count) for _ in range(2)]
began = time.perf_counter()
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()
seconds = time.perf_counter() - began
with open(os.environ["RESULT"], "w") as file:
    file.write(str(seconds))

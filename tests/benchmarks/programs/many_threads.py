"""1,000 threads, all alive at once."""

import random
import threading
import time


def job() -> None:
    for _ in range(3):
        time.sleep(random.random())


threads = [threading.Thread(target=job) for _ in range(1000)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

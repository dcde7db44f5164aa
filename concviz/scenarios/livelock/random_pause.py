"""Two who are polite, but wait for different times: soon one of them finds the way free."""

import os
import random
import threading
import time

PATIENCE = int(os.environ.get("PATIENCE", 10))

left_side = threading.Lock()
right_side = threading.Lock()


def walk(name, mine, other):
    for times in range(PATIENCE):
        with mine:
            time.sleep(0.05)
            if other.acquire(blocking=False):
                print(f"{name} is through, after giving way {times} times")
                other.release()
                return
            time.sleep(0.05)  # after you
        time.sleep(random.uniform(0.02, 0.3))
    print(f"{name} has given up, after giving way {PATIENCE} times")


walkers = [
    threading.Thread(target=walk, args=("Anna", left_side, right_side), name="Anna"),
    threading.Thread(target=walk, args=("Ben", right_side, left_side), name="Ben"),
]

for walker in walkers:
    walker.start()

for walker in walkers:
    walker.join()

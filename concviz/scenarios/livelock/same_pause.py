"""Two who are polite in the same way: each gives way to the other, again and again."""

import os
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
        time.sleep(0.05)
    print(f"{name} has given up, after giving way {PATIENCE} times")


walkers = [
    threading.Thread(target=walk, args=("Anna", left_side, right_side), name="Anna"),
    threading.Thread(target=walk, args=("Ben", right_side, left_side), name="Ben"),
]

for walker in walkers:
    walker.start()

for walker in walkers:
    walker.join()

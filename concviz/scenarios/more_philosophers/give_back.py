"""Philosophers who do not wait for the second fork: they give the first one back, and try again a little later."""

import os
import random
import threading
import time

PHILOSOPHERS = int(os.environ.get("PHILOSOPHERS", 5))
MEALS = int(os.environ.get("MEALS", 2))

forks = [threading.Lock() for _ in range(PHILOSOPHERS)]


def dine(seat):
    left, right = forks[seat], forks[(seat + 1) % PHILOSOPHERS]
    meals = 0
    while meals < MEALS:
        with left:
            time.sleep(0.05)
            if right.acquire(blocking=False):
                time.sleep(0.1)
                right.release()
                meals += 1
                print(f"philosopher {seat} has eaten")
        time.sleep(random.uniform(0.01, 0.1))


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(PHILOSOPHERS)]

for philosopher in philosophers:
    philosopher.start()

for philosopher in philosophers:
    philosopher.join()

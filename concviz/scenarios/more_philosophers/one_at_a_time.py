"""Philosophers who first take the whole table: nothing can go wrong, and only one of them eats."""

import os
import threading
import time

PHILOSOPHERS = int(os.environ.get("PHILOSOPHERS", 5))
MEALS = int(os.environ.get("MEALS", 2))

forks = [threading.Lock() for _ in range(PHILOSOPHERS)]
table = threading.Lock()


def dine(seat):
    left, right = seat, (seat + 1) % PHILOSOPHERS
    for _ in range(MEALS):
        with table, forks[left], forks[right]:
            time.sleep(0.15)
            print(f"philosopher {seat} has eaten")


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(PHILOSOPHERS)]

for philosopher in philosophers:
    philosopher.start()

for philosopher in philosophers:
    philosopher.join()

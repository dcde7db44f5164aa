"""Philosophers who take the fork with the lower number first: one of them begins with the right one, and no circle can close."""

import os
import threading
import time

PHILOSOPHERS = int(os.environ.get("PHILOSOPHERS", 5))
MEALS = int(os.environ.get("MEALS", 2))

forks = [threading.Lock() for _ in range(PHILOSOPHERS)]


def dine(seat):
    lower, higher = sorted((seat, (seat + 1) % PHILOSOPHERS))
    for _ in range(MEALS):
        with forks[lower]:
            time.sleep(0.05)
            with forks[higher]:
                time.sleep(0.1)
                print(f"philosopher {seat} has eaten")


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(PHILOSOPHERS)]

for philosopher in philosophers:
    philosopher.start()

for philosopher in philosophers:
    philosopher.join()

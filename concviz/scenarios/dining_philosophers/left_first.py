"""Philosophers who all take the left fork first: soon each has one, and waits for the other for ever."""

import os
import threading
import time

PHILOSOPHERS = int(os.environ.get("PHILOSOPHERS", 5))
MEALS = int(os.environ.get("MEALS", 2))

forks = [threading.Lock() for _ in range(PHILOSOPHERS)]


def dine(seat):
    left, right = seat, (seat + 1) % PHILOSOPHERS
    for _ in range(MEALS):
        with forks[left]:
            print(f"philosopher {seat} has the left fork", flush=True)
            time.sleep(0.5)
            with forks[right]:
                time.sleep(0.1)
                print(f"philosopher {seat} has eaten", flush=True)


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(PHILOSOPHERS)]

for philosopher in philosophers:
    philosopher.start()

for philosopher in philosophers:
    philosopher.join()

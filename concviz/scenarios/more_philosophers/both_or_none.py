"""Philosophers who take both forks or none: a condition lets each wait until both are free."""

import os
import threading
import time

PHILOSOPHERS = int(os.environ.get("PHILOSOPHERS", 5))
MEALS = int(os.environ.get("MEALS", 2))

taken = [False] * PHILOSOPHERS
table = threading.Condition()


def dine(seat):
    left, right = seat, (seat + 1) % PHILOSOPHERS
    for _ in range(MEALS):
        with table:
            table.wait_for(lambda: not taken[left] and not taken[right])
            taken[left] = taken[right] = True
        time.sleep(0.15)
        print(f"philosopher {seat} has eaten")
        with table:
            taken[left] = taken[right] = False
            table.notify_all()


philosophers = [threading.Thread(target=dine, args=(seat,)) for seat in range(PHILOSOPHERS)]

for philosopher in philosophers:
    philosopher.start()

for philosopher in philosophers:
    philosopher.join()

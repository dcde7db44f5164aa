"""Threads that add to one counter, each with the lock in its hands: nothing is lost, and they wait for each other."""

import os
import threading
import time

ADDERS = int(os.environ.get("ADDERS", 2))
ROUNDS = int(os.environ.get("ROUNDS", 300))

counter = 0
lock = threading.Lock()


def add():
    global counter
    for _ in range(ROUNDS):
        with lock:
            value = counter
            time.sleep(0.001)
            counter = value + 1


adders = [threading.Thread(target=add) for _ in range(ADDERS)]

for adder in adders:
    adder.start()

for adder in adders:
    adder.join()

print(f"expected {ADDERS * ROUNDS}")
print(f"counted {counter}")
print(f"lost {ADDERS * ROUNDS - counter}")

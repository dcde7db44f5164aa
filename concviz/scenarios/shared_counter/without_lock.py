"""Threads that add to one counter, without a lock: updates are lost."""

import os
import threading
import time

ADDERS = int(os.environ.get("ADDERS", 2))
ROUNDS = int(os.environ.get("ROUNDS", 300))

counter = 0


def add():
    global counter
    for _ in range(ROUNDS):
        value = counter
        time.sleep(0.001)  # whoever runs here reads the same value
        counter = value + 1


adders = [threading.Thread(target=add) for _ in range(ADDERS)]

for adder in adders:
    adder.start()

for adder in adders:
    adder.join()

print(f"expected {ADDERS * ROUNDS}")
print(f"counted {counter}")
print(f"lost {ADDERS * ROUNDS - counter}")

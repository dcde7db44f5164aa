"""Processes add to one number in shared memory, without a lock: updates are lost, as with threads."""

import multiprocessing
import os
import time

ADDERS = int(os.environ.get("ADDERS", 2))
ROUNDS = int(os.environ.get("ROUNDS", 300))


def add(counter):
    for _ in range(ROUNDS):
        value = counter.value
        time.sleep(0.001)  # whoever runs here reads the same value
        counter.value = value + 1


if __name__ == "__main__":
    counter = multiprocessing.Value("i", 0, lock=False)
    adders = [multiprocessing.Process(target=add, args=(counter,)) for _ in range(ADDERS)]

    for adder in adders:
        adder.start()

    for adder in adders:
        adder.join()

    print(f"expected {ADDERS * ROUNDS}")
    print(f"counted {counter.value}")
    print(f"lost {ADDERS * ROUNDS - counter.value}")

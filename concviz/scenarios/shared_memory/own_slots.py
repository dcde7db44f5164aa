"""Processes count, each in a slot of its own in shared memory: where nobody writes what others write, no lock is needed."""

import multiprocessing
import os
import time
from multiprocessing.shared_memory import SharedMemory

ADDERS = int(os.environ.get("ADDERS", 2))
ROUNDS = int(os.environ.get("ROUNDS", 300))


def add(name, slot):
    memory = SharedMemory(name)
    counters = memory.buf.cast("i")
    for _ in range(ROUNDS):
        value = counters[slot]
        time.sleep(0.001)
        counters[slot] = value + 1
    counters.release()
    memory.close()


if __name__ == "__main__":
    memory = SharedMemory(create=True, size=4 * ADDERS)
    adders = [multiprocessing.Process(target=add, args=(memory.name, slot)) for slot in range(ADDERS)]

    for adder in adders:
        adder.start()

    for adder in adders:
        adder.join()

    counted = sum(int.from_bytes(memory.buf[4 * slot : 4 * slot + 4], "little") for slot in range(ADDERS))
    memory.close()
    memory.unlink()
    print(f"expected {ADDERS * ROUNDS}")
    print(f"counted {counted}")
    print(f"lost {ADDERS * ROUNDS - counted}")

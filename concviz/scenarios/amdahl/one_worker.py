"""Some of the work cannot be divided: main does that alone, then one process does all the parts."""

import multiprocessing
import os

WORKERS = 1
WORK = int(os.environ.get("WORK", 8_000_000))
ALONE = int(os.environ.get("ALONE_PERCENT", 25))


def compute(rounds):
    return sum(value * value for value in range(rounds))


if __name__ == "__main__":
    compute(WORK * ALONE // 100)
    print(f"main has done {ALONE} % of the work", flush=True)

    shared = WORK * (100 - ALONE) // 100
    workers = [multiprocessing.Process(target=compute, args=(shared // WORKERS,)) for _ in range(WORKERS)]

    for worker in workers:
        worker.start()

    for worker in workers:
        worker.join()

    print("the rest is done")

"""Workers go through phases together, a process each."""

import multiprocessing
import os
import time

WORKERS = int(os.environ.get("WORKERS", 3))
PHASES = int(os.environ.get("PHASES", 3))


def work(worker, barrier):
    for phase in range(PHASES):
        time.sleep(0.15 * (1 + (worker + phase) % WORKERS))
        print(f"worker {worker} is done with phase {phase}")
        barrier.wait()


if __name__ == "__main__":
    barrier = multiprocessing.Barrier(WORKERS)
    workers = [multiprocessing.Process(target=work, args=(worker, barrier)) for worker in range(WORKERS)]

    for worker in workers:
        worker.start()

    for worker in workers:
        worker.join()

    print("all phases are done")

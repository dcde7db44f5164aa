"""Workers go through phases together: at the barrier the quick ones wait for the slow one."""

import os
import threading
import time

WORKERS = int(os.environ.get("WORKERS", 3))
PHASES = int(os.environ.get("PHASES", 3))

barrier = threading.Barrier(WORKERS)


def work(worker):
    for phase in range(PHASES):
        time.sleep(0.15 * (1 + (worker + phase) % WORKERS))
        print(f"worker {worker} is done with phase {phase}")
        barrier.wait()


workers = [threading.Thread(target=work, args=(worker,)) for worker in range(WORKERS)]

for worker in workers:
    worker.start()

for worker in workers:
    worker.join()

print("all phases are done")

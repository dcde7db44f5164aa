"""A sentinel ends each worker: after the last job, one for each of them is put into the queue."""

import os
import queue
import threading
import time

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))

jobs = queue.Queue()


def work():
    while (job := jobs.get()) is not None:
        time.sleep(0.1)
        print(f"job {job} is done")


workers = [threading.Thread(target=work) for _ in range(WORKERS)]

for worker in workers:
    worker.start()

for job in range(JOBS):
    time.sleep(0.05)
    jobs.put(job)
for worker in workers:
    jobs.put(None)

for worker in workers:
    worker.join()

print("all jobs are done")

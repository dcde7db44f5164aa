"""The queue itself is shut down: who waits at it, or comes to it when it is empty, is told by an exception."""

import os
import queue
import sys
import threading
import time

if not hasattr(queue, "ShutDown"):
    sys.exit("this needs queue.Queue.shutdown: Python 3.13 or later")

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))

jobs = queue.Queue()


def work():
    try:
        while True:
            job = jobs.get()
            time.sleep(0.1)
            print(f"job {job} is done")
    except queue.ShutDown:
        pass


workers = [threading.Thread(target=work) for _ in range(WORKERS)]

for worker in workers:
    worker.start()

for job in range(JOBS):
    time.sleep(0.05)
    jobs.put(job)
jobs.shutdown()

for worker in workers:
    worker.join()

print("all jobs are done")

"""Nobody ends the workers: main waits until every job is done, and the daemons end with the program."""

import os
import queue
import threading
import time

JOBS = int(os.environ.get("JOBS", 10))
WORKERS = int(os.environ.get("WORKERS", 3))

jobs = queue.Queue()


def work():
    while True:
        job = jobs.get()
        time.sleep(0.1)
        print(f"job {job} is done")
        jobs.task_done()


for _ in range(WORKERS):
    threading.Thread(target=work, daemon=True).start()

for job in range(JOBS):
    time.sleep(0.05)
    jobs.put(job)
jobs.join()

print("all jobs are done")

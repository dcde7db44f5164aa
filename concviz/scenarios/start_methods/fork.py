"""Processes by fork: each begins as a copy of this one."""

import multiprocessing
import os

WORKERS = int(os.environ.get("WORKERS", 4))


def work():
    print("Worker:", multiprocessing.current_process().name)


if __name__ == "__main__":
    context = multiprocessing.get_context("fork")
    workers = [context.Process(target=work) for _ in range(WORKERS)]

    for worker in workers:
        worker.start()

    for worker in workers:
        worker.join()

    print("Processing complete!")

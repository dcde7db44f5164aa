"""Processes by spawn: each is a new interpreter, which imports this file again."""

import multiprocessing
import os

WORKERS = int(os.environ.get("WORKERS", 4))


def work():
    print("Worker:", multiprocessing.current_process().name)


if __name__ == "__main__":
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=work) for _ in range(WORKERS)]

    for worker in workers:
        worker.start()

    for worker in workers:
        worker.join()

    print("Processing complete!")

"""Processes note results in dictionaries of their own, and send them through a queue when they are complete."""

import multiprocessing
import os

NOTES = int(os.environ.get("NOTES", 500))


def note(number, finished):
    finished.put({(number, value): value for value in range(NOTES)})


if __name__ == "__main__":
    finished = multiprocessing.Queue()
    workers = [multiprocessing.Process(target=note, args=(number, finished)) for number in range(3)]

    for worker in workers:
        worker.start()

    results = {}
    for worker in workers:
        results |= finished.get()

    for worker in workers:
        worker.join()

    print(f"notes {len(results)}")

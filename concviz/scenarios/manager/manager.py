"""Processes note results in a manager's dictionary: every access is a message to the manager's process, and an answer."""

import multiprocessing
import os

NOTES = int(os.environ.get("NOTES", 500))


def note(number, results):
    for value in range(NOTES):
        results[number, value] = value


if __name__ == "__main__":
    with multiprocessing.Manager() as manager:
        results = manager.dict()
        workers = [multiprocessing.Process(target=note, args=(number, results)) for number in range(3)]

        for worker in workers:
            worker.start()

        for worker in workers:
            worker.join()

        print(f"notes {len(results)}")

"""One process writes a log, another follows it: a file is enough to talk, for those who look often."""

import multiprocessing
import os
import tempfile
import time

ENTRIES = int(os.environ.get("ENTRIES", 6))
PAUSE = int(os.environ.get("PAUSE_MS", 100)) / 1000  # seconds


def write(path):
    with open(path, "a") as log:
        for number in range(ENTRIES):
            time.sleep(0.25)
            log.write(f"entry {number}\n")
            log.flush()
        log.write("end\n")


def follow(path):
    with open(path) as log:
        while (line := log.readline()) != "end\n":
            if line:
                print("read", line.strip(), flush=True)
            else:
                time.sleep(PAUSE)


if __name__ == "__main__":
    with tempfile.NamedTemporaryFile() as file:
        processes = [multiprocessing.Process(target=work, args=(file.name,), name=work.__name__) for work in (write, follow)]

        for process in processes:
            process.start()

        for process in processes:
            process.join()

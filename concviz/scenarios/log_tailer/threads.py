"""One thread writes a log, another follows it: at the end of the file it sleeps, and looks again."""

import os
import tempfile
import threading
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


with tempfile.NamedTemporaryFile() as file:
    threads = [threading.Thread(target=work, args=(file.name,), name=work.__name__) for work in (write, follow)]

    for thread in threads:
        thread.start()

    for thread in threads:
        thread.join()

"""Processes: each has an id of its own, and in it a main thread."""

import multiprocessing
import os
import threading


def tell():
    name = multiprocessing.current_process().name
    print(f"{name}: process {os.getpid()}, thread {threading.get_native_id()}")


if __name__ == "__main__":
    processes = [multiprocessing.Process(target=tell, name=name) for name in ("reader", "writer", "printer")]

    for process in processes:
        process.start()

    for process in processes:
        process.join()

    tell()

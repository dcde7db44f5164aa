"""Threads: each has a name and an id of its own, all are in one process."""

import os
import threading


def tell():
    print(f"{threading.current_thread().name}: process {os.getpid()}, thread {threading.get_native_id()}")


threads = [threading.Thread(target=tell, name=name) for name in ("reader", "writer", "printer")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

tell()

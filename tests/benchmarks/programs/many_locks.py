"""A million events from four threads, each at a lock of its own."""

import threading


def work() -> None:
    lock = threading.Lock()
    for _ in range(125_000):
        with lock:
            pass


threads = [threading.Thread(target=work) for _ in range(4)]
for thread in threads:
    thread.start()
for thread in threads:
    thread.join()

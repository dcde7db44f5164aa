"""Each thread writes its user into a local: the same name, but a value for each thread."""

import threading
import time

current = threading.local()


def answer():
    print(f"{threading.current_thread().name} is greeted as {current.user}")


def handle(name):
    current.user = name
    time.sleep(0.3)
    answer()


threads = [threading.Thread(target=handle, args=(name,), name=name) for name in ("Anna", "Ben", "Carl")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

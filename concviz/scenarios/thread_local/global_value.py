"""Each thread writes its user into one global: whoever writes last is taken for all of them."""

import threading
import time

user = None


def answer():
    print(f"{threading.current_thread().name} is greeted as {user}")


def handle(name):
    global user
    user = name
    time.sleep(0.3)
    answer()


threads = [threading.Thread(target=handle, args=(name,), name=name) for name in ("Anna", "Ben", "Carl")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

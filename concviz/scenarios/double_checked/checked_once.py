"""The check comes before the lock, and is not repeated: they make it one after another."""

import threading
import time

settings = None
loaded = 0
lock = threading.Lock()


def load():
    global loaded
    loaded += 1
    time.sleep(0.3)  # reads a file
    return {"colour": "blue"}


def get_settings():
    global settings
    if settings is None:
        with lock:
            settings = load()
    return settings


def use():
    get_settings()


threads = [threading.Thread(target=use) for _ in range(4)]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

print(f"times loaded: {loaded}")

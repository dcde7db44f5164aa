"""An event stays set: whoever comes later goes on at once."""

import threading
import time

ready = threading.Event()


def cook():
    print("the meal is ready", flush=True)
    ready.set()


def eat():
    time.sleep(0.5)  # washes hands
    ready.wait()
    print("the meal is eaten")


threads = [threading.Thread(target=eat, name="eater"), threading.Thread(target=cook, name="cook")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

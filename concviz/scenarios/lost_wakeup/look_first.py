"""The notice comes with a note that stays: the eater looks at it first, and need not wait at all."""

import threading
import time

ready = False
kitchen = threading.Condition()


def cook():
    global ready
    with kitchen:
        ready = True
        print("the meal is ready", flush=True)
        kitchen.notify()


def eat():
    time.sleep(0.5)  # washes hands
    with kitchen:
        kitchen.wait_for(lambda: ready)
        print("the meal is eaten")


threads = [threading.Thread(target=eat, name="eater"), threading.Thread(target=cook, name="cook")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

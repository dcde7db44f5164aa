"""The notice comes before anybody waits for it: it is lost, and the eater waits for ever."""

import threading
import time

kitchen = threading.Condition()


def cook():
    with kitchen:
        print("the meal is ready", flush=True)
        kitchen.notify()


def eat():
    time.sleep(0.5)  # washes hands
    with kitchen:
        kitchen.wait()
        print("the meal is eaten")


threads = [threading.Thread(target=eat, name="eater"), threading.Thread(target=cook, name="cook")]

for thread in threads:
    thread.start()

for thread in threads:
    thread.join()

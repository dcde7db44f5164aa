"""The slow one takes the lock only for the one line that needs it."""

import threading
import time

prices = {}
lock = threading.Lock()


def load_report():
    time.sleep(1.2)  # over a slow network
    with lock:
        prices["report"] = 1
    print("the report is loaded", flush=True)


def urgent_order():
    time.sleep(0.2)
    with lock:
        prices["order"] = 2
    print("the urgent order is noted", flush=True)


slow = threading.Thread(target=load_report, name="slow")
urgent = threading.Thread(target=urgent_order, name="urgent")

slow.start()
urgent.start()

slow.join()
urgent.join()

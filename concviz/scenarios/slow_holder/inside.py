"""The slow one does all its work with the lock in its hands: the urgent one waits for work that it does not need."""

import threading
import time

prices = {}
lock = threading.Lock()


def load_report():
    with lock:
        time.sleep(1.2)  # over a slow network
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

"""A queue with a bound: the producer has to wait until there is room, and so goes no faster than the consumer."""

import os
import queue
import threading
import time

ITEMS = int(os.environ.get("ITEMS", 30))
ROOM = int(os.environ.get("ROOM", 4))
orders = queue.Queue(maxsize=ROOM)
most = 0


def produce():
    global most
    for item in range(ITEMS):
        time.sleep(0.01)
        orders.put(item)
        most = max(most, orders.qsize())
    orders.put(None)  # no more
    print("all are put", flush=True)


def consume():
    while (item := orders.get()) is not None:
        time.sleep(0.05)
    print("all are used")


producer = threading.Thread(target=produce, name="producer")
consumer = threading.Thread(target=consume, name="consumer")

producer.start()
consumer.start()

producer.join()
consumer.join()

print(f"at most {most} of {ITEMS} were waiting")

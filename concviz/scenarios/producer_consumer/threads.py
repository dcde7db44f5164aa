"""A producer that is quick and a consumer that is slow, and a queue with little room between them."""

import os
import queue
import threading
import time

ITEMS = int(os.environ.get("ITEMS", 10))
ROOM = int(os.environ.get("ROOM", 3))

shelf = queue.Queue(maxsize=ROOM)


def produce():
    for item in range(ITEMS):
        time.sleep(0.05)
        shelf.put(item)
        print(f"put {item}")
    shelf.put(None)  # no more


def consume():
    while (item := shelf.get()) is not None:
        time.sleep(0.15)
        print(f"used {item}")


producer = threading.Thread(target=produce)
consumer = threading.Thread(target=consume)

producer.start()
consumer.start()

producer.join()
consumer.join()

"""A quick producer and a slow consumer, a process each: what is put into the queue is sent through a pipe."""

import multiprocessing
import os
import time

ITEMS = int(os.environ.get("ITEMS", 10))
ROOM = int(os.environ.get("ROOM", 3))


def produce(shelf):
    for item in range(ITEMS):
        time.sleep(0.05)
        shelf.put(item)
        print(f"put {item}")
    shelf.put(None)  # no more


def consume(shelf):
    while (item := shelf.get()) is not None:
        time.sleep(0.15)
        print(f"used {item}")


if __name__ == "__main__":
    shelf = multiprocessing.Queue(maxsize=ROOM)
    producer = multiprocessing.Process(target=produce, args=(shelf,))
    consumer = multiprocessing.Process(target=consume, args=(shelf,))

    producer.start()
    consumer.start()

    producer.join()
    consumer.join()
